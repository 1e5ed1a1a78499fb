"""What the CRM records of who there is: employees, accounts, relations, merges, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demo.industrial import key_accounts
from demo.industrial.activities import last_touch_days
from demo.industrial.companies import INDUSTRIES, REGIONS, ROLES
from demo.industrial.crm_events import people_of_opportunities
from demo.industrial.filing import (
    FAMILY_CODES,
    FIRST_IDS,
    Columns,
    Filed,
    account_ids,
    contact_ids,
    currency,
    employee_ids,
    numbered,
    select,
    texts,
)
from demo.industrial.names import PLACES
from demo.industrial.opportunities import COMPETITORS_COUNT
from demo.industrial.parameters import SIZES
from demo.industrial.people import FUNCTIONS, LAYERS
from demo.industrial.periods import NEVER, Ints, instants
from demo.industrial.schema import EMPTY_NUMBER

if TYPE_CHECKING:
    from demo.industrial.world import World

DELETED_CONTACT_RATIO = 0.2  # of those who were never touched


def crm_masters(world: World, filed: Filed) -> dict[str, Columns]:
    """Return the columns of the tables of who there is."""
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
        "name": texts([name[0] for name in employees.names]),
        "name_other": texts([name[1] for name in employees.names]),
        "email": texts([f"e{number}@supplier.example.com" for number in ids]),
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
        "currency_code": currency(companies.pays_dollars[company]),
        "owner_employee_id": employee_ids(companies.manager[company]),
        "parent_account_id": account_ids(world, parent[company]),
        "referred_by_account_id": account_ids(world, companies.referrer[company]),
        "created_on": accounts.created,
        "_recorded_on": accounts.created,
        "_owner_changed_on": companies.manager_changed[company],
        "_former_owner": employee_ids(companies.former_manager[company]),
        "_number_known_on": accounts.number_known,
    }
    return select(columns, accounts.created != NEVER)


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
        "relation_id": numbered(1, len(upstream)),
        "upstream_account_id": account_ids(world, upstream),
        "downstream_account_id": account_ids(world, downstream),
        "relation_kind": np.where(companies.role[upstream] == 1, "dealer", "supplier"),
        "recorded_on": day,
        "_recorded_on": day,
        "_deleted_on": np.where(ends, ended, NEVER),
    }
    return select(columns, single)


def _merges(world: World) -> Columns:
    merges, ids = world.identities.merges, world.identities.accounts.account_id
    count = len(merges.day)
    return {
        "merge_id": numbered(1, count),
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
    untouched &= ~np.isin(np.arange(contacts.count), people_of_opportunities(world))
    gone = untouched & (random.random(contacts.count) < DELETED_CONTACT_RATIO)
    leaves = known + random.integers(60, 900, size=contacts.count)
    columns = {
        "contact_id": ids,
        "account_id": account,
        "layer": np.array(LAYERS)[contacts.layer],
        "contact_function": np.array(FUNCTIONS)[contacts.function],
        "name": texts([name[0] for name in contacts.names]),
        "name_other": texts([name[1] for name in contacts.names]),
        "email": texts(
            [f"c{number}@a{where}.example.com" for number, where in zip(ids, account, strict=True)]
        ),
        "phone": texts([f"+86 000 {number % 10_000:04d} 0000" for number in ids]),
        "_recorded_on": known,
        "_deleted_on": np.where(gone, leaves, NEVER),
    }
    return select(columns, known != NEVER)


def _competitors(world: World) -> Columns:
    place = PLACES[:COMPETITORS_COUNT]
    return {
        "competitor_id": numbered(FIRST_IDS["competitor"], COMPETITORS_COUNT),
        "name": texts([f"{name[0]}虚构竞争者" for name in place]),
        "name_other": texts([f"{name[1]} Fictive Rival" for name in place]),
        "_recorded_on": np.full(COMPETITORS_COUNT, world.parameters.first - 700),
    }


def _contracts(world: World) -> Columns:
    drawn = key_accounts.draw_contracts(world.parameters, world.companies)
    columns: Columns = {
        "contract_id": numbered(1, len(drawn["from"])),
        "account_id": account_ids(world, drawn["company"]),
        "starts_on": drawn["from"],
        "ends_on": drawn["to"],
        "terminated_on": drawn["terminated"],
        "_recorded_on": drawn["from"],
    }
    return select(columns, drawn["from"] <= world.parameters.last)


def _products_in_use(world: World, filed: Filed) -> Columns:
    drawn = key_accounts.draw_products_in_use(world.parameters, world.companies, world.pairs)
    return {
        "usage_id": numbered(1, len(drawn["day"])),
        "account_id": filed.account_ids("usage", drawn["company"], drawn["day"]),
        "competitor_id": FIRST_IDS["competitor"] + drawn["competitor"],
        "product_family": FAMILY_CODES[drawn["family"]],
        "satisfaction_score": drawn["satisfaction"],
        "sales_representative": drawn["seller"],
        "recorded_on": drawn["day"],
        "_recorded_on": drawn["day"],
    }
