"""Are the contacts believable? What is personal of them is in no suite.

Numbers come from two simulated worlds of 350 companies.
"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="contact_id",
        regex="^[0-9a-f]{24}$",
        notes="A contact stands here as a pseudonym of 24 digits and nothing else.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "contacts_per_account": "count(*) / count(distinct account_id)",
    "decision_ratio": "avg(cast(layer = 'decision' as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="contacts_per_account",
        min_value=1.5,
        max_value=50,
        notes="10.6 contacts an account; one each means that numbers are made up.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="decision_ratio",
        min_value=0.05,
        max_value=0.7,
        notes="27 % decide; none or most means that the layer is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Contacts leave one at a time; an empty list would uncover every account.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="At most one contact left in a night; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One contact in fifty unusable is a change of ours or theirs.",
    ),
]
