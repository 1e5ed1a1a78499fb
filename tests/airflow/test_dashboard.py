"""What Airflow shows of dashboard, runs and audits, and to whom; test_demo.py logs in for real."""

import datetime as dt
import html
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from airflow.api_fastapi.app import create_auth_manager
from airflow.api_fastapi.core_api.security import get_user
from customer_value.airflow_view import view
from customer_value.audit.docs import page_of
from customer_value.errors import AuditError
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from fastapi.testclient import TestClient

SECRET = "what only a reader may see"
NIGHT = dt.date(2017, 3, 2)
RUN_NAME = "scheduled__2017-03-02T01:00:00+00:00"
RUN_PAGE = f"/runs/load_warehouse/{quote(RUN_NAME, safe='')}"
LINK = re.compile(r'href="([^"]+)"')


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A dashboard, a run that published after an audit was refused once, and the audit's page."""
    monkeypatch.setenv("CUSTOMER_VALUE_HOME", str(tmp_path))
    settings = Settings(home=tmp_path)
    run = Run.named(RUN_NAME, NIGHT, settings)
    with pytest.raises(AuditError), run.step("audit_marts"):
        raise AuditError("2 < 3 rows", where=SECRET, fix="Ask the shop.")
    with run.step("publish_warehouse") as result:
        result |= {"version": "000007", "live": False, "live_version": "000008"}
    audits = settings.audits / "docs" / "index.html"
    for page in (settings.site, audits, page_of(settings.audits, run.run_id, "marts")):
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(SECRET)
    return settings


@pytest.fixture
def client(settings: Settings) -> TestClient:
    """The plugin's pages, as Airflow mounts them, over what is there to see."""
    assert settings.site.exists()
    specification = importlib.util.spec_from_file_location(
        "dashboard", PROJECT / "plugins" / "dashboard.py"
    )
    assert specification
    assert specification.loader
    plugin = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(plugin)
    create_auth_manager()
    return TestClient(plugin.DashboardPlugin.fastapi_apps[0]["app"])


@pytest.fixture
def reader(client: TestClient) -> Iterator[TestClient]:
    """The same for somebody whom Airflow knows."""
    view.dependency_overrides[get_user] = lambda: None
    yield client
    view.dependency_overrides.clear()


@pytest.mark.parametrize("page", ["/", RUN_PAGE, "/audits/index.html"])
def test_without_a_token_there_is_no_data(client: TestClient, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert SECRET not in answer.text


@pytest.mark.parametrize("where", ["header", "cookie"])
def test_with_a_forged_token_there_is_no_data(client: TestClient, where: str) -> None:
    forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."
    headers = {
        "header": {"Authorization": f"Bearer {forged}"},
        "cookie": {"Cookie": f"_token={forged}"},
    }

    answer = client.get("/", headers=headers[where])

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert SECRET not in answer.text


def test_processes_that_only_load_plugins_start_no_web_server() -> None:
    program = (
        "import runpy, sys; from airflow import plugins_manager; before = set(sys.modules); "
        f"runpy.run_path({str(PROJECT / 'plugins' / 'dashboard.py')!r}); "
        "print(sorted({'fastapi', 'customer_value.airflow_view'} & set(sys.modules) - before))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert answer.stdout.splitlines()[-1] == "[]"


def test_a_run_shows_its_version_and_what_failed(reader: TestClient) -> None:
    answer = reader.get(RUN_PAGE)

    assert answer.status_code == HTTPStatus.OK
    for part in (
        f"load_warehouse, {RUN_NAME}",
        "2017-03-02",
        "version 000007, beside the live 000008",
        "2 < 3 rows",
        "Ask the shop.",
    ):
        assert part in html.unescape(answer.text)


def test_every_link_of_a_run_leads_somewhere(reader: TestClient, settings: Settings) -> None:
    run_id = Run.named(RUN_NAME, NIGHT, settings).run_id
    page = reader.get(RUN_PAGE)

    places = [urljoin(RUN_PAGE, html.unescape(link)) for link in LINK.findall(page.text)]

    assert places == ["/", "/audits/index.html", f"/audits/{run_id}/marts/index.html"]
    assert [reader.get(place).text for place in places] == [SECRET] * 3


def test_a_run_that_loaded_nothing_says_so(reader: TestClient) -> None:
    answer = reader.get("/runs/rollback_warehouse/manual__2017-03-02")

    assert answer.status_code == HTTPStatus.OK
    assert "loaded nothing" in answer.text


def test_a_name_of_a_run_is_shown_as_text(reader: TestClient) -> None:
    answer = reader.get("/runs/<b>x/<script>alert(1)<script>")

    assert "&lt;script&gt;alert(1)" in answer.text
    assert not re.search("<script|<b>", answer.text)


@pytest.mark.parametrize("page", [RUN_PAGE, "/audits/index.html"])
def test_pages_about_runs_may_run_no_script(reader: TestClient, page: str) -> None:
    answer = reader.get(page)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "address",
    [
        "../results/secret.html",
        "%2e%2e/results/secret.html",
        "..%2fresults%2fsecret.html",
        "%2fetc%2fpasswd",
        "2017-03-02-0123abcd/../../secret.html",
        "2017-03-02-0123abcd/marts/%2e%2e/index.html",
        "index.html%00",
        "secret.html",
        "",
    ],
)
def test_an_address_of_anything_but_an_audit_is_refused(
    reader: TestClient, settings: Settings, address: str
) -> None:
    for place in ("results/secret.html", "secret.html", "docs/secret.html"):
        path = settings.audits / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(SECRET)

    answer = reader.get(f"/audits/{address}")

    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert SECRET not in answer.text


def test_an_audit_that_is_gone_is_not_found(reader: TestClient) -> None:
    answer = reader.get("/audits/2016-01-01-0123abcd/marts/index.html")

    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/index.html", "/x/../index.html"])
def test_there_is_no_other_page(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED)
    assert SECRET not in answer.text
