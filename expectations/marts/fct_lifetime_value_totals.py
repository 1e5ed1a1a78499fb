"""Is what customers are expected to bring believable? Numbers come from the shop's 2017."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="customers_count",
        column_B="predicted_customers_count",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="Only customers are predicted.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="predicted_customers_count",
        column_B="expected_alive_customers_count",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A sum of probabilities is no more than their number.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="predicted_net_revenue_next_365_days",
        column_B="predicted_net_revenue_next_90_days",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A year brings no less than its first quarter.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="predicted_net_revenue_next_1095_days",
        column_B="predicted_net_revenue_next_365_days",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="Three years bring no less than the first.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="as_of_date",
        column_B="model_fitted_date",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="A model knows nothing of days after the as-of date.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="interval_nominal_ratio",
        min_value=0.9,
        max_value=0.998,
        notes="Intervals are never made narrower than the model's own.",
    ),
]
