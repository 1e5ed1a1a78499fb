"""The CRM's tables in PostgreSQL, and what appears in them from day to day.

``updated_at`` is the database's own clock: set when a row is inserted, moved by a trigger when it
changes. As in any such system it is the time at which the transaction began, not that at which it
committed. There are no foreign keys: a campaign may be addressed to a household before its first
order brings it into ``households``, and outlives a household that is deleted.
"""

from datetime import date

import duckdb
import psycopg
from psycopg import sql

from demo.postgres import READER
from demo.source_data import FIRST_DAY

SCHEMA = """
create schema crm;

create table crm.households (
    household_id bigint primary key,
    enrolled_on date not null,
    age_band varchar,
    income_band varchar,
    home_ownership varchar,
    marital_status varchar,
    household_size varchar,
    household_composition varchar,
    kids_count varchar,
    updated_at timestamptz not null default now()
);
create table crm.campaigns (
    campaign_id bigint primary key,
    campaign_type varchar not null,
    start_date date not null,
    end_date date not null,
    updated_at timestamptz not null default now()
);
create table crm.campaign_households (
    campaign_id bigint,
    household_id bigint,
    updated_at timestamptz not null default now(),
    primary key (campaign_id, household_id)
);
create table crm.coupons (
    coupon_upc bigint,
    product_id bigint,
    campaign_id bigint,
    updated_at timestamptz not null default now(),
    primary key (coupon_upc, product_id, campaign_id)
);
create table crm.coupon_redemptions (
    household_id bigint,
    coupon_upc bigint,
    campaign_id bigint,
    redemption_date date,
    updated_at timestamptz not null default now(),
    primary key (household_id, coupon_upc, campaign_id, redemption_date)
);

create function crm.touch() returns trigger language plpgsql as
$$ begin new.updated_at := now(); return new; end $$;
"""

# The simulator's own memory, which the reading role may not see.
MEMORY = """
create schema simulator;
create table simulator.plays (until date primary key);
create table simulator.held_back (
    business_day date not null,
    basket_id bigint,
    delivered_on date not null,
    unique nulls not distinct (business_day, basket_id)
);
"""

# Per table, the source's rows and the day on which each appears in the CRM.
APPEARING = {
    "households": "select *, enrolled_on as appears_on from households order by household_id",
    "campaigns": "select *, start_date as appears_on from campaigns order by campaign_id",
    "campaign_households": """
        select campaign_households.*, start_date as appears_on
        from campaign_households join campaigns using (campaign_id)
        order by campaign_id, household_id
    """,
    "coupons": """
        select coupons.*, start_date as appears_on
        from coupons join campaigns using (campaign_id)
        order by coupon_upc, product_id, campaign_id
    """,
    "coupon_redemptions": """
        select *, redemption_date as appears_on from coupon_redemptions
        order by redemption_date, household_id, coupon_upc, campaign_id
    """,
}


def create_schema(connection: psycopg.Connection) -> None:
    """Create the CRM's tables and let the reading role, which must exist, read them.

    A CRM that was created before stays as it is, troubles included.
    """
    known = connection.execute("select 1 from pg_namespace where nspname = 'simulator'").fetchone()
    if known:
        return
    connection.execute(SCHEMA)
    connection.execute(MEMORY)
    for table in APPEARING:
        connection.execute(
            sql.SQL(
                "create trigger touch before update on crm.{} "
                "for each row execute function crm.touch()"
            ).format(sql.Identifier(table))
        )
    connection.execute(
        sql.SQL(
            "grant usage on schema crm to {reader};"
            "grant select on all tables in schema crm to {reader};"
            "revoke all on schema simulator from {reader}"
        ).format(reader=sql.Identifier(READER))
    )


def insert_appearing(
    connection: psycopg.Connection, source: duckdb.DuckDBPyConnection, after: date, until: date
) -> dict[str, int]:
    """Insert what appears after ``after`` up to and including ``until``; return rows per table.

    What is older than the first day appears on the first day.
    """
    earliest = date.min if after < FIRST_DAY else after
    counts = {}
    for table, query in APPEARING.items():
        result = source.execute(
            f"select * exclude (appears_on) from ({query}) "
            "where appears_on > ? and appears_on <= ?",
            [earliest, until],
        )
        columns = sql.SQL(", ").join(sql.Identifier(column[0]) for column in result.description)
        statement = sql.SQL("copy crm.{} ({}) from stdin").format(sql.Identifier(table), columns)
        rows = result.fetchall()
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        counts[table] = len(rows)
    return counts
