"""Are the published losses believable? Nobody lost is no error: it takes a quarter of silence."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="losses_count",
        min_value=1,
        max_value=100_000_000,
        notes="9 to 55 of 2,469 households were lost in a month.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="losses_count",
        column_B="returns_to_date_count",
        or_equal=True,
        notes="Only who was lost comes back.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="losses_count",
        column_B="closed_losses_count",
        or_equal=True,
        notes="A loss whose window is closed is a loss.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="closed_losses_count",
        column_B="returns_in_window_count",
        or_equal=True,
        notes="Only closed losses are asked for returns.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="return_ratio",
        min_value=0,
        max_value=1,
        notes="A share lies between none and all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="cumulative_closed_losses_count",
        column_B="closed_losses_count",
        or_equal=True,
        notes="All months up to one hold at least that one.",
    ),
]

# One month may hold all losses: what counts is how many there are.
MEASURES_NEED_ROWS = 1
MEASURES = {
    "return_to_date_ratio": (
        "case when sum(losses_count) >= 100 then sum(returns_to_date_count) / sum(losses_count) end"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="return_to_date_ratio",
        max_value=0.95,
        notes="67 % of 356 lost came back by the end of the year, most of them within weeks; "
        "nearly all is a rule that calls patience a loss.",
    ),
]
