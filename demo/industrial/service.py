"""What customers needed help with: service cases before, at and after a sale, and the replies.

Experience and tenure make cases rarer; the seller replies fast before the sale and slowly after it:
the planted scissors gap (剪刀差). Costs are in hundredths of CNY.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from demo.industrial.companies import Companies
from demo.industrial.opportunities import Opportunities
from demo.industrial.orders import FAILING_DAYS, Orders
from demo.industrial.parameters import Parameters
from demo.industrial.periods import (
    DAY_SECONDS,
    NEVER,
    YEAR_DAYS,
    Ints,
    instants,
    to_workday,
)
from demo.industrial.stages import Pairs, levels

BEFORE, AT, AFTER = range(3)
PHASES = ("before", "at", "after")
# By phase: median hours to the first reply, and the share that never gets one.
REPLY_HOURS = (4.0, 9.0, 34.0)
UNANSWERED_RATIOS = (0.03, 0.06, 0.18)
CASES_BEFORE_SALE = 0.20  # per opportunity
CASES_AT_SALE = 0.05  # per won opportunity, in the 30 days from its closing on
CASES_PER_ORDER = 1.15  # of a company without experience, after delivery
KINDS = ("application", "installation", "repair", "spare_part", "complaint")


@dataclass(frozen=True, slots=True)
class Cases:
    """One position per service case, in order of opening; -1 where there is no order or sale."""

    pair: Ints
    order: Ints
    opportunity: Ints
    phase: Ints
    kind: NDArray[np.str_]
    opened_at: Ints
    first_reply_at: Ints
    closed_at: Ints
    cost: Ints

    @property
    def count(self) -> int:
        return len(self.pair)


def draw_cases(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    opportunities: Opportunities,
    orders: Orders,
) -> Cases:
    """Draw all cases opened until the last day."""
    random = parameters.random("service")
    before = _at_opportunities(pairs, parameters, opportunities, random)
    at_sale = _at_sales(opportunities, random)
    after = _after_delivery(parameters, companies, pairs, orders, random)
    sale = np.concatenate((before[0], at_sale[0], np.full(len(after[0]), -1)))
    order = np.concatenate((np.full(len(before[0]) + len(at_sale[0]), -1), after[0]))
    day = np.concatenate((before[1], at_sale[1], after[1]))
    phase = np.repeat((BEFORE, AT, AFTER), (len(before[0]), len(at_sale[0]), len(after[0])))
    pair = np.where(order >= 0, orders.pair[order], opportunities.pair[sale])
    day = to_workday(day)
    known = companies.account_created[pairs.company[pair]] <= day
    kept = np.flatnonzero(known & (day <= parameters.last))
    kept = kept[np.lexsort((pair[kept], day[kept]))]
    sale = np.where(order >= 0, orders.opportunity[order], sale)
    return _answered(
        parameters,
        companies,
        pairs,
        orders,
        pair[kept],
        order[kept],
        sale[kept],
        phase[kept],
        day[kept],
        random,
    )


def _at_opportunities(
    pairs: Pairs, parameters: Parameters, opportunities: Opportunities, random: np.random.Generator
) -> tuple[Ints, Ints]:
    experience = levels(pairs, parameters, opportunities.pair, opportunities.opened)
    counts = random.poisson(CASES_BEFORE_SALE * (1 - 0.6 * experience))
    sale = np.repeat(np.arange(opportunities.count), counts)
    length = opportunities.closed[sale] - opportunities.opened[sale]
    day = opportunities.closed[sale] - 1 - (random.random(len(sale)) * np.minimum(length, 90))
    return sale, day.astype(np.int64)


def _at_sales(opportunities: Opportunities, random: np.random.Generator) -> tuple[Ints, Ints]:
    counts = random.poisson(CASES_AT_SALE, size=opportunities.count) * opportunities.is_won
    sale = np.repeat(np.arange(opportunities.count), counts)
    return sale, opportunities.closed[sale] + random.integers(0, 30, size=len(sale))


def _after_delivery(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    orders: Orders,
    random: np.random.Generator,
) -> tuple[Ints, Ints]:
    company = pairs.company[orders.pair]
    experience = levels(pairs, parameters, orders.pair, orders.day)
    tenure = np.maximum(orders.day - companies.start[company], 0) / YEAR_DAYS
    mean = CASES_PER_ORDER * (1 - 0.85 * experience) * parameters.yearly_case_factor**tenure
    mean = mean * np.exp(0.12 * pairs.support_bent[orders.pair])
    mean = np.where(companies.is_thin[company], 0.2, mean) + 0.35 * orders.is_late
    failing = (companies.reason[company] == "service_failure") & (
        orders.day >= companies.loss[company] - FAILING_DAYS
    )
    counts = random.poisson(mean + 0.6 * failing) * (orders.delivered != NEVER)
    order = np.repeat(np.arange(orders.count), counts)
    delay = 1 + random.exponential(45.0, size=len(order)).astype(np.int64)
    return order, orders.delivered[order] + np.minimum(delay, 170)


def _answered(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    orders: Orders,
    pair: Ints,
    order: Ints,
    sale: Ints,
    phase: Ints,
    day: Ints,
    random: np.random.Generator,
) -> Cases:
    count = len(pair)
    opened = instants(day, random.integers(8 * 3600, 17 * 3600, size=count))
    hours = np.array(REPLY_HOURS)[phase] * np.exp(0.8 * random.standard_normal(count))
    reply = opened + (hours * 3600).astype(np.int64)
    unanswered = random.random(count) < np.array(UNANSWERED_RATIOS)[phase]
    reply = np.where(unanswered, NEVER, reply)
    work = (random.exponential(3.0, size=count) * DAY_SECONDS).astype(np.int64) + 3600
    given_up = opened + random.integers(25, 45, size=count) * DAY_SECONDS
    never = random.random(count) < 0.5
    closed = np.where(unanswered, np.where(never, NEVER, given_up), reply + work)
    tenure = np.maximum(day - companies.start[pairs.company[pair]], 0) / YEAR_DAYS
    cost = 420 * np.exp(0.5 * random.standard_normal(count))
    cost = cost * parameters.yearly_case_cost_factor**tenure
    late = (order >= 0) & orders.is_late[order]
    chances = np.where(late[:, None], (0.05, 0.1, 0.15, 0.1, 0.6), (0.3, 0.22, 0.22, 0.18, 0.08))
    chances = np.where((phase == BEFORE)[:, None], (0.9, 0.1, 0, 0, 0), chances)
    kind = (random.random(count)[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    return Cases(
        pair,
        order,
        sale,
        phase,
        np.array(KINDS)[np.minimum(kind, len(KINDS) - 1)],
        opened,
        reply,
        closed,
        np.round(cost * 100).astype(np.int64),
    )
