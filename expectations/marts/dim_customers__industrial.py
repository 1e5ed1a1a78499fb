"""Are the published companies believable? Keys, shape and references are dbt's business.

Numbers come from a simulated world of 350 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=2,
        notes="One row is the unknown member alone: no CRM was read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="profile_filled_ratio",
        min_value=0,
        max_value=1,
        notes="A share of filled fields lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="deleted_date",
        column_B="customer_since_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="Nobody is deleted before joining.",
    ),
]

# Below, one deletion or one blank moves a share by more than a percent.
MEASURES_NEED_ROWS = 100
MEASURES = {
    "deleted_ratio": "avg(cast(is_deleted as integer))",
    "described_ratio": "avg(cast(profile_filled_ratio > 0 as integer))",
    "missing_since_count": "count_if(not is_unknown and customer_since_date is null)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="deleted_ratio",
        max_value=0.5,
        notes="No company was ever deleted; half of all deleted is a list that came up short.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="described_ratio",
        min_value=0.95,
        notes="Sales staff write down every company's name; one in twenty without a field is a CRM "
        "that was half read.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_since_count",
        max_value=0,
        notes="Whoever a source knows has joined on a day; only a unit's unknown member has not.",
    ),
]
