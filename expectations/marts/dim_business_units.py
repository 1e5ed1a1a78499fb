"""Are the business units complete, and is each in one currency?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        notes="A warehouse without a business unit has nothing to say.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="reporting_currency_code",
        regex="^[A-Z]{3}$",
        notes="A currency is three capital letters (ISO 4217); anything else is a slip.",
    ),
]
