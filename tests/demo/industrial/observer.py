"""What a plain observer makes of the records: the six signals of experience, naively combined.

It knows identities from the truth and nothing else that is planted. It shows that the world can be
read and is no gift; the warehouse's own marts are to do better.
"""

from datetime import date

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types

from demo.industrial import truth
from demo.industrial.history import state
from demo.industrial.schema import TABLES
from demo.industrial.world import World

SIGNALS = ("tenure", "procurement", "cycle", "unbundled", "price", "support")
SIGNALS_SQL = """
create table own as
select account_id as filed_id, true_account_id from identity_accounts;

create table sold as
select
    identity_customers.company,
    families.product_family,
    business_day(orders.ordered_at) as day,
    order_lines.*
from order_lines
join orders using (order_id)
join identity_customers using (customer_number)
join products as families using (product_id)
where orders.status <> 'cancelled';

create table firsts as
select company, product_family, min(day) as first_day from sold group by all;

create table filed as
select filed_id, companies.company from own join companies
on own.true_account_id = companies.account_id;

create table talks as
select filed.company, product_family, business_day(occurred_at) as day,
    contact_function = 'procurement' as is_procurement,
    subject_kind = 'application' as is_application
from activities join filed on activities.account_id = filed_id join contacts using (contact_id);

create table decisions as
select filed.company, product_family, closed_on as day, ln(closed_on - opened_on) as log_days,
    competitive_quotes_count as quotes, coalesce(lost_reason = 'price', false) as lost_on_price
from opportunities join filed on account_id = filed_id where closed_on is not null;

create table needs as
select filed.company, product_family, business_day(opened_at) as day
from service_cases join filed on account_id = filed_id;

create table grid as
select stages.*, starts.start_day, starts.start_day - interval 3 month as window_start,
    starts.start_day + interval 3 month as window_end
from stages join (
    select quarter, make_date(cast(left(quarter, 4) as integer),
        cast(right(quarter, 1) as integer) * 3 - 2, 1) as start_day
    from (select distinct quarter from stages)
) as starts using (quarter);

create table signals as
select
    grid.company, grid.product_family, grid.quarter, grid.stage, grid.is_thin,
    grid.takeover_strength,
    date_diff('day', firsts.first_day, grid.window_end) / 365.0 as tenure,
    talked.procurement, talked.application, talked.touches, -decided.log_days as cycle,
    bought.unbundled, bought.discount * 8 + coalesce(decided.quotes, 1.3) * 0.35
        + coalesce(decided.lost, 0.2) as price,
    -supported.cases / bought.orders as support
from grid
left join firsts using (company, product_family)
left join lateral (
    select avg(is_procurement::int) as procurement, count(*) as touches,
        avg(is_application::int) as application
    from talks where talks.company = grid.company and talks.product_family = grid.product_family
    and day >= window_start and day < window_end having count(*) >= 3
) as talked on true
left join lateral (
    select avg(log_days) as log_days, avg(quotes) as quotes, avg(lost_on_price::int) as lost
    from decisions where decisions.company = grid.company
    and decisions.product_family = grid.product_family
    and day >= window_start and day < window_end having count(*) >= 1
) as decided on true
left join lateral (
    select count(distinct order_id) as orders,
        avg((bundle_id is null and not is_service)::int) as unbundled,
        avg(1 - paid_price / list_price) as discount
    from sold where sold.company = grid.company and sold.product_family = grid.product_family
    and day >= window_start and day < window_end having count(distinct order_id) >= 2
) as bought on true
left join lateral (
    select count(*) as cases from needs
    where needs.company = grid.company and needs.product_family = grid.product_family
    and day >= window_start and day < window_end
) as supported on true
"""


def observe(world: World, until: date) -> pa.Table:
    """Return the raw signals per company, family and quarter, over that quarter and the one before.

    ``stage`` beside them is the truth. A signal without enough cases is empty.
    """
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(
        "create macro business_day(moment) as cast((moment at time zone 'Asia/Shanghai') as date)"
    )
    for name in TABLES:
        connection.register(name, state(world, name, until))
    for name, table in truth.truths(world, until).items():
        connection.register(name, table)
    connection.execute(SIGNALS_SQL)
    return connection.execute(
        "from signals order by company, product_family, quarter"
    ).to_arrow_table()


def scores(signals: pa.Table) -> dict[str, np.ndarray]:
    """Return each signal from 0 to 1 between its tenth and ninetieth hundredth, and their mean.

    The mean asks for four signals.
    """
    scaled = {}
    for name in SIGNALS:
        values = signals[name].to_numpy().astype(float)
        low, high = np.nanquantile(values, (0.1, 0.9))
        scaled[name] = np.clip((values - low) / (high - low), 0, 1)
    stacked = np.stack(list(scaled.values()))
    known = (~np.isnan(stacked)).sum(axis=0)
    total = np.nansum(stacked, axis=0)
    return {**scaled, "mean": np.where(known >= 4, total / np.maximum(known, 1), np.nan)}
