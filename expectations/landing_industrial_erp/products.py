"""Are the products of the order system believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="list_price_cny",
        min_value=1,
        max_value=1000000,
        notes="List prices are 102 to 66,684 CNY; beyond are fen for yuan or none.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="list_price_cny",
        column_B="standard_cost_cny",
        or_equal=True,
        mostly=0.95,
        notes="Costs are 42 to 68 % of the list price; above it the columns are swapped.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "mean_cost_ratio": "sum(standard_cost_cny) / sum(list_price_cny)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_cost_ratio",
        min_value=0.2,
        max_value=0.9,
        notes="Costs are 58 % of the list price over all; far off is another unit.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="A supplier does not lose all its products overnight.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="228 products, none removed; a tenth gone is a cut list.",
    ),
]
