"""The truth file: what was planted, for tests to read and for no pipeline ever to see.

``write_truth`` writes one Parquet file per subject and ``parameters.json`` into a folder. An
account is named by the id of its company's own account, into which duplicates resolve; it is empty
for the two companies that never get one. What depends on a day is meant as of ``as_of``, a day
that is itself outside, as in the warehouse.
"""

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow has no types
from numpy.typing import NDArray

from demo.industrial import activities, filing, key_accounts, opportunities, service, stages
from demo.industrial.catalogue import FAMILIES
from demo.industrial.identity import customer_of_orders
from demo.industrial.parameters import SIZES
from demo.industrial.people import FUNCTIONS, LAYERS
from demo.industrial.periods import NEVER, YEAR_DAYS, Bools, Floats, Ints, business_days, day_number
from demo.industrial.rates import MILLIONTHS, draw_rates
from demo.industrial.surveys import TOP_BOXES, gaming_representatives
from demo.industrial.world import World

CONTACT_WINDOW_DAYS = 180
SINGLE_THREAD_RATIO = 0.6
# Fewer touches in the window than these say nothing about who carries them.
ENOUGH_TOUCHES = 5
SPONSOR_WINDOW_DAYS = 90
BEFORE_DAYS, AT_DAYS, AFTER_DAYS = 90, 30, 150
# Stage and distinctness of the family give the strategy (marts, row 22).
STRATEGIES = {
    (stages.GENERALIST, True): "account_management",
    (stages.SPECIALIST, True): "product_augmentation",
    (stages.GENERALIST, False): "customer_service",
    (stages.SPECIALIST, False): "price",
}


def write_truth(world: World, folder: Path, as_of: date) -> list[Path]:
    """Write all truths into ``folder``; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in truths(world, as_of).items():
        files.append(folder / f"{name}.parquet")
        pq.write_table(table, files[-1])
    files.append(folder / "parameters.json")
    text = json.dumps(planted(world, as_of), default=str, ensure_ascii=False, indent=2)
    files[-1].write_text(text + "\n", encoding="utf-8")
    return files


def planted(world: World, as_of: date) -> dict[str, Any]:
    """Return the numbers from which the world follows."""
    return {
        "is_simulated": True,
        "as_of_date": as_of,
        **dataclasses.asdict(world.parameters),
        "strategies": {
            f"{stages.STAGES[stage]}, {'distinct' if distinct else 'similar'}": name
            for (stage, distinct), name in STRATEGIES.items()
        },
        "repurchase_definition": "an order with the surveyed product, later than the day of asking"
        " and within the horizon",
        "case_phases": service.PHASES,
        "median_first_reply_hours_by_phase": service.REPLY_HOURS,
        "unanswered_ratio_by_phase": service.UNANSWERED_RATIOS,
        "touches_per_opportunity": {
            "before": activities.TOUCHES_BEFORE,
            "at": activities.TOUCHES_AT,
            "after": activities.TOUCHES_AFTER,
        },
        "decision_cycle_days_without_experience": opportunities.CYCLE_DAYS,
        "information_topics_by_level": key_accounts.TOPICS,
        "analysis_questions_by_area": dict(key_accounts.AREAS),
    }


def truths(world: World, as_of: date) -> dict[str, pa.Table]:
    """Return all tables of truths by name."""
    day = day_number(as_of)
    return {
        "companies": _companies(world),
        "pairs": _pairs(world),
        "stages": _stages(world),
        "surveys": _surveys(world, day),
        "representatives": _representatives(world),
        "retention": _retention(world, day),
        "economics": _economics(world, day),
        "attention": _attention(world, day),
        "contact_cells": _contact_cells(world, day),
        "contact_threads": _contact_threads(world, day),
        "sponsors": _sponsors(world, day),
        "information": _information(world, day),
        "analysis": _analysis(world, day),
        "identity_accounts": _identity_accounts(world),
        "identity_customers": _identity_customers(world, day),
        "identity_merges": _identity_merges(world),
    }


def _table(**columns: pa.Array | NDArray[Any]) -> pa.Table:
    return pa.table(columns)


def _dates(days: Ints) -> pa.Array:
    empty = np.abs(days) >= NEVER
    return pa.array(np.where(empty, 0, days), mask=empty).cast(pa.int32()).cast(pa.date32())


def _numbers(values: Ints) -> pa.Array:
    return pa.array(values, mask=values < 0)


def _account_ids(world: World, companies: Ints) -> pa.Array:
    ids = filing.account_ids(world, companies)
    nobody = world.companies.account_created[companies] == NEVER
    return pa.array(ids, mask=nobody | (companies < 0))


# Who, since when, until when, how experienced


def _companies(world: World) -> pa.Table:
    companies = world.companies
    everyone = np.arange(companies.count)
    last = world.parameters.last
    return _table(
        company=everyone,
        account_id=_account_ids(world, everyone),
        company_size=np.array(SIZES)[companies.size],
        first_order_date=_dates(companies.start),
        account_created_on=_dates(companies.account_created),
        loss_date=_dates(companies.loss),
        loss_reason=pa.array(companies.reason, pa.string()),
        is_lost=companies.loss <= last,
        takeover_date=_dates(companies.takeover),
        is_takeover_survived=(companies.takeover != NEVER) & (companies.loss == NEVER),
        is_thin=companies.is_thin,
        is_single_threaded=companies.is_single_threaded,
        is_key_account=companies.is_key,
        referred_by_account_id=_account_ids(world, companies.referrer),
    )


def _pairs(world: World) -> pa.Table:
    pairs, quarters = world.pairs, world.parameters.quarters()
    last = quarters.of(np.minimum(pairs.end, world.parameters.last))

    def name_of(quarter: int, until: int) -> str | None:
        return quarters.name(quarter) if quarter <= until else None

    return _table(
        company=pairs.company,
        account_id=_account_ids(world, pairs.company),
        product_family=filing.FAMILY_CODES[pairs.family],
        is_distinct=np.array([family[3] for family in FAMILIES])[pairs.family],
        first_order_date=_dates(pairs.start),
        transition_quarter=pa.array(map(name_of, pairs.transition, last), pa.string()),
        specialist_quarter=pa.array(map(name_of, pairs.specialist, last), pa.string()),
        is_thin=world.companies.is_thin[pairs.company],
    )


def _stages(world: World) -> pa.Table:
    """One row per pair and quarter in which the company was a customer."""
    pairs, parameters = world.pairs, world.parameters
    quarters = parameters.quarters()
    count = int(quarters.of(parameters.last)) + 1
    pair, quarter = np.nonzero(pairs.stage[:, :count] != stages.NOT_A_CUSTOMER)
    stage = pairs.stage[pair, quarter]
    distinct = np.array([family[3] for family in FAMILIES])[pairs.family[pair]]
    strategy = [
        STRATEGIES.get((int(known), bool(apart)))
        for known, apart in zip(stage, distinct, strict=True)
    ]
    return _table(
        company=pairs.company[pair],
        account_id=_account_ids(world, pairs.company[pair]),
        product_family=filing.FAMILY_CODES[pairs.family[pair]],
        quarter=np.array([quarters.name(position) for position in range(count)])[quarter],
        stage=np.array(stages.STAGES)[stage],
        experience=pairs.experience[pair, quarter],
        takeover_strength=pairs.takeover_strength[pair, quarter],
        strategy=pa.array(strategy, pa.string()),
        is_thin=world.companies.is_thin[pairs.company[pair]],
    )


# Satisfaction and repurchase


def _surveys(world: World, as_of: int) -> pa.Table:
    surveys, horizon = world.surveys, world.parameters.repurchase_horizon_days
    kept = surveys.sent < as_of
    has_answer = surveys.answered < as_of
    company = world.pairs.company[world.orders.pair[surveys.order]]
    return _table(
        survey_id=1 + np.arange(surveys.count),
        account_id=_account_ids(world, company),
        asked_by_employee_id=filing.employee_ids(surveys.asker),
        true_score=surveys.feeling,
        is_satisfied=pa.array(surveys.score >= TOP_BOXES, mask=~has_answer),
        is_gamed=surveys.is_gamed,
        is_repurchased=surveys.is_repurchased,
        is_window_closed=surveys.sent + horizon < as_of,
    ).filter(pa.array(kept))


def _representatives(world: World) -> pa.Table:
    managers = np.arange(world.companies.managers_count())
    gaming = gaming_representatives(world.parameters, world.companies)
    return _table(employee_id=filing.employee_ids(managers), is_gaming=np.isin(managers, gaming))


# Retention and economics


def _retention(world: World, as_of: int) -> pa.Table:
    """Per tenure year: who could have entered the next one by ``as_of``, and who did."""
    start, loss = world.companies.start, world.companies.loss
    rows = []
    years = int((as_of - world.parameters.first) / YEAR_DAYS)
    for year in range(1, years + 1):
        begin, end = start + YEAR_DAYS * (year - 1), start + YEAR_DAYS * year
        active = (loss > begin) & (end + YEAR_DAYS <= as_of)
        kept = active & (loss > end)
        rows.append((year, int(active.sum()), int(kept.sum())))
    return _table(
        tenure_year=np.array([row[0] for row in rows]),
        customers_count=np.array([row[1] for row in rows]),
        retained_count=np.array([row[2] for row in rows]),
        planted_retention_ratio=np.array(
            [1 - world.parameters.loss_probability(row[0]) for row in rows]
        ),
    )


def _economics(world: World, as_of: int) -> pa.Table:
    """Per company and tenure year, in CNY at the rate of the order's day, refunds taken off.

    Margin is that of the lines with a known cost only, service cases not taken off.
    """
    orders, lines = world.orders, world.lines
    day, company = orders.day[lines.order], world.pairs.company[orders.pair[lines.order]]
    rate = _rates_on(world, day, company)
    paid = lines.paid_price * lines.quantity * rate / 100
    refunded = np.zeros(lines.count)
    known = world.refunds.day < as_of
    np.add.at(refunded, world.refunds.line[known], world.refunds.amount[known])
    net = paid - refunded * rate / 100
    cost = lines.cost * lines.quantity / 100
    valid = _count(world, as_of)
    counts = valid[lines.order]
    has_cost = counts & (lines.cost >= 0)
    tenure = _tenure_years(world, company, day)
    cases_company = world.pairs.company[world.cases.pair]
    cases_day = business_days(world.cases.opened_at)
    cases_tenure = _tenure_years(world, cases_company, cases_day)
    years = int(tenure.max()) + 1
    cases = cases_day < as_of

    def total(where: Ints, year: Ints, amount: Floats, kept: Bools) -> Floats:
        place = np.maximum(where * years + year - 1, 0)
        sums = np.bincount(place[kept], amount[kept], world.companies.count * years)
        return sums.astype(np.float64)

    order_counts = total(
        world.pairs.company[orders.pair],
        _tenure_years(world, world.pairs.company[orders.pair], orders.day),
        np.ones(orders.count),
        valid,
    )
    everyone = np.repeat(np.arange(world.companies.count), years)
    year_end = world.companies.start[everyone] + YEAR_DAYS * np.tile(
        np.arange(1, years + 1), world.companies.count
    )
    result = _table(
        company=everyone,
        account_id=_account_ids(world, everyone),
        tenure_year=np.tile(np.arange(1, years + 1), world.companies.count),
        orders_count=order_counts.astype(np.int64),
        net_revenue_cny=total(company, tenure, net, counts).round(2),
        costed_margin_cny=total(company, tenure, net - cost, has_cost).round(2),
        service_cost_cny=total(cases_company, cases_tenure, world.cases.cost / 100, cases).round(2),
        is_year_complete=year_end <= as_of,
    )
    return result.filter(pa.array(order_counts > 0))


def _count(world: World, as_of: int) -> Bools:
    """Return which orders are known by ``as_of`` and not known to be cancelled."""
    orders = world.orders
    counts: Bools = (orders.recorded < as_of) & ~(orders.is_cancelled & (orders.settled < as_of))
    return counts


def _tenure_years(world: World, company: Ints, day: Ints) -> Ints:
    years = np.floor((day - world.companies.start[company]) / YEAR_DAYS).astype(np.int64) + 1
    return np.maximum(years, 1)


def _rates_on(world: World, day: Ints, company: Ints) -> Floats:
    days, rates = draw_rates(world.parameters)
    rate: Floats = rates[day - days[0]] / MILLIONTHS
    return np.where(world.companies.pays_dollars[company], rate, 1.0)


def _attention(world: World, as_of: int) -> pa.Table:
    """Seller's touches and service cases of won opportunities per 30 days, by phase of the sale.

    Of sales whose after-phase is over by ``as_of``. Before: up to 90 days before the closing,
    never before the opening; at: from the closing day on 30 days; after: the 150 days that follow.
    """
    found, touches, cases = world.opportunities, world.activities, world.cases
    whole = found.is_won & (found.closed + AT_DAYS + AFTER_DAYS <= as_of)
    before = np.minimum(found.closed - found.opened, BEFORE_DAYS)
    days = (int(before[whole].sum()), AT_DAYS * int(whole.sum()), AFTER_DAYS * int(whole.sum()))

    def phases(opportunity: Ints, day: Ints) -> Ints:
        kept = opportunity >= 0
        kept &= whole[opportunity]
        since = (day - found.closed[opportunity])[kept]
        low = -before[opportunity[kept]]
        phase = np.where(since < 0, 0, np.where(since < AT_DAYS, 1, 2))
        inside = (since >= low) & (since < AT_DAYS + AFTER_DAYS)
        return np.bincount(phase[inside], minlength=3)

    seller = phases(touches.opportunity[~touches.is_inbound], touches.day[~touches.is_inbound])
    needs = phases(cases.opportunity, business_days(cases.opened_at))
    return _table(
        phase=np.array(service.PHASES),
        days_count=np.array(days),
        seller_touches_count=seller,
        service_cases_count=needs,
        seller_touches_per_30_days=seller * 30 / np.array(days),
        service_cases_per_30_days=needs * 30 / np.array(days),
        planted_median_first_reply_hours=np.array(service.REPLY_HOURS),
        planted_unanswered_ratio=np.array(service.UNANSWERED_RATIOS),
    )


# Key accounts


def _recent(world: World, as_of: int) -> Bools:
    day = world.activities.day
    recent: Bools = (day >= as_of - CONTACT_WINDOW_DAYS) & (day < as_of)
    return recent


def _contact_cells(world: World, as_of: int) -> pa.Table:
    """One row per account, layer and function with a touch in the 180 days before ``as_of``."""
    contacts = world.contacts
    touched = world.activities.contact[_recent(world, as_of)]
    place = np.ravel_multi_index(
        (contacts.company[touched], contacts.layer[touched], contacts.function[touched]),
        (world.companies.count, len(LAYERS), len(FUNCTIONS)),
    )
    cells, counts = np.unique(place, return_counts=True)
    company, layer, function = np.unravel_index(
        cells, (world.companies.count, len(LAYERS), len(FUNCTIONS))
    )
    return _table(
        account_id=_account_ids(world, company),
        layer=np.array(LAYERS)[layer],
        contact_function=np.array(FUNCTIONS)[function],
        touches_count=counts,
    )


def _contact_threads(world: World, as_of: int) -> pa.Table:
    """One row per account touched in the 180 days: the share of its most touched person.

    ``verdict``: single_threaded, several_threads, or insufficient_data below five touches.
    """
    contacts = world.contacts
    touched = world.activities.contact[_recent(world, as_of)]
    counts = np.bincount(touched, minlength=contacts.count)
    total = np.bincount(contacts.company, counts, minlength=world.companies.count).astype(int)
    most = np.zeros(world.companies.count, dtype=np.int64)
    np.maximum.at(most, contacts.company, counts)
    company = np.flatnonzero(total > 0)
    ratio = most[company] / total[company]
    verdict = np.where(ratio > SINGLE_THREAD_RATIO, "single_threaded", "several_threads")
    return _table(
        account_id=_account_ids(world, company),
        touches_count=total[company],
        top_contact_ratio=ratio,
        is_planted=world.companies.is_single_threaded[company],
        verdict=np.where(total[company] < ENOUGH_TOUCHES, "insufficient_data", verdict),
    )


def _sponsors(world: World, as_of: int) -> pa.Table:
    """One row per key account that is still a customer.

    ``has_gap``: no touch of the sponsor for 90 days, counted from the first order if none yet.
    """
    companies, touches = world.companies, world.activities
    last = np.full(companies.count, -NEVER)
    by_sponsor = touches.employee == world.sponsors.employee[world.pairs.company[touches.pair]]
    by_sponsor &= touches.day < as_of
    np.maximum.at(last, world.pairs.company[touches.pair[by_sponsor]], touches.day[by_sponsor])
    company = np.flatnonzero(
        companies.is_key & (companies.loss >= as_of) & (companies.start < as_of)
    )
    employee = world.sponsors.employee[company]
    seen = np.maximum(last[company], companies.start[company])
    return _table(
        account_id=_account_ids(world, company),
        employee_id=pa.array(filing.employee_ids(employee), mask=employee < 0),
        last_touch_date=_dates(last[company]),
        has_gap=pa.array(seen < as_of - SPONSOR_WINDOW_DAYS, mask=employee < 0),
        is_planted=world.sponsors.has_gap[company],
    )


def _information(world: World, as_of: int) -> pa.Table:
    """One row per account and level with a fact: topics known and the days since the newest."""
    facts = key_accounts.draw_facts(world.parameters, world.companies)
    kept = (facts["day"] < as_of) & (facts["deleted"] >= as_of)
    levels = len(key_accounts.TOPICS)
    place = (facts["company"] * levels + facts["level"] - 1)[kept]
    cells, counts = np.unique(place, return_counts=True)
    newest = np.full(world.companies.count * levels, -NEVER)
    np.maximum.at(newest, place, facts["day"][kept])
    level = cells % levels
    topics = np.array([len(topics) for topics in key_accounts.TOPICS])
    return _table(
        account_id=_account_ids(world, cells // levels),
        information_level=level + 1,
        facts_count=counts,
        covered_ratio=counts / topics[level],
        newest_gathered_on=_dates(newest[cells]),
    )


def _analysis(world: World, as_of: int) -> pa.Table:
    """One row per account and area of analysis with an answer."""
    answers = key_accounts.draw_answers(world.parameters, world.companies)
    kept = answers["day"] < as_of
    names = [name for name, _ in key_accounts.AREAS]
    area = np.array([names.index(str(name)) for name in answers["area"][kept]], dtype=np.int64)
    cells, counts = np.unique(answers["company"][kept] * len(names) + area, return_counts=True)
    questions = np.array([count for _, count in key_accounts.AREAS])[cells % len(names)]
    return _table(
        account_id=_account_ids(world, cells // len(names)),
        analysis_area=np.array(names)[cells % len(names)],
        answered_count=counts,
        answered_ratio=counts / questions,
    )


# Identity


def _identity_accounts(world: World) -> pa.Table:
    """One row per account ever in the CRM, with the account of the company that it truly is."""
    accounts = world.identities.accounts
    merges = world.identities.merges
    merged = np.full(accounts.count, NEVER)
    lasting = merges.truth == "same_company"
    merged[merges.losing[lasting]] = merges.day[lasting]
    namesake = np.isin(np.arange(accounts.count), world.identities.namesakes)
    return _table(
        account_id=accounts.account_id,
        true_account_id=_account_ids(world, accounts.company),
        created_on=_dates(accounts.created),
        is_duplicate=np.arange(accounts.count) >= world.companies.count,
        merged_on=_dates(merged),
        is_namesake=namesake,
        has_mistyped_customer_number=np.isin(np.arange(accounts.count), world.identities.mistyped),
    ).filter(pa.array(accounts.created != NEVER))


def _identity_customers(world: World, as_of: int) -> pa.Table:
    """One row per customer number: whose it truly is, by which evidence, and orders so far.

    ``account_id`` is the account that the evidence points to, before merges.
    """
    customers, accounts = world.identities.customers, world.identities.accounts
    chosen = customer_of_orders(
        world.parameters, world.pairs, world.orders, world.identities.customers
    )
    past = _count(world, as_of)
    count = len(customers.company)
    first = np.full(count, NEVER)
    np.minimum.at(first, chosen[past], world.orders.day[past])
    position = np.where(customers.duplicate >= 0, customers.duplicate, customers.company)
    none = customers.evidence == None  # noqa: E711  # elementwise
    created = accounts.created[position]
    return _table(
        customer_number=pa.array(customers.number, pa.string()),
        account_id=pa.array(accounts.account_id[position], mask=none),
        true_account_id=_account_ids(world, customers.company),
        company=customers.company,
        evidence=pa.array(customers.evidence, pa.string()),
        account_created_on=_dates(created),
        first_order_date=_dates(first),
        orders_count=np.bincount(chosen[past], minlength=count),
        is_orphan=none | (created >= as_of),
    )


def _identity_merges(world: World) -> pa.Table:
    """One row per event: what an honest warehouse makes of it."""
    merges, ids = world.identities.merges, world.identities.accounts.account_id
    return _table(
        merge_id=1 + np.arange(len(merges.day)),
        losing_account_id=ids[merges.losing],
        surviving_account_id=ids[merges.surviving],
        merge_kind=pa.array(merges.kind, pa.string()),
        undoes_merge_id=_numbers(np.where(merges.undoes < 0, -1, merges.undoes + 1)),
        merged_on=_dates(merges.day),
        verdict=pa.array(merges.truth, pa.string()),
    )
