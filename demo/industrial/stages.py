"""How experienced each company is in each product family, quarter by quarter: truths.

A generalist turns specialist once, in two or three quarters, and never back. Experience, 0 to 1,
is what all six observable signals follow; nothing else of a stage reaches the records.
"""

from dataclasses import dataclass

import numpy as np

from demo.industrial.companies import Companies
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, Bools, Floats, Ints, to_workday

GENERALIST, IN_TRANSITION, SPECIALIST, NOT_A_CUSTOMER = range(4)
STAGES = ("inexperienced_generalist", "in_transition", "experienced_specialist", "not_a_customer")
CLIMB = {2: (0.38, 0.66), 3: (0.30, 0.51, 0.72)}
# Quarters from the begin of a transition to the day that procurement's takeover ends in.
TAKEOVER_LEAD = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """One position per company and product family it buys; ``stage`` is pair by quarter.

    ``transition`` and ``specialist`` are the first quarters of those stages, ``NEVER`` if not
    within the simulation. The ``*_bent`` arrays are lasting habits of a pair, no experience:
    standard normal numbers that make single signals misleading.
    """

    company: Ints
    family: Ints
    start: Ints
    end: Ints  # the company's loss, or NEVER
    transition: Ints
    specialist: Ints
    stage: Ints
    experience: Floats
    takeover_strength: Floats  # 0 none, 1 full; pair by quarter
    procurement_bent: Floats
    cycle_bent: Floats
    bundle_bent: Floats
    discount_bent: Floats
    support_bent: Floats

    @property
    def count(self) -> int:
        return len(self.company)


def draw_stages(parameters: Parameters, companies: Companies, families_count: int) -> Pairs:
    """Draw which families each company buys, when it turns, and the experience that follows."""
    random = parameters.random("stages")
    company, family, start = _pairs(parameters, companies, families_count, random)
    end = companies.loss[company]
    transition, specialist = _turning(parameters, companies, company, start, random)
    quarters = parameters.quarters()
    stage = _stages(quarters.of(start), transition, specialist, len(quarters.starts))
    last = quarters.of(np.minimum(end, parameters.last))
    gone = np.arange(len(quarters.starts))[None, :] > last[:, None]
    bents = random.standard_normal((5, len(company)))
    return Pairs(
        company,
        family,
        start,
        end,
        transition,
        specialist,
        np.where(gone, NOT_A_CUSTOMER, stage),
        _experience(parameters, stage, transition, specialist),
        _takeover_strength(parameters, companies, company),
        *bents,
    )


def _pairs(
    parameters: Parameters,
    companies: Companies,
    families_count: int,
    random: np.random.Generator,
) -> tuple[Ints, Ints, Ints]:
    """The first family from the first day, one or two more up to 500 days later."""
    rows = []
    wanted = random.choice((1, 2, 3), size=companies.count, p=(0.58, 0.34, 0.08))
    for company in range(companies.count):
        chosen = random.permutation(families_count)[: wanted[company]]
        later = to_workday(companies.start[company] + random.integers(60, 500, size=3))
        for position, family in enumerate(chosen):
            start = companies.start[company] if position == 0 else later[position]
            known_long_enough = min(companies.loss[company], parameters.last) - start > 100
            if position == 0 or (known_long_enough and not companies.is_thin[company]):
                rows.append((company, family, start))
    table = np.array(rows, dtype=np.int64)
    return table[:, 0], table[:, 1], table[:, 2]


def _turning(
    parameters: Parameters,
    companies: Companies,
    company: Ints,
    start: Ints,
    random: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Draw each pair's first quarters in transition and as a specialist."""
    quarters = parameters.quarters()
    first = quarters.of(start)
    count = len(company)
    wait = parameters.quarters_to_transition_min + random.poisson(
        parameters.quarters_to_transition_mean - parameters.quarters_to_transition_min, size=count
    )
    slow = random.choice((2, 3), size=count, p=(0.6, 0.4))
    transition = first + wait
    experienced = random.random(count) < parameters.specialist_from_start_ratio
    # Who hangs on one person stays as it is: a change of the one person would be a change of all.
    steady = companies.is_single_threaded[company]
    transition[steady] = NEVER
    experienced = np.where(steady, experienced[np.searchsorted(company, company)], experienced)
    # In a takeover the experience comes first, then procurement, then the loss.
    takeover = companies.takeover[company]
    taken = takeover != NEVER
    before = quarters.of(np.minimum(takeover, parameters.last + 365)) - TAKEOVER_LEAD
    transition = np.where(taken, np.maximum(before, first + 1), transition)
    slow = np.where(taken, 2, slow)
    specialist = transition + slow
    transition = np.where(experienced & ~taken, NEVER, transition)
    specialist = np.where(experienced & ~taken, first, specialist)
    return transition, np.where(specialist >= NEVER, NEVER, specialist)


def _stages(first: Ints, transition: Ints, specialist: Ints, count: int) -> Ints:
    quarter = np.arange(count)[None, :]
    stage = np.full((len(first), count), GENERALIST, dtype=np.int64)
    stage[quarter >= transition[:, None]] = IN_TRANSITION
    stage[quarter >= specialist[:, None]] = SPECIALIST
    stage[quarter < first[:, None]] = NOT_A_CUSTOMER
    return stage


def _experience(parameters: Parameters, stage: Ints, transition: Ints, specialist: Ints) -> Floats:
    """Return experience by pair and quarter; before the first order that of the first quarter."""
    experience = np.where(
        stage == SPECIALIST, parameters.specialist_experience, parameters.generalist_experience
    )
    for pair in np.flatnonzero(transition < stage.shape[1]):
        climb = CLIMB[int(specialist[pair] - transition[pair])]
        for step, level in enumerate(climb):
            if transition[pair] + step < stage.shape[1]:
                experience[pair, transition[pair] + step] = level
    before = stage == NOT_A_CUSTOMER
    early = (stage != NOT_A_CUSTOMER).argmax(axis=1)
    at_start = experience[np.arange(len(experience)), early][:, None]
    return np.where(before, at_start, experience)


def _takeover_strength(parameters: Parameters, companies: Companies, company: Ints) -> Floats:
    """Return by pair and quarter how far procurement has taken over.

    Half in the second quarter before the loss, full in the first and until the loss itself.
    """
    quarters = parameters.quarters()
    quarter = np.arange(len(quarters.starts))[None, :]
    takeover = companies.takeover[company]
    until = quarters.of(np.minimum(takeover, parameters.last + 365))[:, None]
    ahead = until - quarter
    strength = np.where(ahead == 2, 0.55, np.where((ahead == 1) | (ahead == 0), 1.0, 0.0))
    return np.where((takeover != NEVER)[:, None], strength, 0.0)


def levels(pairs: Pairs, parameters: Parameters, pair: Ints, day: Ints) -> Floats:
    """Return the experience of each pair on each day."""
    result: Floats = pairs.experience[pair, parameters.quarters().of(day)]
    return result


def takeovers(pairs: Pairs, parameters: Parameters, pair: Ints, day: Ints) -> Floats:
    """Return how far procurement has taken over each pair on each day, 0 to 1."""
    result: Floats = pairs.takeover_strength[pair, parameters.quarters().of(day)]
    return result


def is_specialist_from_start(pairs: Pairs, companies: Companies) -> Bools:
    """Return per company whether it knew its first family well from the first order on."""
    first = np.searchsorted(pairs.company, np.arange(companies.count))
    at_start = pairs.stage[first] != NOT_A_CUSTOMER
    stage = pairs.stage[first, at_start.argmax(axis=1)]
    result: Bools = stage == SPECIALIST
    return result
