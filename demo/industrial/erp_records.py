"""What the order system records, and what comes as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demo.industrial.catalogue import FAMILIES, KIND_NAMES, KINDS, SERVICE, YEARLY_PRICE_FACTOR
from demo.industrial.filing import (
    FAMILY_CODES,
    FIRST_IDS,
    Columns,
    currency,
    numbered,
    opportunity_ids,
    order_ids,
    product_ids,
    texts,
)
from demo.industrial.identity import customer_of_orders
from demo.industrial.periods import YEAR_DAYS, Ints, calendar_day, day_number, instants, to_workday
from demo.industrial.rates import draw_rates
from demo.industrial.schema import EMPTY_NUMBER

if TYPE_CHECKING:
    from demo.industrial.world import World

TEST_CUSTOMER = "K000000"


def erp(world: World) -> dict[str, Columns]:
    """Return the columns of the order system's tables."""
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
        "currency_code": np.append(currency(world.companies.pays_dollars[company]), "CNY"),
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
        "currency_code": currency(companies.pays_dollars[world.pairs.company[orders.pair]]),
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
        "refund_id": numbered(1, len(refunds.line)),
        "order_id": order_ids(world.lines.order[refunds.line]),
        "line_number": _line_numbers(world)[refunds.line],
        "quantity": refunds.quantity,
        "refund_amount": refunds.amount,
        "reason": refunds.reason,
        "refunded_at": instants(refunds.day, np.full(len(refunds.day), 11 * 3600)),
        "_recorded_on": refunds.day,
    }


def files(world: World) -> dict[str, Columns]:
    """Return the columns of what is delivered as files."""
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
            "name_zh": texts(
                [
                    f"{FAMILIES[f][1]}{KIND_NAMES[k][0]}{n}型"
                    for f, k, n in zip(family, kind, numbers, strict=True)
                ]
            ),
            "name_en": texts(
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
