"""Are the channels believable?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="touches_count",
        column_B="touches_last_12_months_count",
        or_equal=True,
        notes="The last year is part of all time.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="touches_last_12_months_count",
        column_B="inbound_last_12_months_count",
        or_equal=True,
        notes="What the customer began is part of all.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="touches_last_12_months_count",
        column_B="contacts_last_12_months_count",
        or_equal=True,
        notes="A person touched is a touch.",
    ),
    gxe.ExpectColumnUniqueValueCountToBeBetween(
        column="as_of_date",
        max_value=1,
        notes="One build looks at one day.",
    ),
]
