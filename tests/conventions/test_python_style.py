"""What ruff and mypy cannot say about the Python of this repository."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.conventions.repository import PROJECT, comments, name_of, python_files, syntax_of

WITHOUT_CODE = re.compile(r"#\s*noqa(?!:\s*[A-Z]+\d+)|#\s*type:\s*ignore(?!\[[a-z-]+)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

each_file = pytest.mark.parametrize("path", python_files(), ids=name_of)


@pytest.mark.parametrize(
    "path",
    [path for path in python_files() if "tests" not in path.relative_to(PROJECT).parts],
    ids=name_of,
)
def test_assert_is_for_tests(path: Path) -> None:
    """``python -O`` drops it, and it says neither where nor what to do."""
    lines = [node.lineno for node in ast.walk(syntax_of(path)) if isinstance(node, ast.Assert)]

    assert not lines, f"assert in lines {lines}; raise an error that names the remedy."


@each_file
def test_nobody_catches_everything(path: Path) -> None:
    lines = [
        node.lineno
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or "Exception" in re.findall(r"\w+", ast.unparse(node.type)))
    ]

    assert not lines, f"lines {lines}: name the errors that are expected."


@each_file
def test_every_silenced_check_names_its_code(path: Path) -> None:
    bare = [line for line, text in comments(path) if WITHOUT_CODE.search(text)]

    assert not bare, f"lines {bare}: write noqa: CODE or type: ignore[code]."


@each_file
def test_nothing_is_left_for_later_in_a_comment(path: Path) -> None:
    lines = [line for line, text in comments(path) if UNFINISHED.search(text)]

    assert not lines, f"lines {lines}: do it, or file an issue."


@pytest.mark.parametrize("path", python_files("tests"), ids=name_of)
def test_no_test_is_skipped(path: Path) -> None:
    skipped = [
        node.lineno
        for node in ast.walk(syntax_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("skip", "skipif", "xfail", "importorskip")
    ]

    assert not skipped, f"lines {skipped}: a test that does not run proves nothing."


def test_pre_commit_runs_what_make_lint_runs() -> None:
    """One list of checks: what a commit is held against is what CI runs."""
    configuration = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text())
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert lint
    wanted = {line.strip().replace("$(BIN)", ".venv/bin") for line in lint[1].splitlines()}

    hooks = [hook for repo in configuration["repos"] for hook in repo["hooks"]]

    assert [repo["repo"] for repo in configuration["repos"]] == ["local"]
    assert wanted <= {hook["entry"] for hook in hooks}
