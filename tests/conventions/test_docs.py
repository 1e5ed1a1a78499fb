"""Documentation is held to the code: what it names exists, and what exists is named."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
from customer_value.cli import app
from customer_value.extract.rules import LONGEST_TEXT, RULES
from customer_value.settings import Settings
from customer_value.sources.contract import Column, System, Table

from tests.conventions.repository import (
    PROJECT,
    files,
    name_of,
    python_files,
    syntax_of,
)
from tools import data_dictionary

DOCS = PROJECT / "docs"
GLOSSARY = DOCS / "glossary.md"
PAGES = [path for path in files() if path.suffix == ".md"]
GUIDES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?<![\w/-])customer-value +([^`|\n]*)")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SETTING = re.compile(r"\b(?:CUSTOMER_VALUE_[A-Z_]*[A-Z]|FAILPOINT\w*)\b")
each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_in(page: Path) -> str:
    return "\n".join(CODE.findall(text_of(page)))


# Links and places


@each_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    broken = []
    for link in (first or second for first, second in LINK.findall(prose)):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in _anchors(path)):
            broken.append(link)

    assert not broken, f"{name_of(page)}: {broken}"


def _anchors(page: Path) -> set[str]:
    """Return the anchors a page's headings get: lower case, spaces to hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_test_that_a_page_names_exists() -> None:
    missing = []
    for page in GUIDES:
        for name in re.findall(r"`((?:tests|dbt_project/tests)/[^`]+)`", text_of(page)):
            path, _, function = name.partition("::")
            found = PROJECT / path
            if not found.exists() or (function and f"def {function}(" not in text_of(found)):
                missing.append(f"{name_of(page)}: {name}")

    assert not missing, missing


# Commands


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", text_of(PROJECT / "Makefile"), re.MULTILINE))


def test_every_make_target_that_a_page_names_exists() -> None:
    unknown = []
    for page in PAGES:
        for line in re.findall(r"\bmake((?: +[a-z][a-z-]*)+)", code_in(page)):
            unknown += [f"{name_of(page)}: {name}" for name in set(line.split()) - targets()]

    assert not unknown, unknown


def test_every_make_target_is_explained() -> None:
    named = set(re.findall(r"`make ([a-z-]+)`", text_of(PROJECT / "CONTRIBUTING.md")))

    assert targets() <= named, f"CONTRIBUTING.md does not explain {sorted(targets() - named)}."


def commands_in(text: str) -> list[str]:
    return [found.strip() for found in COMMAND.findall(text)]


def problem_with(command: str) -> str | None:
    """Return what is wrong with ``load --as-of 2018-01-01``, or None."""
    words = [word.strip("\"',.;:()") for word in command.split()]
    here: Any = typer.main.get_command(app)
    while hasattr(here, "commands"):
        if not words or not re.fullmatch(r"[a-z-]+", words[0]):
            return "names no command"
        if words[0] not in here.commands:
            return f"{words[0]!r} is not one of {', '.join(here.commands)}"
        here = here.commands[words.pop(0)]
    known = {option for parameter in here.params for option in parameter.opts} | {"--help"}
    strange = [word for word in words if word.startswith("--") and word not in known]
    if strange:
        return f"{strange[0]} is not an option of it"
    needed = [parameter.opts[0] for parameter in here.params if parameter.required]
    missing = [option for option in needed if option.startswith("--") and option not in words]
    # A command may be mentioned by its name alone; with anything behind that, it is to be typed.
    return f"{missing[0]} is missing" if words and missing else None


@each_page
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    wrong = {
        command: problem
        for command in commands_in(code_in(page))
        if (problem := problem_with(command))
    }

    assert not wrong, wrong


@pytest.mark.parametrize("path", [*python_files("plugins"), *python_files("dags")], ids=name_of)
def test_every_command_that_a_message_names_exists(path: Path) -> None:
    wrong = [
        f"line {line}: customer-value {command}: {problem}"
        for line, text in _texts(path)
        for quoted in re.findall(r"`(customer-value [^`]+)`", text)
        for command in commands_in(quoted)
        if (problem := problem_with(command))
    ]

    assert not wrong, wrong


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(value) for value in node.values)
    if isinstance(node, ast.BinOp):
        return _template(node.left) + _template(node.right)
    return "…"


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every string of a file whole, with … for values."""
    inner = {
        id(value)
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.JoinedStr)
        for value in node.values
    }
    for node in ast.walk(syntax_of(path)):
        if id(node) in inner:
            continue
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            yield node.lineno, _template(node)


# Settings


def test_every_setting_that_the_code_reads_is_documented_and_no_other() -> None:
    read: set[str] = set()
    for path in files():
        top = path.relative_to(PROJECT).parts[0]
        if top in ("tests", "docs") or path.suffix == ".md":
            continue
        read |= set(SETTING.findall(path.read_bytes().decode("utf-8", errors="ignore")))
    read -= {"FAILPOINTS"}
    table = text_of(DOCS / "architecture.md").partition("## Settings")[2]
    documented = set(SETTING.findall(table))

    assert read <= documented, f"docs/architecture.md lacks {sorted(read - documented)}."
    assert documented <= read, f"nothing reads {sorted(documented - read)}."


def test_the_defaults_of_the_settings_are_as_documented() -> None:
    table = text_of(DOCS / "architecture.md").partition("## Settings")[2]
    defaults = {field.name: field.default for field in fields(Settings)}

    for name, setting in [
        ("KEEP_VERSIONS", "keep_versions"),
        ("MEMORY_LIMIT", "memory_limit"),
        ("LOCK_WAIT_SECONDS", "lock_wait_seconds"),
        ("SOURCE_TIMEOUT", "source_timeout_seconds"),
    ]:
        default = defaults[setting]
        shown = f"{default:g}" if isinstance(default, int | float) else default
        assert f"| `CUSTOMER_VALUE_{name}` | {shown} |" in table


# Sources and marts


def test_every_row_rule_is_explained() -> None:
    page = text_of(DOCS / "sources.md")
    explained = set(re.findall(r"^\| `(\w+)` \|", page.partition("| Rule |")[2], re.MULTILINE))

    assert explained == set(RULES)
    assert f"longer than {LONGEST_TEXT:,} characters" in page


@pytest.mark.parametrize("model", [System, Table, Column])
def test_every_word_of_a_source_file_is_explained(model: Any) -> None:
    page = text_of(DOCS / "sources.md")
    words = {field.alias or name for name, field in model.model_fields.items()} - {"name"}

    missing = [word for word in sorted(words) if f"`{word}`" not in page]

    assert not missing, missing


@pytest.mark.parametrize(
    "dictionary", data_dictionary.DICTIONARIES, ids=lambda dictionary: dictionary.page.stem
)
def test_the_data_dictionary_is_fresh(dictionary: data_dictionary.Dictionary) -> None:
    rendered = dictionary.render(data_dictionary.load_marts())

    assert text_of(dictionary.page) == rendered, "Run make docs."


def test_the_chinese_dictionary_explains_nothing_that_is_not_there() -> None:
    of_tables, of_columns = data_dictionary.translation()
    marts = data_dictionary.load_marts()
    tables = {mart.name for mart in marts}
    columns = {
        name
        for mart in marts
        for column in mart.columns
        for name in (column["name"], f"{mart.name}.{column['name']}")
    }

    assert of_tables.keys() <= tables
    assert of_columns.keys() <= columns


def test_the_data_dictionary_lists_every_mart() -> None:
    models = PROJECT / "dbt_project" / "models" / "marts"

    assert {mart.name for mart in data_dictionary.load_marts()} == {
        path.stem for path in models.rglob("*.sql")
    }


def test_every_mart_that_a_page_names_exists() -> None:
    marts = {mart.name for mart in data_dictionary.load_marts()}
    missing = [
        f"{name_of(page)}: {name}"
        for page in [*GUIDES, PROJECT / "CHANGELOG.md"]
        for name in re.findall(r"`(?:marts\.|operations\.)?((?:dim|fct)_\w+)`", text_of(page))
        if name not in marts
    ]

    assert not missing, missing


def test_the_glossary_explains_each_word_in_both_languages() -> None:
    rows = re.findall(r"^\| (?!Word)([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$", text_of(GLOSSARY), re.M)
    lines = [line for line in text_of(GLOSSARY).splitlines() if line.startswith("| ")]

    assert len(rows) == len([line for line in lines if not line.startswith("| Word |")])
    assert [row[0] for row in rows if not (CHINESE.search(row[1]) and CHINESE.search(row[3]))] == []
    assert [row[0] for row in rows if CHINESE.search(row[0]) or CHINESE.search(row[2])] == []
    assert len({row[0] for row in rows}) == len(rows)


def test_the_glossary_explains_the_words_of_the_source_texts() -> None:
    page = text_of(GLOSSARY)
    words = ("终生客户价值", "客户背景资料", "流失客户", "忠诚度", "RFM", "消费金额")

    assert [word for word in words if word not in page] == []
