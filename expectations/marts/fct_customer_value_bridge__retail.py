"""Is the change of value believable? Numbers come from the 2,469 households in December 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="An empty mart means that the as-of date lies before the first order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="closing_value",
        min_value=-50_000,
        max_value=5_000_000,
        mostly=0.999,
        notes="The best household has brought 24,880 and is expected to bring 22,306; a hundred "
        "times that is a customer who is several.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="new_orders_change",
        min_value=0,
        notes="Sales before refunds: nobody buys for less than nothing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="refunds_change",
        max_value=0,
        notes="What is paid back takes away.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ageing_change",
        max_value=0.01,
        mostly=0.99,
        notes="Silence alone never makes a customer worth more, but for rounding and for those "
        "whose refunds outweigh all they bought.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="opening_date",
        notes="A bridge leads forward.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="opening_date",
        min_value=1,
        max_value=1,
        notes="One build looks back to one day.",
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
    "late_ratio": "coalesce(sum(abs(late_net_revenue)) / nullif(sum(opening_net_revenue), 0), 0)",
    "model_change_ratio": (
        "coalesce(abs(sum(case when opening_model_name <> 'none' then model_change else 0 end)) "
        "/ nullif(sum(closing_predicted_net_revenue), 0), 0)"
    ),
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="late_ratio",
        max_value=0.5,
        notes="Nothing was late in December 2017; half of all past revenue arriving late is a "
        "history loaded again, or the day of another system's clock.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="model_change_ratio",
        max_value=0.67,
        notes="A month's new fit moved the total by 0.3 %; two models that were each within a "
        "quarter of what happened differ by two thirds at most (1.25 / 0.75).",
    ),
]
