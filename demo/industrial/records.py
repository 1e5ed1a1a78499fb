"""What the systems record of the world: the columns of every table, from the truths.

Here a company becomes the account or customer number that it is filed under, and truths that no
system knows are left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
from numpy.typing import NDArray

from demo.industrial import key_accounts
from demo.industrial.activities import last_touch_days
from demo.industrial.catalogue import (
    FAMILIES,
    KIND_NAMES,
    KINDS,
    SERVICE,
    YEARLY_PRICE_FACTOR,
)
from demo.industrial.companies import INDUSTRIES, REGIONS, ROLES
from demo.industrial.identity import customer_of_orders
from demo.industrial.names import PLACES
from demo.industrial.opportunities import COMPETITORS_COUNT
from demo.industrial.parameters import SIZES
from demo.industrial.people import FUNCTIONS, LAYERS
from demo.industrial.periods import (
    NEVER,
    YEAR_DAYS,
    Bools,
    Ints,
    calendar_day,
    day_number,
    instants,
    to_workday,
)
from demo.industrial.rates import draw_rates
from demo.industrial.schema import EMPTY_NUMBER, to_arrow
from demo.industrial.stages import levels

if TYPE_CHECKING:
    from demo.industrial.world import World

Columns = dict[str, NDArray[Any]]
FIRST_IDS = {
    "employee": 100,
    "contact": 200_000,
    "opportunity": 300_000,
    "order": 4_000_000,
    "bundle": 5_000_000,
    "product": 6_000,
    "competitor": 1,
}
DELETED_CONTACT_RATIO = 0.2  # of those who were never touched
TEST_CUSTOMER = "K000000"
FAMILY_CODES = np.array([family[0] for family in FAMILIES])


def tables(world: World) -> dict[str, pa.Table]:
    """Return every table with its hidden columns."""
    filed = _Filed(world)
    made = {
        **_crm_masters(world, filed),
        **_crm_events(world, filed),
        **_key_account_tables(world, filed),
        **_erp(world),
        **_files(world),
    }
    return {name: to_arrow(name, columns) for name, columns in made.items()}


def employee_ids(positions: Ints) -> Ints:
    return FIRST_IDS["employee"] + positions


def contact_ids(positions: Ints) -> Ints:
    return FIRST_IDS["contact"] + positions


def product_ids(positions: Ints) -> Ints:
    return FIRST_IDS["product"] + positions


def order_ids(positions: Ints) -> Ints:
    """Return order ids; -1, no order, stays an empty number."""
    return np.where(positions < 0, EMPTY_NUMBER, FIRST_IDS["order"] + positions)


def opportunity_ids(world: World, positions: Ints) -> Ints:
    """Return opportunity ids, which count in order of opening; -1 stays an empty number."""
    rank = np.empty(world.opportunities.count, dtype=np.int64)
    rank[np.argsort(world.opportunities.opened, kind="stable")] = np.arange(len(rank))
    return np.where(positions < 0, EMPTY_NUMBER, FIRST_IDS["opportunity"] + rank[positions])


def account_ids(world: World, companies: Ints) -> Ints:
    """Return the ids of the companies' own accounts, not of duplicates; -1 stays empty."""
    ids = world.identities.accounts.account_id
    return np.where(companies < 0, EMPTY_NUMBER, ids[companies])


class _Filed:
    """Under which account the CRM files what happens, drawn once per kind of record."""

    def __init__(self, world: World) -> None:
        self.world = world

    def account_ids(self, topic: str, companies: Ints, days: Ints) -> Ints:
        random = self.world.parameters.random(f"filed {topic}")
        chosen = self.world.identities.account_of(companies, days, random)
        return self.world.identities.accounts.account_id[chosen]

    def has_account(self, companies: Ints, days: Ints) -> Bools:
        result: Bools = self.world.companies.account_created[companies] <= days
        return result


def _select(columns: Columns, kept: Bools) -> Columns:
    return {name: values[kept] for name, values in columns.items()}


def _numbered(first: int, count: int) -> Ints:
    return first + np.arange(count)


def _texts(values: list[str]) -> NDArray[np.object_]:
    return np.array(values, dtype=object)


def _currency(is_dollar: Bools) -> NDArray[np.str_]:
    return np.where(is_dollar, "USD", "CNY")


# CRM: who there is


def _crm_masters(world: World, filed: _Filed) -> dict[str, Columns]:
    return {
        "employees": _employees(world),
        "accounts": _accounts(world),
        "account_relations": _relations(world),
        "account_merges": _merges(world),
        "contacts": _contacts(world),
        "competitors": _competitors(world),
        "contracts": _contracts(world),
        "competitor_products_in_use": _products_in_use(world, filed),
    }


def _employees(world: World) -> Columns:
    employees = world.employees
    ids = employee_ids(np.arange(employees.count))
    return {
        "employee_id": ids,
        "employee_role": employees.role,
        "name": _texts([name[0] for name in employees.names]),
        "name_other": _texts([name[1] for name in employees.names]),
        "email": _texts([f"e{number}@supplier.example.com" for number in ids]),
        "_recorded_on": np.full(employees.count, world.parameters.first - 700),
    }


def _accounts(world: World) -> Columns:
    companies, accounts = world.companies, world.identities.accounts
    company = accounts.company
    parent = _parents(world)
    columns = {
        "account_id": accounts.account_id,
        "name": accounts.name,
        "name_other": accounts.name_other,
        "registration_number": accounts.registration,
        "customer_number": accounts.customer_number,
        "customer_type": np.full(accounts.count, "business"),
        "industry": np.array(INDUSTRIES)[companies.industry[company]],
        "region": np.array(REGIONS)[companies.region[company]],
        "company_size": np.array(SIZES)[companies.size[company]],
        "chain_role": np.array(ROLES)[companies.role[company]],
        "is_key_account": companies.is_key[company],
        "currency_code": _currency(companies.pays_dollars[company]),
        "owner_employee_id": employee_ids(companies.manager[company]),
        "parent_account_id": account_ids(world, parent[company]),
        "referred_by_account_id": account_ids(world, companies.referrer[company]),
        "created_on": accounts.created,
        "_recorded_on": accounts.created,
        "_owner_changed_on": companies.manager_changed[company],
        "_former_owner": employee_ids(companies.former_manager[company]),
        "_number_known_on": accounts.number_known,
    }
    return _select(columns, accounts.created != NEVER)


def _parents(world: World) -> Ints:
    """Return each company's parent among large ones that were known before it, mostly none."""
    random = world.parameters.random("parents")
    companies = world.companies
    parent = np.full(companies.count, -1, dtype=np.int64)
    for company in np.flatnonzero(random.random(companies.count) < 0.07):
        elders = np.flatnonzero(
            (companies.size == 2)
            & (companies.prospect < companies.prospect[company])
            & (companies.account_created != NEVER)
        )
        if len(elders):
            parent[company] = random.choice(elders)
    return parent


def _relations(world: World) -> Columns:
    """Dealers and suppliers upstream of end users; one relation in twelve ends and is deleted."""
    random = world.parameters.random("relations")
    companies = world.companies
    known = companies.account_created != NEVER
    upstream = np.repeat(np.flatnonzero((companies.role > 0) & known), 3)
    users = np.flatnonzero((companies.role == 0) & known)
    downstream = random.choice(users, size=len(upstream))
    both = np.maximum(companies.account_created[upstream], companies.account_created[downstream])
    day = np.maximum(both, world.parameters.first) + random.integers(0, 500, size=len(upstream))
    ends = random.random(len(upstream)) < 1 / 12
    ended = day + random.integers(30, 600, size=len(upstream))
    pair = upstream * companies.count + downstream
    single = np.isin(np.arange(len(pair)), np.unique(pair, return_index=True)[1])
    columns = {
        "relation_id": _numbered(1, len(upstream)),
        "upstream_account_id": account_ids(world, upstream),
        "downstream_account_id": account_ids(world, downstream),
        "relation_kind": np.where(companies.role[upstream] == 1, "dealer", "supplier"),
        "recorded_on": day,
        "_recorded_on": day,
        "_deleted_on": np.where(ends, ended, NEVER),
    }
    return _select(columns, single)


def _merges(world: World) -> Columns:
    merges, ids = world.identities.merges, world.identities.accounts.account_id
    count = len(merges.day)
    return {
        "merge_id": _numbered(1, count),
        "losing_account_id": ids[merges.losing],
        "surviving_account_id": ids[merges.surviving],
        "merge_kind": merges.kind,
        "undoes_merge_id": np.where(merges.undoes < 0, EMPTY_NUMBER, merges.undoes + 1),
        "merged_at": instants(merges.day, 15 * 3600 + 60 * np.arange(count)),
        "_recorded_on": merges.day,
    }


def _contacts(world: World) -> Columns:
    contacts, companies = world.contacts, world.companies
    ids = contact_ids(np.arange(contacts.count))
    account = account_ids(world, contacts.company)
    known = companies.account_created[contacts.company]
    random = world.parameters.random("deleted contacts")
    untouched = last_touch_days(world.activities, contacts) < 0
    untouched &= ~np.isin(np.arange(contacts.count), _people_of_opportunities(world))
    gone = untouched & (random.random(contacts.count) < DELETED_CONTACT_RATIO)
    leaves = known + random.integers(60, 900, size=contacts.count)
    columns = {
        "contact_id": ids,
        "account_id": account,
        "layer": np.array(LAYERS)[contacts.layer],
        "contact_function": np.array(FUNCTIONS)[contacts.function],
        "name": _texts([name[0] for name in contacts.names]),
        "name_other": _texts([name[1] for name in contacts.names]),
        "email": _texts(
            [f"c{number}@a{where}.example.com" for number, where in zip(ids, account, strict=True)]
        ),
        "phone": _texts([f"+86 000 {number % 10_000:04d} 0000" for number in ids]),
        "_recorded_on": known,
        "_deleted_on": np.where(gone, leaves, NEVER),
    }
    return _select(columns, known != NEVER)


def _competitors(world: World) -> Columns:
    place = PLACES[:COMPETITORS_COUNT]
    return {
        "competitor_id": _numbered(FIRST_IDS["competitor"], COMPETITORS_COUNT),
        "name": _texts([f"{name[0]}虚构竞争者" for name in place]),
        "name_other": _texts([f"{name[1]} Fictive Rival" for name in place]),
        "_recorded_on": np.full(COMPETITORS_COUNT, world.parameters.first - 700),
    }


def _contracts(world: World) -> Columns:
    drawn = key_accounts.draw_contracts(world.parameters, world.companies)
    columns: Columns = {
        "contract_id": _numbered(1, len(drawn["from"])),
        "account_id": account_ids(world, drawn["company"]),
        "starts_on": drawn["from"],
        "ends_on": drawn["to"],
        "terminated_on": drawn["terminated"],
        "_recorded_on": drawn["from"],
    }
    return _select(columns, drawn["from"] <= world.parameters.last)


def _products_in_use(world: World, filed: _Filed) -> Columns:
    drawn = key_accounts.draw_products_in_use(world.parameters, world.companies, world.pairs)
    return {
        "usage_id": _numbered(1, len(drawn["day"])),
        "account_id": filed.account_ids("usage", drawn["company"], drawn["day"]),
        "competitor_id": FIRST_IDS["competitor"] + drawn["competitor"],
        "product_family": FAMILY_CODES[drawn["family"]],
        "satisfaction_score": drawn["satisfaction"],
        "sales_representative": drawn["seller"],
        "recorded_on": drawn["day"],
        "_recorded_on": drawn["day"],
    }


# CRM: what happened


def _crm_events(world: World, filed: _Filed) -> dict[str, Columns]:
    return {
        "opportunities": _opportunities(world, filed),
        "activities": _activities(world, filed),
        "service_cases": _cases(world, filed),
        "satisfaction_surveys": _surveys(world, filed),
    }


def _opportunities(world: World, filed: _Filed) -> Columns:
    found, pairs, companies = world.opportunities, world.pairs, world.companies
    company = pairs.company[found.pair]
    decider, influencer = _decider_and_influencer(world)
    random = world.parameters.random("budgets")
    budget = np.array([4e4, 2e5, 1e6])[companies.size[company]]
    budget = budget * np.exp(0.5 * random.standard_normal(found.count))
    budget = budget / np.where(companies.pays_dollars[company], 6.5, 1)
    return {
        "opportunity_id": opportunity_ids(world, np.arange(found.count)),
        "account_id": filed.account_ids("opportunities", company, found.opened),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "problem_to_solve": found.problem,
        "process": found.process,
        "stage": np.where(found.is_won, "won", "lost"),
        "decision_maker_contact_id": contact_ids(decider),
        "influencer_contact_id": contact_ids(influencer),
        "budget_amount": np.round(budget).astype(np.int64) * 100,
        "currency_code": _currency(companies.pays_dollars[company]),
        "competitive_quotes_count": found.quotes,
        "lost_reason": found.lost_reason,
        "lost_to_competitor_id": np.where(
            found.lost_to < 0, EMPTY_NUMBER, FIRST_IDS["competitor"] + found.lost_to
        ),
        "opened_on": found.opened,
        "planned_purchase_date": found.planned,
        "closed_on": found.closed,
        "_recorded_on": found.opened,
    }


def _decider_and_influencer(world: World) -> tuple[Ints, Ints]:
    """Return who decides and who influences: technicians' heads, or procurement's with experience.

    Contacts begin, at every company, with two users, three technicians and three buyers, each from
    operation upwards.
    """
    found, contacts = world.opportunities, world.contacts
    first = np.searchsorted(contacts.company, world.pairs.company[found.pair])
    experience = levels(world.pairs, world.parameters, found.pair, found.closed)
    random = world.parameters.random("deciders")
    by_buyers = random.random(found.count) < experience
    decider = first + np.where(by_buyers, 6, 4)
    return decider, first + np.where(random.random(found.count) < 0.5, 1, 3)


def _people_of_opportunities(world: World) -> Ints:
    return np.unique(np.concatenate(_decider_and_influencer(world)))


def _activities(world: World, filed: _Filed) -> Columns:
    found, pairs = world.activities, world.pairs
    return {
        "activity_id": _numbered(1, found.count),
        "account_id": filed.account_ids("activities", pairs.company[found.pair], found.day),
        "contact_id": contact_ids(found.contact),
        "employee_id": employee_ids(found.employee),
        "opportunity_id": opportunity_ids(world, found.opportunity),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "channel": found.channel,
        "direction": np.where(found.is_inbound, "in", "out"),
        "subject_kind": found.subject,
        "occurred_at": found.at,
        "_recorded_on": found.day,
    }


def _cases(world: World, filed: _Filed) -> Columns:
    found, pairs = world.cases, world.pairs
    day = (found.opened_at + 8 * 3600) // 86_400
    return {
        "case_id": _numbered(1, found.count),
        "account_id": filed.account_ids("cases", pairs.company[found.pair], day),
        "order_id": order_ids(found.order),
        "opportunity_id": opportunity_ids(world, found.opportunity),
        "product_family": FAMILY_CODES[pairs.family[found.pair]],
        "case_kind": found.kind,
        "handling_cost_cny": found.cost,
        "opened_at": found.opened_at,
        "first_reply_at": found.first_reply_at,
        "closed_at": found.closed_at,
        "_recorded_on": day,
    }


def _surveys(world: World, filed: _Filed) -> Columns:
    found = world.surveys
    company = world.pairs.company[world.orders.pair[found.order]]
    columns = {
        "survey_id": _numbered(1, found.count),
        "account_id": filed.account_ids("surveys", company, found.sent),
        "order_id": order_ids(found.order),
        "product_id": product_ids(found.product),
        "asked_by_employee_id": employee_ids(found.asker),
        "is_bonus_relevant": found.hangs_on_bonus,
        "score": np.where(found.answered == NEVER, EMPTY_NUMBER, found.score),
        "sent_on": found.sent,
        "answered_on": found.answered,
        "_recorded_on": found.sent,
    }
    return _select(columns, filed.has_account(company, found.sent))


# CRM: how key accounts are worked on


def _key_account_tables(world: World, filed: _Filed) -> dict[str, Columns]:
    parameters, companies = world.parameters, world.companies
    years = key_accounts.draw_years(parameters, companies)
    expenses = key_accounts.draw_expenses(parameters, companies, years)
    manager = companies.manager_on(expenses["company"], expenses["day"])
    return {
        "team_assignments": _team(world),
        "plan_items": _plan_items(world),
        "account_facts": _facts(world, filed),
        "analysis_answers": _answers(world),
        "key_account_meetings": {
            "account_id": account_ids(world, years["company"]),
            "meeting_year": years["year"],
            "planned_on": years["planned"],
            "held_on": years["held"],
            "_recorded_on": years["opened"],
        },
        "account_budgets": {
            "account_id": account_ids(world, years["company"]),
            "budget_year": years["year"],
            "budget_amount_cny": years["budget"],
            "_recorded_on": years["opened"],
        },
        "account_expenses": {
            "expense_id": _numbered(1, len(expenses["day"])),
            "account_id": account_ids(world, expenses["company"]),
            "employee_id": employee_ids(manager),
            "purpose": expenses["purpose"],
            "amount_cny": expenses["amount"],
            "spent_on": expenses["day"],
            "_recorded_on": expenses["day"],
        },
    }


def _team(world: World) -> Columns:
    drawn = key_accounts.draw_team(
        world.parameters, world.companies, world.employees, world.sponsors
    )
    return {
        "assignment_id": _numbered(1, len(drawn["from"])),
        "account_id": account_ids(world, drawn["company"]),
        "employee_id": employee_ids(drawn["employee"]),
        "team_role": drawn["role"],
        "valid_from": drawn["from"],
        "valid_to": drawn["to"],
        "_recorded_on": drawn["from"],
    }


def _plan_items(world: World) -> Columns:
    drawn = key_accounts.draw_plan_items(world.parameters, world.companies)
    manager = world.companies.manager_on(drawn["company"], drawn["created"])
    return {
        "plan_item_id": _numbered(1, len(drawn["due"])),
        "account_id": account_ids(world, drawn["company"]),
        "owner_employee_id": employee_ids(manager),
        "action": drawn["action"],
        "created_on": drawn["created"],
        "due_on": drawn["due"],
        "done_on": drawn["done"],
        "_recorded_on": drawn["created"],
        "_deleted_on": drawn["deleted"],
    }


def _facts(world: World, filed: _Filed) -> Columns:
    drawn = key_accounts.draw_facts(world.parameters, world.companies)
    return {
        "fact_id": _numbered(1, len(drawn["day"])),
        "account_id": filed.account_ids("facts", drawn["company"], drawn["day"]),
        "information_level": drawn["level"],
        "topic": drawn["topic"],
        "source": drawn["source"],
        "cost_cny": drawn["cost"],
        "gathered_on": drawn["day"],
        "_recorded_on": drawn["day"],
        "_deleted_on": drawn["deleted"],
    }


def _answers(world: World) -> Columns:
    drawn = key_accounts.draw_answers(world.parameters, world.companies)
    return {
        "account_id": account_ids(world, drawn["company"]),
        "question_code": drawn["question"],
        "analysis_area": drawn["area"],
        "answered_on": drawn["day"],
        "_recorded_on": drawn["day"],
    }


# The order system and the files


def _erp(world: World) -> dict[str, Columns]:
    return {
        "customers": _customers(world),
        "products": _products(world),
        "orders": _orders(world),
        "order_lines": _order_lines(world),
        "refunds": _refunds(world),
    }


def _customers(world: World) -> Columns:
    """The customers of the order system, and last one that only tests are booked on."""
    customers = world.identities.customers
    company = customers.company
    return {
        "customer_number": np.append(customers.number, TEST_CUSTOMER),
        "name": np.append(customers.name, "测试客户 Test Customer"),
        "registration_number": np.array([*customers.registration, None]),
        "currency_code": np.append(_currency(world.companies.pays_dollars[company]), "CNY"),
        "is_test": np.append(np.zeros(len(company), dtype=np.bool_), True),
        "created_on": np.append(customers.created, world.parameters.first),
        "_recorded_on": np.append(customers.created, world.parameters.first),
    }


def _products(world: World) -> Columns:
    catalogue, parameters = world.catalogue, world.parameters
    repriced = _first_of_price_year(world)
    years = (repriced - parameters.first) // YEAR_DAYS
    now = catalogue.price * YEARLY_PRICE_FACTOR**years
    before = catalogue.price * YEARLY_PRICE_FACTOR ** max(years - 1, 0)
    return {
        "product_id": product_ids(np.arange(catalogue.count)),
        "product_family": FAMILY_CODES[catalogue.family],
        "product_kind": np.array(KINDS)[catalogue.kind],
        "is_distinct": catalogue.is_distinct,
        "maturity": np.array([family[5] for family in FAMILIES])[catalogue.family],
        "standard_cost_cny": np.round(now * catalogue.cost_ratio * 100),
        "list_price_cny": np.round(now * 100),
        "_recorded_on": np.full(catalogue.count, parameters.first),
        "_repriced_on": np.full(catalogue.count, repriced),
        "_former_cost": np.round(before * catalogue.cost_ratio * 100),
        "_former_price": np.round(before * 100),
    }


def _first_of_price_year(world: World) -> int:
    """Return the first day on which the last price list is in force."""
    parameters = world.parameters
    days = np.arange(parameters.first, parameters.last + 1)
    years = (days - parameters.first) // YEAR_DAYS
    return int(days[np.argmax(years == years[-1])])


def _orders(world: World) -> Columns:
    orders, companies = world.orders, world.companies
    chosen = customer_of_orders(world.parameters, world.pairs, orders, world.identities.customers)
    random = world.parameters.random("order times")
    columns: Columns = {
        "order_id": order_ids(np.arange(orders.count)),
        "customer_number": world.identities.customers.number[chosen],
        "currency_code": _currency(companies.pays_dollars[world.pairs.company[orders.pair]]),
        "status": np.where(orders.is_cancelled, "cancelled", "delivered"),
        "opportunity_id": opportunity_ids(world, orders.opportunity),
        "ordered_at": instants(orders.day, random.integers(8 * 3600, 20 * 3600, orders.count)),
        "_recorded_on": orders.recorded,
        "_settled_on": orders.settled,
    }
    tests = _test_days(world)
    none = np.full(len(tests), EMPTY_NUMBER)
    return _appended(
        columns,
        {
            "order_id": order_ids(orders.count + np.arange(len(tests))),
            "customer_number": np.full(len(tests), TEST_CUSTOMER),
            "currency_code": np.full(len(tests), "CNY"),
            "status": np.full(len(tests), "delivered"),
            "opportunity_id": none,
            "ordered_at": instants(tests, np.full(len(tests), 9 * 3600)),
            "_recorded_on": tests,
            "_settled_on": tests + 1,
        },
    )


def _test_days(world: World) -> Ints:
    """Return the days on which somebody tested the order system: five, evenly spread."""
    first, last = world.parameters.first, world.parameters.last
    return to_workday(np.linspace(first + 20, last - 2, 5).astype(np.int64))


def _appended(columns: Columns, more: Columns) -> Columns:
    return {
        name: np.concatenate((values.astype(object), more[name].astype(object)))
        for name, values in columns.items()
    }


def _order_lines(world: World) -> Columns:
    lines, orders = world.lines, world.orders
    columns: Columns = {
        "order_id": order_ids(lines.order),
        "line_number": _line_numbers(world),
        "product_id": product_ids(lines.product),
        "bundle_id": np.where(lines.bundle < 0, EMPTY_NUMBER, FIRST_IDS["bundle"] + lines.bundle),
        "is_service": world.catalogue.kind[lines.product] == SERVICE,
        "quantity": lines.quantity,
        "list_price": lines.list_price,
        "paid_price": lines.paid_price,
        "unit_cost_cny": lines.cost,
        "promised_on": orders.promised[lines.order],
        "delivered_on": orders.delivered[lines.order],
        "_recorded_on": orders.recorded[lines.order],
    }
    tests = _test_days(world)
    amount = np.full(len(tests), 99_999_99)
    return _appended(
        columns,
        {
            "order_id": order_ids(orders.count + np.arange(len(tests))),
            "line_number": np.ones(len(tests)),
            "product_id": np.full(len(tests), FIRST_IDS["product"]),
            "bundle_id": np.full(len(tests), EMPTY_NUMBER),
            "is_service": np.zeros(len(tests), dtype=np.bool_),
            "quantity": np.full(len(tests), 1_000),
            "list_price": amount,
            "paid_price": amount,
            "unit_cost_cny": np.full(len(tests), EMPTY_NUMBER),
            "promised_on": tests + 1,
            "delivered_on": tests + 1,
            "_recorded_on": tests,
        },
    )


def _line_numbers(world: World) -> Ints:
    order = world.lines.order
    return 1 + np.arange(len(order)) - np.searchsorted(order, order)


def _refunds(world: World) -> Columns:
    refunds = world.refunds
    return {
        "refund_id": _numbered(1, len(refunds.line)),
        "order_id": order_ids(world.lines.order[refunds.line]),
        "line_number": _line_numbers(world)[refunds.line],
        "quantity": refunds.quantity,
        "refund_amount": refunds.amount,
        "reason": refunds.reason,
        "refunded_at": instants(refunds.day, np.full(len(refunds.day), 11 * 3600)),
        "_recorded_on": refunds.day,
    }


def _files(world: World) -> dict[str, Columns]:
    days, rates = draw_rates(world.parameters)
    catalogue = world.catalogue
    kind, family = catalogue.kind, catalogue.family
    numbers = product_ids(np.arange(catalogue.count))
    start = np.full(len(FAMILIES), world.parameters.first)
    return {
        "exchange_rates": {
            "rate_date": days,
            "currency_code": np.full(len(days), "USD"),
            "cny_per_unit": rates,
            "_recorded_on": days,
        },
        "product_families": {
            "family_code": FAMILY_CODES,
            "name_zh": np.array([entry[1] for entry in FAMILIES]),
            "name_en": np.array([entry[2] for entry in FAMILIES]),
            "differentiation": np.array(["distinct" if e[3] else "similar" for e in FAMILIES]),
            "maturity": np.array([entry[5] for entry in FAMILIES]),
            "_recorded_on": start,
            "_matured_on": np.full(len(FAMILIES), _half_time(world)),
            "_former_maturity": np.array([entry[4] for entry in FAMILIES]),
        },
        "product_master": {
            "product_id": numbers,
            "family_code": FAMILY_CODES[family],
            "name_zh": _texts(
                [
                    f"{FAMILIES[f][1]}{KIND_NAMES[k][0]}{n}型"
                    for f, k, n in zip(family, kind, numbers, strict=True)
                ]
            ),
            "name_en": _texts(
                [
                    f"{FAMILIES[f][2]} {KIND_NAMES[k][1]} {n}"
                    for f, k, n in zip(family, kind, numbers, strict=True)
                ]
            ),
            "unit_zh": np.where(kind == SERVICE, "次", "件"),
            "_recorded_on": np.full(catalogue.count, world.parameters.first),
        },
    }


def _half_time(world: World) -> int:
    middle = calendar_day((world.parameters.first + world.parameters.last) // 2)
    return int(to_workday(day_number(middle.replace(day=1))))
