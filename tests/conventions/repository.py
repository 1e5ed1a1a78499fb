"""What the convention tests look at: the files that belong to the repository, and their syntax."""

import ast
import io
import subprocess
import tokenize
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "plugins" / "customer_value"


@cache
def kept() -> tuple[Path, ...]:
    """Return all that git keeps or would keep, links among it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(PROJECT / name for name in listed.split("\0") if name)


@cache
def files() -> tuple[Path, ...]:
    """Return every file that git keeps or would keep."""
    return tuple(path for path in kept() if path.is_file())


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of some top folders, or all of them."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and (not folders or path.relative_to(PROJECT).parts[0] in folders)
    ]


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def comments(path: Path) -> list[tuple[int, str]]:
    """Return the comments of a Python file with their lines; text in strings is none."""
    reader = io.StringIO(path.read_text(encoding="utf-8")).readline
    return [
        (token.start[0], token.string)
        for token in tokenize.generate_tokens(reader)
        if token.type == tokenize.COMMENT
    ]


def imports(path: Path) -> set[str]:
    """Return the modules a file imports, anywhere in it; ``from a import b`` names ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found
