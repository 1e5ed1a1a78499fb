"""What was ordered: orders, their lines in bundles or loose, delivery, prices, refunds.

From experience follow unbundling and discounts, from tenure the quantities. Money is in hundredths
of the order's currency; costs are in hundredths of CNY.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from demo.industrial.catalogue import (
    COMPONENT,
    DOLLAR_LIST_RATE,
    SERVICE,
    SYSTEM,
    YEARLY_PRICE_FACTOR,
    Catalogue,
    draw_products,
)
from demo.industrial.companies import Companies
from demo.industrial.opportunities import QUARTER_DAYS, Opportunities
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, YEAR_DAYS, Bools, Floats, Ints, to_workday
from demo.industrial.stages import Pairs, levels, takeovers

CALL_OFFS_PER_QUARTER = np.array([1.0, 1.6, 2.8])  # by size
COMPONENT_QUANTITIES = np.array([3.0, 9.0, 30.0])
# Who no longer buys systems buys so many times as many parts: revenue shifts, it does not vanish.
LOOSE_FACTORS = np.array([7.0, 4.2, 2.9])
SYSTEM_QUANTITIES = np.array([0.3, 0.8, 2.2])
UNKNOWN_COST = -1
FAILING_DAYS = 200  # how long service fails before a company leaves for it


@dataclass(frozen=True, slots=True)
class Orders:
    """One position per order, in order of the day. ``opportunity`` is -1 without one."""

    pair: Ints
    day: Ints
    opportunity: Ints
    is_bundled: Bools
    is_cancelled: Bools
    settled: Ints  # day on which it was delivered or cancelled
    promised: Ints
    delivered: Ints  # NEVER where cancelled
    recorded: Ints  # day on which it was entered, mostly its own

    @property
    def count(self) -> int:
        return len(self.pair)

    @property
    def is_late(self) -> Bools:
        late: Bools = (self.delivered > self.promised) & (self.delivered != NEVER)
        return late


@dataclass(frozen=True, slots=True)
class Lines:
    """One position per order line; prices and cost are those of a unit."""

    order: Ints
    product: Ints
    bundle: Ints  # -1 outside bundles
    quantity: Ints
    list_price: Ints
    paid_price: Ints
    cost: Ints

    @property
    def count(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True)
class Refunds:
    """One position per refund of a part of an order line."""

    line: Ints
    day: Ints
    quantity: Ints
    amount: Ints
    reason: NDArray[np.str_]


def draw_orders(
    parameters: Parameters, companies: Companies, pairs: Pairs, opportunities: Opportunities
) -> Orders:
    """Draw all orders until the last day: of won opportunities, call-offs, and sure ones."""
    random = parameters.random("orders")
    won = np.flatnonzero(opportunities.is_won)
    follows = opportunities.closed[won] + random.integers(0, 6, size=len(won))
    is_first = opportunities.closed[won] == pairs.start[opportunities.pair[won]]
    sale_day = np.where(is_first, opportunities.closed[won], to_workday(follows))
    call_pair, call_day = _call_offs(parameters, companies, pairs, random)
    sure_pair, sure_day = _sure(parameters, companies, pairs, random)
    pair = np.concatenate((opportunities.pair[won], call_pair, sure_pair))
    day = np.concatenate((sale_day, call_day, sure_day))
    opportunity = np.concatenate((won, np.full(len(call_pair) + len(sure_pair), -1)))
    is_sure = np.repeat((False, True), (len(won) + len(call_pair), len(sure_pair)))
    kept = (day <= parameters.last) & (day < pairs.end[pair]) & (day >= pairs.start[pair])
    order = np.flatnonzero(kept)[np.lexsort((pair[kept], day[kept]))]
    pair, day, opportunity = pair[order], day[order], opportunity[order]
    return _delivered(parameters, companies, pairs, pair, day, opportunity, is_sure[order], random)


def _call_offs(
    parameters: Parameters, companies: Companies, pairs: Pairs, random: np.random.Generator
) -> tuple[Ints, Ints]:
    end = np.minimum(pairs.end, parameters.last + 1)
    thin = companies.is_thin[pairs.company]
    rate = np.where(thin, 0.0, CALL_OFFS_PER_QUARTER[companies.size[pairs.company]])
    length = np.maximum(end - pairs.start, 0)
    counts = random.poisson(rate * length / QUARTER_DAYS)
    pair = np.repeat(np.arange(pairs.count), counts)
    day = pairs.start[pair] + (random.random(len(pair)) * length[pair]).astype(np.int64)
    return pair, to_workday(day)


def _sure(
    parameters: Parameters, companies: Companies, pairs: Pairs, random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Orders that no chance takes away: one early in each tenure year, and the last before a loss.

    So a company is silent for a whole tenure year only when it is lost. Thin pairs have one more in
    the second half of each year, and nothing else.
    """
    years = np.arange(int((parameters.last - parameters.first) / YEAR_DAYS) + 1)
    first = np.flatnonzero(pairs.start == companies.start[pairs.company])
    begin = pairs.start[first][:, None] + (YEAR_DAYS * years[None, :]).astype(np.int64) + 1
    early = begin + random.integers(0, 45, size=begin.shape)
    early[:, 0] = pairs.start[first]
    late = begin + random.integers(180, 330, size=begin.shape)
    thin = companies.is_thin[pairs.company[first]]
    lost = np.flatnonzero(pairs.end != NEVER)
    last = pairs.end[lost] - random.integers(1, 15, size=len(lost))
    pair = np.concatenate((np.repeat(first, len(years)), np.repeat(first[thin], len(years)), lost))
    return pair, to_workday(np.concatenate((early.ravel(), late[thin].ravel(), last)))


def _delivered(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    pair: Ints,
    day: Ints,
    opportunity: Ints,
    is_sure: Bools,
    random: np.random.Generator,
) -> Orders:
    count = len(pair)
    company = pairs.company[pair]
    bundled_ratio = 0.85 - 0.62 * levels(pairs, parameters, pair, day)
    bundled_ratio = bundled_ratio + 0.12 * pairs.bundle_bent[pair]
    failing = (companies.reason[company] == "service_failure") & (
        day >= companies.loss[company] - FAILING_DAYS
    )
    is_late = random.random(count) < np.where(failing, 0.55, 0.11)
    promised = to_workday(day + random.integers(12, 46, size=count))
    off = np.where(is_late, random.integers(2, 22, size=count), -random.integers(0, 4, size=count))
    delivered = promised + off
    is_cancelled = (random.random(count) < 0.02) & ~is_sure
    cancelled = day + random.integers(1, 6, size=count)
    # One in 200 is entered a day or two after its own day.
    behind = np.where(random.random(count) < 0.005, random.integers(1, 3, size=count), 0)
    return Orders(
        pair,
        day,
        opportunity,
        random.random(count) < bundled_ratio,
        is_cancelled,
        np.where(is_cancelled, cancelled, delivered),
        promised,
        np.where(is_cancelled, NEVER, delivered),
        day + behind,
    )


def draw_lines(parameters: Parameters, pairs: Pairs, orders: Orders) -> Lines:
    """Draw what each order holds; the first line names the order's main product.

    A bundle is a system with parts and services. Loose orders hold one to four parts, and rarely a
    service. Prices come later, with ``price_lines``.
    """
    random = parameters.random("lines")
    bundled = orders.is_bundled
    parts = np.where(
        bundled,
        random.integers(2, 5, size=orders.count),
        random.integers(1, 5, size=orders.count),
    )
    inexperienced = 1 - levels(pairs, parameters, orders.pair, orders.day)
    loose = (random.random(orders.count) < 0.15 * inexperienced).astype(np.int64)
    services = np.where(bundled, random.integers(1, 3, size=orders.count), loose)
    order = np.repeat(np.arange(orders.count), bundled + parts + services)
    place = np.arange(len(order)) - np.searchsorted(order, order)
    is_system = bundled[order] & (place == 0)
    is_service = place >= (bundled + parts)[order]
    kind = np.where(is_system, SYSTEM, np.where(is_service, SERVICE, COMPONENT))
    product = draw_products(pairs.family[orders.pair[order]], kind, random)
    nothing = np.zeros(len(order), dtype=np.int64)
    bundle = np.where(bundled[order], order, -1)
    return Lines(order, product, bundle, nothing, nothing, nothing, nothing)


def price_lines(
    parameters: Parameters,
    companies: Companies,
    catalogue: Catalogue,
    pairs: Pairs,
    orders: Orders,
    lines: Lines,
) -> Lines:
    """Return the lines with quantities, list and paid prices, and costs, sorted by order."""
    random = parameters.random("prices")
    in_order = np.argsort(lines.order, kind="stable")
    lines = Lines(*(getattr(lines, name)[in_order] for name in lines.__slots__))
    pair, day = orders.pair[lines.order], orders.day[lines.order]
    company = pairs.company[pair]
    kind = catalogue.kind[lines.product]
    year = (day - parameters.first) // YEAR_DAYS
    price = catalogue.price[lines.product] * YEARLY_PRICE_FACTOR**year
    rate = np.where(companies.pays_dollars[company], DOLLAR_LIST_RATE, 1.0)
    list_price = np.round(price / rate * 100).astype(np.int64)
    discount = _discounts(parameters, pairs, pair, day, random)
    cost = np.round(price * catalogue.cost_ratio[lines.product] * 100).astype(np.int64)
    return replace(
        lines,
        quantity=_quantities(
            parameters, companies, company, kind, orders.is_bundled[lines.order], day, random
        ),
        list_price=list_price,
        paid_price=np.round(list_price * (1 - discount)).astype(np.int64),
        cost=np.where(random.random(lines.count) < 0.01, UNKNOWN_COST, cost),
    )


def _quantities(
    parameters: Parameters,
    companies: Companies,
    company: Ints,
    kind: Ints,
    is_bundled: Bools,
    day: Ints,
    random: np.random.Generator,
) -> Ints:
    tenure = np.maximum(day - companies.start[company], 0) / YEAR_DAYS
    grown = parameters.yearly_volume_factor**tenure
    size = companies.size[company]
    parts = COMPONENT_QUANTITIES[size] * np.where(is_bundled, 1.0, LOOSE_FACTORS[size])
    mean = np.where(
        kind == COMPONENT, parts, np.where(kind == SYSTEM, SYSTEM_QUANTITIES[size], 0.6)
    )
    extra = random.gamma(2.0, 0.5, size=len(company)) * mean * grown
    quantities: Ints = (1 + np.floor(extra + random.random(len(company)))).astype(np.int64)
    return quantities


def _discounts(
    parameters: Parameters, pairs: Pairs, pair: Ints, day: Ints, random: np.random.Generator
) -> Floats:
    experience = levels(pairs, parameters, pair, day)
    pressed = takeovers(pairs, parameters, pair, day)
    # Everybody gets a little more at the end of a year, which is no sign of anything.
    year_end = ((day - parameters.first) % YEAR_DAYS) > 300
    mean = 0.07 + 0.08 * experience + 0.03 * pressed + 0.03 * year_end
    mean = mean + 0.035 * pairs.discount_bent[pair]
    return np.clip(mean + 0.05 * random.standard_normal(len(pair)), 0, 0.45)


def draw_refunds(parameters: Parameters, orders: Orders, lines: Lines) -> Refunds:
    """Draw refunds of parts of delivered lines, paid until the last day."""
    random = parameters.random("refunds")
    delivered = orders.delivered[lines.order]
    is_late = orders.is_late[lines.order]
    drawn = random.random(lines.count) < np.where(is_late, 0.06, 0.02)
    line = np.flatnonzero(drawn & (delivered != NEVER))
    day = to_workday(delivered[line] + random.integers(4, 60, size=len(line)))
    line, day = line[day <= parameters.last], day[day <= parameters.last]
    share = np.where(random.random(len(line)) < 0.4, 1.0, random.random(len(line)))
    quantity = np.maximum(1, np.round(lines.quantity[line] * share)).astype(np.int64)
    reason = random.choice(("return", "price_correction", "complaint"), size=len(line))
    given = np.where(reason == "price_correction", 0.2, 1.0)
    amount = np.round(lines.paid_price[line] * quantity * given).astype(np.int64)
    in_order = np.lexsort((line, day))
    return Refunds(
        line[in_order], day[in_order], quantity[in_order], amount[in_order], reason[in_order]
    )
