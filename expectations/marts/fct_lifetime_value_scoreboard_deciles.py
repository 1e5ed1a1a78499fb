"""Are lift and gain believable? Numbers come from retail 2017 and a simulated supplier.

May be empty: thin data.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="decile",
        min_value=1,
        max_value=10,
        notes="Tenths are ten.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lift_ratio",
        min_value=-1,
        max_value=12,
        notes="A tenth brought 0 to 5.1 times the mean; 10 is all of it, refunds may add to that.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="cumulative_actual_revenue_ratio",
        min_value=-0.2,
        max_value=1.2,
        notes="A share that ends at 1; refunds may carry it a little beyond.",
    ),
]

# One method on one cut-off has ten.
MEASURES_NEED_ROWS = 10
MEASURES = {
    "chosen_first_lift": "avg(case when is_chosen and decile = 1 then lift_ratio end)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="chosen_first_lift",
        min_value=1.2,
        notes="The tenth that the model in use predicted best brought 3.2 to 5.1 times the mean; "
        "about 1 is a model whose predictions belong to other customers.",
    ),
]
