"""`make demo` as a stranger runs it, then what Airflow does when a night goes wrong.

On a fifth of the households, which is enough for volumes to be judged; `test_year.py` loads all.
"""

import datetime as dt
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
import requests
from customer_value.runs import Run
from customer_value.settings import PROJECT
from customer_value.warehouse.readonly import connect_readonly
from customer_value.warehouse.versions import Versions

from demo import troubles
from demo.expectation import expected_days, expected_until
from tests.parsed import LIMITS
from tests.pruned import prune_project
from tests.site.page import Site, differing
from tests.world import World
from tools import airflow_local
from tools.demo import DAG, Shop
from tools.queries import answer, load_queries

pytestmark = [pytest.mark.slow, pytest.mark.seconds(430)]
LAST = dt.date(2017, 12, 30)
ONE_DAY = dt.timedelta(days=1)
ONE_HOUSEHOLD_IN = 5


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder after it ran with an empty home, and what it printed."""
    home = tmp_path_factory.mktemp("demo") / "data"
    empty = tmp_path_factory.mktemp("empty-home")
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "tools.demo", "run", "--home", str(home)),
            *("--one-household-in", str(ONE_HOUSEHOLD_IN)),
        ],
        cwd=PROJECT,
        env=os.environ | LIMITS | {"HOME": str(empty)},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return home, finished.stdout


@pytest.fixture(scope="module")
def world(demo: tuple[Path, str]) -> Iterator[World]:
    """The demo's shop, opened again: as large as it was."""
    home, _ = demo
    shop = Shop(home)
    assert shop.one_household_in == ONE_HOUSEHOLD_IN
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


def test_the_scheduler_wrote_the_dashboard_of_the_live_version(
    demo: tuple[Path, str], world: World
):
    _, printed = demo
    live = Versions(world.settings).live()
    assert live

    assert f'name="customer-value-version" content="{live.name}"' in Site(world.settings).html
    assert differing(Site(world.settings)) == []
    assert f"The dashboard: {world.settings.site.as_uri()}" in printed


def test_the_command_line_finds_the_sources_by_the_environment_it_is_given(world: World):
    finished = subprocess.run(
        [
            "sh",
            "-c",
            f". {world.home}/environment; {Path(sys.executable).parent}/customer-value doctor",
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "connection set" in " ".join(finished.stdout.split())
    assert (world.home / "environment").stat().st_mode & 0o777 == 0o600


def test_every_question_of_the_documents_has_an_answer(world: World):
    with connect_readonly(world.settings) as connection:
        unanswered = [query.name for query in load_queries() if not answer(connection, query).rows]

    assert unanswered == []


def test_the_shell_of_make_sql_answers_a_question_and_reaches_nothing_else(world: World):
    query = next(query for query in load_queries() if query.name == "best_customers")
    with connect_readonly(world.settings) as connection:
        best = answer(connection, query)
    asked = """
        .mode csv
        from best_customers;
        from examples where name = 'best_customers';
        create table marts.mine (id int);
        from read_text('/etc/passwd');
        set TimeZone = 'Asia/Shanghai';
    """

    shell = subprocess.run(
        [sys.executable, "-m", "tools.sql"],
        cwd=PROJECT,
        env=os.environ | {"CUSTOMER_VALUE_HOME": str(world.home)},
        input=textwrap.dedent(asked),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    for row in (best.columns, *best.rows, (query.name, f'"{query.english}"')):
        assert ",".join(map(str, row)) in shell.stdout
    for refusal in ("read-only", "/etc/passwd", "configuration has been locked"):
        assert refusal in shell.stderr


def test_every_planted_change_came_out_as_promised(world: World):
    """Four households were changed, deleted or changed late; one basket late, four lines bad."""
    history = dict(
        world.query(
            "select customer_id, count(*) from marts.dim_customers_history "
            "where business_unit = 'retail' group by customer_id having count(*) > 1"
        )
    )
    ((current,),) = world.query(
        "select count(*) from marts.dim_customers "
        "where business_unit = 'retail' and not is_unknown and not is_deleted"
    )
    ((former,),) = world.query(
        "select count(distinct customer_id) from marts.dim_customers_history "
        "where business_unit = 'retail' and customer_id not in "
        "(select customer_id from marts.dim_customers_history where is_current)"
    )
    ((quarantined, duplicates),) = world.query(
        "select sum(quarantined_rows_count), sum(duplicate_rows_count) "
        "from operations.fct_batch_reconciliation "
        "where system = 'retail_shop' and table_name = 'order_lines'"
    )
    ((refunds,),) = world.query(
        "select count(*) from marts.fct_refunds where business_unit = 'retail'"
    )

    assert len(history) == 2, "one changed, one whose commit landed late"
    assert former == 1, "one deleted"
    assert current == expected_until(LAST, ONE_HOUSEHOLD_IN).households - 1
    assert quarantined == 4
    delivered_again = expected_days(ONE_HOUSEHOLD_IN)[LAST - 2 * ONE_DAY].lines
    assert duplicates == 2 * delivered_again, "once under the same name, once under another"
    assert refunds == 2


def test_sales_equal_the_source_less_the_quarantined_lines(world: World):
    days = expected_days(ONE_HOUSEHOLD_IN)
    published = dict(
        world.query(
            "select order_date, cast(sum(sales_revenue) * 100 as bigint) from marts.fct_orders "
            "where business_unit = 'retail' group by order_date"
        )
    )
    differing = {
        day: days[day].sales_cents - published[day]
        for day in published
        if days[day].sales_cents != published[day]
    }

    assert list(differing) == [LAST - ONE_DAY], "only the day with the four bad lines"
    assert 0 < differing[LAST - ONE_DAY] < 10_000


def test_a_broken_night_is_red_readers_keep_yesterday_and_mended_it_is_green(
    world: World, tmp_path: Path
):
    """Then a past night is run again. Keep this test the last: it plays the year to its end."""
    day = LAST + ONE_DAY
    settings = world.settings
    before = Versions(settings).live()
    assert before
    world.replay.play_to(day)
    troubles.volume_drop(world.replay, day)
    connections = {
        "retail_crm": world.server.extract_uri(),
        "retail_shop": world.deliveries.as_uri(),
    }
    with airflow_local.running(
        world.home,
        connections=connections,
        last_night=day,
        project=prune_project(tmp_path / "project"),
        environment=LIMITS | {"AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins")},
    ) as airflow:
        place = f"{airflow.url}/customer-value/"
        login = {"username": airflow_local.USER, "password": airflow.password}
        token = requests.post(f"{airflow.url}/auth/token", json=login, timeout=60).json()
        bearer = {"Authorization": f"Bearer {token['access_token']}"}
        stranger = requests.get(place, timeout=60)
        reader = requests.get(place, headers=bearer, timeout=60)
        airflow.unpause(DAG)
        run_id = airflow.trigger(DAG, {"as_of_date": (day + ONE_DAY).isoformat()})
        red = airflow.wait(DAG, run_id)
        live_then = Versions(settings).live()
        world.replay.redeliver(day)
        airflow.clear(DAG, run_id, only_failed=False)
        green = airflow.wait(DAG, run_id)
        live_now = Versions(settings).live()
        assert live_now
        ours = Run.named(run_id, day + ONE_DAY, settings).run_id
        shown = [
            requests.get(f"{place}{page}", headers=bearer, timeout=60)
            for page in (f"runs/{DAG}/{quote(run_id)}", f"audits/{ours}/marts/index.html")
        ]
        start = dt.datetime(2017, 2, 20, 7, tzinfo=dt.UTC)
        (past,) = airflow.backfill(DAG, start, start)

    assert stranger.status_code == HTTPStatus.UNAUTHORIZED
    assert "retail-1" not in stranger.text
    assert reader.text == settings.site.read_text(encoding="utf-8")

    assert red.state == "failed"
    failed = {task.task_id for task in red.tasks if task.state == "failed"}
    assert failed == {"audit_source"}, red.as_text()
    logs = world.home / "logs" / "airflow" / f"dag_id={DAG}" / f"run_id={run_id}"
    first_try = (logs / "task_id=audit_source" / "map_index=1" / "attempt=1.log").read_text()
    for part in (
        "retail_shop.order_lines__volume: ratio_to_same_weekday",
        "(saw 1 of 1 rows",
        "version 000003 (as of 2017-12-31) is still live",
        "customer-value accept volume retail_shop.order_lines --date",
    ):
        assert part in first_try, first_try
    assert live_then == before

    assert green.state == "success", green.as_text()
    assert [page.status_code for page in shown] == [HTTPStatus.OK, HTTPStatus.OK]
    assert f"version {live_now.name}" in shown[0].text
    assert f'href="../../audits/{ours}/marts/index.html"' in shown[0].text
    assert f"marts, run {ours}" in shown[1].text
    assert (live_now.name, live_now.as_of_date) == ("000004", day + ONE_DAY)

    assert past.state == "success", past.as_text()
    versions = Versions(settings)
    assert versions.live() == live_now, "a backfill of the past never takes readers back"
    assert versions.all()[-1].as_of_date == dt.date(2017, 2, 20)
