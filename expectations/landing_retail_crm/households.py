"""Are the households of the CRM believable? Numbers come from the 2,469 of 2017."""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="enrolled_on",
        max_value=dt.date(2100, 1, 1),
        notes="9999-12-31 stands for no date; the contract bounds the past.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="age_band",
        min_value=2,
        max_value=20,
        notes="Bands read like 45-54 or 65+; anything longer is another field.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="income_band",
        min_value=2,
        max_value=20,
        notes="Bands read like 50-74K or Under 15K; anything longer is another field.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="home_ownership",
        min_value=2,
        max_value=40,
        notes="The longest of four answers is Probable Homeowner.",
    ),
]

# Single changed households say nothing about shares.
MEASURES_NEED_ROWS = 100
MEASURES = {
    "known_age_band_ratio": (
        "sum(cast(age_band in ('19-24', '25-34', '35-44', '45-54', '55-64', '65+') as integer))"
        " / nullif(count(age_band), 0)"
    ),
    "known_marital_status_ratio": (
        "sum(cast(marital_status in ('Married', 'Unmarried') as integer))"
        " / nullif(count(marital_status), 0)"
    ),
    "described_ratio": "count(age_band) / count(*)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="known_age_band_ratio",
        min_value=0.9,
        notes="The CRM has six age bands; other words for a tenth mean a new list of bands.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="known_marital_status_ratio",
        min_value=0.9,
        notes="Married or Unmarried are the only answers; others mean a new list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="described_ratio",
        max_value=0.95,
        notes="801 of 2,469 households answered, at most 46 % of those of one day; everybody "
        "answering means that blanks became a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="All households gone overnight is an empty or truncated table, and would close "
        "every customer.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=20,
        notes="A tenth gone overnight is a lost part of the table, not a clean-up. The whole year, "
        "loaded in one step, brought 7.8 times the households of its first day.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="The CRM checks what it stores; one household in fifty unusable is a change of ours "
        "or theirs.",
    ),
]
