"""Do the stages hang on the weights? Numbers come from a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="same_stage_ratio",
        min_value=0.6,
        max_value=1,
        notes="At least 0.89 kept their stage whichever signal was left out or doubled; below 0.6"
        " one signal decides for all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="stages_count",
        column_B="same_stage_count",
        or_equal=True,
        notes="Only what is compared can agree.",
    ),
]
