"""Is it believable to whom the numbers of the sources belong?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="A shop or a CRM without a single customer is an extraction that failed.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="confidence",
        min_value=0,
        max_value=1,
        notes="Confidence is a share: 0 for nobody found, 1 for the source's own number.",
    ),
]

MEASURES_NEED_ROWS = 100
MEASURES = {
    "unknown_ratio": "avg(cast(identity_rule = 'none' as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="unknown_ratio",
        max_value=0.05,
        notes="The retailer's numbers are all its own; of the 761 numbers of a simulated supplier"
        " 2 wait for their account. One in twenty means that two systems have lost each other.",
    ),
]
