"""DuckDB's client for Node reads a published file, by ``bi/node/``: ``make optional``."""

import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from customer_value.settings import PROJECT, Settings

from tests.site.warehouse import publish_rows

RECIPE = PROJECT / "bi" / "node"
ORDER = "marts.fct_orders"
# More digits than a number of JavaScript holds, on a day that no zone may move.
ROW = {
    "business_unit": "retail",
    "order_id": "retail-1",
    "order_date": dt.date(2024, 3, 1),
    "items_quantity": 2**53 + 1,
    "net_revenue": Decimal("90071992547409.93"),
}
QUESTION = "select order_id, order_date, items_quantity, net_revenue, margin from marts.fct_orders"
ANSWER = {
    "order_id": "retail-1",
    "order_date": "2024-03-01",
    "items_quantity": "9007199254740993",
    "net_revenue": "90071992547409.93",
    "margin": None,
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recipe with what it names installed, as docs/bi.md says."""
    npm = shutil.which("npm")
    assert npm, "npm is not installed: apt-get install npm."
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "read.mjs"):
        shutil.copy(RECIPE / name, folder)
    install = [npm, "install", "--no-package-lock", "--ignore-scripts", "--silent"]
    subprocess.run(install, cwd=folder, check=True)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", memory_limit="1GB", threads=1)


@pytest.fixture
def running(reader: Path, settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """The reader on a published version of one order."""
    publish_rows(settings, "first", {ORDER: [ROW]})
    process = subprocess.Popen(
        ["node", reader / "read.mjs", settings.home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process


def ask(process: subprocess.Popen[str], question: str) -> Any:
    assert process.stdin
    assert process.stdout
    process.stdin.write(question + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def opened(process: subprocess.Popen[str]) -> set[str]:
    """Return the versions whose file the process has open."""
    files = Path(f"/proc/{process.pid}/fd").iterdir()
    targets = [file.readlink() for file in files]
    return {path.parent.name for path in targets if path.name == "customer_value.duckdb"}


def test_decimals_counts_and_dates_come_with_every_digit(
    running: subprocess.Popen[str],
) -> None:
    assert ask(running, QUESTION) == [ANSWER]


def test_a_reader_that_stays_answers_from_each_new_version_and_lets_the_old_one_go(
    running: subprocess.Popen[str], settings: Settings
) -> None:
    assert ask(running, QUESTION) == [ANSWER]

    second = publish_rows(settings, "second", {ORDER: [ROW, ROW | {"order_id": "retail-2"}]})

    assert ask(running, f"{QUESTION} order by order_id") == [
        ANSWER,
        ANSWER | {"order_id": "retail-2"},
    ]
    assert opened(running) == {second}


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("delete from marts.fct_orders", "read-only"),
        ("from read_csv('/etc/passwd')", "disabled by configuration"),
    ],
)
def test_the_reader_changes_nothing_and_has_no_way_out(
    reader: Path, settings: Settings, statement: str, error: str
) -> None:
    publish_rows(settings, "first", {ORDER: [ROW]})

    ended = subprocess.run(
        ["node", reader / "read.mjs", settings.home],
        input=statement,
        text=True,
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 1
    assert error in ended.stderr


def test_no_package_that_the_recipe_installs_is_left_to_choice(reader: Path) -> None:
    """Each version is exact, in the recipe or in the package that asks, so no lock is needed."""
    recipe = json.loads((RECIPE / "package.json").read_text())
    packages = [
        json.loads(path.read_text()) for path in reader.glob("node_modules/**/package.json")
    ]
    asked = {
        name: version
        for package in [recipe, *packages]
        for kind in ("dependencies", "optionalDependencies")
        for name, version in package.get(kind, {}).items()
    }

    exact = asked | recipe["overrides"]

    assert {
        name for name, version in exact.items() if not re.fullmatch(r"\d[\w.-]*", version)
    } == set()
    assert {package["name"]: package["version"] for package in packages}.items() <= exact.items()
