"""`docker-compose.yml`, `.env.example` and `Dockerfile` as Compose and Docker would read them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = PROJECT / "docker-compose.yml"
ENV_EXAMPLE = PROJECT / ".env.example"
DOCKERFILE = PROJECT / "Dockerfile"
OUR_IMAGES = ("customer-value:", "customer-value-demo:")

VARIABLE = re.compile(
    r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<sign>:[-?])(?P<rest>[^}]*))?\}|(?P<other>))"
)


def services(variables: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the services with every ``${VARIABLE}`` replaced, as the engine would get them."""
    resolved: dict[str, dict[str, Any]] = _resolve(raw_file()["services"], variables)
    return resolved


def raw_file() -> dict[str, Any]:
    """Return the Compose file with its anchors merged and its variables still in place."""
    content: dict[str, Any] = yaml.safe_load(COMPOSE_FILE.read_text(encoding="utf-8"))
    return content


def env_file(path: Path) -> dict[str, str]:
    """Return the variables of an env file; a line may use those above it."""
    variables: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            variables[name] = interpolate(value, variables)
    return variables


def interpolate(text: str, variables: Mapping[str, str]) -> str:
    """Return ``text`` with its variables replaced; ``LookupError`` where Compose would refuse.

    >>> interpolate("${A:-1} ${B:?needed} $$C", {"B": "2"})
    '1 2 $C'
    """

    def value(match: re.Match[str]) -> str:
        if match["dollar"]:
            return "$"
        if match["name"] is None:
            raise ValueError(f"{text!r}: a dollar sign is written $$ or ${{NAME}}.")
        found = variables.get(match["name"], "")
        if not found and match["sign"] == ":?":
            raise LookupError(match["rest"])
        return found or (match["rest"] or "" if match["sign"] == ":-" else "")

    return VARIABLE.sub(value, text)


def variables_in(content: Any) -> Iterator[re.Match[str]]:
    """Yield each ``${VARIABLE}`` in the values of parsed YAML."""
    if isinstance(content, dict):
        for item in content.values():
            yield from variables_in(item)
    elif isinstance(content, list):
        for item in content:
            yield from variables_in(item)
    elif isinstance(content, str):
        yield from (match for match in VARIABLE.finditer(content) if match["name"])


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile as (instruction, arguments), with continued lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line.strip()]


def stages() -> dict[str, list[tuple[str, str]]]:
    """Return each stage's instructions, those it inherits from earlier stages first."""
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for word, rest in instructions():
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found[name] = [*found.get(base, [(word, base)])]
        else:
            found[name].append((word, rest))
    return found


def _resolve(content: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(content, dict):
        return {key: _resolve(item, variables) for key, item in content.items()}
    if isinstance(content, list):
        return [_resolve(item, variables) for item in content]
    return interpolate(content, variables) if isinstance(content, str) else content
