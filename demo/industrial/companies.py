"""Who buys, from when, until when and why no longer: the first truths, from which all follows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.industrial.names import TRADES, Names, company_names
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, YEAR_DAYS, Bools, Ints, to_workday

INDUSTRIES = tuple(TRADES)
REGIONS = ("east_china", "south_china", "north_china", "west_china", "southeast_asia", "europe")
OVERSEAS = 4  # regions from this position on pay in US dollars
ROLES = ("end_user", "dealer", "supplier")
TAKEOVER = "procurement_takeover"
OTHER_REASONS = ("price_competitor", "service_failure", "project_ended", "closed_down")
# A takeover unfolds over four quarters and needs one quiet quarter before.
TAKEOVER_QUARTERS = 5
NOTICE_DAYS = 200  # how far beyond the last day losses are already decided
COMPANIES_PER_MANAGER = 25


@dataclass(frozen=True, slots=True)
class Companies:
    """One position per company. Days are day numbers; ``NEVER`` where nothing happens."""

    names: Names
    industry: Ints
    region: Ints
    role: Ints
    size: Ints
    manager: Ints  # position among the account managers
    former_manager: Ints
    manager_changed: Ints
    start: Ints  # day of the first order
    prospect: Ints  # day on which the CRM knew the company first
    account_created: Ints  # later than the first order where the order was an orphan
    loss: Ints  # day after the last order
    reason: NDArray[np.object_]  # None unless lost
    takeover: Ints  # day at which procurement's takeover leads, or would have led, to the loss
    is_thin: Bools
    is_single_threaded: Bools
    referrer: Ints  # position of the company that sent it, -1: nobody

    @property
    def count(self) -> int:
        return len(self.start)

    @property
    def is_key(self) -> Bools:
        """Large companies with a history: the key accounts."""
        large: Bools = (self.size == 2) & ~self.is_thin
        return large

    @property
    def pays_dollars(self) -> Bools:
        overseas: Bools = self.region >= OVERSEAS
        return overseas

    def managers_count(self) -> int:
        return int(self.manager.max()) + 1

    def manager_on(self, company: Ints, day: Ints) -> Ints:
        """Return who managed each company's account on each day."""
        changed = day >= self.manager_changed[company]
        return np.where(changed, self.manager[company], self.former_manager[company])


def found_companies(parameters: Parameters) -> Companies:
    """Draw the companies: starts, then losses from the hazard, then the reasons for them."""
    random = parameters.random("companies")
    count = parameters.companies_count
    start = _starts(parameters, random)
    is_thin = random.random(count) < parameters.thin_ratio
    is_thin[:8] = True
    start[:6] = to_workday(parameters.last - np.array([75, 61, 47, 33, 26, 12]))
    start[6:8] = to_workday(parameters.first + np.array([300, 700]))
    size = np.where(is_thin, 0, random.choice(3, size=count, p=(0.42, 0.36, 0.22)))
    loss = _losses(parameters, start, random)
    takeover, reason = _reasons(parameters, start, loss, is_thin, random)
    steady = ~is_thin & (takeover == NEVER)
    is_single = steady & (random.random(count) < parameters.single_threaded_ratio)
    industry = random.integers(len(INDUSTRIES), size=count)
    manager, former, changed = _managers(parameters, start, random)
    prospect = start - random.integers(150, 420, size=count)
    return Companies(
        names=company_names([INDUSTRIES[position] for position in industry], random),
        industry=industry,
        region=random.choice(6, size=count, p=(0.28, 0.2, 0.16, 0.12, 0.12, 0.12)),
        role=random.choice(3, size=count, p=(0.7, 0.22, 0.08)),
        size=size,
        manager=manager,
        former_manager=former,
        manager_changed=changed,
        start=start,
        prospect=prospect,
        account_created=_accounts_created(parameters, start, prospect),
        loss=loss,
        reason=reason,
        takeover=takeover,
        is_thin=is_thin,
        is_single_threaded=is_single,
        referrer=_referrers(parameters, start, loss, random),
    )


def _starts(parameters: Parameters, random: np.random.Generator) -> Ints:
    """Half of them in the first quarter of the time, the others evenly until the end."""
    days = parameters.last - parameters.first - 30
    early = random.random(parameters.companies_count) < 0.5
    share = random.random(parameters.companies_count)
    return to_workday(parameters.first + 3 + np.where(early, share * 0.25, share) * days)


def _losses(parameters: Parameters, start: Ints, random: np.random.Generator) -> Ints:
    """Draw the losses of each tenure year, two to twelve months into it.

    So every company orders in each tenure year that it enters, and retention from one tenure year
    to the next is exactly one minus the stated probability.
    """
    loss = np.full(len(start), NEVER, dtype=np.int64)
    years = int((parameters.last + NOTICE_DAYS - parameters.first) / YEAR_DAYS) + 1
    for year in range(1, years + 1):
        leaves = random.random(len(start)) < parameters.loss_probability(year)
        into_year = random.integers(60, 355, size=len(start))
        day = to_workday(start + np.int64(YEAR_DAYS * (year - 1)) + into_year)
        loss = np.where(leaves & (loss == NEVER), day, loss)
    return np.where(loss > parameters.last + NOTICE_DAYS, NEVER, loss)


def _reasons(
    parameters: Parameters,
    start: Ints,
    loss: Ints,
    is_thin: Bools,
    random: np.random.Generator,
) -> tuple[Ints, NDArray[np.object_]]:
    quarters = parameters.quarters()
    lost = loss != NEVER
    late_enough = quarters.of(np.minimum(loss, parameters.last + NOTICE_DAYS)) - quarters.of(start)
    possible = lost & (late_enough >= TAKEOVER_QUARTERS) & ~is_thin
    taken = possible & (random.random(len(start)) < parameters.takeover_ratio)
    reason = np.full(len(start), None, dtype=object)
    reason[lost] = random.choice(OTHER_REASONS, size=int(lost.sum()), p=(0.35, 0.3, 0.2, 0.15))
    reason[taken] = TAKEOVER
    takeover = np.where(taken, loss, NEVER)
    stays = np.flatnonzero(~lost & ~is_thin & (start < parameters.last - 700))
    wanted = min(len(stays), round(parameters.survived_takeover_ratio * int(taken.sum())))
    for company in random.choice(stays, size=wanted, replace=False):
        earliest = start[company] + 92 * (TAKEOVER_QUARTERS + 1)
        takeover[company] = to_workday(random.integers(earliest, parameters.last - 60))
    return takeover, reason


def _managers(
    parameters: Parameters, start: Ints, random: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Share the companies out evenly; one in twenty changes hands once."""
    count = len(start)
    managers = max(8, -(-count // COMPANIES_PER_MANAGER))
    manager = random.permutation(np.arange(count) % managers)
    former = (manager + 1) % managers
    changes = random.random(count) < 0.05
    earliest = np.minimum(start + 60, parameters.last - 5)
    day = earliest + random.random(count) * (parameters.last - earliest)
    changed = np.where(changes, to_workday(day), NEVER)
    return manager, np.where(changes, former, manager), changed


def _accounts_created(parameters: Parameters, start: Ints, prospect: Ints) -> Ints:
    """Return when each account appeared; the first eight companies order before they have one.

    Two of them never get one, two get it on the last two days, the others within weeks.
    """
    created = prospect.copy()
    created[:2] = NEVER
    created[2:4] = parameters.last - 1, parameters.last
    created[4:8] = to_workday(start[4:8] + np.array([14, 9, 35, 20]))
    return created


def _referrers(
    parameters: Parameters, start: Ints, loss: Ints, random: np.random.Generator
) -> Ints:
    """Let some be sent by a customer of that day, drawn in proportion to its tenure."""
    referrer = np.full(len(start), -1, dtype=np.int64)
    for company in np.flatnonzero(random.random(len(start)) < parameters.referred_ratio):
        tenure = start[company] - start
        weights = np.where((tenure > 90) & (loss > start[company]), tenure, 0)
        if weights.sum() > 0:
            referrer[company] = random.choice(len(start), p=weights / weights.sum())
    return referrer
