"""How satisfied customers are, who asks them how, and whether they buy the same product again.

Satisfaction follows from the company and from late delivery. Whether the surveyed product is
ordered again within the horizon is decided here, by the score, and then made true in the lines: a
company that buys every month would otherwise come back whatever it thinks. So "bought again" is
meant of the surveyed product. Two representatives game the survey: they ask the happy only, right
after delivery, and get the best score; their bonus hangs on it.
"""

from dataclasses import dataclass, replace

import numpy as np

from demo.industrial.catalogue import PER_FAMILY, another_product
from demo.industrial.companies import Companies
from demo.industrial.orders import Lines, Orders
from demo.industrial.parameters import Parameters
from demo.industrial.periods import NEVER, Bools, Floats, Ints, to_workday
from demo.industrial.stages import Pairs

HONEST_ASKING_RATIO, GAMED_ASKING_RATIO = 0.14, 0.32
TOP_BOXES = 4  # satisfied: this score or better
# A planted purchase keeps away from the ends of the window, and chance purchases from beyond it,
# so that counting from the day of asking or of answering makes no difference.
MARGIN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Surveys:
    """One position per survey sent, in order of sending. ``answered`` is NEVER without answer."""

    order: Ints
    product: Ints
    asker: Ints  # position of an account manager
    sent: Ints
    answered: Ints
    feeling: Ints  # 1 to 5: what the customer really thinks
    score: Ints  # 1 to 5: what the customer says
    hangs_on_bonus: Bools
    is_gamed: Bools
    is_repurchased: Bools  # whether the product is ordered again within the horizon

    @property
    def count(self) -> int:
        return len(self.order)


def gaming_representatives(parameters: Parameters, companies: Companies) -> Ints:
    """Return the positions of the account managers who game the survey."""
    random = parameters.random("gaming")
    managers = companies.managers_count()
    count = parameters.gaming_representatives_count
    return np.sort(random.choice(managers, size=count, replace=False))


def draw_surveys(
    parameters: Parameters, companies: Companies, pairs: Pairs, orders: Orders, lines: Lines
) -> tuple[Surveys, Lines]:
    """Return the surveys, and the lines in which what was decided here has come true."""
    random = parameters.random("surveys")
    feeling = _feelings(parameters, companies, pairs, orders, random)
    order = _asked(parameters, companies, pairs, orders, feeling, random)
    company = pairs.company[orders.pair[order]]
    asker = companies.manager_on(company, orders.day[order])
    is_gamed = np.isin(asker, gaming_representatives(parameters, companies))
    wait = np.where(
        is_gamed, random.integers(1, 4, len(order)), random.integers(18, 60, len(order))
    )
    sent = to_workday(orders.delivered[order] + wait)
    first_line = np.searchsorted(lines.order, order)
    product = lines.product[first_line]
    kept = _spaced(parameters, company, product, sent)
    order, product, sent = order[kept], product[kept], sent[kept]
    asker, is_gamed, felt = asker[kept], is_gamed[kept], feeling[order]
    answers = random.random(len(order)) < np.where(
        is_gamed, 0.95, np.where(felt >= TOP_BOXES, 0.6, 0.45)
    )
    answered = np.where(answers, to_workday(sent + random.integers(1, 11, len(order))), NEVER)
    score = np.where(is_gamed, 5, felt)
    chances = np.array([parameters.repurchase_probabilities[box] for box in range(1, 6)])
    chance = np.where(is_gamed, parameters.gamed_repurchase_probability, chances[felt - 1])
    drawn = Surveys(
        order,
        product,
        asker,
        sent,
        answered,
        felt,
        score,
        is_gamed | _in_bonus_trial(parameters, sent),
        is_gamed,
        np.zeros(len(order), dtype=np.bool_),
    )
    return _make_true(parameters, pairs, orders, lines, drawn, chance, random)


def _feelings(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    orders: Orders,
    random: np.random.Generator,
) -> Ints:
    lasting = 0.25 * random.standard_normal(companies.count)
    mean: Floats = 4.35 + lasting[pairs.company[orders.pair]]
    mean = mean + parameters.late_delivery_effect * orders.is_late
    noise = 0.55 * random.standard_normal(orders.count)
    return np.clip(np.round(mean + noise), 1, 5).astype(np.int64)


def _asked(
    parameters: Parameters,
    companies: Companies,
    pairs: Pairs,
    orders: Orders,
    feeling: Ints,
    random: np.random.Generator,
) -> Ints:
    """Return which orders are surveyed, in order of delivery."""
    manager = companies.manager_on(pairs.company[orders.pair], orders.day)
    gaming = np.isin(manager, gaming_representatives(parameters, companies))
    ratio = np.where(gaming, GAMED_ASKING_RATIO * (feeling >= TOP_BOXES), HONEST_ASKING_RATIO)
    chosen = random.random(orders.count) < ratio
    # Leave time for the answer; a delivery of the last days is asked about after the end.
    delivered = orders.delivered + 60 <= parameters.last
    delivered |= gaming & (orders.delivered + 4 <= parameters.last)
    asked = np.flatnonzero(chosen & delivered & (orders.delivered != NEVER))
    return asked[np.lexsort((asked, orders.delivered[asked]))]


def _spaced(parameters: Parameters, company: Ints, product: Ints, sent: Ints) -> Ints:
    """Keep surveys of one product at one company so far apart that their windows never meet."""
    apart = parameters.repurchase_horizon_days + 2 * MARGIN_DAYS
    last: dict[tuple[int, int], int] = {}
    kept = []
    for position in np.argsort(sent, kind="stable"):
        key = (int(company[position]), int(product[position]))
        if sent[position] - last.get(key, -apart) >= apart:
            kept.append(position)
            last[key] = int(sent[position])
    return np.array(kept, dtype=np.int64)


def _in_bonus_trial(parameters: Parameters, sent: Ints) -> Bools:
    """Return whether a survey fell into the ten weeks in which all bonuses hung on it."""
    middle = (parameters.first + parameters.last) // 2
    result: Bools = (sent >= middle) & (sent < middle + 70)
    return result


def _make_true(
    parameters: Parameters,
    pairs: Pairs,
    orders: Orders,
    lines: Lines,
    surveys: Surveys,
    chance: Floats,
    random: np.random.Generator,
) -> tuple[Surveys, Lines]:
    """Plant the repurchases that were decided and take out those that were not."""
    horizon = parameters.repurchase_horizon_days
    product = lines.product.copy()
    orders_of = _orders_by_company(pairs, orders)
    days_of = {company: orders.day[found] for company, found in orders_of.items()}
    first_line = np.searchsorted(lines.order, np.arange(orders.count + 1))
    closed: dict[int, list[tuple[int, int, int]]] = {}
    possible: list[list[int]] = []
    for position in range(surveys.count):
        company = int(pairs.company[orders.pair[surveys.order[position]]])
        wanted, sent = int(surveys.product[position]), int(surveys.sent[position])
        until = sent + horizon + MARGIN_DAYS
        closed.setdefault(company, []).append((wanted, sent, until))
        found, days = orders_of[company], days_of[company]
        low, high = np.searchsorted(days, (sent, until), side="right")
        for order in found[low:high]:
            day = orders.day[order]
            taken = {item for item, start, end in closed[company] if start < day <= end}
            for line in range(first_line[order], first_line[order + 1]):
                if product[line] == wanted:
                    product[line] = another_product(wanted, taken, random)
        low, high = np.searchsorted(days, (sent + MARGIN_DAYS, sent + horizon - MARGIN_DAYS))
        possible.append(_fitting(pairs, orders, found[low:high], wanted // PER_FAMILY))
    came_true = _draw_repurchases(parameters, surveys, chance, possible, random)
    chosen = [
        possible[position][int(random.integers(len(possible[position])))]
        for position in np.flatnonzero(came_true)
    ]
    return replace(surveys, is_repurchased=came_true), _with_added(
        lines, product, chosen, surveys.product[came_true]
    )


def _fitting(pairs: Pairs, orders: Orders, found: Ints, family: int) -> list[int]:
    """Return the orders that a repurchase may go into: of the family, else of any."""
    valid = [int(order) for order in found if not orders.is_cancelled[order]]
    return [order for order in valid if pairs.family[orders.pair[order]] == family] or valid


def _draw_repurchases(
    parameters: Parameters,
    surveys: Surveys,
    chance: Floats,
    possible: list[list[int]],
    random: np.random.Generator,
) -> Bools:
    """Decide who buys again; who orders nothing at all in the window cannot.

    The others buy so much likelier that the planted probability holds of all together.
    """
    can = np.array([bool(orders) for orders in possible])
    is_closed = surveys.sent + parameters.repurchase_horizon_days <= parameters.last
    share = can[is_closed].mean() if is_closed.any() else 1.0
    result: Bools = can & (random.random(surveys.count) < chance / max(share, 0.5))
    return result


def _orders_by_company(pairs: Pairs, orders: Orders) -> dict[int, Ints]:
    company = pairs.company[orders.pair]
    by_company = np.argsort(company, kind="stable")
    edges = np.flatnonzero(np.diff(company[by_company])) + 1
    return {int(company[found[0]]): found for found in np.split(by_company, edges)}


def _with_added(lines: Lines, product: Ints, orders: list[int], products: Ints) -> Lines:
    added = len(orders)
    nothing = np.zeros(lines.count + added, dtype=np.int64)
    return Lines(
        np.concatenate((lines.order, np.array(orders, dtype=np.int64))),
        np.concatenate((product, products)),
        np.concatenate((lines.bundle, np.full(added, -1))),
        nothing,
        nothing,
        nothing,
        nothing,
    )
