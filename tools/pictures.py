"""``make pictures``: README's pictures, of what ``make demo`` published, in Airflow too."""

import sys
import tempfile
from pathlib import Path

from customer_value.settings import PROJECT, Settings

from tools import airflow_local
from tools.airflow_local import Airflow
from tools.browser import Browser, BrowserError, chromium
from tools.demo import DAG, FIRST_LOAD

FOLDER = PROJECT / "docs" / "images"
PAGES = {
    "dashboard.png": "#/en/retail/overview",
    "rfm_map.png": "#/en/retail/rfm",
    "account.png": "#/zh/industrial/account",
}
IN_AIRFLOW = "load_warehouse.png"
SIZE = (1440, 900)
DASHBOARD = "a[href='/plugin/customers']"
TAB = "a[href$='/plugin/customers-run']"


def log_in(browser: Browser, airflow: Airflow, width: int, height: int) -> None:
    """Open Airflow and log in as a person does."""
    browser.open(airflow.url, width, height)
    browser.fill("input[name=username]", airflow_local.USER)
    browser.fill("input[name=password]", airflow.password)
    browser.click("button[type=submit]")
    browser.wait("!location.pathname.startsWith('/auth')")


def open_run(browser: Browser, dag_id: str) -> None:
    """Go from wherever one is in Airflow to the tab of a DAG's newest run, by clicks."""
    browser.click("a[href='/dags']")
    browser.click(f"a[href='/dags/{dag_id}']")
    browser.click(f"a[href='/dags/{dag_id}/runs']")
    browser.click("td a[href*='/runs/']")
    browser.click(TAB)
    browser.wait("frames[0]?.document.querySelector('h1')")


def take(home: Path, folder: Path) -> list[Path]:
    """Store each picture, unless its page complains; return their files."""
    site = Settings(home=home).site
    with (
        tempfile.TemporaryDirectory() as profile,
        chromium(Path(profile)) as browser,
        airflow_local.running(home, last_night=FIRST_LOAD) as airflow,
    ):
        for name, place in PAGES.items():
            browser.open(site.as_uri() + place, *SIZE)
            if browser.said:
                raise BrowserError(f"{place} says: {browser.said}")
            browser.picture(folder / name)
        log_in(browser, airflow, *SIZE)
        open_run(browser, DAG)
        browser.picture(folder / IN_AIRFLOW)
    return [folder / name for name in (*PAGES, IN_AIRFLOW)]


def main() -> int:
    """Take the pictures; return the exit code."""
    settings = Settings.from_environment()
    if not settings.site.exists():
        print(f"There is no dashboard below {settings.home}: run make demo.", file=sys.stderr)
        return 1
    for path in take(settings.home, FOLDER):
        print(f"{path.relative_to(PROJECT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
