"""Is the delivered product list believable?

Numbers come from two simulated worlds of 350 companies.
"""

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
        notes="A supplier does not lose all its products overnight.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=1.5,
        notes="228 products, the same on every list; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One product in fifty unusable is a broken export, not a slip.",
    ),
]
