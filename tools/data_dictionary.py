"""Part of ``make docs``: write the data dictionary, in English and Chinese, from the marts' YAML.

The YAML is what dbt builds by and what the published file carries as comments; the English page is
the same text for reading. The Chinese page takes its meanings from ``docs/translations/``, which
has to know every table and column. A test fails while a page differs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[1]
MARTS = PROJECT / "dbt_project" / "models" / "marts"
TRANSLATION = PROJECT / "docs" / "translations" / "data_dictionary.zh.yml"
BOUNDS = {"_lower": "下限", "_upper": "上限"}


@dataclass(frozen=True, slots=True)
class Mart:
    """One published table and what its YAML says of it."""

    schema: str
    name: str
    facts: Mapping[str, Any]

    @property
    def columns(self) -> list[Mapping[str, Any]]:
        columns: list[Mapping[str, Any]] = self.facts["columns"]
        return columns

    @property
    def grain(self) -> list[str]:
        grain: list[str] = self.facts["config"]["meta"]["grain"]
        return grain

    def key(self) -> list[str]:
        """Return the columns that a test proves to be unique together."""
        for constraint in self.facts.get("constraints", []):
            if constraint["type"] == "primary_key":
                return list(constraint["columns"])
        for test in self.facts.get("data_tests", []):
            if "unique_together" in test:
                return list(test["unique_together"]["arguments"]["columns"])
        raise LookupError(f"{self.schema}.{self.name} has neither a primary_key nor a test of one.")


def load_marts(folder: Path = MARTS) -> list[Mart]:
    """Return all marts by schema and name; how the load went is a schema of its own."""
    found = [
        Mart("operations" if path.parent.name == "operations" else "marts", model["name"], model)
        for path in folder.rglob("*.yml")
        for model in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("models", [])
    ]
    return sorted(found, key=lambda mart: (mart.schema, mart.name))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A page on all marts in one language: its words, and what tables and columns mean."""

    page: Path
    head: str
    tables: str
    grain: str
    key: str
    columns: str
    never: str
    maybe: str
    found_in: str
    one_of: str
    # By `table` and `table.column`.
    meanings: Callable[[list[Mart]], Mapping[str, str]]

    def render(self, marts: list[Mart]) -> str:
        """Return the page."""
        meanings = self.meanings(marts)
        lines = [self.head]
        for schema in sorted({mart.schema for mart in marts}):
            lines += [f"\n## Schema `{schema}`\n", self.tables, "|---|---|"]
            inside = [mart for mart in marts if mart.schema == schema]
            lines += [
                f"| [{mart.name}](#{mart.schema}{mart.name}) | {_names(mart.grain)} |"
                for mart in inside
            ]
            for mart in inside:
                lines += self._table(mart, meanings)
        return "\n".join(lines) + "\n"

    def _table(self, mart: Mart, meanings: Mapping[str, str]) -> Iterator[str]:
        yield f"\n### `{mart.schema}.{mart.name}`\n"
        yield _sentence(meanings[mart.name])
        yield f"\n- {self.grain}{_names(mart.grain)}"
        yield f"- {self.key}{_names(mart.key())}\n"
        yield self.columns
        yield "|---|---|---|---|"
        for column in mart.columns:
            constraints = {constraint["type"] for constraint in column.get("constraints", [])}
            empty = self.never if "not_null" in constraints else self.maybe
            meaning = _sentence(meanings[f"{mart.name}.{column['name']}"])
            meaning = " ".join([meaning, *self._promises(column)])
            yield f"| `{column['name']}` | {column['data_type']} | {empty} | {meaning} |"

    def _promises(self, column: Mapping[str, Any]) -> Iterator[str]:
        """Yield in words what dbt tests of a column beyond its type."""
        for test in column.get("data_tests", []):
            if not isinstance(test, Mapping):
                continue
            if "relationships" in test:
                to = test["relationships"]["arguments"]
                table = to["to"].removeprefix("ref('").removesuffix("')")
                yield self.found_in.format(f"`{table}.{to['field']}`")
            if "accepted_values" in test:
                yield self.one_of.format(_names(test["accepted_values"]["arguments"]["values"]))


def described(marts: list[Mart]) -> dict[str, str]:
    """Return what the YAML says."""
    tables = {mart.name: mart.facts["description"] for mart in marts}
    return tables | {
        f"{mart.name}.{column['name']}": column["description"]
        for mart in marts
        for column in mart.columns
    }


def translated(marts: list[Mart]) -> dict[str, str]:
    """Return what the translation says of the same; raises ``LookupError`` naming all it lacks."""
    found = {}
    of_tables, of_columns = translation()
    lacking = [f"tables: {mart.name}" for mart in marts if mart.name not in of_tables]
    for mart in marts:
        names = {column["name"] for column in mart.columns}
        found[mart.name] = of_tables.get(mart.name, "")
        for name in names:
            here = f"{mart.name}.{name}"
            middle, bound = name[: -len("_lower")], name[-len("_lower") :]
            if bound in BOUNDS and middle in names:
                found[here] = f"`{middle}` 的{BOUNDS[bound]}。"
            elif meaning := of_columns.get(here) or of_columns.get(name):
                found[here] = f"{meaning}。"
            else:
                lacking.append(f"columns: {name}")
    if lacking:
        place = TRANSLATION.relative_to(PROJECT)
        raise LookupError(f"{place} lacks {', '.join(sorted(set(lacking)))}.")
    return found


def translation() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the Chinese meanings of tables and of columns."""
    text = yaml.load(TRANSLATION.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return text["tables"], text["columns"]


ENGLISH = Dictionary(
    page=PROJECT / "docs" / "data_dictionary.md",
    head="""\
# Data dictionary

[中文](data_dictionary.zh.md)

Generated by `make docs` from `dbt_project/models/marts/`: change the YAML there, not this page.
The published file carries the same descriptions as comments on its tables and columns.

Every date is a calendar day of the business unit's time zone, every instant is UTC, money is in
the reporting currency. [The glossary](glossary.md) says what the words mean.
""",
    tables="| Table | One row is |",
    grain="Grain: ",
    key="Key, unique by test: ",
    columns="| Column | Type | Empty | Meaning |",
    never="never",
    maybe="may be",
    found_in="Always found in {}.",
    one_of="One of {}.",
    meanings=described,
)
CHINESE = Dictionary(
    page=PROJECT / "docs" / "data_dictionary.zh.md",
    head="""\
# 数据字典

[English](data_dictionary.md)

由 `make docs` 根据 `dbt_project/models/marts/` 与 `docs/translations/data_dictionary.zh.yml` 生成；
请修改来源，不要修改本页。英文页的说明更详尽，两者不一致时以英文为准。

日期为业务单元所在时区的日历日，时刻为 UTC，金额为业务单元的记账货币。术语见
[术语表](glossary.md)，代码的中文名称见表 `marts.dim_labels`。
""",
    tables="| 表 | 一行是一个 |",
    grain="粒度：",
    key="键（经测试唯一）：",
    columns="| 列 | 类型 | 可空 | 含义 |",
    never="否",
    maybe="是",
    found_in="必在 {} 中。",
    one_of="取值：{}。",
    meanings=translated,
)
DICTIONARIES = [ENGLISH, CHINESE]


def _names(names: list[Any]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sentence(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    marts = load_marts()
    for dictionary in DICTIONARIES:
        dictionary.page.write_text(dictionary.render(marts), encoding="utf-8")
        print(f"{dictionary.page.relative_to(PROJECT)}: {len(marts)} tables")


if __name__ == "__main__":
    main()
