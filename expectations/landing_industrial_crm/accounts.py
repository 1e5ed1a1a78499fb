"""Are the accounts of the CRM believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToMatchRegex(
        column="name",
        regex="^[^\\x{00}-\\x{1f}\\x{fffd}]+$",
        notes="Control and replacement characters come from a wrong encoding.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="created_on",
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2100, 1, 1),
        notes="9999 and 1900 stand for no date; the oldest account is of 2011.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "missing_registration_ratio": "avg(cast(registration_number is null as integer))",
    "missing_customer_number_ratio": "avg(cast(customer_number is null as integer))",
    "accounts_per_owner": "count(*) / count(distinct owner_employee_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_registration_ratio",
        max_value=0.3,
        notes="6 % have no registration number; without it accounts of one company stay apart.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_customer_number_ratio",
        max_value=0.6,
        notes="24 and 28 % were never given a customer number; without it orders find no account.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="accounts_per_owner",
        min_value=2,
        max_value=200,
        notes="27 accounts an owner; one each, or all with one, is a default.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="Accounts are merged, not deleted: an empty list would lose every customer.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=100,
        notes="Accounts come a few a month and hardly ever go; a tenth gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One account in fifty unusable is a change of ours or theirs.",
    ),
]
