"""Under which ids the world is filed: accounts, orders, opportunities, people, products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from demo.industrial.catalogue import FAMILIES
from demo.industrial.periods import Bools, Ints
from demo.industrial.schema import EMPTY_NUMBER

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
FAMILY_CODES = np.array([family[0] for family in FAMILIES])


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


class Filed:
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


def select(columns: Columns, kept: Bools) -> Columns:
    return {name: values[kept] for name, values in columns.items()}


def numbered(first: int, count: int) -> Ints:
    return first + np.arange(count)


def texts(values: list[str]) -> NDArray[np.object_]:
    return np.array(values, dtype=object)


def currency(is_dollar: Bools) -> NDArray[np.str_]:
    return np.where(is_dollar, "USD", "CNY")
