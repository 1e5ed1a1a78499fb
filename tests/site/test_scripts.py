"""The page's own scripts, run by the engine of a browser without one."""

import json
from typing import Any

import pytest
from customer_value.site.write import ASSETS, pack
from py_mini_racer import MiniRacer

from tests.site.page import Site

SITE = {
    "languages": ["en", "zh"],
    "units": [{"id": "retail"}, {"id": "industrial"}],
    "pages": [
        {"id": "overview", "units": None},
        {"id": "rfm", "units": None},
        {"id": "key-accounts", "units": ["industrial"]},
    ],
}


@pytest.fixture(scope="module")
def engine() -> MiniRacer:
    engine = MiniRacer()
    for name in ("text.js", "rows.js", "address.js"):
        engine.eval((ASSETS / name).read_text(encoding="utf-8").replace("const ", "var "))
    return engine


def call(engine: MiniRacer, function: str, *arguments: Any) -> Any:
    given = ", ".join(json.dumps(argument) for argument in arguments)
    return json.loads(str(engine.eval(f"JSON.stringify({function}({given}))")))


# CSV


def csv(engine: MiniRacer, *values: Any) -> list[str]:
    text = call(engine, "asCsv", {"a": list(values)}, ["a"], list(range(len(values))))
    lines: list[str] = text.split("\r\n")
    assert (lines[0], lines[-1]) == ("a", "")
    return lines[1:-1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_text_that_a_spreadsheet_would_run_is_quoted_off(engine: MiniRacer, text: str):
    assert csv(engine, text) == [f"'{text}"]


def test_numbers_stay_numbers_and_nothing_stays_empty(engine: MiniRacer):
    assert csv(engine, -1.5, 0, None, True) == ["-1.5", "0", "", "true"]


def test_commas_quotes_and_line_ends_stay_inside_their_cell(engine: MiniRacer):
    assert csv(engine, "a,b", 'say "x"') == ['"a,b"', '"say ""x"""']
    assert call(engine, "asCsv", {"a": ["1\r\n2"]}, ["a"], [0]) == 'a\r\n"1\r\n2"\r\n'


def test_a_formula_inside_quotes_is_quoted_off_too(engine: MiniRacer):
    assert csv(engine, '=HYPERLINK("x","y")') == ['"\'=HYPERLINK(""x"",""y"")"']


# Rows

ROWS = {"unit": ["a", "a", "b"], "segment": ["x", "y", "x"], "money": [2, None, 10]}


def test_a_choice_keeps_rows_in_figures_that_have_the_column(engine: MiniRacer):
    assert call(engine, "chosen", ROWS, {"unit": "a", "segment": None, "other": "z"}) == [0, 1]
    assert call(engine, "chosen", ROWS, {"unit": "a", "segment": "y"}) == [1]
    assert call(engine, "chosen", ROWS, {"segment": "nobody"}) == []


def test_the_total_of_a_column_is_shown_until_one_of_its_values_is_chosen(engine: MiniRacer):
    families = {"family": ["all", "valves", "drives"], "money": [12, 2, 10]}

    assert call(engine, "chosen", families, {"family": None}) == [0]
    assert call(engine, "chosen", families, {"family": "valves"}) == [1]


def test_words_spelt_out_once_are_spelt_out_again(engine: MiniRacer):
    columns = {"unit": ["shop", None, "shop", "shop", "shop"], "money": [1, 2, 3, 4, 5]}
    packed = pack(columns)

    assert packed == {
        "unit": {"of": ["shop", None], "at": [0, 1, 0, 0, 0]},
        "money": [1, 2, 3, 4, 5],
    }
    assert call(engine, "unpacked", packed) == columns


def test_numbers_sort_as_numbers_and_what_is_missing_comes_last(engine: MiniRacer):
    assert call(engine, "sorted", ROWS, [0, 1, 2], "money", True) == [2, 0, 1]
    assert call(engine, "sorted", ROWS, [0, 1, 2], "money", False) == [0, 2, 1]


def test_ids_sort_as_people_count(engine: MiniRacer):
    ids = {"id": ["shop-10", "shop-9", None]}

    assert call(engine, "sorted", ids, [0, 1, 2], "id", False) == [1, 0, 2]


def test_search_finds_parts_of_text_whatever_the_case(engine: MiniRacer):
    assert call(engine, "found", ROWS, [0, 1, 2], ["segment"], " Y ") == [1]
    assert call(engine, "found", ROWS, [0, 2], ["segment"], "") == [0, 2]


# Addresses


def test_an_address_names_language_unit_page_and_choices(engine: MiniRacer):
    place = call(engine, "parseAddress", "#/zh/industrial/rfm?segment=a%20b", SITE)

    assert place == {
        "language": "zh",
        "unit": "industrial",
        "page": "rfm",
        "choices": {"segment": "a b"},
    }
    assert call(engine, "formatAddress", place) == "#/zh/industrial/rfm?segment=a%20b"


@pytest.mark.parametrize("address", ["", "#", "#/", "#/fr/nowhere/nothing", "#/__proto__"])
def test_what_an_address_names_wrongly_is_the_first(engine: MiniRacer, address: str):
    place = call(engine, "parseAddress", address, SITE)

    assert place == {"language": "en", "unit": "retail", "page": "overview", "choices": {}}


def test_a_page_that_has_nothing_to_say_of_a_unit_is_not_shown_for_it(engine: MiniRacer):
    place = call(engine, "parseAddress", "#/en/retail/key-accounts", SITE)

    assert place["page"] == "overview"
    assert call(engine, "parseAddress", "#/en/industrial/key-accounts", SITE)["page"] == (
        "key-accounts"
    )


def test_a_warehouse_without_a_unit_still_has_a_page(engine: MiniRacer):
    assert call(engine, "parseAddress", "", SITE | {"units": []})["unit"] == "none"


# Words and numbers


@pytest.fixture
def written(engine: MiniRacer, shop: Site) -> MiniRacer:
    frame = json.dumps(shop.embedded("frame"), default=float)
    engine.eval(f"var page = {frame}")
    return engine


@pytest.mark.parametrize(
    ("language", "column", "value", "text"),
    [
        ("en", "net_revenue", 1234567.89, "€1,234,568"),
        ("en", "net_revenue", 12.5, "€13"),
        ("en", "net_revenue_per_buyer", 12.5, "€12.50"),
        ("en", "rank_correlation", 0.81, "0.810"),
        ("zh", "net_revenue", 1234567.89, "€1,234,568"),
        ("en", "retention_ratio", 0.1234, "12.3%"),
        ("en", "snapshot_date", "2024-03-01", "Mar 1, 2024"),
        ("zh", "snapshot_date", "2024-03-01", "2024年3月1日"),
        ("en", "month_start_date", "2024-01-01", "Jan 2024"),
        ("en", "published_at_utc", "2024-03-02T07:45:01+00:00", "Mar 2, 2024 07:45"),
        ("zh", "segment", "champions", "冠军客户"),
        ("en", "segment", "<b>", "<b>"),
        ("zh", "method_name", "naive_mean", "朴素均值"),
        ("en", "customers_count", None, "–"),
        ("en", "strength", -0.004, "0.00"),
        ("en", "effect", -0.041, "−0.041"),
        ("en", "quarter_start_date", "2017-07-01", "Q3 2017"),
        ("zh", "quarter_start_date", "2017-10-01", "2017年4季度"),
        ("en", "account_manager_id", "0123456789abcdef01234567", "01234567…"),
        ("en", "differentiation", "distinct", "Distinct product"),
        ("zh", "product_family", "all", "全部"),
    ],
)
def test_a_value_is_written_as_its_column_and_language_want(
    written: MiniRacer, language: str, column: str, value: Any, text: str
):
    made = call(written, f'writer(page, "{language}", "EUR").value', column, value)

    assert made == text


def test_a_change_carries_its_sign(written: MiniRacer):
    changes = [
        call(written, 'writer(page, "en", "EUR").change', "net_revenue", value)
        for value in (5, -5, 0)
    ]

    assert changes == ["+€5", "−€5", "±€0"]
