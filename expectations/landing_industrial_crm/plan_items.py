"""Are the items of account plans believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="due_on",
        column_B="created_on",
        or_equal=True,
        mostly=0.95,
        notes="An item is due when it was made or later.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "open_ratio": "avg(cast(done_on is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="open_ratio",
        max_value=0.9,
        notes="12 % are open; nearly all open means that what was done is not recorded.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Items are withdrawn one at a time.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="At most one item left in a night; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One item in fifty unusable is a change of ours or theirs.",
    ),
]
