"""What ``make demo`` made, in a real browser: from its file, and inside Airflow's own pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.versions import Versions

from tests.optional.conftest import faults_of_access
from tests.site.page import Site
from tools import airflow_local
from tools.airflow_local import Airflow
from tools.browser import Browser
from tools.demo import DAG, FIRST_LOAD
from tools.pictures import DASHBOARD, SIZE, log_in, open_run

# What is wrong with a page, asked of the window it is shown in.
FAULTS = """
(async (shown, address) => {
  const inner = shown.document;
  if (shown.location.hash !== address) {
    const moved = new Promise((done) => shown.addEventListener("hashchange", done, { once: true }));
    shown.location.hash = address;
    await moved;
  }
  const text = inner.querySelector("main").innerText;
  const blocks = [...inner.querySelectorAll(".block")];
  return [
    ...blocks.filter((block) => !block.querySelector(".body > *")).map(() => "an empty block"),
    ...(blocks.length ? [] : ["no block"]),
    ...(inner.documentElement.scrollWidth > shown.innerWidth ? ["wider than its window"] : []),
    ...[...inner.querySelectorAll(".tile .number")]
      .filter((number) => number.scrollWidth > number.clientWidth)
      .map((number) => `${number.innerText} is wider than its tile`),
    ...(text.match(/\\bNaN\\b|undefined|\\[object/g) ?? []),
    ...[...inner.querySelectorAll("table:not(.long) thead th")]
      .filter((head) => head.offsetHeight > 64)
      .map((head) => `the heading ${head.innerText} is stacked`),
  ].map((fault) => `${address}: ${fault}`);
})(%s, "%s")
"""


@pytest.fixture(scope="module")
def demo() -> Settings:
    """What the demo published, here or in CUSTOMER_VALUE_HOME."""
    home = Path(os.environ.get("CUSTOMER_VALUE_HOME", PROJECT / "var" / "demo"))
    settings = Settings(home=home)
    assert settings.site.exists(), f"There is no dashboard below {home}: run make demo."
    return settings


@pytest.fixture(scope="module")
def addresses(demo: Settings) -> list[str]:
    """Every page of each unit that has it, in both languages."""
    frame = Site(demo).embedded("frame")
    return [
        f"#/{language}/{unit['id']}/{page['id']}"
        for language in frame["languages"]
        for unit in frame["units"]
        for page in frame["pages"]
        if page["units"] is None or unit["id"] in page["units"]
    ]


@pytest.fixture(scope="module")
def airflow(browser: Browser, demo: Settings) -> Iterator[Airflow]:
    """Airflow on the demo, to which the browser has logged in."""
    with airflow_local.running(demo.home, last_night=FIRST_LOAD) as airflow:
        log_in(browser, airflow, *SIZE)
        yield airflow


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_of_the_file_is_without_a_fault(
    browser: Browser, demo: Settings, addresses: list[str], axe: str, width: int
):
    faults = []

    browser.open(demo.site.as_uri() + addresses[0], width)
    for address in addresses:
        faults += browser.ask(FAULTS % ("window", address), wait=True)
        faults += [f"{address}: {fault}" for fault in faults_of_access(browser, axe)]

    assert len(addresses) > len(Site(demo).embedded("frame")["pages"])
    assert faults == []
    assert browser.said == []
    assert {asked.partition("#")[0] for asked in browser.asked} <= {
        demo.site.as_uri(),
        "about:blank",
        "data:,",
    }


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_inside_airflow_is_without_a_fault(
    browser: Browser, airflow: Airflow, addresses: list[str], width: int
):
    faults = []

    browser.open(airflow.url, width)
    browser.click(DASHBOARD)
    browser.wait("frames[0]?.document.querySelector('main')")
    said_before = len(browser.said)
    for address in addresses:
        faults += browser.ask(FAULTS % ("frames[0]", address), wait=True)

    assert faults == []
    assert browser.said[said_before:] == []
    assert [
        asked
        for asked in browser.asked
        if not asked.removeprefix("blob:").startswith((airflow.url, "about:", "data:"))
    ] == []


def test_a_run_leads_to_its_version_its_audits_and_the_dashboard(
    browser: Browser, airflow: Airflow, demo: Settings
):
    live = Versions(demo).live()
    assert live
    inside = "frames[0].document"

    browser.open(airflow.url, *SIZE)
    open_run(browser, DAG)
    run = browser.ask(f"{inside}.body.innerText")
    browser.ask(f"{inside}.querySelector('a[href$=\"/marts/index.html\"]').click()")
    browser.wait(f"{inside}.title.includes('marts')")
    audits = browser.ask(f"{inside}.body.innerText")
    open_run(browser, DAG)
    browser.ask(f"{inside}.querySelector('nav a').click()")
    browser.wait(f"{inside}.querySelector('.edition')")
    edition = browser.ask(f"{inside}.querySelector('.edition').innerText")

    assert f"version {live.name}" in run
    assert "fct_customer_value" in audits
    assert live.name in edition
