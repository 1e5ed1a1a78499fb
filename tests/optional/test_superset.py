"""Apache Superset imports ``bi/superset/`` and answers its charts: ``make optional``."""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from customer_value.settings import PROJECT, Settings

from tests.optional.environments import environment
from tests.site.warehouse import publish_rows

CONFIGURATION = """\
SECRET_KEY = "only for this test"
SQLALCHEMY_DATABASE_URI = "sqlite:///{place}/superset.db"
TALISMAN_ENABLED = False
WTF_CSRF_ENABLED = False
"""
JANUARY, FEBRUARY = dt.date(2024, 1, 15), dt.date(2024, 2, 15)
RETAIL, INDUSTRIAL = {"business_unit": "retail"}, {"business_unit": "industrial"}
WARNED = INDUSTRIAL | {"customer_id": "industrial-1", "outcome": "open", "is_warned": True}
TABLES: dict[str, list[dict[str, Any]]] = {
    "marts.fct_orders": [
        RETAIL | {"order_id": "retail-1", "order_date": JANUARY, "net_revenue": 10},
        RETAIL | {"order_id": "retail-2", "order_date": FEBRUARY, "net_revenue": 20},
        RETAIL | {"order_id": "retail-3", "order_date": FEBRUARY, "net_revenue": 5},
        INDUSTRIAL | {"order_id": "industrial-1", "order_date": JANUARY, "net_revenue": 700},
    ],
    "marts.fct_customer_value": [
        RETAIL | {"customer_id": "retail-1", "predicted_net_revenue_next_365_days": 50},
        RETAIL | {"customer_id": "retail-2", "predicted_net_revenue_next_365_days": 150},
        INDUSTRIAL | {"customer_id": "industrial-1", "predicted_net_revenue_next_365_days": 9},
    ],
    "marts.fct_customer_rfm": [
        RETAIL | {"customer_id": "retail-1", "segment": "loyal", "window_net_revenue": 10},
        RETAIL
        | {
            "customer_id": "retail-2",
            "segment": "loyal",
            "customer_status": "lost",
            "window_net_revenue": 25,
        },
    ],
    "marts.fct_takeover_warnings": [
        WARNED | {"quarter_start_date": dt.date(2023, 7, 1), "revenue_at_risk": 400},
        WARNED | {"quarter_start_date": dt.date(2023, 10, 1), "revenue_at_risk": 300},
    ],
}


class Superset:
    """A Superset with the bundle imported, as docs/bi.md says, and its database set."""

    def __init__(self, place: Path) -> None:
        settings = Settings(home=place / "home", memory_limit="1GB", threads=2)
        publish_rows(settings, "first", TABLES)
        configuration = place / "superset_config.py"
        configuration.write_text(CONFIGURATION.format(place=place))
        self.programs = environment("superset")
        self.variables = os.environ | {
            "FLASK_APP": "superset",
            "SUPERSET_CONFIG_PATH": str(configuration),
            "SUPERSET_HOME": str(place),
        }
        live = settings.warehouse / "current" / "customer_value.duckdb"
        bundle = str(PROJECT / "bi" / "superset")
        self.run("superset", "db", "upgrade")
        self.run(
            "superset",
            *("fab", "create-admin", "--username", "reader", "--password", "secret"),
            *("--firstname", "A", "--lastname", "Reader", "--email", "reader@example.com"),
        )
        self.run("superset", "init")
        self.run("superset", "import-directory", "--overwrite", bundle)
        self.run("superset", "set-database-uri", "-d", "Customer value", "-u", f"duckdb:///{live}")

    def run(self, program: str, *arguments: str) -> str:
        finished = subprocess.run(
            [self.programs / program, *arguments],
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Superset:
    return Superset(tmp_path_factory.mktemp("superset"))


def test_every_chart_of_the_dashboard_shows_what_the_published_file_holds(
    superset: Superset,
) -> None:
    asker = str(Path(__file__).with_name("superset_asker.py"))

    said = superset.run("python", asker, "reader", "secret", "customer-value")

    shown = json.loads(said.splitlines()[-1])
    by_time = {
        name: [row["net_revenue"] for row in sorted(rows, key=lambda row: row["order_date"])]
        for name, rows in shown.items()
        if name.startswith("Net revenue")
    }
    assert by_time == {
        "Net revenue by month, retail (USD)": [10, 25],
        "Net revenue by quarter, industrial (CNY, simulated)": [700],
    }
    assert {name: rows for name, rows in shown.items() if name not in by_time} == {
        "Customers by segment, retail": [
            {
                "segment": "loyal",
                "scored_customers_count": 2,
                "window_net_revenue": 35,
                "lost_ratio": 0.5,
            }
        ],
        "Expected of the next year, retail (USD)": [{"predicted_net_revenue_next_365_days": 200}],
        "Open warnings of a takeover, industrial (CNY, simulated)": [
            {"customer_id": "industrial-1", "revenue_at_risk": 300}
        ],
    }
