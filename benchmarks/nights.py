"""What a whole night costs through Airflow, in one process, and as its `dbt build` alone.

The warehouse holds the real year; the night brings one day of orders. The bare lower bound is one
`dbt build` of the same candidate: no extraction, no audit, no fit, no seal, no scheduler.
"""

import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from customer_value import load
from customer_value.prediction.step import create_tables
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.candidate import create_candidate

from benchmarks.measure import Cost, cost_of, print_table, python
from demo import postgres
from demo.retail import RetailReplay
from tools import airflow_local

FIRST = dt.date(2017, 12, 27)
DAG = "load_warehouse"
COMMAND_LINE = "from customer_value.cli import main; main()"


def main() -> None:
    """Print the comparison and where a night's seconds go."""
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder) / "pg") as server:
        home = Path(folder)
        replay = RetailReplay(server.owner_uri(), home / "deliveries")
        replay.create()
        replay.play_to(FIRST)
        connections = {
            "retail_crm": server.extract_uri(),
            "retail_shop": (home / "deliveries").as_uri(),
        }
        environment = {f"AIRFLOW_CONN_{name.upper()}": uri for name, uri in connections.items()} | {
            "CUSTOMER_VALUE_HOME": str(home)
        }
        os.environ.update(environment)
        _load(FIRST, environment)
        replay.play_next_day()
        alone = _load(FIRST + dt.timedelta(days=1), environment)
        bare = _dbt_alone(home, FIRST + dt.timedelta(days=1))
        replay.play_next_day()
        with airflow_local.running(home, connections=connections, last_night=FIRST) as airflow:
            airflow.unpause(DAG)
            day = FIRST + dt.timedelta(days=3)
            run_id = airflow.trigger(DAG, {"as_of_date": day.isoformat()})
            report = airflow.wait(DAG, run_id)
            memory = airflow.memory_bytes() / 1e6
        settings = Settings(home=home)
        summary = load.run_summary(settings, Run.named(run_id, day, settings).run_id)
    whole = Cost(report.seconds, float("nan"), memory)
    print_table(
        "One night of retail",
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
    started = time.monotonic()
    cost = cost_of(
        [
            *(
                sys.executable,
                "-m",
                "dbt.cli.main",
                "build",
                "--exclude-resource-type",
                "unit_test",
            ),
            *("--project-dir", project, "--profiles-dir", project, "--no-use-colors"),
            *("--target-path", str(settings.build / "dbt"), "--log-path", str(home / "logs")),
        ],
        runs=1,
        environment={
            "CUSTOMER_VALUE_CANDIDATE": str(candidate.database),
            "CUSTOMER_VALUE_AS_OF_DATE": as_of.isoformat(),
        },
    )
    return Cost(time.monotonic() - started, cost.cpu, cost.peak_mb)


if __name__ == "__main__":
    main()
