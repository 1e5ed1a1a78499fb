"""Are the logged activities believable?

Numbers come from two simulated worlds of 350 companies.
"""

import datetime as dt

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="occurred_at",
        min_value=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        max_value=dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        notes="Activities began in 2012; 1970 and 9999 stand for no time.",
    ),
]

MEASURES_NEED_ROWS = 1000
MEASURES = {
    "inbound_ratio": "avg(cast(direction = 'in' as integer))",
    "largest_contact_ratio": "list_max(map_values(histogram(contact_id))) / count(*)",
    "without_opportunity_ratio": "avg(cast(opportunity_id is null as integer))",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="inbound_ratio",
        min_value=0.02,
        max_value=0.6,
        notes="16 % come from the customer; none or most means that the direction is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="largest_contact_ratio",
        max_value=0.2,
        notes="The busiest contact has 1.3 % of all; a fifth on one is a default.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="without_opportunity_ratio",
        min_value=0.05,
        max_value=0.9,
        notes="39 % belong to no opportunity; none or nearly all is a lost join.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="What was said stays logged; an empty list would delete every touch.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.95,
        max_value=1000,
        notes="Activities are added, not removed; one in twenty gone is a cut list.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One activity in fifty unusable is a change of ours or theirs.",
    ),
]
