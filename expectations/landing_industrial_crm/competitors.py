"""Are the competitors believable? Numbers come from two simulated worlds of 350 companies."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="name",
        regex="^[^\\x{00}-\\x{1f}\\x{fffd}]+$",
        notes="Control and replacement characters come from a wrong encoding.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Competitors do not vanish overnight.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_in",
        max_value=10000,
        notes="Five competitors are known; ten thousand are another table.",
    ),
]
