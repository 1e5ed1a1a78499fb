"""Apache Superset imports ``bi/superset/``, answers and draws its charts: ``make optional``."""

import contextlib
import datetime as dt
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from customer_value.settings import PROJECT, Settings

from tests.optional.environments import environment, said_by
from tests.site.warehouse import publish_rows
from tools.browser import chromium

# What docs/bi.md has a person paste into a shell, once Superset is installed.
RECIPE = re.compile(
    r"^## Apache Superset\n.*?^```sh\n(export FLASK_APP.*?)^```", re.DOTALL | re.MULTILINE
)
PATIENCE_SECONDS = 120
# What a reader sees of each chart: how many bars, what the rows of a table say, or a number. Bars
# are counted as runs of columns of the picture that hold their colour.
SEEN = """
Object.fromEntries([...document.querySelectorAll("[data-test-chart-name]")].map(chart => {
  const canvas = chart.querySelector("canvas");
  if (!canvas) {
    const rows = [...chart.querySelectorAll("tbody tr")];
    const cells = rows.map(row => [...row.cells].map(cell => cell.innerText));
    const number = chart.querySelector(".header-line")?.innerText;
    return [chart.dataset.testChartName, rows.length ? cells : number];
  }
  const {width, height} = canvas;
  const ink = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const isBar = x => {
    for (let at = 4 * x; at < ink.length; at += 4 * width)
      if (ink[at] === 31 && ink[at + 1] === 168 && ink[at + 2] === 201) return true;
  };
  let bars = 0;
  for (let x = 1; x < width; x++) if (isBar(x) && !isBar(x - 1)) bars++;
  return [chart.dataset.testChartName, bars];
}))
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
    """A Superset with the bundle imported and its database set, by the recipe of docs/bi.md."""

    def __init__(self, place: Path) -> None:
        settings = Settings(home=place / "home", memory_limit="1GB", threads=2)
        publish_rows(settings, "first", TABLES)
        self.variables = os.environ | {
            "PATH": f"{environment('superset')}:{os.environ['PATH']}",
            "FLASK_APP": "superset",
            "CUSTOMER_VALUE_HOME": str(settings.home),
            "SUPERSET_HOME": str(place),
            "SUPERSET_CONFIG_PATH": str(place / "superset_config.py"),
        }
        recipe = RECIPE.search((PROJECT / "docs" / "bi.md").read_text(encoding="utf-8"))
        assert recipe
        self.run("bash", "-euc", recipe[1])

    def run(self, *command: str) -> str:
        return said_by(*command, folder=PROJECT, variables=self.variables)

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Run its server and give the address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = ["superset", "run", "-p", str(port)]
        with subprocess.Popen(
            command, env=self.variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                until(lambda: listens(port))
                yield f"http://127.0.0.1:{port}"
            finally:
                process.kill()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "still waiting"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Superset:
    return Superset(tmp_path_factory.mktemp("superset"))


def test_every_chart_of_the_dashboard_shows_what_the_published_file_holds(
    superset: Superset,
) -> None:
    asker = str(Path(__file__).with_name("superset_asker.py"))

    said = superset.run("python", asker, "admin", "admin", "customer-value")

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
        "Customers by segment, retail (USD)": [
            {
                "Segment": "Loyal",
                "scored_customers_count": 2,
                "window_net_revenue": 35,
                "lost_ratio": 0.5,
            }
        ],
        "Expected of the next year, retail (USD)": [{"predicted_net_revenue_next_365_days": 200}],
        "Open warnings of a takeover, industrial (CNY, simulated)": [
            {"Account": "industrial-1", "Revenue at risk": 300}
        ],
    }


def test_a_person_who_logs_in_sees_every_chart_of_the_dashboard(
    superset: Superset, tmp_path: Path
) -> None:
    with superset.serving() as address, chromium(tmp_path / "profile") as browser:
        browser.open(f"{address}/login/", 1400)
        for name in ("username", "password"):
            browser.fill(f"#{name}", "admin")
        browser.click("[data-test=login-button]")
        browser.wait("location.pathname === '/superset/welcome/'")

        # Charts are drawn when they come into view, so all of them have to be.
        browser.open(f"{address}/superset/dashboard/customer-value/", 1400, 1700)
        seen: dict[str, Any] = {}

        def all_are_drawn() -> bool:
            seen.update(browser.ask(SEEN))
            return len(seen) == 5 and all(seen.values())

        with contextlib.suppress(AssertionError):
            until(all_are_drawn)
        assert seen == {
            "Net revenue by month, retail (USD)": 2,
            "Expected of the next year, retail (USD)": "$ 200",
            "Customers by segment, retail (USD)": [["Loyal", "2", "35", "50.0%"]],
            "Net revenue by quarter, industrial (CNY, simulated)": 1,
            "Open warnings of a takeover, industrial (CNY, simulated)": [["industrial-1", "300"]],
        }
        assert browser.ask("document.querySelectorAll('[role=alert], .ant-alert').length") == 0
        blocked = " ".join(said for said in browser.said if said.endswith("has been blocked."))
        sent = [url for url in browser.asked if url not in blocked]
        assert [url for url in sent if not url.startswith((address, "data:", "blob:"))] == []
