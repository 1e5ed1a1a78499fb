"""Is the group view of RFM of companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="lost_customers_count",
        or_equal=True,
        notes="The lost are some of the customers.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="past_long_gap_customers_count",
        or_equal=True,
        notes="Who is past the long gap is one of the customers.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="window_mean_net_revenue",
        min_value=-3_000_000,
        max_value=30_000_000,
        notes="The dearest occasion of a segment was worth 266,678 CNY on the mean.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "segments_per_snapshot": "count(*) / count(distinct (business_unit, snapshot_date))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="segments_per_snapshot",
        min_value=3,
        max_value=125,
        notes="A month had customers in ten of eleven segments; with three left the scores say "
        "nothing, and more than 125 cells there are not.",
    ),
]
