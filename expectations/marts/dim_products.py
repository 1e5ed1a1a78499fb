"""Are the published products believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=2,
        notes="One row is the unknown member alone: no product list was read.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="department",
        min_value=1,
        max_value=60,
        notes="Department names have 4 to 16 characters; longer ones are a shifted column.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "private_brand_ratio": "avg(cast(brand = 'Private' as integer))",
    "deleted_ratio": "avg(cast(is_deleted as integer))",
    "departments_count": "count(distinct department)",
    "missing_department_ratio": "avg(cast(department is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="private_brand_ratio",
        min_value=0.05,
        max_value=0.35,
        notes="Private label is 15 % of the list, 20 % of what 125 households bought.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="deleted_ratio",
        max_value=0.9,
        notes="Old products outnumber current ones in time, but a list that lost nine in ten is a "
        "cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="departments_count",
        min_value=10,
        max_value=100,
        notes="The list has 31 departments, and 26 of them in what 125 households bought.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_department_ratio",
        max_value=0.02,
        notes="Every listed product has a department; only the unknown member has none.",
    ),
]
