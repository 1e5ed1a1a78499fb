"""What tasks find imported because the process they are forked from did it."""

import subprocess
import sys

import pytest
from customer_value.settings import PROJECT

CODE = """
import sys
sys.argv = sys.argv[1:]
import airflow_local_settings
print("great_expectations" in sys.modules, "duckdb" in sys.modules)
"""


@pytest.mark.parametrize(
    ("command", "is_imported"), [("scheduler", True), ("api-server", False), ("standalone", False)]
)
def test_only_a_process_that_forks_tasks_imports_what_they_need(command: str, is_imported: bool):
    """Never DuckDB: it starts a thread, which a fork would leave behind."""
    said = subprocess.run(
        [sys.executable, "-c", CODE, "airflow", command],
        cwd=PROJECT / "plugins",
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == [str(is_imported), "False"]
