"""Business units in one warehouse: retail's numbers as without the others, and nobody's name.

A third unit, a kiosk, joins by its files in ``tests/e2e/kiosk`` and its lines in the settings. The
marts are pruned to those about orders and value: what a unit changes for another does not
depend on how many marts there are.
"""

import datetime as dt
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
import yaml
from customer_value.audit.suites import pin_suites
from customer_value.privacy.people import find_people
from customer_value.warehouse.versions import Versions

from demo import postgres
from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.world import World as Industry
from demo.retail import RetailReplay
from tests.pruned import MARTS, prune_project
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(90)]
LAST = dt.date(2017, 3, 31)
AS_OF = LAST + dt.timedelta(days=1)
SMALL = Parameters(seed=7, companies_count=60)
TABLES = MARTS | {"dim_business_units", "dim_customers", "fct_customer_identities", "fct_refunds"}
KIOSK = Path(__file__).parent / "kiosk"
SALES = """sale_id,card_number,article,amount,sold_at
1,7,newspaper,2.50,2017-03-30 23:30:00+00:00
2,8,coffee,1.80,2017-03-31 07:00:00+00:00
3,7,coffee,1.80,2017-03-31 22:30:00+00:00
"""
PERSONAL = ("name", "name_other", "email", "phone", "sales_representative")


@dataclass
class Units:
    """One night of retail alone, and the same night of all units."""

    alone: World
    together: World
    industry: Industry

    def people(self) -> set[str]:
        """Return every personal value that the industrial systems held."""
        return {
            str(value)
            for table in ("contacts", "competitor_products_in_use")
            for column in state(self.industry, table, LAST).column_names
            if column in PERSONAL
            for value in state(self.industry, table, LAST)[column].to_pylist()
        }


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Units]:
    place = tmp_path_factory.mktemp("units")
    with postgres.running(place / "pg") as server:
        replay = RetailReplay(server.owner_uri(), place / "deliveries", one_household_in=40)
        replay.create()
        replay.play_to(LAST)
        retail = prune_project(place / "retail", TABLES)
        project = prune_project(place / "project", TABLES, ("retail", "industrial"))
        alone = World(server, replay, place / "deliveries", place / "alone", retail)
        together = World(server, replay, place / "deliveries", place / "together", project)
        industrial = together.add_industrial(SMALL)
        industrial.play_to(LAST)
        open_kiosk(together, place / "kiosk")
        alone.night(AS_OF, "night")
        together.night(AS_OF, "night")
        yield Units(alone, together, industrial.world)


def open_kiosk(world: World, deliveries: Path) -> None:
    """Add the third unit to a project by files alone: contract, models, suites, lines of config."""
    shutil.copytree(KIOSK, world.project, dirs_exist_ok=True)
    settings = world.project / "dbt_project" / "dbt_project.yml"
    content = yaml.safe_load(settings.read_text())
    content["vars"]["business_units"].append("kiosk")
    content["vars"] |= {"kiosk_time_zone": "Europe/Berlin", "kiosk_reporting_currency": "EUR"}
    settings.write_text(yaml.safe_dump(content, sort_keys=False))
    for seed in ("customer_status_rules", "rfm_fixed_thresholds"):
        file = world.project / "dbt_project" / "seeds" / f"{seed}.csv"
        lines = file.read_text().splitlines()
        asked = [line.replace("retail", "kiosk", 1) for line in lines if line.startswith("retail")]
        file.write_text("\n".join([*lines, *asked]) + "\n")
    for suite in (world.project / "expectations" / "marts").glob("*__retail.py"):
        shutil.copy(suite, suite.with_name(suite.name.replace("__retail", "__kiosk")))
    pin_suites(world.project)
    (deliveries / "sales").mkdir(parents=True)
    (deliveries / "sales" / "2017-03-31.csv").write_text(SALES)
    world.environment["AIRFLOW_CONN_KIOSK_TILL"] = deliveries.as_uri()


@pytest.mark.parametrize("mart", sorted(TABLES - {"fct_refunds"}))
def test_retail_is_what_it_is_without_the_other_unit(units: Units, mart: str):
    rows = f"select * from marts.{mart} where business_unit = 'retail' order by all"

    assert units.together.query(rows) == units.alone.query(rows) != []


def test_nothing_given_back_by_others_is_retails(units: Units):
    """By spring nobody had brought anything back to the shop."""
    assert units.together.query(
        "select business_unit from marts.fct_refunds group by business_unit"
    ) == [("industrial",)]


def test_a_third_unit_joins_by_its_files(units: Units):
    """The last sale falls on 1 April in Berlin, the day that closes the window."""
    orders = units.together.query(
        "select order_id, customer_id, sales_revenue, cast(order_date as varchar) "
        "from marts.fct_orders where business_unit = 'kiosk' order by all"
    )

    assert orders == [
        ("kiosk-1", "kiosk-7", Decimal("2.50"), "2017-03-31"),
        ("kiosk-2", "kiosk-8", Decimal("1.80"), "2017-03-31"),
    ]


def test_money_of_the_other_unit_is_that_of_its_order_system(units: Units):
    """Less cancelled and test orders, line by line at the rate of the order's day in Shanghai."""
    tests = {
        row["customer_number"]
        for row in state(units.industry, "customers", LAST).to_pylist()
        if row["is_test"]
    }
    rates = {
        (row["rate_date"], row["currency_code"]): row["cny_per_unit"]
        for row in state(units.industry, "exchange_rates", LAST).to_pylist()
    }
    orders = {
        row["order_id"]: rates.get(
            (row["ordered_at"].astimezone(ZoneInfo("Asia/Shanghai")).date(), row["currency_code"]),
            Decimal(1),
        )
        for row in state(units.industry, "orders", LAST).to_pylist()
        if row["status"] != "cancelled" and row["customer_number"] not in tests
    }
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for row in state(units.industry, "order_lines", LAST).to_pylist():
        if row["order_id"] in orders:
            amount = row["paid_price"] * row["quantity"] * orders[row["order_id"]]
            sold[f"industrial-{row['order_id']}"] += amount.quantize(
                Decimal("0.01"), rounding=ROUND_HALF_UP
            )

    published = units.together.query(
        "select order_id, sales_revenue from marts.fct_orders where business_unit = 'industrial'"
    )

    assert any(rate != 1 for rate in orders.values())
    assert dict(published) == sold


def test_a_merge_since_the_opening_moves_value_and_says_so(units: Units):
    """On 6 March one company was taken for another: what it brought goes over, totals stay."""
    (merge,) = [
        row
        for row in state(units.industry, "account_merges", LAST).to_pylist()
        if row["merged_at"].month == 3 and row["merged_at"].year == 2017
    ]
    losing, surviving = (
        f"industrial-{merge[name]}" for name in ("losing_account_id", "surviving_account_id")
    )

    bridge = {
        customer: amounts
        for customer, *amounts in units.together.query(
            "select customer_id, opening_net_revenue, opening_value, identity_change, "
            "closing_value, closing_net_revenue from marts.fct_customer_value_bridge "
            "where business_unit = 'industrial'"
        )
    }
    ((total,),) = units.together.query(
        "select sum(sales_revenue) - (select sum(refund) from marts.fct_refunds "
        "where business_unit = 'industrial') from marts.fct_orders "
        "where business_unit = 'industrial'"
    )

    opening_net_revenue, opening_value, identity_change, closing_value, _ = bridge[losing]
    assert opening_net_revenue > 0
    assert (identity_change, closing_value) == (-opening_value, 0)
    assert bridge[surviving][2] >= opening_net_revenue
    assert sum(amounts[4] for amounts in bridge.values()) == total


def test_the_other_unit_is_labelled_as_simulated(units: Units):
    assert units.together.query(
        "select business_unit, is_simulated from marts.dim_business_units order by all"
    ) == [("industrial", True), ("kiosk", False), ("retail", False)]


def test_nobody_is_named_in_the_published_file(units: Units, tmp_path: Path):
    """Names could hide in compressed strings, so the file is unpacked before it is searched."""
    live = Versions(units.together.settings).live()
    assert live
    unpacked = tmp_path / "unpacked.duckdb"
    with duckdb.connect(str(unpacked)) as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute(f"attach '{live.database}' as published (read_only)")
        connection.execute("copy from database published to unpacked")
    published = live.database.read_bytes() + unpacked.read_bytes()
    people = units.people()

    assert len(people) > 500
    assert b"industrial-unknown" in unpacked.read_bytes(), "the search finds what is there"
    assert [name for name in people if name.encode() in published] == []


def test_the_people_file_names_everybody(units: Units):
    names, found = find_people(units.together.settings, "")
    said = {value for row in found for value in row}

    assert units.people() <= said
    assert "person_id" in names


def test_an_erased_person_stays_away_after_a_full_reload(units: Units):
    """Keep this test the last: the warehouse is loaded anew without the person."""
    contact = state(units.industry, "contacts", LAST).to_pylist()[0]
    asked = units.together.command("people", contact["email"], "--output", "json")
    person = json.loads(asked.stdout)

    erased = units.together.command(
        "erase", person["person_id"], "--who", "Officer", "--why", "asked on 1 April"
    )
    units.together.settings.landing.rename(units.together.home / "landing-before")
    again = units.together.steps(
        AS_OF, "again", "extract_source industrial_crm", "audit_source industrial_crm"
    )

    assert person["name"] == contact["name"]
    assert erased.returncode == 0, erased.stderr
    assert again.returncode == 0, again.stderr
    texts = ""
    for path in sorted(units.together.home.rglob("*.parquet")):
        texts += str(duckdb.sql(f"from read_parquet('{path}')").fetchall())
    assert contact["email"] not in texts
    assert contact["phone"] not in texts
    assert find_people(units.together.settings, contact["email"])[1] == []
