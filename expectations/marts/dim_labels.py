"""Does every code have a name in both languages?"""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=200,
        max_value=1000,
        notes="The seed has 268 codes; a quarter fewer is a seed that came up short.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="name_en",
        min_value=1,
        max_value=60,
        notes="Names are for headings: 1 to 32 characters, and a blank one is no name.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="name_zh",
        min_value=1,
        max_value=30,
        notes="Names are for headings: 1 to 10 characters, and a blank one is no name.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="meaning_en",
        min_value=10,
        max_value=200,
        notes="A meaning is one sentence: 10 to 77 characters.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="meaning_zh",
        min_value=4,
        max_value=100,
        notes="A meaning is one sentence: 5 to 30 characters.",
    ),
]
