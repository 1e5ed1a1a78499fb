"""Is the history of customers believable? That versions do not overlap is asserted by dbt."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="Every customer has a first version: no version means that no CRM was read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="version_number",
        max_value=10_000,
        notes="One change a night for 27 years; more is a column that changes by itself.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "current_ratio": "avg(cast(is_current as integer))",
    "versions_per_customer": "count(*) / count(distinct customer_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="current_ratio",
        min_value=0.02,
        notes="Household facts change every few years; fifty old versions for each current one "
        "is a column that changes by itself, or a list that came up short.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="versions_per_customer",
        max_value=50,
        notes="Household facts change every few years: fifty versions each are noise.",
    ),
]
