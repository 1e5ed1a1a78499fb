"""Our way to put expressions before a query gives what dbt's own gives."""

import pytest

from tests.dbt.light import inject

ADDED = {"a": " a as (select 1 as n)", "b": " b as (select 2 as n)"}


@pytest.mark.parametrize("names", ["", "a", "ab"])
@pytest.mark.parametrize(
    "sql",
    [
        "select * from a",
        "\n-- with a comment\nselect * from (with c as (select 1) select * from c)",
        "with c as (select 1) select * from c",
        "/* a comment */ -- and one more\nWITH c as (select 1) select * from c",
        "with recursive c as (select 1) select * from c",
        "select 1 as without",
    ],
)
def test_a_query_gets_what_dbt_would_give_it(sql: str, names: str) -> None:
    from dbt.compilation import inject_ctes_into_sql  # takes seconds
    from dbt.contracts.graph.nodes import InjectedCTE

    ctes = [InjectedCTE(name, ADDED[name]) for name in names]

    assert inject(sql, ctes).split() == inject_ctes_into_sql(sql, ctes).split()
