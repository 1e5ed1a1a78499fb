"""What was offered: opportunities, how long each took to decide, and how each ended.

From experience follow the decision cycle, competing quotes and losses on price. A won opportunity
is a sale: its first order follows within days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.industrial.companies import TAKEOVER, Companies
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, Bools, Floats, Ints, to_workday
from demo.industrial.stages import Pairs, levels, takeovers

QUARTER_DAYS = 91.3
PER_QUARTER = np.array([0.75, 1.1, 1.7])  # by size
CYCLE_DAYS = 120.0  # of a company without any experience
LOST_REASONS = ("price", "product", "delivery", "service", "no_budget")
COMPETITORS_COUNT = 5


@dataclass(frozen=True, slots=True)
class Opportunities:
    """One position per opportunity, in order of closing. ``closed`` may lie after the last day."""

    pair: Ints
    opened: Ints
    planned: Ints
    closed: Ints
    is_won: Bools
    lost_reason: NDArray[np.object_]
    lost_to: Ints  # position of a competitor, -1: nobody
    quotes: Ints
    process: NDArray[np.str_]
    problem: NDArray[np.str_]

    @property
    def count(self) -> int:
        return len(self.pair)


def draw_opportunities(parameters: Parameters, companies: Companies, pairs: Pairs) -> Opportunities:
    """Draw the opportunities of all pairs that are not thin, the first one won at the start."""
    random = parameters.random("opportunities")
    pair, closed = _closings(parameters, companies, pairs, random)
    experience = levels(pairs, parameters, pair, closed)
    days = CYCLE_DAYS * np.exp(
        -0.9 * experience + 0.25 * pairs.cycle_bent[pair] + 0.5 * random.standard_normal(len(pair))
    )
    opened = to_workday(closed - np.clip(days, 6, 400).astype(np.int64))
    opened = np.maximum(opened, companies.prospect[pairs.company[pair]] + 1)
    delay = (0.25 * days * random.standard_normal(len(pair))).astype(np.int64)
    is_first = np.concatenate(([True], pair[1:] != pair[:-1])) & (closed == pairs.start[pair])
    is_won = _won(pairs, pair, closed, experience, is_first, random)
    reason, lost_to = _lost(companies, pairs, pair, closed, experience, is_won, random)
    pressed = takeovers(pairs, parameters, pair, closed)
    found = Opportunities(
        pair,
        opened,
        to_workday(np.maximum(closed - delay, opened + 3)),
        closed,
        is_won,
        reason,
        lost_to,
        random.poisson(0.8 + 1.3 * experience + 0.8 * pressed).astype(np.int64),
        _processes(experience, random),
        random.choice(("capacity", "quality", "cost", "compliance", "new_line"), size=len(pair)),
    )
    return _in_order(found)


def _closings(
    parameters: Parameters, companies: Companies, pairs: Pairs, random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return pairs and closing days, evenly spread until 30 days after a loss or far enough."""
    end = np.minimum(np.where(pairs.end == NEVER, NEVER, pairs.end + 30), parameters.last + 200)
    length = np.maximum(end - pairs.start - 1, 0)
    thin = companies.is_thin[pairs.company]
    rate = np.where(thin, 0.0, PER_QUARTER[companies.size[pairs.company]])
    counts = random.poisson(rate * length / QUARTER_DAYS)
    pair = np.repeat(np.arange(pairs.count), counts)
    day = pairs.start[pair] + 1 + (random.random(len(pair)) * length[pair]).astype(np.int64)
    first = np.flatnonzero(~thin)
    pair = np.concatenate((first, pair))
    day = np.concatenate((pairs.start[first], to_workday(day)))
    order = np.lexsort((day, pair))
    return pair[order], day[order]


def _won(
    pairs: Pairs,
    pair: Ints,
    closed: Ints,
    experience: Floats,
    is_first: Bools,
    random: np.random.Generator,
) -> Bools:
    wins = random.random(len(pair)) < 0.68 - 0.15 * experience
    result: Bools = is_first | (wins & (closed < pairs.end[pair] - 8))
    return result


def _lost(
    companies: Companies,
    pairs: Pairs,
    pair: Ints,
    closed: Ints,
    experience: Floats,
    is_won: Bools,
    random: np.random.Generator,
) -> tuple[NDArray[np.object_], Ints]:
    count = len(pair)
    price = 0.18 + 0.47 * experience
    reason = np.array(LOST_REASONS, dtype=object)[random.integers(1, len(LOST_REASONS), size=count)]
    reason[random.random(count) < price] = "price"
    cause = companies.reason[pairs.company[pair]]
    leaving = closed >= pairs.end[pair] - 8
    reason[leaving & np.isin(cause.astype(str), (TAKEOVER, "price_competitor"))] = "price"
    reason[leaving & (cause == "service_failure")] = "service"
    reason[is_won] = None
    rival = random.integers(COMPETITORS_COUNT, size=count)
    has_rival = ~is_won & (reason != "no_budget") & (random.random(count) < 0.8)
    return reason, np.where(has_rival, rival, -1)


def _processes(experience: Floats, random: np.random.Generator) -> NDArray[np.str_]:
    tender = random.random(len(experience)) < 0.15 + 0.45 * experience
    committee = random.random(len(experience)) < 0.7 - 0.5 * experience
    return np.where(tender, "tender", np.where(committee, "committee", "negotiation"))


def _in_order(found: Opportunities) -> Opportunities:
    order = np.lexsort((found.pair, found.closed))
    return Opportunities(*(getattr(found, name)[order] for name in found.__slots__))
