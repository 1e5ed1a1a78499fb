"""Are the order lines believable? Numbers come from two simulated worlds of 350 companies."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="quantity",
        max_value=100000,
        notes="At most 1,000 pieces a line; a hundred thousand is a lost decimal point.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="list_price",
        max_value=1000000,
        notes="List prices go to 99,999.99 a piece, those of test orders; a million is fen for "
        "yuan.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="list_price",
        column_B="paid_price",
        or_equal=True,
        mostly=0.95,
        notes="Nobody pays more than the list price; more of it means that the columns are "
        "swapped.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "lines_per_order": "count(*) / count(distinct order_id)",
    "discount_ratio": "1 - sum(paid_price * quantity) / sum(list_price * quantity)",
    "missing_cost_ratio": "avg(cast(unit_cost_cny is null as integer))",
    "service_ratio": "avg(cast(is_service as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="lines_per_order",
        min_value=1.2,
        max_value=20,
        notes="4.2 lines an order; one each means that order numbers are made up.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discount_ratio",
        min_value=0,
        max_value=0.5,
        notes="11 % off the list price on average; half off means that a price is wrong.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_cost_ratio",
        max_value=0.1,
        notes="1 % have no cost, and no margin for it; one in ten would thin every margin.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="service_ratio",
        min_value=0.02,
        max_value=0.7,
        notes="20 % are services; none or most means that the flag is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Lines stay in the order system.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Lines are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One line in fifty unusable is a change of ours or theirs.",
    ),
]
