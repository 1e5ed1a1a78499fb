"""What a whole night costs through Airflow, in one process, and as its `dbt build` alone.

The warehouse holds the real year of retail and five of the simulated supplier; the night brings
one day of orders. The bare lower bound is one `dbt build` of the same candidate, by a dbt that
parsed the project before: no extraction, no audit, no fit, no seal, no scheduler.
"""

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

import duckdb
from customer_value import load
from customer_value.prediction.step import create_tables
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.candidate import create_candidate

from benchmarks.measure import Cost, cost_of, print_table, python
from tools import airflow_local
from tools.demo import DAG, Shop

FIRST = dt.date(2017, 12, 27)
ONE_DAY = dt.timedelta(days=1)
PSEUDONYM_KEY = "0123456789abcdef0123456789abcdef"
COMMAND_LINE = "from customer_value.cli import main; main()"


def main() -> None:
    """Print the comparison and where a night's seconds go."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder))
        replay = shop.open()
        try:
            replay.create()
            shop.supplier.create()

            def play(day: dt.date) -> None:
                replay.play_to(day)
                shop.supplier.play_to(day)

            connections = shop.connections()
            environment = {
                f"AIRFLOW_CONN_{name.upper()}": uri for name, uri in connections.items()
            } | {"CUSTOMER_VALUE_HOME": folder, "CUSTOMER_VALUE_PSEUDONYM_KEY": PSEUDONYM_KEY}
            os.environ.update(environment)
            play(FIRST)
            _load(FIRST, environment)
            play(FIRST + ONE_DAY)
            alone = _load(FIRST + ONE_DAY, environment)
            bare = _dbt_alone(shop.home, FIRST + ONE_DAY)
            day = FIRST + 2 * ONE_DAY
            play(day)
            with airflow_local.running(
                shop.home,
                connections=connections,
                last_night=FIRST,
                environment={"CUSTOMER_VALUE_PSEUDONYM_KEY": PSEUDONYM_KEY},
            ) as airflow:
                airflow.unpause(DAG)
                as_of = day + ONE_DAY
                run_id = airflow.trigger(DAG, {"as_of_date": as_of.isoformat()})
                report = airflow.wait(DAG, run_id)
                memory = airflow.memory_bytes() / 1e6
            run = Run.named(run_id, as_of, shop.settings)
            summary = load.run_summary(shop.settings, run.run_id)
        finally:
            shop.close()
    if report.state != "success":
        raise RuntimeError(report.as_text())
    whole = Cost(report.seconds, float("nan"), memory)
    print_table(
        "One night of both business units",
        {
            "dbt build alone (bare lower bound)": bare,
            "customer-value load": alone,
            "load_warehouse through Airflow": whole,
        },
        "dbt build alone (bare lower bound)",
    )
    print("\nWhere the seconds of the Airflow night went")
    for step, seconds in summary["seconds"].items():
        print(f"  {step:<32}{seconds:>8.1f}")
    print(
        f"  {'between the steps (Airflow)':<32}"
        f"{report.seconds - sum(summary['seconds'].values()):>8.1f}"
    )


def _load(day: dt.date, environment: dict[str, str]) -> Cost:
    as_of = (day + dt.timedelta(days=1)).isoformat()
    return cost_of(python(COMMAND_LINE, "load", "--as-of", as_of), runs=1, environment=environment)


def _dbt_alone(home: Path, day: dt.date) -> Cost:
    settings = Settings(home=home)
    as_of = day + dt.timedelta(days=1)
    candidate = create_candidate(Run.named("bare", as_of, settings))
    with duckdb.connect(candidate.database) as connection:
        create_tables(connection)  # nothing is fitted
    project = str(PROJECT / "dbt_project")
    target = str(home / "dbt")
    options = [
        *("--project-dir", project, "--profiles-dir", project, "--no-use-colors"),
        *("--target-path", target, "--log-path", str(home / "logs")),
    ]
    environment = {
        "CUSTOMER_VALUE_CANDIDATE": str(candidate.database),
        "CUSTOMER_VALUE_AS_OF_DATE": as_of.isoformat(),
    }
    dbt = [sys.executable, "-m", "dbt.cli.main"]
    cost_of([*dbt, "parse", *options], runs=1, environment=environment)
    build = [*dbt, "build", "--exclude-resource-type", "unit_test", *options]
    return cost_of(build, runs=1, environment=environment)


if __name__ == "__main__":
    main()
