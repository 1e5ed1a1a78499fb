"""What Airflow's processes do at their start, and what tasks find imported because of it."""

import subprocess
import sys

import pytest
from customer_value.settings import PROJECT

CODE = """
import gc, sys
sys.argv = sys.argv[1:]
import airflow_local_settings
print("great_expectations" in sys.modules, "duckdb" in sys.modules, gc.get_threshold()[0])
"""


@pytest.mark.parametrize(
    ("command", "is_imported"), [("scheduler", True), ("api-server", False), ("standalone", False)]
)
def test_only_a_process_that_forks_tasks_imports_what_they_need(command: str, is_imported: bool):
    """Never DuckDB: it starts a thread, which a fork would leave behind.

    Each of them looks for garbage seldom.
    """
    said = subprocess.run(
        [sys.executable, "-c", CODE, "airflow", command],
        cwd=PROJECT / "plugins",
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == [str(is_imported), "False", "50000"]
