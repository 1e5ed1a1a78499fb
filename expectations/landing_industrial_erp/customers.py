"""Are the customers of the order system believable?

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="customer_number",
        regex="^K[0-9]{6}$",
        notes="Customer numbers are K and six digits; a lost zero makes another customer.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "test_ratio": "avg(cast(is_test as integer))",
    "missing_registration_ratio": "avg(cast(registration_number is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="test_ratio",
        max_value=0.05,
        notes="One customer of 380 is for tests; orders of tests are not counted.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_registration_ratio",
        max_value=0.8,
        notes="45 and 49 % have no registration number; without it fewer find their account.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Customers stay in the order system; an empty list would orphan every order.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=100,
        notes="Customers are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One customer in fifty unusable is a change of ours or theirs.",
    ),
]
