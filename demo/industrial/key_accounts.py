"""How accounts are worked on: teams, plans, meetings, budgets, what is known, and competitors.

Sponsors' touches are decided here, so that a gap is a gap: who has none was seen by the sponsor
within 60 days of the last day, who has one not for 110 days or more.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from demo.industrial.activities import SPONSOR_EVERY_DAYS
from demo.industrial.companies import Companies
from demo.industrial.opportunities import COMPETITORS_COUNT
from demo.industrial.parameters import Parameters
from demo.industrial.people import Employees
from demo.industrial.periods import (
    NEVER,
    YEAR_DAYS,
    Bools,
    Floats,
    Ints,
    calendar_day,
    day_number,
    to_workday,
)
from demo.industrial.stages import Pairs

SPONSORED_RATIO = 0.85
# Topics of facts by information level: 1 public, 2 public at a cost, 3 of contacts, 4 of insiders.
TOPICS = (
    ("annual_report", "product_catalogue", "press", "website"),
    ("industry_report", "trade_fair", "credit_report"),
    ("projects", "needs", "budgets", "suppliers"),
    ("decision_criteria", "buying_centre", "strategy"),
)
SOURCES = ("public_record", "bought_report", "contact", "senior_insider")
FACT_COSTS = ((0, 40), (150, 900), (400, 2_500), (2_000, 9_000))  # CNY
KNOWN_RATIOS = ((0.9, 0.6, 0.55, 0.3), (0.6, 0.12, 0.2, 0.02))  # of key accounts, of others
AREAS = (
    ("structure_and_management", 5),
    ("industry_and_market", 5),
    ("product_needs", 4),
    ("strategy_and_synergy", 4),
    ("performance", 4),
)
ACTIONS = ("site_visit", "technical_seminar", "price_review", "joint_project", "delivery_review")


@dataclass(frozen=True, slots=True)
class Sponsors:
    """One position per company: its executive sponsor (-1: none) and whether there is a gap."""

    employee: Ints
    has_gap: Bools
    last_touch: Ints  # no touch of the sponsor after this day; NEVER while it goes on


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length, by name."""

    columns: dict[str, NDArray[np.generic]]

    def __getitem__(self, name: str) -> Ints:
        return self.columns[name]  # type: ignore[return-value]  # the caller knows the column


def appoint_sponsors(
    parameters: Parameters, companies: Companies, employees: Employees
) -> Sponsors:
    """Give most key accounts a sponsor, some of whom stop caring long before the last day."""
    random = parameters.random("sponsors")
    executives = employees.of("executive")
    chosen = executives[random.integers(len(executives), size=companies.count)]
    has_sponsor = companies.is_key & (random.random(companies.count) < SPONSORED_RATIO)
    stays = companies.loss > parameters.last
    old_enough = companies.start < parameters.last - 400
    candidates = np.flatnonzero(has_sponsor & stays & old_enough)
    wanted = min(len(candidates), max(3, round(parameters.sponsor_gap_ratio * len(candidates))))
    has_gap = np.zeros(companies.count, dtype=np.bool_)
    has_gap[random.choice(candidates, size=wanted, replace=False)] = True
    stop = parameters.last - random.integers(110, 330, size=companies.count)
    return Sponsors(np.where(has_sponsor, chosen, -1), has_gap, np.where(has_gap, stop, NEVER))


def sponsor_touches(
    parameters: Parameters, companies: Companies, pairs: Pairs, sponsors: Sponsors
) -> tuple[Ints, Ints, Ints]:
    """Return pairs, days and employees of the sponsors' touches: every four to eight weeks."""
    random = parameters.random("sponsor touches")
    first_pair = np.searchsorted(pairs.company, np.arange(companies.count))
    found: list[tuple[int, int, int]] = []
    for company in np.flatnonzero(sponsors.employee >= 0):
        until = min(companies.loss[company], parameters.last + 1, sponsors.last_touch[company] + 1)
        day = int(companies.start[company] + random.integers(1, 30))
        while day < until:
            found.append((int(first_pair[company]), day, int(sponsors.employee[company])))
            day += int(random.integers(*SPONSOR_EVERY_DAYS))
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], to_workday(table[:, 1]), table[:, 2]


def draw_team(
    parameters: Parameters, companies: Companies, employees: Employees, sponsors: Sponsors
) -> Table:
    """Return who is on which account's team, from when until when (NEVER: still)."""
    everyone = np.arange(companies.count)
    moved = np.flatnonzero(companies.manager_changed != NEVER)
    sponsored = np.flatnonzero(sponsors.employee >= 0)
    key = np.flatnonzero(companies.is_key)
    leaders = employees.of("sales_manager")
    role = np.repeat(
        ("account_manager", "account_manager", "executive_sponsor", "sales_management"),
        (len(everyone), len(moved), len(sponsored), len(key)),
    )
    company = np.concatenate((everyone, moved, sponsored, key))
    employee = np.concatenate(
        (
            companies.former_manager,
            companies.manager[moved],
            sponsors.employee[sponsored],
            leaders[companies.region[key] % len(leaders)],
        )
    )
    since = companies.prospect[company]
    since[len(everyone) : len(everyone) + len(moved)] = companies.manager_changed[moved]
    since = np.where(role == "executive_sponsor", companies.start[company], since)
    until = np.full(len(company), NEVER)
    until[: len(everyone)] = companies.manager_changed
    kept = (since <= parameters.last) & (companies.account_created[company] <= parameters.last)
    columns = {"company": company, "employee": employee, "role": role, "from": since, "to": until}
    return Table({name: values[kept] for name, values in columns.items()})


def draw_plan_items(parameters: Parameters, companies: Companies) -> Table:
    """Return the plans of key accounts: some done late, some overdue, some given up (deleted)."""
    random = parameters.random("plan items")
    key = np.flatnonzero(companies.is_key)
    end = np.minimum(companies.loss[key], parameters.last)
    years = np.maximum(end - companies.start[key], 0) / YEAR_DAYS
    company = np.repeat(key, random.poisson(5 * years))
    span = np.minimum(companies.loss[company], parameters.last) - companies.start[company]
    created = companies.start[company] + (random.random(len(company)) * span).astype(np.int64)
    due = created + random.integers(20, 90, size=len(company))
    done = due + random.normal(-4, 12, size=len(company)).astype(np.int64)
    fate = random.choice(3, size=len(company), p=(0.84, 0.09, 0.07))
    return Table(
        {
            "company": company,
            "action": random.choice(ACTIONS, size=len(company)),
            "created": to_workday(created),
            "due": to_workday(due),
            "done": np.where(fate == 0, to_workday(np.maximum(done, created + 1)), NEVER),
            "deleted": np.where(fate == 2, to_workday(due + 10), NEVER),
        }
    )


def draw_years(parameters: Parameters, companies: Companies) -> Table:
    """Return one row per key account and calendar year: budget, key-account meeting planned, held.

    Budgets are in hundredths of CNY.
    """
    random = parameters.random("years")
    rows: list[tuple[int, int]] = []
    for key in np.flatnonzero(companies.is_key):
        first = calendar_day(int(companies.start[key])).year
        last = calendar_day(int(min(companies.loss[key], parameters.last))).year
        rows += [(int(key), year) for year in range(first, last + 1)]
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    company, year = table[:, 0], table[:, 1]
    opening = np.array(
        [max(day_number(date(y, 1, 1)), companies.start[c]) for c, y in rows],
        dtype=np.int64,
    )
    planned = opening + random.integers(20, 300, size=len(rows))
    held = random.random(len(rows)) < 0.75
    held &= planned < companies.loss[company]
    return Table(
        {
            "company": company,
            "year": year,
            "opened": opening,
            "budget": random.integers(20, 120, size=len(rows)) * 100_000,
            "planned": to_workday(planned),
            "held": np.where(held, to_workday(planned + random.integers(0, 20, len(rows))), NEVER),
        }
    )


def draw_expenses(parameters: Parameters, companies: Companies, years: Table) -> Table:
    """Return what was spent on key accounts, in hundredths of CNY: about the budgets."""
    random = parameters.random("expenses")
    row = np.repeat(np.arange(len(years["year"])), 6)
    company = years["company"][row]
    opening = years["opened"][row]
    end = np.minimum(opening + 330, np.minimum(companies.loss[company], parameters.last))
    day = opening + (random.random(len(row)) * np.maximum(end - opening, 0)).astype(np.int64)
    share = random.gamma(3.0, 1 / 3, size=len(row)) / 6
    overspent = 0.9 + 0.35 * (random.random(len(years["year"])) < 0.2)
    amount = np.round(years["budget"][row] * share * overspent[row]).astype(np.int64)
    kept = day <= parameters.last
    purpose = random.choice(("travel", "seminar", "samples", "engineering"), size=len(row))
    columns = {"company": company, "day": to_workday(day), "amount": amount, "purpose": purpose}
    return Table({name: values[kept] for name, values in columns.items()})


def draw_facts(parameters: Parameters, companies: Companies) -> Table:
    """Return what is known of accounts, by level and topic, with source, cost and day.

    One in fifty turns out wrong and is deleted.
    """
    random = parameters.random("facts")
    company, level, topic = _subjects(companies)
    known = np.array(KNOWN_RATIOS)[np.where(companies.is_key[company], 0, 1), level]
    diligence: Floats = random.uniform(0.5, 1.2, size=companies.count)
    kept = random.random(len(company)) < known * diligence[company]
    kept &= ~companies.is_thin[company]
    company, level, topic = company[kept], level[kept], topic[kept]
    end = np.minimum(companies.loss[company], parameters.last)
    day = end - (random.exponential(260, size=len(company))).astype(np.int64)
    day = to_workday(np.maximum(day, companies.prospect[company]))
    low, high = np.array(FACT_COSTS).T
    cost = low[level] + random.random(len(company)) * (high - low)[level]
    wrong = random.random(len(company)) < 0.02
    return Table(
        {
            "company": company,
            "level": level + 1,
            "topic": topic,
            "source": np.array(SOURCES)[level],
            "cost": np.round(cost).astype(np.int64) * 100,
            "day": day,
            "deleted": np.where(wrong, to_workday(day + 40), NEVER),
        }
    )


def _subjects(companies: Companies) -> tuple[Ints, Ints, NDArray[np.str_]]:
    """Return every company with every level and topic."""
    pairs = [(level, topic) for level, topics in enumerate(TOPICS) for topic in topics]
    company = np.repeat(np.arange(companies.count), len(pairs))
    level = np.tile(np.array([level for level, _ in pairs]), companies.count)
    return company, level, np.tile(np.array([topic for _, topic in pairs]), companies.count)


def draw_answers(parameters: Parameters, companies: Companies) -> Table:
    """Return which questions of the five areas were answered for key accounts, and when."""
    random = parameters.random("answers")
    questions = [
        (area, f"{area}_{number}") for area, count in AREAS for number in range(1, count + 1)
    ]
    key = np.flatnonzero(companies.is_key)
    company = np.repeat(key, len(questions))
    diligence = random.uniform(0.15, 0.95, size=companies.count)
    kept = random.random(len(company)) < diligence[company]
    company = company[kept]
    end = np.minimum(companies.loss[company], parameters.last)
    day = end - random.exponential(300, size=len(company)).astype(np.int64)
    return Table(
        {
            "company": company,
            "area": np.tile(np.array([area for area, _ in questions]), len(key))[kept],
            "question": np.tile(np.array([code for _, code in questions]), len(key))[kept],
            "day": to_workday(np.maximum(day, companies.start[company])),
        }
    )


def draw_products_in_use(parameters: Parameters, companies: Companies, pairs: Pairs) -> Table:
    """Return which competitors' products accounts use, how content they are, and who sells them."""
    random = parameters.random("products in use")
    drawn = random.random(pairs.count) < 0.35
    day = to_workday(pairs.start + random.integers(30, 400, size=pairs.count))
    drawn &= (day <= parameters.last) & (day < pairs.end)
    pair = np.flatnonzero(drawn & ~companies.is_thin[pairs.company])
    company, day = pairs.company[pair], day[pair]
    rival = random.integers(COMPETITORS_COUNT, size=len(pair))
    sellers = random.integers(1, 5, size=len(pair))
    names = [f"销售代表 {one + 1}-{two}" for one, two in zip(rival, sellers, strict=True)]
    return Table(
        {
            "company": company,
            "family": pairs.family[pair],
            "competitor": rival,
            "satisfaction": random.choice((1, 2, 3, 4, 5), len(pair), p=(0.1, 0.2, 0.3, 0.3, 0.1)),
            "seller": np.array(names),
            "day": day,
        }
    )


def draw_contracts(parameters: Parameters, companies: Companies) -> Table:
    """Return yearly framework contracts: who has one ends it with the loss or lets it run out."""
    random = parameters.random("contracts")
    has = (random.random(companies.count) < 0.35) & ~companies.is_thin
    rows = []
    for company in np.flatnonzero(has):
        day = int(companies.start[company]) + int(random.integers(0, 60))
        end = min(int(companies.loss[company]), parameters.last + 1)
        while day < end:
            ended = end if end < day + 365 and end <= parameters.last else NEVER
            rows.append((company, day, day + 364, ended))
            day += 365
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    names = ("company", "from", "to", "terminated")
    return Table({name: table[:, place] for place, name in enumerate(names)})
