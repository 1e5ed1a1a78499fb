"""Is the published value of companies believable?

Numbers come from a simulated world of 120 companies and five years.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="net_revenue",
        min_value=-20_000_000,
        max_value=2_000_000_000,
        mostly=0.99,
        notes="The best company brought 19 million CNY in five years; a hundred times that is "
        "fen for yuan.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="sales_revenue",
        column_B="discounted_net_revenue",
        or_equal=True,
        mostly=0.99,
        notes="Money of the past, discounted to the first order, is worth less than at the till; "
        "refunds that come late may turn that round for one in a hundred.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="orders_count",
        column_B="purchase_occasions_count",
        or_equal=True,
        notes="A day counts once, whatever the number of its orders.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="last_order_date",
        ignore_row_if="either_value_is_missing",
        notes="Nobody can have bought on the as-of date or after it.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="last_order_date",
        column_B="first_order_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="The last order is not before the first.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="probability_alive",
        min_value=0,
        max_value=1,
        notes="It is a probability.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="predicted_net_revenue_next_365_days",
        max_value=2_000_000_000,
        mostly=0.99,
        notes="No company brought more than 19 million CNY in five years; a hundred times that "
        "is a customer who is several.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="predicted_net_revenue_next_90_days_upper",
        column_B="predicted_net_revenue_next_90_days_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.99,
        notes="An interval has its ends in order, but for customers whose refunds outweigh all.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        min_value=1,
        max_value=1,
        notes="One build looks at one day.",
    ),
]

MEASURES_NEED_ROWS = 200
MEASURES = {
    "mean_net_revenue": "avg(net_revenue)",
    "largest_customer_ratio": "max(net_revenue) / sum(net_revenue)",
    "discounting_ratio": "sum(discounted_net_revenue) / sum(net_revenue)",
    # A year to come against a mean year so far; 1 without predictions.
    "predicted_to_past_ratio": (
        "coalesce(sum(predicted_net_revenue_next_365_days) * max(tenure_days) / 365 "
        "/ sum(net_revenue), 1)"
    ),
    "unknown_ratio": ("sum(case when is_unknown then net_revenue else 0 end) / sum(net_revenue)"),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mean_net_revenue",
        min_value=20000,
        max_value=250000000,
        notes="A company brought 2.4 million CNY in five years.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_customer_ratio",
        max_value=0.3,
        notes="The best company brought 6.6 % of all revenue.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="discounting_ratio",
        min_value=0.2,
        max_value=1.001,
        notes="Five years at 15 % left 80 % of the money; less than a fifth is a rate of 15 "
        "instead of 0.15.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="predicted_to_past_ratio",
        min_value=0.05,
        max_value=5,
        notes="Beyond five times a mean year, or under a twentieth, days have met weeks or "
        "customers have met twice.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_ratio",
        max_value=0.1,
        notes="0.06 % of revenue waits for its customer; a tenth is a CRM that was not read.",
    ),
]
