"""``make sql``: DuckDB's own shell on the published file, with ``docs/queries/`` at hand.

As every reader here, it can change nothing, reach no other file and load no extension. Each
question is a view of its name; ``from examples`` lists them.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb_cli
from customer_value.errors import VersionError
from customer_value.settings import Settings
from customer_value.sql import identifier, literal
from customer_value.warehouse.readonly import find_version

from tools.queries import Query, load_queries

SHELL = Path(duckdb_cli.__file__).with_name("duckdb")
CONFINED = """\
set TimeZone = 'UTC';
set enable_external_access = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
"""
WELCOME = """\
Version {version}, as of {as_of_date}, read-only. Try:
  from examples;           questions, in English and Chinese; each is a view
  from best_customers;     one of them; its SQL is in docs/queries/
  describe marts.fct_customer_value;
  .mode csv                then .once file.csv: the next result as a file
  .quit
This shell keeps its version: start it again to see a newer one.
"""


def initial(queries: list[Query]) -> str:
    """Return what the shell runs first: settings, a view for each question, a list of them."""
    views = "".join(
        f"create temp view {identifier(query.name)} as {query.sql};\n" for query in queries
    )
    told = [(query.name, query.english, query.chinese, query.unit) for query in queries]
    listed = ", ".join(f"({', '.join(map(literal, facts))})" for facts in told)
    columns = "name, question, 问题, unit"
    table = f"create temp table examples as from (values {listed}) as asked ({columns});\n"
    return f"{CONFINED}{views}{table}set lock_configuration = true;\n"


def main() -> int:
    """Open the shell on the live version; return its exit code."""
    try:
        version = find_version(Settings.from_environment())
    except VersionError as error:
        sys.exit(str(error))
    if sys.stdin.isatty():
        print(WELCOME.format(version=version.name, as_of_date=version.as_of_date))
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
        script.write(initial(load_queries()))
        script.flush()
        place = str(version.database.resolve())
        opened = subprocess.run([SHELL, "-readonly", "-init", script.name, place], check=False)
    return opened.returncode


if __name__ == "__main__":
    sys.exit(main())
