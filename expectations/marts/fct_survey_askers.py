"""Are the signs of gaming believable? Numbers come from the simulated unit, seed 1."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="surveys_count",
        column_B="answered_surveys_count",
        or_equal=True,
        notes="Who answered was asked.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="response_ratio",
        min_value=0,
        max_value=1,
        notes="0.49 to 0.94; a share lies between none and all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="bias_signals_count",
        min_value=0,
        max_value=3,
        notes="There are three signs.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="median_days_from_purchase",
        min_value=0,
        max_value=365,
        notes="28 to 71 days; an order of a year ago is asked about by mistake.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]

# A handful of askers: two who stand out are many.
MEASURES_NEED_ROWS = 10
MEASURES = {
    "standing_out_ratio": (
        "sum(case when is_standing_out then 1 else 0 end) / cast(count(*) as decimal(9, 0))"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="standing_out_ratio",
        min_value=0,
        max_value=0.5,
        notes="2 of 14 stood out. Where half do, it is the custom and the rules are wrong.",
    ),
]
