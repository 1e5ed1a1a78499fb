"""Is it believable what is known of accounts? Numbers come from a simulated supplier."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="known_ratio",
        min_value=0,
        max_value=1,
        notes="More known than there is to know: the subjects lack a topic.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="information_cost",
        min_value=0,
        max_value=10_000_000,
        notes="440,000 were spent on a whole level; ten million on one account is another unit.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="newest_age_days",
        min_value=0,
        max_value=36_525,
        notes="What is learnt tomorrow is not known; a century is a wrong date.",
    ),
]
