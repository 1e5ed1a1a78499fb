"""`make demo` as a stranger runs it, then what Airflow does when a night goes wrong."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from customer_value.settings import PROJECT

from demo.expectation import expected_days
from tests.world import World
from tools.demo import Shop

pytestmark = pytest.mark.slow
LAST = dt.date(2017, 12, 30)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder after it ran with an empty home, and what it printed."""
    home = tmp_path_factory.mktemp("demo") / "data"
    empty = tmp_path_factory.mktemp("empty-home")
    finished = subprocess.run(
        [sys.executable, "-m", "tools.demo", "run", "--home", str(home)],
        cwd=PROJECT,
        env=os.environ | {"HOME": str(empty)},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return home, finished.stdout


@pytest.fixture(scope="module")
def world(demo: tuple[Path, str]) -> Iterator[World]:
    """The demo's shop, opened again."""
    home, _ = demo
    shop = Shop(home)
    replay = shop.open()
    assert shop.server
    yield World(shop.server, replay, home / "shop" / "deliveries", home)
    shop.close()


def test_the_demo_leaves_no_process_behind(demo: tuple[Path, str]):
    home, _ = demo

    left = [
        process.info
        for process in psutil.process_iter(["pid", "cmdline"])
        if any(str(home) in part for part in process.info["cmdline"] or [])
    ]

    assert left == []


def test_the_demo_prints_rows_audits_versions_seconds_and_results(demo: tuple[Path, str]):
    _, printed = demo

    for part in (
        "retail_shop.order_lines",
        "quarantined",
        "checks held",
        "audit_marts",
        "version 000003 as of 2017-12-31 is live",
        "Who are the best customers",
        "How did the last months go",
    ):
        assert part in printed


def test_every_planted_change_came_out_as_promised(world: World):
    """Four households were changed, deleted or changed late; one basket late, four lines bad."""
    history = dict(
        world.query(
            "select customer_id, count(*) from marts.dim_customers_history group by customer_id "
            "having count(*) > 1"
        )
    )
    ((current,),) = world.query(
        "select count(*) from marts.dim_customers where not is_unknown and not is_deleted"
    )
    ((former,),) = world.query(
        "select count(distinct customer_id) from marts.dim_customers_history where customer_id "
        "not in (select customer_id from marts.dim_customers_history where is_current)"
    )
    ((quarantined, duplicates),) = world.query(
        "select sum(quarantined_rows_count), sum(duplicate_rows_count) "
        "from operations.fct_batch_reconciliation where table_name = 'order_lines'"
    )
    ((refunds,),) = world.query("select count(*) from marts.fct_refunds")

    assert len(history) == 2, "one changed, one whose commit landed late"
    assert former == 1, "one deleted"
    assert current == 2468
    assert quarantined == 4
    assert duplicates > 3000, "the day that was delivered twice"
    assert refunds == 2


def test_sales_equal_the_source_less_the_quarantined_lines(world: World):
    days = expected_days()
    published = dict(
        world.query(
            "select order_date, cast(sum(sales_revenue) * 100 as bigint) from marts.fct_orders "
            "group by order_date"
        )
    )
    differing = {
        day: days[day].sales_cents - published[day]
        for day in published
        if days[day].sales_cents != published[day]
    }

    assert list(differing) == [LAST - ONE_DAY], "only the day with the four bad lines"
    assert 0 < differing[LAST - ONE_DAY] < 10_000
