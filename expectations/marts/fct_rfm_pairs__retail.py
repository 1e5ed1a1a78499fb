"""Are the pairs of scores believable? Numbers come from the 2,469 households of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        max_value=7500,
        notes="72 of the 75 cells had customers; more than a hundred business units there are not.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="first_score",
        min_value=1,
        max_value=5,
        notes="A score is 1 to 5.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="second_score",
        min_value=1,
        max_value=5,
        notes="A score is 1 to 5.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="lost_customers_count",
        or_equal=True,
        notes="The lost are some of the customers.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="window_mean_net_revenue",
        min_value=-50_000,
        max_value=50_000,
        notes="The mean occasion of a cell was worth 5.70 to 166.83.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        min_value=1,
        max_value=1,
        notes="One build looks at one day.",
    ),
]

# All cells but a few, as soon as hundreds of customers fill them.
MEASURES_NEED_ROWS = 50
MEASURES = {
    "frequency_monetary_ratio": (
        "avg(case when pair = 'frequency_monetary' and first_score = second_score "
        "then customers_count else 0 end) "
        "/ avg(case when pair = 'frequency_monetary' then customers_count else 0 end)"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="frequency_monetary_ratio",
        min_value=0.2,
        notes="Who buys often brings much: 56 % had equal scores of both. By chance it is 20 %;"
        " less is a score that runs the other way.",
    ),
]
