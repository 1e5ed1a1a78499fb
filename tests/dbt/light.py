"""dbt for tests: as the load runs it, and without what its unit tests spend on themselves.

For each unit test dbt takes the model's whole SQL apart to find where it begins, and asks for the
columns of each relation that the test stands in for, over and over. That is half of their time.
"""

import re
import sys
from pathlib import Path
from typing import Any

BEGINNING = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*with\s(?:\s*recursive\s)?", re.IGNORECASE | re.DOTALL
)

# In the name of what a unit test makes for itself; another may make the same name.
TEMPORARY = "__dbt_tmp"


def inject(sql: str, ctes: list[Any]) -> str:
    """Put common table expressions, each with its name, before those that a query begins with."""
    if not ctes:
        return sql
    added = ", ".join(cte.sql for cte in ctes)
    if beginning := BEGINNING.match(sql):
        return f"{beginning[0]} {added}, {sql[beginning.end() :]}"
    return f"with {added} {sql}"


def main() -> int:
    """Run one dbt command as ``dbt_process`` does."""
    from customer_value.transform import dbt_process
    from dbt import compilation
    from dbt.adapters.duckdb.impl import DuckDBAdapter

    known: dict[str, Any] = {}
    columns_of = DuckDBAdapter.get_columns_in_relation

    def remembered(self: DuckDBAdapter, relation: Any) -> Any:
        name = str(relation)
        columns = known.get(name) or columns_of(self, relation)
        if TEMPORARY not in name:
            known[name] = columns
        return columns

    compilation.inject_ctes_into_sql = inject
    DuckDBAdapter.get_columns_in_relation = remembered
    return dbt_process.main(Path(sys.argv[1]), sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
