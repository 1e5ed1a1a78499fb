"""Is the delivered list of product families believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="name_zh",
        regex="^[^\\x{00}-\\x{1f}\\x{fffd}]+$",
        notes="Control and replacement characters come from a wrong encoding.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="A supplier does not lose all its product families overnight.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="rows_in",
        max_value=100,
        notes="There are six families; a hundred are products.",
    ),
]
