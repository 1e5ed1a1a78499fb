"""Are the cut points believable? Numbers come from the 2,143 of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="score",
        min_value=1,
        max_value=5,
        notes="A score is 1 to 5.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="customers_count",
        min_value=1,
        notes="Nobody earned a score that has a row: it was counted wrong. 1,365 shared one at "
        "most.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="highest_value",
        column_B="lowest_value",
        or_equal=True,
        notes="The highest of some values is not below the lowest.",
    ),
]

MEASURES_NEED_ROWS = 500
MEASURES = {
    "mean_quintile_score": (
        "sum(case when score_method = 'quintile' then score * customers_count else 0 end) "
        "/ sum(case when score_method = 'quintile' then customers_count else 0 end)"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_quintile_score",
        min_value=1.2,
        max_value=3.4,
        notes="Fifths of equal size have a mean score of 3; it was 2.95. Ties pull it down, to "
        "1.9 if 70 % are alike, and six customers alone have 3.3.",
    ),
]
