"""The house's rules for SQL and its descriptions, checked on the files alone."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from customer_value.settings import PROJECT
from customer_value.sources.contract import load_systems

DBT = PROJECT / "dbt_project"
MODELS = DBT / "models"
SQL = sorted(MODELS.rglob("*.sql"))
STAGING = [path for path in SQL if path.relative_to(MODELS).parts[0] == "staging"]
INTERMEDIATE = [path for path in SQL if path.relative_to(MODELS).parts[0] == "intermediate"]
MARTS = [path for path in SQL if path.relative_to(MODELS).parts[0] == "marts"]
TESTS = sorted((DBT / "tests").glob("*.sql"))
SEEDS = sorted((DBT / "seeds").glob("*.csv"))
# A seed holds what the business decides: staging only renames what a source says.
MAY_READ = {
    "staging": {"source"},
    "intermediate": {"seeds", "staging", "intermediate"},
    "marts": {"seeds", "staging", "intermediate", "marts"},
}
LAYER_BY_PREFIX = {"stg": "staging", "int": "intermediate", "dim": "marts", "fct": "marts"}
NAMES = {
    "staging": r"stg_[a-z]+(_[a-z]+)*__[a-z_]+",
    "intermediate": r"int_[a-z]+(_[a-z]+)*__[a-z_]+",
    "marts": r"(dim|fct)_[a-z_]+",
}
FORBIDDEN = {
    r"\bqualify\b": "qualify: number the rows in one step and filter in the next",
    r"\bfilter\s*\(": "filter (where ...): use case inside the aggregate",
    r"::": "::, use cast",
    r"\bgroup by (all|\d)": "group by all or by position: name the columns",
    r"\border by \d": "order by position: name the columns",
    r"\b(current_date|current_timestamp|now\(|today\(|localtime)": "the clock: use as_of_date()",
    r"\bntile\b": "ntile: it gives equal customers different scores",
    r"\bright (outer )?join\b": "right join: turn it round",
    r"\bselect distinct\b": "select distinct: it hides duplicates, group by instead",
    r"\b(float|double|real)\b": "floating point: use decimal",
    r"\b(list|struct_pack|arg_max|arg_min|strftime|date_diff|date_add|timezone|epoch)\s*\(": (
        "one engine's function: put it in macros/ behind adapter.dispatch"
    ),
}
each_model = pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
each_staging_model = pytest.mark.parametrize("path", STAGING, ids=lambda path: path.stem)
each_mart = pytest.mark.parametrize("path", MARTS, ids=lambda path: path.stem)
each_seed = pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)


def layer_of(path: Path) -> str:
    return path.relative_to(MODELS).parts[0]


def code(path: Path) -> str:
    """Return a file's SQL in lower case, without comments."""
    return _without_comments(path.read_text(encoding="utf-8"))


def _without_comments(sql: str) -> str:
    sql = re.sub(r"\{#.*?#\}", "", sql, flags=re.DOTALL)
    return re.sub(r"--[^\n]*", "", sql).lower()


def parents(path: Path) -> list[str]:
    """Return what a model reads, the models of every unit under the name they share."""
    sql = path.read_text(encoding="utf-8")
    shared = re.findall(r"of_every_unit\('(\w+)'", sql)
    return [*re.findall(r"ref\('(\w+)'\)", sql), *(f"int_unit_{name}" for name in shared)]


def layer_of_name(name: str) -> str:
    """Return the layer a referenced name belongs to."""
    if name in {path.stem for path in SEEDS}:
        return "seeds"
    return LAYER_BY_PREFIX[name.split("_")[0]]


def seed_yaml(path: Path) -> dict[str, Any]:
    seeds = yaml.safe_load((DBT / "seeds" / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    return dict({seed["name"]: seed for seed in seeds}[path.stem])


def mart_yaml(path: Path) -> dict[str, Any]:
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
    return dict(model)


def unit_tested() -> set[str]:
    return {
        test["model"]
        for path in MODELS.rglob("*.yml")
        for test in yaml.safe_load(path.read_text(encoding="utf-8")).get("unit_tests", [])
    }


@each_model
def test_model_reads_only_allowed_layers(path: Path) -> None:
    read = {layer_of_name(name) for name in parents(path)}
    if "source(" in path.read_text(encoding="utf-8"):
        read.add("source")

    allowed = MAY_READ[layer_of(path)]

    assert read <= allowed, (
        f"{path.stem} ({layer_of(path)}) reads {sorted(read - allowed)}; "
        f"{layer_of(path)} may read only {sorted(allowed)}."
    )


@each_model
def test_model_is_named_after_its_layer(path: Path) -> None:
    assert re.fullmatch(NAMES[layer_of(path)], path.stem)


@each_model
def test_model_ends_with_its_last_step_and_no_order(path: Path) -> None:
    assert re.search(r"(\)|\}\})\n\nselect \* from \w+\n$", path.read_text(encoding="utf-8"))


@each_staging_model
def test_staging_reads_one_source_and_only_renames(path: Path) -> None:
    sql = code(path)

    assert len(re.findall(r"source\(", sql)) == 1
    assert not re.search(r"\b(join|where|group by|union|over)\b", sql)


@each_seed
def test_seed_says_whose_it_is_and_what_its_columns_hold(path: Path) -> None:
    seed = seed_yaml(path)
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    described = {column["name"]: column["description"] for column in seed["columns"]}
    key = [header.index(name) for name in seed["config"]["meta"]["grain"]]

    assert seed["config"]["meta"]["owner"]
    assert list(described) == header
    assert list(seed["config"]["column_types"]) == header
    assert all(described.values())
    assert len({tuple(row[place] for place in key) for row in rows}) == len(rows)


def test_every_seed_is_read_and_every_described_seed_exists() -> None:
    seeds = yaml.safe_load((DBT / "seeds" / "_seeds.yml").read_text(encoding="utf-8"))["seeds"]
    read = {name for path in SQL for name in parents(path)}

    assert {seed["name"] for seed in seeds} == {path.stem for path in SEEDS}
    assert [path.stem for path in SEEDS if path.stem not in read] == []


@each_mart
def test_mart_knows_no_business_unit(path: Path) -> None:
    units = {system.unit for system in load_systems(PROJECT / "dags" / "sources").values()}
    own = [name for name in parents(path) if any(unit in name.split("_") for unit in units)]

    assert own == [], f"{path.stem} reads {own}: a business unit's names end in intermediate/."


@pytest.mark.parametrize("path", [*SQL, *TESTS], ids=lambda path: path.stem)
def test_sql_runs_on_any_engine_and_never_reads_the_clock(path: Path) -> None:
    sql = code(path)

    found = [advice for pattern, advice in FORBIDDEN.items() if re.search(pattern, sql)]

    assert found == []


@pytest.mark.parametrize("path", sorted((DBT / "macros").glob("*.sql")), ids=lambda path: path.stem)
def test_macros_keep_one_engines_sql_behind_dispatch(path: Path) -> None:
    macros = re.findall(
        r"\{%-? *(?:macro|test) (\w+)\(.*?%\}(.*?)\{%-? *end(?:macro|test)",
        _without_comments(path.read_text(encoding="utf-8")),
        flags=re.DOTALL,
    )
    portable = [(name, body) for name, body in macros if "__" not in name]

    assert macros
    assert [
        (name, advice)
        for name, body in portable
        for pattern, advice in FORBIDDEN.items()
        if re.search(pattern, body)
    ] == []


@each_mart
def test_mart_promises_its_shape_grain_and_owner(path: Path) -> None:
    mart = mart_yaml(path)
    meta = mart["config"]["meta"]
    columns = {column["name"]: column for column in mart["columns"]}

    assert mart["name"] == path.stem
    assert meta["owner"]
    assert set(meta["grain"]) <= set(columns)
    assert all(column.get("data_type") for column in columns.values())
    assert all(
        {"type": "not_null"} in columns[name].get("constraints", []) for name in meta["grain"]
    )


@each_mart
def test_mart_tests_its_grain(path: Path) -> None:
    mart = mart_yaml(path)
    grain = mart["config"]["meta"]["grain"]
    together = [
        test["unique_together"]["arguments"]["columns"]
        for test in mart.get("data_tests", [])
        if "unique_together" in test
    ]
    single = [[c["name"]] for c in mart["columns"] if "unique" in c.get("data_tests", [])]

    assert grain in together + single, (
        f"{path.stem}.yml lacks a test of its grain: unique_together, or unique on its one column."
    )


def test_every_mart_has_an_enforced_contract() -> None:
    project = yaml.safe_load((DBT / "dbt_project.yml").read_text(encoding="utf-8"))
    marts = project["models"]["customer_value"]["marts"]

    assert marts["+contract"] == {"enforced": True}
    assert [path.stem for path in MARTS if re.search(r"\bcontract\s*=", code(path))] == []


@each_mart
def test_mart_states_units_and_flags_are_never_null(path: Path) -> None:
    columns = mart_yaml(path)["columns"]
    numbers = [
        column
        for column in columns
        if column["data_type"].startswith(("decimal", "bigint"))
        and not column["name"].endswith(("_number", "_sequence"))
    ]
    flags = [column for column in columns if column["name"].startswith(("is_", "has_"))]

    assert [column["name"] for column in numbers if "(" not in column["description"]] == [], (
        "Say the unit of these in brackets, as in: Orders of the month (count)."
    )
    assert [
        flag["name"] for flag in flags if {"type": "not_null"} not in flag.get("constraints", [])
    ] == []
    assert [
        column["name"]
        for column in columns
        if (column["data_type"] == "boolean") != column["name"].startswith(("is_", "has_"))
    ] == []


def test_every_model_with_logic_has_a_unit_test() -> None:
    joining = [path for path in MARTS if " join " in code(path)]
    listing = {"int_business_units__listed"}  # names the units and does nothing else
    expected = {path.stem for path in [*INTERMEDIATE, *joining]} - listing

    assert expected - unit_tested() == set(), "Write them a test in __unit_tests.yml beside them."


def test_every_singular_test_states_a_truth() -> None:
    assert [path.stem for path in TESTS if not path.stem.startswith("assert_")] == []
    assert [path.stem for path in TESTS if not path.read_text().startswith("-- ")] == []


def test_dbt_and_the_sources_agree_on_the_shops_time_zone() -> None:
    project = yaml.safe_load((DBT / "dbt_project.yml").read_text(encoding="utf-8"))
    zones = {
        system.unit: system.time_zone
        for system in load_systems(PROJECT / "dags" / "sources").values()
    }

    assert {unit: project["vars"][f"{unit}_time_zone"] for unit in zones} == zones


def test_every_source_table_is_staged_under_its_own_name() -> None:
    staged = {path.stem for path in STAGING}
    landed = {
        f"stg_{system.unit}__{table}"
        for system in load_systems(PROJECT / "dags" / "sources").values()
        for table in system.tables
    }

    assert landed <= staged
