"""The dashboard in a real browser: ``make optional``, where Chromium is installed."""

import dataclasses
import json
from pathlib import Path

import pytest
from customer_value import durable
from customer_value.settings import Settings
from customer_value.site.pages import PAGES
from customer_value.site.read import read
from customer_value.site.write import render, write_site

from tests.optional.conftest import faults_of_access
from tests.site.conftest import FORMULA, NO_MODEL, SCRIPT, SHOP
from tests.site.warehouse import publish_rows
from tools.browser import Browser

MANY = 50_000
# What a reader feels as at once.
AT_ONCE_MILLISECONDS = 400
OPEN_MILLISECONDS = 2000


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse with customers of hostile names, and its site."""
    settings = Settings(home=tmp_path_factory.mktemp("shop"), memory_limit="1GB", threads=2)
    publish_rows(settings, "first", SHOP)
    write_site(settings)
    return settings


@pytest.fixture(scope="module")
def many(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the same site with 50,000 customers."""
    content = read(settings, PAGES)
    few = content.values["customers_valued"]
    rows = {name: [column[0]] * MANY for name, column in few.items()}
    rows |= {
        "customer_id": [f"shop-{number}" for number in range(MANY)],
        "net_revenue": [(number * 7919) % 100_003 for number in range(MANY)],
    }
    grown = dataclasses.replace(content, values=content.values | {"customers_valued": rows})
    path = tmp_path_factory.mktemp("many") / "index.html"
    durable.write_text(path, render(grown))
    return path.as_uri()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_a_page_draws_every_block_without_an_error_a_request_or_an_overflow(
    browser: Browser, settings: Settings, page: str, language: str, width: int
):
    address = f"{settings.site.as_uri()}#/{language}/shop/{page}"

    browser.open(address, width)

    (shown,) = [each for each in PAGES if each.id == page]
    assert browser.said == []
    assert {asked.partition("#")[0] for asked in browser.asked} <= {
        settings.site.as_uri(),
        "about:blank",
        "data:,",
    }
    # The page of one account is headed by its name.
    heading = "(document.querySelector('.eyebrow') ?? document.querySelector('h1')).textContent"
    assert browser.ask(heading) == getattr(shown.title, language)
    assert browser.ask("document.querySelectorAll('.block .body > *').length") == len(shown.blocks)
    assert browser.ask("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 390)])
@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_a_page_has_no_serious_accessibility_fault(
    browser: Browser, settings: Settings, axe: str, page: str, language: str, width: int
):
    browser.open(f"{settings.site.as_uri()}#/{language}/shop/{page}", width)

    assert faults_of_access(browser, axe) == []


def test_hostile_names_are_shown_as_text(browser: Browser, settings: Settings):
    browser.open(f"{settings.site.as_uri()}#/en/shop/rfm", 1440)

    cells = browser.ask(
        "[...document.querySelectorAll('td[data-column=customer_id]')].map((e) => e.textContent)"
    )

    assert SCRIPT in cells
    assert browser.ask("document.querySelectorAll('td script').length") == 0


def test_the_numbers_on_the_tiles_are_those_of_the_data(browser: Browser, settings: Settings):
    browser.open(f"{settings.site.as_uri()}#/en/shop/overview", 1440)

    shown = browser.ask(
        "Object.fromEntries([...document.querySelectorAll('.number')]"
        ".map((e) => [e.dataset.column, e.textContent]))"
    )

    assert shown["customers_count"] == "105"
    assert shown["net_revenue"] == "€100"
    assert shown["margin"] == "€40"
    assert shown["predicted_net_revenue_next_90_days"] == "€1,000"


def test_without_a_model_the_page_says_that_data_is_insufficient(browser: Browser, tmp_path: Path):
    settings = Settings(home=tmp_path, memory_limit="1GB", threads=2)
    publish_rows(settings, "first", NO_MODEL)
    write_site(settings)

    browser.open(f"{settings.site.as_uri()}#/zh/shop/value", 1440)

    tiles = browser.ask("[...document.querySelectorAll('.number.none')].map((e) => e.textContent)")
    assert browser.said == []
    assert tiles[:4] == ["数据不足"] * 4


def test_a_page_that_is_days_old_says_so(browser: Browser, settings: Settings):
    """The version of the test went live in this minute; a year ago is stale."""
    browser.open(f"{settings.site.as_uri()}#/en/shop/overview", 1440)
    fresh = browser.ask("document.querySelectorAll('.stale').length")

    browser.ask("site.live_since = '2023-01-01T00:00:00+00:00'; show()")

    assert fresh == 0
    assert "may be out of date" in browser.ask("document.querySelector('.stale').textContent")


def test_fifty_thousand_rows_sort_and_are_searched_at_once(browser: Browser, many: str):
    browser.open(f"{many}#/en/shop/value", 1440)
    opened = browser.ask("performance.timing.loadEventEnd - performance.timing.navigationStart")
    act = (
        "(() => {{ const section = [...document.querySelectorAll('.block.table')].at(-1);"
        " const started = performance.now(); {act}; section.offsetHeight;"
        " return [performance.now() - started,"
        " section.querySelector('td[data-column=customer_id]').textContent,"
        " section.querySelectorAll('tbody tr').length]; }})()"
    )

    sort_seconds, richest, drawn = browser.ask(
        act.format(act="section.querySelectorAll('th button')[3].click()")
    )
    search_seconds, found, _ = browser.ask(
        act.format(
            act="const box = section.querySelector('input'); box.value = 'shop-49999';"
            " box.dispatchEvent(new Event('input'))"
        )
    )

    assert richest == f"shop-{max(range(MANY), key=lambda number: (number * 7919) % 100_003)}"
    assert found == "shop-49999"
    assert drawn < 100
    assert max(sort_seconds, search_seconds) < AT_ONCE_MILLISECONDS
    assert opened < OPEN_MILLISECONDS


def test_an_account_is_one_click_from_the_list(browser: Browser, settings: Settings):
    browser.open(f"{settings.site.as_uri()}#/en/shop/key-accounts", 1440)

    browser.ask("document.querySelector('td a').click()")
    browser.ask("new Promise((done) => setTimeout(done, 50))", wait=True)

    facts = browser.ask("document.querySelector('.dossier').textContent")
    assert browser.ask("document.querySelector('h1').textContent") == FORMULA
    assert "€1,235" in facts
    assert browser.said == []


def test_what_a_filter_does_not_part_says_so(browser: Browser, settings: Settings):
    browser.open(f"{settings.site.as_uri()}#/en/shop/key-accounts?region=north", 1440)

    whole = browser.ask("[...document.querySelectorAll('.unparted')].map((e) => e.textContent)")
    named = browser.ask("document.querySelectorAll('td[data-column=company_name_en]').length")

    assert set(whole) == {"Region: all"}
    assert named == 1


def test_a_choice_is_kept_in_the_address_and_chooses_rows(browser: Browser, settings: Settings):
    address = f"{settings.site.as_uri()}#/en/shop/rfm?snapshot_date=2024-02-01"

    browser.open(address, 1440)

    cells = browser.ask(
        "[...document.querySelectorAll('.block.table')[0]"
        ".querySelectorAll('td[data-column=customers_count]')].map((e) => e.textContent)"
    )
    assert cells == ["90"], json.dumps(cells)
    assert "Feb 1, 2024" in browser.ask("document.querySelector('.filter output').textContent")
