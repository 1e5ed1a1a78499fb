"""The rooms of docs/architecture.md, as tests: who may import what, ask the clock, name a place."""

import ast
import graphlib
import re
import sys
from pathlib import Path

import pytest

from tests.conventions.repository import (
    PACKAGE,
    PROJECT,
    files,
    imports,
    kept,
    name_of,
    python_files,
    syntax_of,
)

# What a room may import: other rooms of the package, and packages that are not ours.
BASE = {"errors", "failpoints", "settings", "durable", "runs", "sql"}
LIBRARY = {
    *("sources", "extract", "landing", "privacy", "audit", "warehouse", "transform"),
    *("prediction", "load"),
}
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "errors": (set(), set()),
    "failpoints": (set(), set()),
    "durable": (set(), set()),
    "settings": ({"errors"}, set()),
    "runs": ({"errors", "settings", "durable"}, set()),
    "sql": ({"settings"}, {"duckdb"}),
    "sources": (BASE, {"pydantic", "yaml"}),
    # extract and landing are two halves of one act: a row's rules, and where the row then lies.
    "extract": (BASE | {"sources", "landing", "warehouse.lock"}, {"duckdb", "fsspec"}),
    "landing": (
        BASE
        | {"sources", "extract.rules", "privacy.pseudonyms", "privacy.erased", "warehouse.lock"},
        {"duckdb"},
    ),
    "privacy": (BASE | {"sources", "landing.batch", "warehouse.lock"}, {"duckdb"}),
    "warehouse": (BASE | {"sources", "landing"}, {"duckdb"}),
    "lifetime_value": (set(), {"numpy", "scipy", "threadpoolctl"}),
    "prediction": (
        BASE | {"lifetime_value", "warehouse"},
        {"duckdb", "numpy", "pyarrow", "sklearn", "threadpoolctl", "yaml"},
    ),
    "transform": (BASE | {"warehouse"}, {"dbt", "dbt_common"}),
    "audit": (
        BASE | {"sources", "landing", "warehouse", "extract.rules"},
        {"duckdb", "duckdb_engine", "great_expectations", "sqlalchemy", "typing_extensions"},
    ),
    "load": (BASE | LIBRARY, set()),
    "site": (BASE | {"warehouse", "load"}, {"duckdb", "jinja2", "markupsafe"}),
    "doctor": (BASE | LIBRARY, set()),
    "cli": (BASE | LIBRARY | {"doctor", "site"}, {"duckdb", "rich", "typer"}),
    "assets": (set(), {"airflow"}),
    "notify": (set(), {"airflow"}),
    "airflow_view": ({"settings", "runs"}, {"airflow", "fastapi", "jinja2"}),
    "operators": (BASE | {"assets", "load", "site"}, {"airflow", "yaml"}),
}
# Who may ask the clock or the calendar, and why that never reaches a mart.
MAY_ASK_THE_TIME = {
    "runs.py": "the ledger says when a step started",
    "landing/land.py": "the manifest says when a batch landed",
    "warehouse/lock.py": "a waiting run is told since when the lock is held",
    "warehouse/versions.py": "the list of moves says when the pointer moved",
    "audit/overrides.py": "an acceptance says when it was given",
    "privacy/erased.py": "the record of an erasure says when it was asked for",
}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
LARGEST_FILE_BYTES = 1 << 20
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("goproxy", "io"),
    )
]
MACHINE = re.compile(r"(?<![\w.$}])/(?:home|root|Users|work)/|/tmp/[w]\b")

each_module = pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> dict[str, Path]:
    """Return the package's modules by their dotted name, ``warehouse.lock``."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts).removesuffix("__init__").rstrip(".")] = path
    return found


def ours(path: Path) -> set[str]:
    """Return the package's own modules that a file imports."""
    known = modules()
    found = set()
    for name in imports(path):
        inner = name.removeprefix("customer_value.")
        if inner == name:
            continue
        while inner not in known and "." in inner:
            inner = inner.rpartition(".")[0]
        found.add(inner)
    return found


def foreign(path: Path) -> set[str]:
    """Return the top packages a file imports that are neither ours nor Python's own."""
    tops = {name.partition(".")[0] for name in imports(path)}
    return tops - set(sys.stdlib_module_names) - {"customer_value"}


@each_module
def test_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert imports(path) == set()
        return
    assert room in MAY_IMPORT, f"{room} is a new room: add it here and to docs/architecture.md."
    rooms, packages = MAY_IMPORT[room]

    strangers = {
        name
        for name in ours(path)
        if name.partition(".")[0] not in {room, *rooms} and name not in rooms
    }

    assert not strangers, f"{room} may not import {sorted(strangers)}."
    assert foreign(path) <= packages, f"{room} may not import {sorted(foreign(path) - packages)}."


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {name: ours(path) - {name} for name, path in modules().items()}

    graphlib.TopologicalSorter(graph).prepare()


def test_the_page_on_architecture_names_every_room() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")

    missing = [room for room in MAY_IMPORT if f"`{room}" not in page]

    assert not missing, f"docs/architecture.md does not name {missing}."


@pytest.mark.parametrize("path", python_files("dags"), ids=name_of)
def test_dags_say_when_and_in_what_order_and_nothing_else(path: Path) -> None:
    allowed = re.compile(
        r"airflow\.sdk\.\w+|customer_value\.(assets|notify)\.\w+|customer_value\.operators\.[\w.]+"
    )
    strangers = {
        name
        for name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not allowed.fullmatch(name)
    }

    assert not strangers, f"A DAG may not import {sorted(strangers)}."


@pytest.mark.parametrize("path", python_files("demo"), ids=name_of)
def test_the_source_systems_do_not_know_the_warehouse(path: Path) -> None:
    assert not foreign(path) & {"tests", "tools", "benchmarks"}
    assert "customer_value" not in {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", python_files("expectations"), ids=name_of)
def test_suites_import_expectations_only(path: Path) -> None:
    assert foreign(path) <= {"great_expectations"}
    assert all(
        name.startswith("great_expectations.expectations")
        for name in imports(path)
        if name.startswith("great_expectations")
    )


@each_module
def test_heavy_engines_are_imported_only_where_they_are_used(path: Path) -> None:
    """Airflow reads every DAG file often: Great Expectations and dbt cost seconds each time."""
    at_the_top = {
        name.partition(".")[0]
        for node in syntax_of(path).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }

    assert not at_the_top & {"great_expectations", "dbt"}


@each_module
def test_content_never_asks_the_clock(path: Path) -> None:
    asked = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    ]
    known = str(path.relative_to(PACKAGE)) in MAY_ASK_THE_TIME

    assert bool(asked) == known, (
        f"{asked or 'nobody'} asks for the time; content takes the as-of date of its run. "
        "MAY_ASK_THE_TIME lists who may, with the reason."
    )


def test_no_file_names_a_package_registry_or_a_place_of_one_machine() -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{name_of(path)}: {host}" for host in HOSTS if host in text]
        found += [f"{name_of(path)}: {match}" for match in MACHINE.findall(text)]

    assert not found, found


def test_nothing_is_a_link() -> None:
    """It would lead to a place of one machine."""
    assert [name_of(path) for path in kept() if path.is_symlink()] == []


def test_no_file_is_over_a_mebibyte() -> None:
    large = [name_of(path) for path in files() if path.stat().st_size > LARGEST_FILE_BYTES]

    assert not large, f"{large}: generate it, or keep it elsewhere."
