"""Is it believable who was sent which campaign? Numbers come from the 6,589 touches of 2017."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="updated_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="The CRM's clock writes the present; 1970 and 9999 stand for none.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "largest_household_ratio": "list_max(map_values(histogram(household_id))) / count(*)",
    "households_per_campaign": "count(*) / count(distinct campaign_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_household_ratio",
        max_value=0.2,
        notes="No household got more than 15 of 27 campaigns; a fifth on one key is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="households_per_campaign",
        min_value=2,
        max_value=20_000,
        notes="Campaigns went to 12 to 1,133 households; one each means that campaign numbers are "
        "made up.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Who was sent what stays in the CRM; an empty list would delete it all.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="What was sent stays sent, so a tenth never goes. The whole year, loaded in one "
        "step, is 45 times the list of its first day.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One row in fifty unusable is a change of ours or theirs.",
    ),
]
