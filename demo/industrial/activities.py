"""Who talked with whom, when, through which channel and about what.

From experience and takeover follow procurement's share of touches and the decline of application
subjects; around a sale the seller's touches rise before it and fall after it. Who is single-
threaded talks through one person at least five times of six; at everybody else no person is
touched more than once in three times running.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.industrial.companies import Companies
from demo.industrial.opportunities import QUARTER_DAYS, Opportunities
from demo.industrial.parameters import Parameters
from demo.industrial.people import (
    ALWAYS,
    FUNCTIONS,
    LAYERS,
    PROCUREMENT,
    Contacts,
    Employees,
)
from demo.industrial.periods import NEVER, Bools, Floats, Ints, instants, to_workday
from demo.industrial.stages import Pairs, is_specialist_from_start, levels, takeovers

# Seller's touches of one opportunity, before it closes, in the 14 days after, and later if won.
TOUCHES_BEFORE, TOUCHES_AT, TOUCHES_AFTER = 3.2, 0.9, 0.6
BASE_TOUCHES = 3.0  # per pair and quarter, of both sides, belonging to no opportunity
SIZE_FACTORS = np.array([0.75, 1.0, 1.5])
THIN_FACTOR = 0.12
CHANNELS = ("sales_centre", "phone", "call_centre", "email", "web", "meeting")
SUBJECTS = ("application", "price", "service", "other")
SPONSOR_EVERY_DAYS = (28, 56)
# A single-threaded company's main contact misses one touch in so many.
MAIN_CONTACT_RHYTHM = 6
DECIDERS, NOT_BUYING = len(FUNCTIONS), len(FUNCTIONS) + 1


@dataclass(frozen=True, slots=True)
class Activities:
    """One position per touch, in order of time; ``opportunity`` is -1 without one."""

    pair: Ints
    at: Ints
    day: Ints
    opportunity: Ints
    is_inbound: Bools
    channel: NDArray[np.str_]
    subject: NDArray[np.str_]
    contact: Ints
    employee: Ints

    @property
    def count(self) -> int:
        return len(self.pair)


def draw_activities(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    opportunities: Opportunities,
    contacts: Contacts,
    employees: Employees,
    sponsor_touches: tuple[Ints, Ints, Ints],
) -> Activities:
    """Draw all touches until the last day.

    ``sponsor_touches`` are pairs, days and employees of the executive sponsors' touches, which
    are decided with the key accounts' teams.
    """
    random = parameters.random("activities")
    sale, sale_day = _around_sales(companies, pairs, opportunities, random)
    base_pair, base_day = _base(parameters, companies, pairs, random)
    sponsored, sponsor_day, sponsor = sponsor_touches
    pair = np.concatenate((opportunities.pair[sale], base_pair, sponsored))
    day = np.concatenate((sale_day, base_day, sponsor_day))
    opportunity = np.concatenate((sale, np.full(len(base_pair) + len(sponsored), -1)))
    executive = np.concatenate((np.full(len(sale) + len(base_pair), -1), sponsor))
    known = companies.account_created[pairs.company[pair]] <= day
    kept = np.flatnonzero(known & (day <= parameters.last))
    at = instants(day, random.integers(8 * 3600, 18 * 3600, size=len(day)))
    kept = kept[np.lexsort((pair[kept], at[kept]))]
    pair, day, at = pair[kept], day[kept], at[kept]
    opportunity, executive = opportunity[kept], executive[kept]
    is_inbound = (opportunity < 0) & (executive < 0) & (random.random(len(pair)) < 0.45)
    function, subject = _functions_and_subjects(
        parameters, companies, pairs, pair, day, executive >= 0, random
    )
    company = pairs.company[pair]
    group = np.where(executive >= 0, DECIDERS, function)
    main = main_contacts(companies, pairs, contacts)
    contact = _choose_contacts(main, contacts, company, group, random)
    manager = companies.manager_on(company, day)
    centre = employees.of("call_centre")
    channel = _channels(is_inbound, executive >= 0, random)
    staff = np.where(
        channel == "call_centre", centre[random.integers(len(centre), size=len(pair))], manager
    )
    return Activities(
        pair,
        at,
        day,
        opportunity,
        is_inbound,
        channel,
        np.array(SUBJECTS)[subject],
        contact,
        np.where(executive >= 0, executive, staff),
    )


def _around_sales(
    companies: Companies,
    pairs: Pairs,
    opportunities: Opportunities,
    random: np.random.Generator,
) -> tuple[Ints, Ints]:
    """Return opportunities and days of the seller's touches before, at and after their closing."""
    factor = SIZE_FACTORS[companies.size[pairs.company[opportunities.pair]]]
    length = np.minimum(opportunities.closed - opportunities.opened, 90)
    each = np.arange(opportunities.count)
    before = np.repeat(each, random.poisson(TOUCHES_BEFORE * factor))
    # The nearer the decision, the warmer: the density rises linearly.
    ahead = (1 - np.sqrt(random.random(len(before)))) * length[before]
    at = np.repeat(each, random.poisson(TOUCHES_AT * factor * opportunities.is_won))
    after = np.repeat(each, random.poisson(TOUCHES_AFTER * factor * opportunities.is_won))
    sale = np.concatenate((before, at, after))
    day = np.concatenate(
        (
            opportunities.closed[before] - np.ceil(ahead).astype(np.int64) - 1,
            opportunities.closed[at] + random.integers(0, 14, size=len(at)),
            opportunities.closed[after] + random.integers(30, 150, size=len(after)),
        )
    )
    return sale, to_workday(np.maximum(day, opportunities.opened[sale]))


def _base(
    parameters: Parameters, companies: Companies, pairs: Pairs, random: np.random.Generator
) -> tuple[Ints, Ints]:
    end = np.minimum(pairs.end, parameters.last + 1)
    thin = companies.is_thin[pairs.company]
    factor = np.where(thin, THIN_FACTOR, SIZE_FACTORS[companies.size[pairs.company]])
    length = np.maximum(end - pairs.start, 0)
    pair = np.repeat(
        np.arange(pairs.count), random.poisson(BASE_TOUCHES * factor * length / QUARTER_DAYS)
    )
    day = pairs.start[pair] + (random.random(len(pair)) * length[pair]).astype(np.int64)
    return pair, to_workday(day)


def _functions_and_subjects(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    pair: Ints,
    day: Ints,
    is_sponsor: Bools,
    random: np.random.Generator,
) -> tuple[Ints, Ints]:
    experience = levels(pairs, parameters, pair, day)
    taken = takeovers(pairs, parameters, pair, day)
    dealer = companies.role[pairs.company[pair]] == 1
    procurement = 0.12 + 0.34 * experience + 0.04 * dealer + 0.07 * pairs.procurement_bent[pair]
    procurement = procurement + taken * (0.82 - procurement)
    is_procurement = (random.random(len(pair)) < procurement) & ~is_sponsor
    application = (0.52 - 0.30 * experience) * (1 - 0.85 * taken)
    function = np.where(
        is_procurement, PROCUREMENT, random.choice((0, 1, 2, 4), len(pair), p=(0.4, 0.4, 0.1, 0.1))
    )
    others = np.stack((application, 0.10 + 0.2 * experience, np.full(len(pair), 0.25)), axis=1)
    shares: Floats = np.where(is_procurement[:, None], (0.05, 0.62, 0.13), others)
    shares = np.where(is_sponsor[:, None], (0.2, 0.1, 0.1), shares)
    subject = (random.random(len(pair))[:, None] > shares.cumsum(axis=1)).sum(axis=1)
    return function, subject.astype(np.int64)


def _channels(
    is_inbound: Bools, is_sponsor: Bools, random: np.random.Generator
) -> NDArray[np.str_]:
    outbound = random.choice(CHANNELS, size=len(is_inbound), p=(0.14, 0.3, 0.03, 0.3, 0.03, 0.2))
    inbound = random.choice(CHANNELS, size=len(is_inbound), p=(0.1, 0.22, 0.22, 0.28, 0.16, 0.02))
    return np.where(is_sponsor, "meeting", np.where(is_inbound, inbound, outbound))


def main_contacts(companies: Companies, pairs: Pairs, contacts: Contacts) -> Ints:
    """Return the one person of each company that is single-threaded, -1 for the others.

    It is a user's manager, or procurement's where the company has been experienced all along.
    """
    first = np.searchsorted(contacts.company, np.arange(companies.count))
    function = np.where(is_specialist_from_start(pairs, companies), PROCUREMENT, 0)
    place = np.array([ALWAYS.index((1, wanted)) for wanted in function])
    return np.where(companies.is_single_threaded, first + place, -1)


def _choose_contacts(
    main: Ints, contacts: Contacts, company: Ints, group: Ints, random: np.random.Generator
) -> Ints:
    """Return the person of each touch, given in order of time, from the wanted group."""
    people = _groups(main, contacts)
    last: list[tuple[int, int]] = [(-1, -1)] * len(main)
    seen = [0] * len(main)
    draws = random.random(len(company))
    chosen = np.empty(len(company), dtype=np.int64)
    for touch, (where, wanted) in enumerate(zip(company.tolist(), group.tolist(), strict=True)):
        seen[where] += 1
        if main[where] >= 0 and seen[where] % MAIN_CONTACT_RHYTHM:
            chosen[touch] = main[where]
            continue
        free = [person for person in people[where][wanted] if person not in last[where]]
        free = free or [person for person in people[where][NOT_BUYING] if person not in last[where]]
        person = free[int(draws[touch] * len(free))]
        last[where] = (person, last[where][0])
        chosen[touch] = person
    return chosen


def _groups(main: Ints, contacts: Contacts) -> list[list[list[int]]]:
    """Return the people of each company by function, then the deciders, then all not buying."""
    people: list[list[list[int]]] = [[[] for _ in range(NOT_BUYING + 1)] for _ in main]
    rows = zip(
        contacts.company.tolist(), contacts.layer.tolist(), contacts.function.tolist(), strict=True
    )
    for person, (company, layer, function) in enumerate(rows):
        if person == main[company]:
            continue
        people[company][function].append(person)
        if function != PROCUREMENT:
            people[company][NOT_BUYING].append(person)
            if LAYERS[layer] == "decision":
                people[company][DECIDERS].append(person)
    return people


def last_touch_days(activities: Activities, contacts: Contacts) -> Ints:
    """Return the last day each contact was touched, ``-NEVER`` if never."""
    last = np.full(contacts.count, -NEVER, dtype=np.int64)
    np.maximum.at(last, activities.contact, activities.day)
    return last
