"""The questions of docs/queries/ are held to the marts' contracts, and their pages to them."""

import re

import duckdb
import pytest

from tests.conventions.test_dbt_conventions import FORBIDDEN
from tools.queries import FOLDER, PAGE, README, SHOWN, SUBJECTS, UNITS, Query, answer, load_queries

QUERIES = load_queries()
FEWEST_QUESTIONS = 25
SECTION = re.compile(r"^### ([^\n]+)\n\n(.*?)(?=\n##|\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(PAGE.read_text(encoding="utf-8")))
each_query = pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)


@each_query
def test_the_page_shows_the_query_its_columns_and_an_answer(
    query: Query, empty: duckdb.DuckDBPyConnection
) -> None:
    text = SECTIONS.get(query.english, "")
    _, rule, rows = text.partition("|---|\n")

    assert query.chinese in text, "Run make queries."
    assert UNITS[query.unit] in text
    assert f"```sql\n{query.sql}\n```" in text, "Run make queries."
    assert f"\n| {' | '.join(answer(empty, query).columns)} |\n" in text, "Run make queries."
    assert rule
    assert rows, "The demo has no answer to it."


def test_the_page_lists_every_question_and_no_other() -> None:
    assert list(SECTIONS) == [query.english for query in QUERIES]
    assert len(QUERIES) >= FEWEST_QUESTIONS
    assert {path.name for path in FOLDER.iterdir()} == set(SUBJECTS)


def test_the_readme_shows_answers_of_the_page() -> None:
    shown = list(SHOWN.finditer(README.read_text(encoding="utf-8")))
    questions = {query.name: query.english for query in QUERIES}

    assert shown
    for found in shown:
        heading, answered = found[0].split("\n\n", 1)
        assert f"**{questions[found[2]]}**" in heading
        assert answered.removesuffix("\n<!-- end -->") in SECTIONS[questions[found[2]]]


@each_query
def test_a_query_names_its_unit_so_that_no_money_is_added_across_units(
    query: Query, empty: duckdb.DuckDBPyConnection
) -> None:
    if query.unit != "both":
        assert f"business_unit = '{query.unit}'" in query.sql
    elif query.subject != "operations":
        assert "business_unit" in answer(empty, query).columns


@each_query
def test_a_query_is_sql_that_any_engine_reads(query: Query) -> None:
    found = [advice for pattern, advice in FORBIDDEN.items() if re.search(pattern, query.sql)]

    assert found == []
    assert re.search(r"\border by\b", query.sql) or query.name == "value_bridge"
    assert max(len(line) for line in query.sql.splitlines()) <= 100
