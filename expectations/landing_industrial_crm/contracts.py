"""Are the contracts believable? Numbers come from two simulated worlds of 350 companies."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="ends_on",
        column_B="starts_on",
        or_equal=True,
        notes="A contract ends after it starts.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "terminated_ratio": "avg(cast(terminated_on is not null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="terminated_ratio",
        max_value=0.8,
        notes="10 % are terminated early; most of them means that an end was written for none.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Past contracts stay.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="Contracts are added, not removed; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One contract in fifty unusable is a change of ours or theirs.",
    ),
]
