"""Are the opportunities believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="budget_amount",
        max_value=100000000,
        notes="The largest budget is 4.7 million; 100 million is fen for yuan.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="planned_purchase_date",
        column_B="opened_on",
        or_equal=True,
        mostly=0.95,
        notes="A purchase is planned after the talk about it began.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "won_ratio": "avg(case when stage <> 'open' then cast(stage = 'won' as integer) end)",
    "lost_without_reason_ratio": "count_if(stage = 'lost' and lost_reason is null) / count(*)",
    "mean_quotes_count": "avg(competitive_quotes_count)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="won_ratio",
        min_value=0.2,
        max_value=0.95,
        notes="62 and 63 % of the decided are won; nearly all or few is a lost state.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_without_reason_ratio",
        max_value=0.1,
        notes="Every loss has its reason; losses on price need it.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_quotes_count",
        min_value=0.1,
        max_value=10,
        notes="1.4 competing quotes an opportunity; none at all is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Opportunities stay in the CRM, won or lost.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Opportunities are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One opportunity in fifty unusable is a change of ours or theirs.",
    ),
]
