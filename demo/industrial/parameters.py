"""What is planted: every number from which the simulated world follows, with its unit."""

from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

import numpy as np

from demo.industrial.periods import Quarters, day_number

SIZES = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Parameters:
    """One world. Equal parameters give an equal world; another seed gives another one."""

    seed: int = 1
    companies_count: int = 350
    first_day: date = date(2013, 1, 1)
    last_day: date = date(2017, 12, 31)

    # Who leaves: probability of being lost in tenure year 1, 2, ...; the last one goes on.
    yearly_loss_probabilities: tuple[float, ...] = (0.18, 0.13, 0.10, 0.08)
    # Of the losses late enough for the story, those by procurement takeover.
    takeover_ratio: float = 0.75
    # Takeovers that the seller survives, per takeover that ends in a loss.
    survived_takeover_ratio: float = 0.30

    # Stages: who starts experienced, and quarters from the first order to the transition.
    specialist_from_start_ratio: float = 0.18
    quarters_to_transition_min: int = 3
    quarters_to_transition_mean: float = 6.0
    # Experience, 0 to 1, which drives all signals; in transition it climbs between the two.
    generalist_experience: float = 0.10
    specialist_experience: float = 0.92

    # Probability that the surveyed product is ordered again within the horizon, by score.
    repurchase_horizon_days: int = 180
    repurchase_probabilities: dict[int, float] = field(
        default_factory=lambda: {1: 0.05, 2: 0.10, 3: 0.18, 4: 0.32, 5: 0.38}
    )
    gamed_repurchase_probability: float = 0.30
    gaming_representatives_count: int = 2
    # Points of satisfaction (of 1 to 5) that a late delivery costs.
    late_delivery_effect: float = -0.9

    # Per year of tenure: quantities grow, service cases and their cost shrink by these factors.
    yearly_volume_factor: float = 1.12
    yearly_case_factor: float = 0.92
    yearly_case_cost_factor: float = 0.92
    # New customers sent by another one; who sends is drawn in proportion to tenure.
    referred_ratio: float = 0.25

    thin_ratio: float = 0.08
    single_threaded_ratio: float = 0.12
    sponsor_gap_ratio: float = 0.25
    duplicate_ratio: float = 0.08
    second_customer_number_ratio: float = 0.05

    def __post_init__(self) -> None:
        if self.companies_count < 40:
            raise ValueError(
                f"{self.companies_count} companies are too few to plant every truth; take 40."
            )
        if (self.last_day - self.first_day).days < 730:
            raise ValueError(
                f"{self.first_day} to {self.last_day} is too short to turn anybody into a "
                "specialist; take two years."
            )

    @property
    def first(self) -> int:
        return day_number(self.first_day)

    @property
    def last(self) -> int:
        return day_number(self.last_day)

    def quarters(self) -> Quarters:
        """Return the quarters of the simulation and three more, for what is still under way."""
        return Quarters.covering(self.first_day, self.last_day, spare=3)

    def random(self, topic: str) -> np.random.Generator:
        """Return the random numbers of one topic, so that no topic disturbs another."""
        return np.random.default_rng([self.seed, crc32(topic.encode())])

    def loss_probability(self, tenure_year: int) -> float:
        """Return the probability of being lost in a tenure year, 1 the first."""
        known = self.yearly_loss_probabilities
        return known[min(tenure_year, len(known)) - 1]
