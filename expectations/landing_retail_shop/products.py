"""Is the delivered product list believable? Numbers come from the list of 92,331 products."""

import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="department",
        min_value=1,
        max_value=60,
        notes="Department names have 4 to 16 characters; longer ones are a shifted column.",
    ),
    gxe.ExpectColumnValueLengthsToBeBetween(
        column="product_type",
        min_value=1,
        max_value=100,
        notes="Type names have at most 30 characters; longer ones are a shifted column.",
    ),
    gxe.ExpectColumnValuesToMatchRegex(
        column="product_category",
        regex="^[^\\x{00}-\\x{1f}\\x{fffd}]*$",
        notes="Control and replacement characters come from a wrong encoding.",
    ),
]

# A list is whole, so small ones come from a shop in miniature.
MEASURES_NEED_ROWS = 1000
MEASURES = {
    "private_brand_ratio": "avg(cast(brand = 'Private' as integer))",
    "known_brand_ratio": "avg(cast(brand in ('National', 'Private') as integer))",
    "grocery_ratio": "avg(cast(department = 'GROCERY' as integer))",
    "departments_count": "count(distinct department)",
    "missing_category_ratio": "avg(cast(product_category is null as integer))",
    "missing_package_size_ratio": "avg(cast(package_size is null as integer))",
    "products_per_manufacturer": "count(*) / count(distinct manufacturer_id)",
}
MEASURE_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="private_brand_ratio",
        min_value=0.05,
        max_value=0.35,
        notes="Private label is 15 % of the list, 20 % of what 125 households bought.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="known_brand_ratio",
        min_value=0.95,
        notes="Brand is National or Private; a new word for one in twenty changes what it means.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="grocery_ratio",
        min_value=0.2,
        max_value=0.8,
        notes="Grocery is 42 % of the list, 57 % of what 125 households bought.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="departments_count",
        min_value=10,
        max_value=100,
        notes="The list has 31 departments, and 26 of them in what 125 households bought.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_category_ratio",
        max_value=0.05,
        notes="0.6 % of products have no category.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="missing_package_size_ratio",
        max_value=0.6,
        notes="33 % of products have no package size.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="products_per_manufacturer",
        min_value=2,
        max_value=100,
        notes="14 products a manufacturer, 9 of them in what 125 households bought.",
    ),
]

BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(
        column="is_emptied",
        value_set=[False],
        notes="A shop does not lose all its products overnight: the list came up empty.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="ratio_to_previous",
        min_value=0.9,
        max_value=1.5,
        notes="Assortments turn over by a few percent a month; a tenth gone is a cut list, and "
        "half as much again is a list delivered twice.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="quarantined_ratio",
        max_value=0.02,
        notes="One product in fifty unusable is a broken export, not a slip.",
    ),
]
