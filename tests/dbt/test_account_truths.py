"""Key accounts and the page of each against what was planted in them, account by account."""

from collections.abc import Iterator
from io import StringIO

import duckdb
import pytest
from customer_value.cli.account import account_page
from customer_value.errors import QueryError
from rich.cells import cell_len
from rich.console import Console

from demo.industrial.key_accounts import FACT_COSTS
from tests.dbt.industrial import Planted, differences, numbers


@pytest.fixture(scope="module")
def known(planted: Planted) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts beside the truths."""
    with planted.connection() as connection:
        yield connection


def test_the_contact_map_is_the_planted_one(known: duckdb.DuckDBPyConnection) -> None:
    found = (
        "select customer_id, layer, contact_function, touches_count "
        "from marts.fct_contact_cells where is_covered"
    )
    planted = (
        "select concat('industrial-', account_id), layer, contact_function, touches_count "
        "from truth.contact_cells"
    )

    assert differences(known, found, planted) == []


def test_accounts_hang_on_one_person_where_it_was_planted(
    known: duckdb.DuckDBPyConnection,
) -> None:
    found = (
        "select customer_id, thread_verdict, touches_count, round(top_contact_ratio, 4) "
        "from marts.fct_account_coverage where touches_count > 0"
    )
    planted = (
        "select concat('industrial-', account_id), case verdict "
        "when 'single_threaded' then 'single-threaded' "
        "when 'several_threads' then 'several threads' else 'insufficient data' end, "
        "touches_count, round(cast(top_contact_ratio as decimal(9, 6)), 4) "
        "from truth.contact_threads"
    )

    assert differences(known, found, planted) == []


def test_thin_accounts_have_insufficient_data(known: duckdb.DuckDBPyConnection) -> None:
    positions = known.execute(
        "select distinct account_position from marts.fct_key_account_selection "
        "join truth.companies on customer_id = concat('industrial-', account_id) where is_thin"
    ).fetchall()

    assert positions == [("insufficient data",)]


def test_sponsors_are_silent_where_it_was_planted(known: duckdb.DuckDBPyConnection) -> None:
    found = (
        "select customer_id, sponsor_status, executive_sponsor_id, last_sponsor_touch_date "
        "from marts.fct_account_coverage where customer_id in "
        "(select concat('industrial-', account_id) from truth.sponsors)"
    )
    planted = (
        "select concat('industrial-', account_id), case has_gap when true then 'gap' "
        "when false then 'in touch' else 'no sponsor' end, cast(employee_id as varchar), "
        "last_touch_date from truth.sponsors"
    )

    assert differences(known, found, planted) == []
    assert numbers(known, "select count(*) from truth.sponsors where has_gap and is_planted")[0] > 3


@pytest.mark.parametrize(
    ("kind", "truths"),
    [
        (
            "information_level",
            "select concat('industrial-', account_id), concat('level_', information_level), "
            "facts_count, newest_gathered_on from truth.information",
        ),
        (
            "analysis_area",
            "select concat('industrial-', account_id), analysis_area, answered_count, "
            "cast(null as date) from truth.analysis",
        ),
    ],
)
def test_what_is_known_of_accounts_is_what_was_planted(
    known: duckdb.DuckDBPyConnection, kind: str, truths: str
) -> None:
    newest = "newest_date" if kind == "information_level" else "cast(null as date)"
    found = (
        f"select customer_id, subject, known_items_count, {newest} "
        f"from marts.fct_account_knowledge where subject_kind = '{kind}' and known_items_count > 0"
    )

    assert differences(known, found, truths) == []


def test_satisfaction_stands_beside_repurchase_and_says_who_asked_for_it(
    known: duckdb.DuckDBPyConnection,
) -> None:
    asked_for = known.execute(
        "select account_manager_id from marts.fct_account_manager_scorecard "
        "where is_standing_out order by all"
    ).fetchall()
    gaming = known.execute(
        "select cast(employee_id as varchar) from truth.representatives "
        "where is_gaming order by all"
    ).fetchall()
    ((satisfied, repurchased),) = known.execute(
        "select count(satisfied_ratio), count(repurchase_ratio) "
        "from marts.fct_account_manager_scorecard"
    ).fetchall()

    assert asked_for == gaming
    assert (satisfied, repurchased) == (14, 14)


def test_what_a_topic_costs_lies_in_the_planted_range_of_its_level(
    known: duckdb.DuckDBPyConnection,
) -> None:
    costs = known.execute(
        "select cost_per_item from marts.fct_information_costs order by subject"
    ).fetchall()

    assert len(costs) == len(FACT_COSTS)
    for (cost,), (least, most) in zip(costs, FACT_COSTS, strict=True):
        assert least < cost < most


# One account, one page


def test_the_page_of_an_account_says_what_was_planted_in_either_language(
    known: duckdb.DuckDBPyConnection,
) -> None:
    (planted,) = numbers(
        known,
        "select min(account_id) from truth.contact_threads "
        "where is_planted and verdict = 'single_threaded'",
    )

    english = account_page(known, f"industrial-{planted}", "en")
    chinese = account_page(known, str(planted), "zh")

    assert ("Threads", "Single-threaded") in {(line.item, line.value) for line in english.lines}
    assert ("联系方式", "单线联系") in {(line.item, line.value) for line in chinese.lines}
    assert "as of 2018-01-01 (simulated" in english.note
    assert "截至 2018-01-01 (模拟数据" in chinese.note
    assert len(english.lines) == len(chinese.lines) > 40


def test_every_word_of_a_page_has_a_label(known: duckdb.DuckDBPyConnection) -> None:
    plain = ("text", "date", "money", "count", "days", "hours", "ratio")
    silent = known.execute(
        "with words as ("
        "select 'page_section' as kind, section as code from marts.fct_account_pages "
        "union select 'page_item', item from marts.fct_account_pages "
        "union select subject_kind, subject from marts.fct_account_pages "
        "where subject_kind is not null "
        "union select value_kind, line_value from marts.fct_account_pages "
        f"where value_kind not in {plain} and line_value is not null) "
        "select words.* from words anti join marts.dim_labels using (kind, code)"
    ).fetchall()

    assert silent == []


def test_a_name_of_nobody_or_of_several_is_refused_with_what_to_do(
    known: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(QueryError, match="No account is called 'Nobody & Sons'"):
        account_page(known, "Nobody & Sons", "en")
    with pytest.raises(QueryError, match=r"\d+ accounts are called like 'Co., Ltd.'"):
        account_page(known, "Co., Ltd.", "en")
    with pytest.raises(QueryError, match="no labels in 'fr'"):
        account_page(known, "Co., Ltd.", "fr")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_fits_a_terminal_and_leaves_no_section_without_a_word(
    known: duckdb.DuckDBPyConnection, language: str
) -> None:
    (silent,) = numbers(
        known,
        "select min(customer_id) from marts.fct_account_coverage where customer_id not in "
        "(select customer_id from marts.fct_takeover_warnings "
        "where quarter_start_date = '2017-10-01')",
    )
    page = account_page(known, silent, language)
    written = StringIO()
    Console(file=written, width=100).print(page.rendered())
    lines = written.getvalue().splitlines()

    assert [section.title for section in page.sections if not section.lines] != []
    for section in page.sections:
        below = lines[lines.index(section.title) + 1]
        assert below.strip() == section.empty if not section.lines else below.strip()
    assert max(cell_len(line.rstrip()) for line in lines) <= 100
