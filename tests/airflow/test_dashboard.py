"""The dashboard inside Airflow answers nobody who is not logged in; test_demo.py logs in."""

import importlib.util
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import pytest
from airflow.api_fastapi.app import create_auth_manager
from customer_value.settings import PROJECT, Settings
from fastapi.testclient import TestClient

SECRET = "what only a reader may see"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The plugin's page, as Airflow mounts it, over a dashboard that is there."""
    monkeypatch.setenv("CUSTOMER_VALUE_HOME", str(tmp_path))
    site = Settings(home=tmp_path).site
    site.parent.mkdir()
    site.write_text(SECRET)
    specification = importlib.util.spec_from_file_location(
        "dashboard", PROJECT / "plugins" / "dashboard.py"
    )
    assert specification
    assert specification.loader
    plugin = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(plugin)
    create_auth_manager()
    return TestClient(plugin.DashboardPlugin.fastapi_apps[0]["app"])


def test_without_a_token_there_is_no_data(client: TestClient) -> None:
    answer = client.get("/")

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


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/index.html", "/x/../index.html"])
def test_there_is_no_other_page(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED)
    assert SECRET not in answer.text
