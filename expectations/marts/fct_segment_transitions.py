"""Are the monthly moves believable? None before two months have ended."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="smoothed_transition_ratio",
        min_value=1e-12,
        max_value=1,
        notes="No move is impossible and none is certain.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="transition_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="from_transitions_count",
        column_B="transitions_count",
        or_equal=True,
        notes="Only who was there can move.",
    ),
]

# Cells are always all there: what counts is how many moves they hold.
MEASURES_NEED_ROWS = 1
MEASURES = {
    "staying_ratio": (
        "case when sum(transitions_count) >= 1000 "
        "then sum(case when from_segment = to_segment then transitions_count else 0 end) "
        "/ sum(transitions_count) end"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="staying_ratio",
        min_value=0.1,
        max_value=0.99,
        notes="43 % of 23,266 moves stayed where they were. Of eleven segments hardly anybody "
        "staying is noise, everybody is a month told twice.",
    ),
]
