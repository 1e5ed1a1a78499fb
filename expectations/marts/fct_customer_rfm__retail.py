"""Are the published RFM scores believable? Numbers come from the 2,469 households of 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="recency_days",
        min_value=1,
        max_value=36_525,
        notes="The as-of date is the day after the last day counted; a century is a wrong date.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="lifetime_occasions_count",
        column_B="window_occasions_count",
        or_equal=True,
        notes="A window of a lifetime holds no more than the lifetime.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="last_occasion_date",
        column_B="first_occasion_date",
        or_equal=True,
        notes="The last purchase is not before the first.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="last_occasion_date",
        notes="Nobody can have bought on the as-of date or after it.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        min_value=1,
        max_value=1,
        notes="One build looks at one day.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lifetime_mean_net_revenue",
        min_value=-50_000,
        max_value=50_000,
        notes="The dearest mean occasion of a household was worth 235.42.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_after_days",
        min_value=1,
        max_value=36_525,
        notes="Patience is 90 to 505 days; a century is a wrong gap or a wrong rule.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="cumulative_revenue_ratio",
        column_B="revenue_ratio",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A customer is among those who bring as much or more.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="cumulative_revenue_ratio",
        min_value=0,
        max_value=1,
        notes="All customers together bring all revenue and no more.",
    ),
]

MEASURES_NEED_ROWS = 200
MEASURES = {
    "best_monetary_ratio": "avg(cast(monetary_score = 5 as integer))",
    "worst_monetary_ratio": "avg(cast(monetary_score = 1 as integer))",
    "mean_lifetime_net_revenue": "avg(lifetime_net_revenue)",
    "largest_customer_ratio": "max(lifetime_net_revenue) / sum(lifetime_net_revenue)",
    "a_class_revenue_ratio": (
        "sum(case when abc_class = 'A' then revenue_ratio else 0 end) / sum(revenue_ratio)"
    ),
    "lost_ratio": "avg(cast(customer_status = 'lost' as integer))",
    # Pearson, over ranks in fifths: the scores say the same as the measures they come from.
    "monetary_score_correlation": "corr(monetary_score, ln(1 + greatest(window_net_revenue, 0)))",
    "recency_score_correlation": "corr(recency_score, ln(recency_days))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="best_monetary_ratio",
        min_value=0.15,
        max_value=0.25,
        notes="Fifths of distinct amounts hold a fifth each, ties aside.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="worst_monetary_ratio",
        min_value=0.15,
        max_value=0.25,
        notes="Fifths of distinct amounts hold a fifth each, ties aside.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_lifetime_net_revenue",
        min_value=5,
        max_value=50_000,
        notes="A household brought 1,861 in the year, and 36 on one occasion.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_customer_ratio",
        max_value=0.3,
        notes="The best household brought 0.5 % of all revenue.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="a_class_revenue_ratio",
        min_value=0.79,
        max_value=0.99,
        notes="Class A ends with the customer who reaches 80 %: 80.0 % of revenue, ties aside.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="lost_ratio",
        max_value=0.9,
        notes="4.7 % of the households were lost; nearly all is a delivery that stopped.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="monetary_score_correlation",
        min_value=0.7,
        notes="Who brings more scores higher: 0.92 over the year.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="recency_score_correlation",
        max_value=-0.5,
        notes="Who bought longer ago scores lower: -0.96 over the year. NULL while all are equal.",
    ),
]
