"""One HTML file that holds the whole site: drawn by the browser, asking nothing of any host.

Everything lies inside the file, so that it opens from a disk, can be sent by mail, is replaced by
one rename, and is protected by one rule. Its content security policy names its scripts by hash and
forbids every request.
"""

import base64
import hashlib
import json
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from customer_value import durable
from customer_value.settings import Settings
from customer_value.site.model import LANGUAGES, Block, Figure, Page, Record
from customer_value.site.pages import PAGES
from customer_value.site.read import TABLE, Content, read
from customer_value.site.words import CODES, COLUMNS, FRAME

ASSETS = Path(__file__).parent / "assets"
CHARTS = ASSETS / "echarts" / "echarts.common.min.js"
SCRIPTS = (
    *("text.js", "rows.js", "address.js", "dom.js", "frame.js"),
    *("tiles.js", "table.js", "grid.js", "intervals.js", "map.js", "facts.js"),
    *("charts.js", "app.js"),
)


def write_site(settings: Settings) -> dict[str, Any]:
    """Write the site of the live version; return the version, the file and its size.

    Readers see the site before or this one, whole. Raises ``VersionError`` if nothing is published
    or the version lacks what a figure asks for.
    """
    content = read(settings, PAGES)
    text = render(content)
    settings.site.parent.mkdir(parents=True, exist_ok=True)
    durable.write_text(settings.site, text)
    return {
        "version": content.version.name,
        "as_of_date": content.version.as_of_date.isoformat(),
        "path": str(settings.site),
        "bytes": len(text.encode()),
        "figures": len(content.values),
    }


def render(content: Content) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined
    )
    own = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    scripts = [CHARTS.read_text(encoding="utf-8"), f'"use strict";\n{own}']
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    return environment.get_template("index.html.j2").render(
        words=FRAME,
        version=content.version.name,
        as_of_date=content.version.as_of_date,
        policy="; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join(_hash(script) for script in scripts)}",
                "style-src 'unsafe-inline'",
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        style=_markup(style),
        scripts=[_markup(script) for script in scripts],
        frame=embed(describe(content)),
        values={name: embed(pack(columns)) for name, columns in content.values.items()},
    )


def describe(content: Content) -> dict[str, Any]:
    """Return everything but the values: pages, figures, words, labels, units, descriptions."""
    figures = {figure.id: figure for page in PAGES for figure in page.figures}
    return {
        "languages": LANGUAGES,
        "version": content.version.name,
        "as_of_date": content.version.as_of_date.isoformat(),
        "live_since": content.values["version"]["published_at_utc"][0],
        "units": content.units,
        "labels": content.labels,
        "columns": _plain(COLUMNS),
        "codes": _plain(CODES),
        "frame": _plain(FRAME),
        "figures": {name: _figure(figure) for name, figure in figures.items()},
        "tables": content.described,
        "pages": [
            {
                "id": page.id,
                "units": _units(page, content),
                "title": _plain(page.title),
                "lead": _plain(page.lead),
                "filters": [_plain(item) for item in page.filters],
                "blocks": [_block(block) for block in page.blocks],
            }
            for page in PAGES
        ],
    }


def pack(columns: dict[str, list[Any]]) -> dict[str, Any]:
    """Return columns in which words that come often are spelt out once, and numbered.

    >>> pack({"unit": ["retail", "retail", "retail"], "n": [7, 7, 7]})
    {'unit': {'of': ['retail'], 'at': [0, 0, 0]}, 'n': [7, 7, 7]}
    """
    return {name: _numbered(values) for name, values in columns.items()}


def _numbered(values: list[Any]) -> Any:
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if 2 * len(numbers) > len(values) or not all(isinstance(each, str | None) for each in numbers):
        return values
    return {"of": list(numbers), "at": [numbers[value] for value in values]}


def _units(page: Page, content: Content) -> list[str] | None:
    """Return the units that a page has rows of; None if a figure of it is of no unit."""
    figures = [content.values[figure.id] for figure in page.figures]
    if not all("business_unit" in columns for columns in figures):
        return None
    return sorted({unit for columns in figures for unit in columns["business_unit"]})


def embed(content: Any) -> Markup:
    """Return content as JSON that no HTML parser can take for the end of its script element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # All three are letters of strings only, so that the JSON still means the same.
    for letter, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, escaped)
    return _markup(text)


def _markup(text: str) -> Markup:
    """Return text that is ours, or escaped by us, for the template to take as it is."""
    return Markup(text)  # noqa: S704 - no value of the data comes here but through embed()


def _figure(figure: Figure | Record) -> dict[str, Any]:
    shared = {"title": _plain(figure.title), "definition": _plain(figure.definition)}
    if isinstance(figure, Record):
        return shared | {"command": figure.command}
    return shared | {
        "sql": figure.sql.strip() + "\n",
        "sample": figure.sample,
        "counted": _plain(figure.counted),
        "tables": sorted(set(TABLE.findall(figure.sql))),
    }


def _block(block: Block) -> dict[str, Any]:
    content = {
        name: _plain(getattr(block, name)) for name in block.__dataclass_fields__ if name != "kind"
    }
    return content | {"kind": block.kind, "figures": [figure.id for figure in block.figures]}


def _plain(value: Any) -> Any:
    """Return dataclasses as dictionaries, and a figure as its id."""
    if isinstance(value, Figure | Record):
        return value.id
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
