"""``make demo``, ``make up`` and ``make down``: the warehouse at work on two business units.

One sells to households: a real year of retail. The other, a supplier to businesses, is simulated.
A PostgreSQL and folders of deliveries stand for their systems; Airflow's scheduler runs the nights.
The first night loads almost all. Before the next two, troubles are planted at known places.
"""

import argparse
import datetime as dt
import os
import shlex
import shutil
import sys
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from customer_value import load
from customer_value.cli.commands import print_rows
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.readonly import connect_readonly
from rich.console import Console
from rich.table import Table

from demo import postgres, troubles
from demo.industrial.parameters import Parameters
from demo.industrial.replay import IndustrialReplay
from demo.retail import RetailReplay
from tools import airflow_local
from tools.airflow_local import Airflow
from tools.queries import answer, load_queries

DAG = "load_warehouse"
FIRST_LOAD = dt.date(2017, 12, 28)
NIGHTS = (dt.date(2017, 12, 29), dt.date(2017, 12, 30))
ONE_DAY = dt.timedelta(days=1)
FEWEST_COMPANIES = 60
# Of docs/queries/, what the end of the demo shows.
SHOWN = ("best_customers", "segments", "last_months", "takeover_warnings")

console = Console(highlight=False, width=max(100, Console().width))


class Shop:
    """The source systems of both units and the warehouse that loads them, below one folder.

    Without ``one_household_in`` it is as large as it was opened before, or whole.
    """

    def __init__(self, home: Path, one_household_in: int | None = None) -> None:
        self.home = home
        self.settings = Settings(home=home)
        self.environment = home / "environment"
        self._wanted = one_household_in
        self._size = home / "shop" / "one_household_in"
        self.server: postgres.Postgres | None = None

    def open(self) -> RetailReplay:
        """Start the PostgreSQL of all systems and return the replay of the shop's year."""
        self.server = postgres.start(self.home / "shop" / "crm")
        self._size.write_text(f"{self.one_household_in}\n")
        self._write_environment()
        return RetailReplay(
            self.server.owner_uri(), self.home / "shop" / "deliveries", self.one_household_in
        )

    @cached_property
    def one_household_in(self) -> int:
        known = int(self._size.read_text()) if self._size.exists() else 1
        return self._wanted or known

    @cached_property
    def supplier(self) -> IndustrialReplay:
        """The simulated unit, beside the shop; a smaller shop has a smaller one."""
        companies = max(FEWEST_COMPANIES, Parameters().companies_count // self.one_household_in)
        return IndustrialReplay(
            self._running().owner_uri(),
            self.home / "shop" / "industrial",
            Parameters(companies_count=companies),
        )

    def connections(self) -> dict[str, str]:
        database = self._running().extract_uri()
        return {
            "retail_crm": database,
            "retail_shop": (self.home / "shop" / "deliveries").as_uri(),
            "industrial_crm": database,
            "industrial_erp": database,
            "industrial_files": (self.home / "shop" / "industrial").as_uri(),
        }

    def _write_environment(self) -> None:
        """Write what `customer-value load` needs to know, for a shell to read; it holds secrets."""
        variables = {
            "CUSTOMER_VALUE_HOME": str(self.home),
            "CUSTOMER_VALUE_PSEUDONYM_KEY": airflow_local.pseudonym_key(self.home),
        } | {f"AIRFLOW_CONN_{name.upper()}": uri for name, uri in self.connections().items()}
        lines = [f"export {name}={shlex.quote(value)}\n" for name, value in variables.items()]
        self.environment.touch(mode=0o600)
        self.environment.write_text("".join(lines))

    def _running(self) -> postgres.Postgres:
        if self.server is None:
            raise LookupError("The shop is not open.")
        return self.server

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()


def run(shop: Shop) -> int:
    """Play three nights; return 0 when all were published."""
    shutil.rmtree(shop.home, ignore_errors=True)
    shop.home.mkdir(parents=True)
    started = time.monotonic()
    replay = shop.open()
    try:
        replay.create()
        replay.play_to(FIRST_LOAD)
        _say(f"The shop has traded until {FIRST_LOAD}: CRM in PostgreSQL, orders as files", started)
        shop.supplier.create()
        shop.supplier.play_to(FIRST_LOAD)
        _say("So has the simulated supplier to businesses, in two databases and files", started)
        with airflow_local.running(
            shop.home, connections=shop.connections(), last_night=FIRST_LOAD
        ) as airflow:
            _say("Airflow is up, its scheduler runs the nights from here", started)
            airflow.unpause(DAG)
            airflow.unpause("refresh_dashboard")
            nights: list[tuple[dt.date, Callable[[], list[troubles.Planted]]]]
            late = troubles.LateCommit(replay)
            nights = [
                (FIRST_LOAD, list),
                (NIGHTS[0], lambda: _first_troubles(replay, late)),
                (NIGHTS[1], lambda: _second_troubles(replay, late)),
            ]
            for day, prepare in nights:
                planted = prepare()
                shop.supplier.play_to(day)
                if not _night(airflow, shop.settings, day, planted, started):
                    return 1
    finally:
        shop.close()
    _show_results(shop.settings)
    console.print(f"\nThe dashboard: {shop.settings.site.as_uri()}", soft_wrap=True)
    console.print(
        f"All of it lies below {shop.home}. `make sql` asks it in SQL, with the questions of "
        "docs/queries.md at hand; `make up` starts Airflow on it again; "
        "`.venv/bin/customer-value --help` asks the warehouse from the shell "
        f"(set CUSTOMER_VALUE_HOME={shop.home})."
    )
    return 0


def up(shop: Shop) -> int:
    """Start the source systems and Airflow and leave them running."""
    replay = shop.open()
    if replay.last_day() is None:
        replay.create()
        replay.play_to(FIRST_LOAD)
        shop.supplier.create()
        shop.supplier.play_to(FIRST_LOAD)
    airflow = airflow_local.start(
        shop.home, connections=shop.connections(), last_night=FIRST_LOAD, port=_port()
    )
    airflow.wait_healthy().wait_parsed(DAG)
    airflow.unpause(DAG)
    airflow.unpause("refresh_dashboard")
    played = replay.last_day()
    console.print(
        f"Airflow: {airflow.url}  (user {airflow_local.USER}, password {airflow.password})\n"
        f"CRM:     {shop.connections()['retail_crm'].split(':')[0]} below {shop.home / 'shop'}\n"
        f"The shop has traded until {played}. Trigger {DAG} with as_of_date "
        f"{played + ONE_DAY if played else ''}; `make down` ends everything.\n"
        f"Without Airflow: . {shop.environment}; .venv/bin/customer-value load --as-of ..."
    )
    return 0


def down(shop: Shop) -> int:
    """End what ``up`` started."""
    Airflow(shop.home).stop()
    if (shop.home / "shop" / "crm").exists():
        postgres.stop(shop.home / "shop" / "crm")
    console.print("Nothing runs any more.")
    return 0


def _first_troubles(replay: RetailReplay, late: troubles.LateCommit) -> list[troubles.Planted]:
    day, next_day = NIGHTS
    late_order = troubles.late_order(replay, day, next_day)
    replay.play_to(day)
    return [
        late_order,
        troubles.bad_rows(replay, day),
        troubles.changed_customer(replay),
        troubles.deleted_customer(replay),
        late.open(),
    ]


def _second_troubles(replay: RetailReplay, late: troubles.LateCommit) -> list[troubles.Planted]:
    late.commit()
    replay.play_to(NIGHTS[1])
    return [
        troubles.duplicate_delivery(replay, NIGHTS[0] - ONE_DAY),
        troubles.return_of_known_lines(replay, NIGHTS[1]),
    ]


def _night(
    airflow: Airflow,
    settings: Settings,
    day: dt.date,
    planted: list[troubles.Planted],
    started: float,
) -> bool:
    as_of_date = day + ONE_DAY
    if planted:
        table = Table("planted before this night", "what an honest warehouse makes of it")
        for trouble in planted:
            table.add_row(f"{trouble.trouble}: {trouble.what}", trouble.expect)
        console.print(table)
    run_id = airflow.trigger(DAG, {"as_of_date": as_of_date.isoformat()})
    report = airflow.wait(DAG, run_id)
    summary = load.run_summary(settings, Run.named(run_id, as_of_date, settings).run_id)
    _print_night(summary, report.seconds)
    if report.state != "success":
        console.print(report.as_text())
        return False
    airflow.wait_started_by("refresh_dashboard", run_id)
    _say(f"Night of {day} is published", started)
    return True


def _print_night(summary: dict[str, Any], seconds: float) -> None:
    from customer_value.cli.commands import print_summary

    print_summary(summary)
    console.print(f"the whole DAG run took {seconds:.0f} s, scheduling included")


def _show_results(settings: Settings) -> None:
    queries = {query.name: query for query in load_queries()}
    with connect_readonly(settings) as connection:
        for query in (queries[name] for name in SHOWN):
            answered = answer(connection, query)
            console.print(f"\n[bold]{query.english}[/]  ({query.unit})")
            print_rows(answered.columns, answered.rows, output="table", limit=10)


def _say(text: str, started: float) -> None:
    console.print(f"[dim]{time.monotonic() - started:6.0f} s[/]  {text}")


def _port() -> int | None:
    port = os.environ.get("PORT")
    return int(port) if port else None


def main() -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("command", choices=("run", "up", "down"))
    default = Path(os.environ.get("CUSTOMER_VALUE_HOME", PROJECT / "var" / "demo"))
    parser.add_argument("--home", type=Path, default=default, help="the demo's folder")
    parser.add_argument(
        "--one-household-in", type=int, metavar="N", help="a smaller shop: 5 is a fifth"
    )
    options = parser.parse_args()
    shop = Shop(options.home.absolute(), options.one_household_in)
    command: Callable[[Shop], int] = {"run": run, "up": up, "down": down}[options.command]
    return command(shop)


if __name__ == "__main__":
    sys.exit(main())
