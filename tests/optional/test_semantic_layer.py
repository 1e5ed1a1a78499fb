"""The semantic layer by MetricFlow itself, on a published file: ``make optional``."""

import csv
import os
import re
import shutil
from pathlib import Path

import pytest
from customer_value.settings import PROJECT, Settings

from tests.optional.environments import environment, said_by
from tests.site.conftest import SHOP
from tests.site.warehouse import AS_OF, publish_rows


class MetricFlow:
    """The program ``mf`` in a copy of the dbt project, on one published version."""

    def __init__(self, place: Path) -> None:
        settings = Settings(home=place / "home", memory_limit="1GB", threads=2)
        publish_rows(settings, "first", SHOP)
        self.project = place / "dbt_project"
        ignored = shutil.ignore_patterns("target", "logs")
        shutil.copytree(PROJECT / "dbt_project", self.project, ignore=ignored)
        self.programs = environment("metricflow")
        self.variables = os.environ | {
            "CUSTOMER_VALUE_HOME": str(settings.home),
            "DBT_PROFILES_DIR": str(self.project),
            "DBT_TARGET": "published",
            "DO_NOT_TRACK": "1",
        }
        self.run("dbt", "--quiet", "parse")

    def run(self, program: str, *arguments: str) -> str:
        command = (self.programs / program, *arguments)
        return said_by(*command, folder=self.project, variables=self.variables)

    def query(self, *arguments: str) -> list[dict[str, str]]:
        path = self.project / "answer.csv"
        self.run("mf", "query", *arguments, "--csv", str(path), "--quiet")
        with path.open(newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def metricflow(tmp_path_factory: pytest.TempPathFactory) -> MetricFlow:
    return MetricFlow(tmp_path_factory.mktemp("semantic"))


def test_it_is_valid_and_every_column_and_metric_runs_on_the_published_file(
    metricflow: MetricFlow,
) -> None:
    said = metricflow.run("mf", "validate-configs", "--show-all")

    verdicts = re.findall(r"ERRORS: \d+, FUTURE_ERRORS: \d+, WARNINGS: \d+", said)
    assert len(verdicts) > 1, "semantics, then each kind of thing in the file"
    assert set(verdicts) == {"ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0"}, said


def test_metrics_add_up_the_rows_of_the_marts(metricflow: MetricFlow) -> None:
    """Three customers brought 100, 200 and 300; 50, 150 and 400 are expected of them."""
    (row,) = metricflow.query(
        "--metrics",
        "lifetime_net_revenue,predicted_net_revenue_next_365_days,scored_customers_count,lost_ratio",
        "--group-by",
        "metric_time__day",
    )

    assert row.pop("metric_time__day").startswith(AS_OF.isoformat())
    assert {name: float(value) for name, value in row.items()} == {
        "lifetime_net_revenue": 600,
        "predicted_net_revenue_next_365_days": 600,
        "scored_customers_count": 3,
        "lost_ratio": 0,
    }
