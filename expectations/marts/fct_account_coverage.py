"""Is it believable how accounts are looked after? Numbers are of a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="top_contact_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="covered_cells_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="on_time_ratio",
        min_value=0,
        max_value=1,
        notes="Nine in ten lines were on time; a share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="repurchase_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="budget_spent_ratio",
        min_value=0,
        max_value=20,
        notes="Twice the budget was the most spent; twenty times is another unit.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="open_items_count",
        column_B="overdue_items_count",
        or_equal=True,
        notes="What is overdue is open.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="complaints_count",
        column_B="answered_complaints_count",
        or_equal=True,
        notes="Only a complaint can be answered.",
    ),
]
