"""The runbook has every message of the program under its error, and none that nothing says."""

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
import typer
from customer_value import errors
from customer_value.cli import EXIT_CODES, app

from tests.conventions.repository import PACKAGE, PROJECT, name_of, python_files, syntax_of

RUNBOOK = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### (\w+).*?\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
FIRST_CELL = re.compile(r"^\| (.*?) \| ", re.MULTILINE)
ERRORS = [
    name
    for name, item in vars(errors).items()
    if isinstance(item, type) and issubclass(item, errors.CustomerValueError)
]
# Airflow's own, with words of ours.
OTHERS = {"AirflowFailException", "HTTPException"}
# Who may raise an error that is not ours, and why nobody who operates the warehouse meets it.
NOT_OURS = {
    "audit/dialect.py": "SQLAlchemy's, as its users expect it",
    "cli/commands.py": "the command line's: a word it does not understand, an exit code",
    "failpoints.py": "a mistake of the code that names a point",
    "landing/land.py": "an aggregate without a row",
    "lifetime_value": "arrays that cannot be: a mistake of the calling code",
    "operators/base.py": "a step that its subclass has to name",
    "prediction/score.py": "a model asked for where none was fitted",
    "sources/contract.py": "pydantic's; it becomes a ContractError with file and place",
}


def flat(text: str) -> str:
    """Return text without line breaks, so that a wrapped sentence is still one."""
    return " ".join(text.split())


# Messages, with … for whatever varies


def listed() -> dict[str, list[str]]:
    """Return the messages of the runbook's tables by section; "any other" is a mere …."""
    tables = RUNBOOK.partition("\n## Errors\n")[2].partition("\n## Operating\n")[0] + "\n##"
    found: dict[str, list[str]] = {}
    for section, text in SECTION.findall(tables):
        cells = FIRST_CELL.findall(text)
        found[section] = [row for cell in cells for row in re.findall("`([^`]+)`", cell)]
        found[section] += ["…" for cell in cells if cell.startswith("any other")]
    return found


def raised() -> list[tuple[str, str, str]]:
    """Return each message of the package with its place and its section of the runbook."""
    return [
        (f"{name_of(path)}:{line}", "Others" if name in OTHERS else name, message)
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, name, message in sorted(set(messages(syntax_of(path))))
    ]


def messages(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield line, error and message of a file's errors.

    Of a function that makes an error from words it is given, the words of all who call it.
    """
    chosen = {
        target.id: [value for part in node.value.values for value in templates(part, {})]
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        known = dict(chosen)
        for call in (call for call in calls if called(call) == function.name):
            for name, given in zip(names, call.args, strict=False):
                known.setdefault(name, []).extend(templates(given, {}))
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and node.args and called(node) in {*ERRORS, *OTHERS}:
                for text in templates(node.args[-1], known):
                    yield node.lineno, called(node), flat(text)


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def templates(node: ast.expr, known: Mapping[str, list[str]]) -> list[str]:
    """Return all that a message may be; ``known`` has what is known of names."""
    match node:
        case ast.Constant():
            return [str(node.value)]
        case ast.JoinedStr(values=values):
            return joined([templates(value, known) for value in values])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return joined([templates(left, known), templates(right, known)])
        case ast.IfExp(body=one, orelse=other):
            return templates(one, known) + templates(other, known)
        case ast.FormattedValue(value=value):
            return templates(value, known)
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            return known.get(name) or ["…"]
    return ["…"]


def joined(parts: list[list[str]]) -> list[str]:
    return ["".join(text) for text in product(*parts)]


def fits(row: str, message: str) -> bool:
    """Return whether a row is about a message; a mere … is about none that has words of its own."""
    if not re.search(r"\w", message):
        return row == "…"
    return row != "…" and bool(re.fullmatch(".*".join(map(re.escape, row.split("…"))), message))


def test_every_message_is_in_the_runbook_under_its_error() -> None:
    rows = listed()
    missing = [
        f"{place}: {section}: {message}"
        for place, section, message in raised()
        if not any(fits(row, message) for row in rows[section])
    ]

    assert not missing, "docs/runbook.md lacks under ## Errors:\n" + "\n".join(missing)


def test_the_runbook_has_no_message_that_nothing_raises() -> None:
    said = raised()
    stale = [
        f"{section}: {row}"
        for section, rows in listed().items()
        if section != "Others"
        for row in rows
        if not any(fits(row, message) for _, name, message in said if name == section)
    ]

    assert not stale, f"Nothing raises {stale}."


def test_a_message_is_found_wherever_its_words_come_from() -> None:
    code = """
KINDS = {1: "The disk is full", 2: "The disk is gone"}

def broken(problem, where):
    return DeliveryError(f"{where} {problem}.", where=where, fix="again")

def read(name, kind, size):
    if kind:
        raise errors.ResourceError(f"{KINDS[kind]}: {size:,} bytes", where="", fix="")
    raise broken("is empty", name)
"""

    assert set(messages(ast.parse(code))) == {
        (5, "DeliveryError", "… is empty."),
        (9, "ResourceError", "The disk is full: … bytes"),
        (9, "ResourceError", "The disk is gone: … bytes"),
    }


def test_whoever_operates_the_warehouse_meets_our_errors_only() -> None:
    strange = [
        f"{name_of(path)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not str(path.relative_to(PACKAGE)).startswith(tuple(NOT_OURS))
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        if re.match("[A-Z]", called(node.exc)) and called(node.exc) not in {*ERRORS, *OTHERS}
    ]

    assert not strange, f"{strange}: raise an error of errors.py, which says what to do."


# Errors, commands and DAGs


@pytest.mark.parametrize("name", ERRORS)
def test_the_runbook_gives_the_kind_of_each_error(name: str) -> None:
    kind = getattr(errors, name).kind

    assert name == "CustomerValueError" or f"### {name} ({kind})" in RUNBOOK


@pytest.mark.parametrize("kind", ["stop", "retry", "operator"])
def test_the_runbook_gives_the_exit_code_of_each_kind(kind: str) -> None:
    assert f"| {EXIT_CODES[kind]} | {kind} |" in RUNBOOK


def test_every_command_is_in_the_runbook() -> None:
    page = flat(RUNBOOK) + flat((PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8"))

    def leaves(command: Any, name: str) -> Iterator[str]:
        if hasattr(command, "commands"):
            for word, inner in command.commands.items():
                yield from leaves(inner, f"{name} {word}")
        else:
            yield name

    missing = [
        name for name in leaves(typer.main.get_command(app), "customer-value") if name not in page
    ]

    assert not missing, missing


def test_every_dag_is_in_the_runbook() -> None:
    missing = [path.stem for path in python_files("dags") if f"`{path.stem}`" not in RUNBOOK]

    assert not missing, missing
