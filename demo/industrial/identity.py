"""Under which numbers the company is known: CRM accounts, merges, customer numbers of the orders.

What is planted: accounts found by the customer number the CRM holds, by registration number, or by
name only; second customer numbers; duplicate accounts, merged or not; a chain A to B to C with an
attempt to close it to a circle; a merge that was wrong and undone; namesakes that are two
companies; a mistyped customer number; customers whose account comes late or never.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from demo.industrial.companies import Companies
from demo.industrial.names import billing_name, registration_number
from demo.industrial.orders import Orders
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, Bools, Ints, to_workday
from demo.industrial.stages import Pairs

FIRST_ACCOUNT, FIRST_CUSTOMER = 10_000, 500_000
EVIDENCE = ("customer_number", "registration_number", "name")
EVIDENCE_RATIOS = (0.78, 0.14, 0.08)
NAMESAKES = 2  # pairs of companies with one name
MISTYPED = 2
UNMERGED_RATIO = 0.3


@dataclass(frozen=True, slots=True)
class Accounts:
    """One position per CRM account: first one per company, then the duplicates."""

    company: Ints
    account_id: Ints
    created: Ints
    name: NDArray[np.object_]
    name_other: NDArray[np.object_]
    registration: NDArray[np.object_]
    customer_number: NDArray[np.object_]
    number_known: Ints  # day on which the CRM learnt the customer number

    @property
    def count(self) -> int:
        return len(self.company)


@dataclass(frozen=True, slots=True)
class Merges:
    """One position per event in the CRM, in order of the day.

    ``kind`` is ``merge`` or ``undo``; an undo names the merge it takes back. ``truth`` says what
    an honest warehouse makes of it.
    """

    day: Ints
    losing: Ints  # positions of accounts
    surviving: Ints
    kind: NDArray[np.object_]
    undoes: Ints  # position of a merge, -1
    truth: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Customers:
    """One position per customer number of the order system."""

    company: Ints
    number: NDArray[np.object_]
    created: Ints
    name: NDArray[np.object_]
    registration: NDArray[np.object_]
    evidence: NDArray[np.object_]  # what links it to an account; None: nothing does
    duplicate: Ints  # position of the duplicate account it belongs to, -1


@dataclass(frozen=True, slots=True)
class Identities:
    """Accounts, merges and customer numbers together."""

    accounts: Accounts
    merges: Merges
    customers: Customers
    namesakes: Ints  # pairs of companies that are called alike
    mistyped: Ints  # companies whose account holds another one's customer number

    def account_of(self, company: Ints, day: Ints, random: np.random.Generator) -> Ints:
        """Return under which account the CRM files something: some under a duplicate."""
        chosen = company.copy()
        for duplicate in range(int(self.accounts.company.max()) + 1, self.accounts.count):
            fits = (company == self.accounts.company[duplicate]) & (
                day >= self.accounts.created[duplicate]
            )
            merged = self.merges.day[self.merges.losing == duplicate]
            fits &= day < (merged.min() if len(merged) else NEVER)
            chosen = np.where(fits & (random.random(len(company)) < 0.3), duplicate, chosen)
        return chosen


def draw_identities(parameters: Parameters, companies: Companies) -> Identities:
    """Draw under which accounts and numbers each company is known."""
    random = parameters.random("identity")
    duplicated = _duplicated(parameters, companies, random)
    company = np.concatenate((np.arange(companies.count), duplicated))
    created = companies.account_created[company].copy()
    created[companies.count :] = _duplicates_created(parameters, companies, duplicated, random)
    accounts = _accounts(companies, company, created, random)
    merges = _merges(parameters, companies, accounts, random)
    # What a merge tells, nothing else tells: merged duplicates carry no registration number.
    accounts.registration[merges.losing[merges.losing >= companies.count]] = None
    strangers = merges.losing[merges.kind == "undo"], merges.surviving[merges.kind == "undo"]
    troubled = np.concatenate((accounts.company[companies.count :], *strangers))
    calm = _calm(companies, troubled, random)
    namesakes = calm[: 2 * NAMESAKES].reshape(NAMESAKES, 2)
    mistyped = calm[2 * NAMESAKES : 2 * NAMESAKES + MISTYPED]
    for one, other in namesakes:
        accounts.name[other], accounts.name_other[other] = companies.names[one]
    customers = _customers(parameters, companies, accounts, calm, random)
    linked = _linked(accounts, customers, mistyped, random)
    return Identities(linked, merges, customers, namesakes, mistyped)


def _ordinary(companies: Companies) -> Bools:
    """Companies without a trouble of their own, in which more can be planted."""
    return ~companies.is_thin & (companies.account_created < companies.start)


def _calm(companies: Companies, troubled: Ints, random: np.random.Generator) -> Ints:
    """Return companies in which nothing else is planted, in random order."""
    calm = _ordinary(companies)
    calm[troubled] = False
    return random.permutation(np.flatnonzero(calm))


def _duplicated(parameters: Parameters, companies: Companies, random: np.random.Generator) -> Ints:
    """Return the companies of duplicate accounts; the first one stands twice, for the chain."""
    old = _ordinary(companies) & (companies.start < parameters.last - 420)
    old &= companies.loss > parameters.last
    candidates = np.flatnonzero(old)
    wanted = max(6, round(parameters.duplicate_ratio * companies.count))
    chosen = random.choice(candidates, size=min(wanted, len(candidates) - 8), replace=False)
    return np.concatenate((chosen[:1], chosen))


def _duplicates_created(
    parameters: Parameters, companies: Companies, duplicated: Ints, random: np.random.Generator
) -> Ints:
    earliest = companies.start[duplicated] + 40
    latest = parameters.last - 320
    created = earliest + random.random(len(duplicated)) * np.maximum(latest - earliest, 1)
    return to_workday(created.astype(np.int64))


def _accounts(
    companies: Companies, company: Ints, created: Ints, random: np.random.Generator
) -> Accounts:
    count = len(company)
    names = [companies.names[position] for position in company]
    registrations = np.array([registration_number(position) for position in company], dtype=object)
    is_duplicate = np.arange(count) >= companies.count
    spelt = [
        name[0].replace("有限公司", "公司") if doubled else name[0]
        for name, doubled in zip(names, is_duplicate, strict=True)
    ]
    return Accounts(
        company,
        FIRST_ACCOUNT + random.permutation(count),
        created,
        np.array(spelt, dtype=object),
        np.array([name[1] for name in names], dtype=object),
        registrations,
        np.full(count, None, dtype=object),
        np.full(count, NEVER),
    )


def _merges(
    parameters: Parameters, companies: Companies, accounts: Accounts, random: np.random.Generator
) -> Merges:
    """The chain, its circle, the wrong merge and its undoing, then the ordinary ones."""
    last = parameters.last
    doubles = np.arange(companies.count, accounts.count)
    a, b = int(doubles[0]), int(doubles[1])
    c = int(accounts.company[a])
    strangers = np.flatnonzero(_ordinary(companies) & (companies.start < last - 500))
    strangers = strangers[~np.isin(strangers, accounts.company[doubles])][:2]
    rows: list[tuple[int, int, int, str, int, str]] = [
        (last - 200, a, b, "merge", -1, "same_company"),
        (last - 100, b, c, "merge", -1, "same_company"),
        (last - 50, c, a, "merge", -1, "refused_cycle"),
        (last - 300, int(strangers[0]), int(strangers[1]), "merge", -1, "undone"),
        (last - 260, int(strangers[0]), int(strangers[1]), "undo", 3, "different_companies"),
    ]
    ordinary = [int(double) for double in doubles[2:]]
    merged = ordinary[: round(len(ordinary) * (1 - UNMERGED_RATIO))]
    for place, double in enumerate(merged):
        day = int(accounts.created[double] + random.integers(60, 310))
        # The first two fall on the last but one and the last but two days, for the last nights.
        day = last - 1 - place if place < 2 else min(day, last - 10)
        rows.append((day, double, int(accounts.company[double]), "merge", -1, "same_company"))
    order = sorted(range(len(rows)), key=lambda row: (rows[row][0], row))
    place_of = {row: place for place, row in enumerate(order)}
    ordered = [rows[row] for row in order]
    return Merges(
        to_workday([row[0] for row in ordered]),
        np.array([row[1] for row in ordered], dtype=np.int64),
        np.array([row[2] for row in ordered], dtype=np.int64),
        np.array([row[3] for row in ordered], dtype=object),
        np.array([place_of[row[4]] if row[4] >= 0 else -1 for row in ordered], dtype=np.int64),
        np.array([row[5] for row in ordered], dtype=object),
    )


def _customers(
    parameters: Parameters,
    companies: Companies,
    accounts: Accounts,
    calm: Ints,
    random: np.random.Generator,
) -> Customers:
    """One number per company, then those of duplicate accounts, then second ones without any."""
    wanted = max(3, round(parameters.second_customer_number_ratio * companies.count))
    special = 2 * NAMESAKES + MISTYPED
    second = calm[special : special + wanted]
    doubles = np.arange(companies.count, accounts.count)[::2]
    company = np.concatenate((np.arange(companies.count), accounts.company[doubles], second))
    own, of_double = slice(0, companies.count), slice(companies.count, -len(second))
    duplicate = np.full(len(company), -1)
    duplicate[of_double] = doubles
    evidence = random.choice(EVIDENCE, size=len(company), p=EVIDENCE_RATIOS).astype(object)
    evidence[of_double] = "customer_number"
    evidence[companies.count + len(doubles) :] = "registration_number"
    evidence[2:8] = "customer_number"
    # A namesake is told apart by numbers, a mistyped number by the registration.
    evidence[calm[:special]] = ["registration_number", "customer_number"] * NAMESAKES + [
        "registration_number"
    ] * MISTYPED
    evidence[own][companies.account_created == NEVER] = None
    created = companies.start[company].copy()
    created[of_double] = accounts.created[doubles]
    late = companies.start[second] + random.integers(30, 300, size=len(second))
    created[companies.count + len(doubles) :] = to_workday(np.minimum(late, parameters.last))
    style = random.integers(6, size=len(company))
    names = [
        billing_name((accounts.name[position], accounts.name_other[position]), int(kind))
        for position, kind in zip(company, style, strict=True)
    ]
    says = (evidence == "customer_number") & (duplicate < 0) & (random.random(len(company)) < 0.5)
    says |= evidence == "registration_number"
    return Customers(
        company,
        np.array(
            [f"K{FIRST_CUSTOMER + n}" for n in random.permutation(len(company))], dtype=object
        ),
        created,
        np.array(names, dtype=object),
        np.array(
            [
                registration_number(int(position)) if stated else None
                for position, stated in zip(company, says, strict=True)
            ],
            dtype=object,
        ),
        evidence,
        duplicate,
    )


def _linked(
    accounts: Accounts, customers: Customers, mistyped: Ints, random: np.random.Generator
) -> Accounts:
    """Write customer numbers into the accounts that hold them; some hold another company's."""
    number = accounts.customer_number.copy()
    known = accounts.number_known.copy()
    holds = np.flatnonzero(customers.evidence == "customer_number")
    wrong = random.choice(holds, size=len(mistyped), replace=False)
    for place, account in [
        *((place, customers.duplicate[place]) for place in holds),
        *zip(wrong, mistyped, strict=True),
    ]:
        position = account if account >= 0 else customers.company[place]
        number[position] = customers.number[place]
        learnt = customers.created[place] + random.integers(0, 4)
        known[position] = max(int(learnt), int(accounts.created[position]))
    return replace(accounts, customer_number=number, number_known=to_workday(known))


def customer_of_orders(
    parameters: Parameters, pairs: Pairs, orders: Orders, customers: Customers
) -> Ints:
    """Return under which customer number each order was booked."""
    random = parameters.random("customer numbers")
    company = pairs.company[orders.pair]
    chosen = company.copy()
    for place in range(parameters.companies_count, len(customers.company)):
        fits = (company == customers.company[place]) & (orders.day >= customers.created[place])
        chosen = np.where(fits & (random.random(orders.count) < 0.45), place, chosen)
    return chosen
