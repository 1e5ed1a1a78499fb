"""Are the published cohorts of companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="active_customers_count",
        or_equal=True,
        notes="Who is active is one of the cohort.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="retention_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="month_start_date",
        column_B="cohort_month_date",
        or_equal=True,
        notes="A cohort starts with its first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="cumulative_net_revenue_per_customer",
        min_value=-10_000_000,
        max_value=1_000_000_000,
        notes="The richest cohort brought 8.9 million CNY each in five years; a hundred times "
        "that is fen for yuan.",
    ),
]

# The first cohort is one row.
MEASURES_NEED_ROWS = 1
MEASURES = {
    "first_month_ratio": (
        "sum(case when months_since_first = 0 then active_customers_count end) "
        "/ sum(case when months_since_first = 0 then customers_count end)"
    ),
    "later_month_ratio": (
        "case when sum(customers_count) >= 5000 "
        "then sum(case when months_since_first > 0 then active_customers_count end) "
        "/ sum(case when months_since_first > 0 then customers_count end) end"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="first_month_ratio",
        min_value=1,
        max_value=1,
        notes="A cohort is who ordered in its first month, so all of it is active there.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="later_month_ratio",
        min_value=0.1,
        notes="39 % ordered in a later month; one in ten left is a delivery that stopped.",
    ),
]
