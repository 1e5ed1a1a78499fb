"""Is it believable what information costs, and what was won where it was known?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="accounts_count",
        column_B="covered_accounts_count",
        or_equal=True,
        notes="Only an account can be covered.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="known_items_count",
        column_B="covered_accounts_count",
        or_equal=True,
        notes="An account that is covered has a topic.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="cost_per_item",
        min_value=0,
        max_value=100_000,
        notes="A topic from senior insiders cost 5,500; a hundred thousand is another unit.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="won_gap_ratio_upper",
        column_B="won_gap_ratio_lower",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        notes="An interval has its ends in order.",
    ),
]
