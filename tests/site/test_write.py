"""The dashboard holds what the published version holds, and nothing of it can do harm."""

import base64
import hashlib
import re
from decimal import Decimal
from pathlib import Path

import pytest
from customer_value.cli.account import account_page
from customer_value.errors import VersionError
from customer_value.settings import Settings
from customer_value.site.model import Figure, Record
from customer_value.site.pages import PAGES
from customer_value.site.words import CODES, COLUMNS, FRAME
from customer_value.site.write import ASSETS, CHARTS, SCRIPTS, write_site
from customer_value.warehouse.readonly import connect_readonly

from tests.site.conftest import FORMULA, SCRIPT, SHOP
from tests.site.page import FIGURES, Site, differing
from tests.site.warehouse import publish_rows

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Of echarts 6.1.0, dist/echarts.common.min.js; its address is in echarts/README.md.
CHARTS_SHA256 = "61f13280aba3161f77fc801bf5f9c786f55f10432153a0683fc5cc0700b013d5"


def test_every_number_equals_its_sql_on_the_published_file(shop: Site, without_model: Site):
    assert differing(shop) == []
    assert differing(without_model) == []


def test_a_number_that_is_not_its_sql_s_is_noticed(tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    publish_rows(settings, "first", SHOP)
    write_site(settings)
    text = settings.site.read_text(encoding="utf-8")
    settings.site.write_text(text.replace('"customers_count":[105]', '"customers_count":[106]'))

    assert differing(Site(settings)) == ["customer_base.customers_count"]


def test_customers_are_counted_now_and_compared_with_the_first_of_the_month(shop: Site):
    base = shop.figure("customer_base")

    # 44 + 61 on 2 March, 40 + 60 on 1 March; lost 4 + 7 and 3 + 5.
    assert base["customers_count"] == [105]
    assert base["customers_change"] == [5]
    assert base["lost_customers_change"] == [3]
    assert base["before_date"] == ["2024-03-01"]


def test_the_last_complete_month_is_compared_with_the_one_before(shop: Site):
    month = shop.figure("last_month")

    assert month["month_start_date"] == ["2024-02-01"]
    assert (month["net_revenue"], month["net_revenue_change"]) == ([100], [30])
    assert month["buyers_count"] == [1]


def test_where_a_tenth_of_orders_lack_costs_the_margin_rate_of_others_is_taken(shop: Site):
    """Of 100, orders of 90 have costs and a margin of 36."""
    month = shop.figure("last_month")

    assert month["margin"] == [40]
    assert month["costed_orders_ratio"] == [Decimal("0.9")]


def test_where_more_lack_costs_there_is_no_margin(without_model: Site):
    """One order of nine."""
    assert without_model.figure("last_month")["margin"] == [None]


def test_the_best_third_brings_half_of_the_revenue(shop: Site):
    """Of 100, 200 and 300 so far: 34 % of three customers is one whole customer, the last."""
    curve = shop.figure("value_concentration")
    at = dict(zip(curve["best_customers_ratio"], curve["cumulative_revenue_ratio"], strict=True))

    assert [at[share] for share in (0, 1)] == [0, 1]
    assert [float(at[share]) for share in at if float(share) in (0.33, 0.34, 0.67)] == [
        0,
        0.5,
        0.833333,
    ]


def test_customers_stand_in_ranges_of_what_is_expected_of_them(shop: Site):
    spread = shop.figure("value_spread")

    found = zip(spread["range_from"], spread["range_to"], spread["customers_count"], strict=True)
    assert list(found) == [(30, 100, 1), (100, 300, 1), (300, 1000, 1)]


def test_accounts_stand_on_the_map_of_each_quarter_once_for_each_family(shop: Site):
    figure = shop.figure("strategies")

    shown = zip(
        *(figure[name] for name in ("quarter_start_date", "product_family", "region", "strategy")),
        figure["positions_count"],
        strict=True,
    )
    # Both families and regions have their own rows beside those of all.
    assert [line for line in shown if line[1:3] == ("all", "all")] == [
        ("2023-07-01", "all", "all", "account_management", 1),
        ("2023-10-01", "all", "all", "product_augmentation", 1),
    ]
    assert set(zip(figure["product_family"], figure["region"], strict=True)) == {
        (family, region) for family in ("all", "valves") for region in ("all", "north")
    }


def test_what_is_at_risk_is_of_the_customers_that_are_warned_of(shop: Site):
    quarters = shop.figure("warning_quarters")

    assert (quarters["customers_count"], quarters["warned_customers_count"]) == ([2], [1])
    assert quarters["revenue_at_risk"] == [5000]
    assert shop.figure("warned_accounts")["customer_id"] == ["shop-1"]


def test_a_supposed_retention_stands_beside_the_textbook_s(shop: Site):
    what_if = shop.figure("what_if")

    assert what_if["scenario"] == ["as_is", "plus_1_point"]
    assert [float(value) for value in what_if["uplift_ratio"]] == [0, 0.068]
    assert [float(value) for value in what_if["constant_uplift_ratio"]] == [0, 0.048]
    assert shop.figure("worth_of_keeping")["one_point_uplift"] == [68]


def test_the_contact_map_is_read_from_operation_to_decision_and_from_user_to_finance(shop: Site):
    """Covered is the one cell of technical people in the management, in the middle of nine."""
    assert shop.figure("accounts")["contact_map"] == ["000010000"]


def test_the_page_of_an_account_has_the_lines_of_the_command(shop: Site):
    lines = shop.figure("account_lines")

    with connect_readonly(shop.settings) as connection:
        page = account_page(connection, "shop-1", "en")

    assert len(lines["item"]) == len(page.lines) == 10
    assert lines["section"] == ["file", "file", "value", "value"] + ["team"] * 6


def test_a_unit_sees_the_pages_that_know_of_it(shop: Site):
    pages = {page["id"]: page["units"] for page in shop.embedded("frame")["pages"]}

    assert pages["key-accounts"] == pages["overview"] == ["shop"]
    assert pages["health"] is None


def test_only_the_newest_batch_of_a_table_is_shown(shop: Site):
    assert shop.figure("last_batches")["delivered_rows_count"] == [40]
    assert shop.figure("loads")["quarantined_rows_count"] == [3]


def test_a_version_without_predictions_has_none_on_the_page(without_model: Site):
    expected = without_model.figure("expected_value")

    assert expected["predicted_net_revenue_next_90_days"] == [None]
    assert without_model.figure("value_spread")["customers_count"] == []
    assert set(without_model.figure("value_concentration")["cumulative_predicted_ratio"]) == {None}


def test_hostile_names_are_data_and_never_markup(shop: Site):
    names = shop.figure("customers_valued")["customer_id"]

    assert SCRIPT in names
    assert FORMULA in names
    assert SCRIPT not in shop.html
    assert all("alert('x')" not in script for script in shop.scripts())


def test_the_page_asks_no_host_for_anything(shop: Site):
    asked = [
        value
        for _, given, _ in shop.elements
        for name, value in given.items()
        if name in ("src", "href", "action", "srcset", "data")
    ]
    own = "".join((ASSETS / name).read_text(encoding="utf-8") for name in (*SCRIPTS, "style.css"))

    assert asked == ["data:,"]
    assert not re.search(r"https?://|//\w+\.\w|@import|url\(", own)


def test_its_policy_forbids_every_request_and_names_each_script_by_hash(shop: Site):
    (policy,) = [
        given["content"]
        for _, given, _ in shop.elements
        if given.get("http-equiv") == "Content-Security-Policy"
    ]
    hashes = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in shop.scripts()
    }

    assert policy
    assert "default-src 'none'" in policy
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert len(hashes) == 2


def test_the_charting_library_is_the_one_that_was_reviewed():
    assert hashlib.sha256(CHARTS.read_bytes()).hexdigest() == CHARTS_SHA256
    assert CHARTS_SHA256 in (CHARTS.parent / "README.md").read_text(encoding="utf-8")


def test_the_page_names_its_version_and_is_replaced_whole(tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    first = publish_rows(settings, "first", SHOP)
    write_site(settings)
    opened = settings.site.open(encoding="utf-8")
    second = publish_rows(settings, "second", SHOP)

    written = write_site(settings)

    with opened:
        assert f'name="customer-value-version" content="{first}"' in opened.read()
    assert written["version"] == second != first
    assert f'content="{second}"' in settings.site.read_text(encoding="utf-8")
    assert [path.name for path in settings.site.parent.iterdir()] == ["index.html"]


def test_a_site_that_cannot_be_read_leaves_the_one_before(tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    publish_rows(settings, "first", SHOP)
    write_site(settings)
    before = settings.site.read_bytes()
    second = publish_rows(settings, "second", SHOP)
    database = settings.warehouse / "versions" / second / "customer_value.duckdb"
    database.chmod(0o640)
    database.write_bytes(b"rotten")

    with pytest.raises(VersionError, match="is damaged"):
        write_site(settings)

    assert settings.site.read_bytes() == before


def test_a_block_that_rotted_is_not_taken_for_other_code(tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    version = publish_rows(settings, "first", SHOP)
    database = settings.warehouse / "versions" / version / "customer_value.duckdb"
    content = bytearray(database.read_bytes())
    content[content.index(SCRIPT.encode())] ^= 1
    database.chmod(0o640)
    database.write_bytes(content)

    with pytest.raises(VersionError, match="is damaged"):
        write_site(settings)


def test_a_version_of_other_code_is_named_with_the_figure_it_cannot_answer(tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    publish_rows(settings, "first", SHOP, without="marts.fct_rfm_pairs")

    with pytest.raises(VersionError, match="000001 cannot answer the dashboard's figure score_pai"):
        write_site(settings)


def test_before_anything_is_published_the_message_says_what_to_do(settings: Settings):
    with pytest.raises(VersionError, match="Nothing has been published yet"):
        write_site(settings)

    assert not settings.site.exists()


# What is written in two languages


def test_every_figure_and_page_says_in_both_languages_what_it_is():
    texts = [
        text
        for page in PAGES
        for text in (
            page.title,
            page.lead,
            *(figure.title for figure in page.figures),
            *(figure.definition for figure in page.figures),
            *(figure.counted for figure in page.figures if isinstance(figure, Figure)),
            *(block.title for block in page.blocks if block.title),
        )
    ]

    assert [text.en for text in texts if not text.en or CHINESE.search(text.en)] == []
    assert [text.zh for text in texts if not CHINESE.search(text.zh)] == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_column_of_a_figure_has_a_title(name: str, shop: Site):
    missing = [column for column in shop.figure(name) if column not in COLUMNS]

    assert missing == [], "Name them in words.py."


def test_no_word_is_kept_that_nothing_uses(shop: Site):
    used = {column for name in FIGURES for column in shop.figure(name)}
    lists = {name for word in COLUMNS.values() for name in word.of.split()}
    coded = {word.of for word in COLUMNS.values() if word.kind == "code"}
    scripts = "".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    template = (ASSETS / "index.html.j2").read_text(encoding="utf-8")

    assert set(COLUMNS) - used == set()
    assert set(CODES) - lists == set()
    assert coded - set(CODES) == set()
    assert {name for name in FRAME if f'"{name}"' not in scripts and name not in template} == set()


def test_blocks_name_columns_that_their_figures_have(shop: Site):
    missing = []
    for page in PAGES:
        for block in page.blocks:
            for figure, named in _named(block):
                columns = {name.removesuffix("_en") for name in shop.figure(figure)}
                missing += [f"{page.id}: {figure}.{name}" for name in named - columns]

    assert missing == []


NO_COLUMNS = (
    *("title", "figure", "width", "missing", "kind"),
    *("corners", "across_values", "down_values"),
)


def _named(block: object) -> list[tuple[str, set[str]]]:
    """Return the columns a block or each of its tiles names, by figure."""
    parts = getattr(block, "tiles", (block,))
    found = []
    for part in parts:
        values = [
            value
            for field in part.__dataclass_fields__
            if field not in NO_COLUMNS
            for value in (getattr(part, field),)
        ]
        names = {
            name
            for value in values
            for name in (value if isinstance(value, tuple) else (value,))
            if isinstance(name, str) and name
        }
        found.append((part.figure.id, names))
    return found


def test_a_figure_has_one_declaration():
    by_id: dict[str, set[Figure | Record]] = {}
    for page in PAGES:
        for figure in page.figures:
            by_id.setdefault(figure.id, set()).add(figure)

    assert [name for name, figures in by_id.items() if len(figures) > 1] == []
