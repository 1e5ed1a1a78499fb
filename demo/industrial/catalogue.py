"""What is sold: six product families, half of them distinct, each of systems, parts and services.

A family's maturity moves with the years, whoever buys: experience "usually evolves independently".
Prices are per unit in CNY; the price list rises once a year.
"""

from dataclasses import dataclass

import numpy as np

from demo.industrial.parameters import Parameters
from demo.industrial.periods import Bools, Floats, Ints

# Code, Chinese and English name, whether distinct, and maturity in the first and the last year.
FAMILIES = (
    ("drives", "伺服驱动", "Servo drives", True, "growing", "mature"),
    ("vision", "机器视觉", "Machine vision", True, "new", "growing"),
    ("motion", "运动控制", "Motion control", True, "mature", "mature"),
    ("valves", "工业阀门", "Industrial valves", False, "mature", "declining"),
    ("sensors", "通用传感器", "Standard sensors", False, "growing", "mature"),
    ("cabling", "电缆组件", "Cable assemblies", False, "mature", "mature"),
)
SYSTEM, COMPONENT, SERVICE = range(3)
KINDS = ("system", "component", "service")
KIND_NAMES = (("成套系统", "system"), ("元件", "component"), ("服务", "service"))
COUNTS = (10, 24, 4)
PER_FAMILY = sum(COUNTS)
# Of the list price, by kind: what a unit costs where the family is distinct, and where it is not.
COST_RATIOS = ((0.52, 0.48, 0.45), (0.64, 0.60, 0.50))
YEARLY_PRICE_FACTOR = 1.03
DOLLAR_LIST_RATE = 6.5  # the price list's own rate, CNY per USD, fixed all the time


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One position per product; ``price`` is that of the first year."""

    family: Ints
    kind: Ints
    price: Floats
    cost_ratio: Floats

    @property
    def count(self) -> int:
        return len(self.family)

    @property
    def is_distinct(self) -> Bools:
        distinct: Bools = np.array([family[3] for family in FAMILIES])[self.family]
        return distinct


def draw_catalogue(parameters: Parameters) -> Catalogue:
    """Draw prices and costs of all products."""
    random = parameters.random("catalogue")
    family = np.repeat(np.arange(len(FAMILIES)), PER_FAMILY)
    kind = np.tile(np.repeat(np.arange(3), COUNTS), len(FAMILIES))
    low, high = np.array([9_000, 90, 600]), np.array([60_000, 2_400, 4_000])
    price = low[kind] * (high[kind] / low[kind]) ** random.random(len(kind))
    distinct = np.array([entry[3] for entry in FAMILIES])[family]
    ratio = np.where(
        distinct, np.array(COST_RATIOS[0])[kind], np.array(COST_RATIOS[1])[kind]
    ) * random.uniform(0.94, 1.06, size=len(kind))
    return Catalogue(family, kind, price, ratio)


def draw_products(family: Ints, kind: Ints, random: np.random.Generator) -> Ints:
    """Return one product of each family and kind given."""
    counts = np.array(COUNTS)[kind]
    first = np.concatenate(([0], np.cumsum(COUNTS)))[kind]
    chosen = (random.random(len(family)) * counts).astype(np.int64)
    products: Ints = family * PER_FAMILY + first + chosen
    return products


def another_product(product: int, taken: set[int], random: np.random.Generator) -> int:
    """Return a product of the same family and kind that is not among ``taken``."""
    family, place = divmod(product, PER_FAMILY)
    kind = 0 if place < COUNTS[0] else 1 if place < COUNTS[0] + COUNTS[1] else 2
    first = family * PER_FAMILY + sum(COUNTS[:kind])
    free = [other for other in range(first, first + COUNTS[kind]) if other not in taken]
    return int(free[random.integers(len(free))])
