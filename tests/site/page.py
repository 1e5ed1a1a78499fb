"""The written site as a browser takes it apart: its scripts, and the data inside."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from customer_value.settings import Settings
from customer_value.site.model import Figure
from customer_value.site.pages import PAGES
from customer_value.warehouse.readonly import connect_readonly

FIGURES = {figure.id: figure for page in PAGES for figure in page.figures}


class _Parts(HTMLParser):
    """Collects every element's attributes, and the text of scripts and style."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (the parser passes it by name)
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


@dataclass
class Site:
    """A written site and the warehouse it was written from."""

    settings: Settings

    @cached_property
    def html(self) -> str:
        return self.settings.site.read_text(encoding="utf-8")

    @cached_property
    def elements(self) -> list[tuple[str, dict[str, str | None], str]]:
        """Return name, attributes and directly following text of each element."""
        parts = _Parts()
        parts.feed(self.html)
        return [(*element, text) for element, text in zip(parts.elements, parts.texts, strict=True)]

    def embedded(self, name: str) -> Any:
        """Return the data of one script, numbers with all their digits."""
        (text,) = [text for _, given, text in self.elements if given.get("id") == name]
        return json.loads(text, parse_float=Decimal)

    def figure(self, name: str) -> dict[str, list[Any]]:
        """Return the columns of a figure as a reader gets them."""
        columns: dict[str, Any] = self.embedded(f"figure:{name}")
        return {
            column: values if isinstance(values, list) else _spelt_out(**values)
            for column, values in columns.items()
        }

    def scripts(self) -> list[str]:
        """Return what the browser runs."""
        return [text for tag, given, text in self.elements if tag == "script" and not given]


def _spelt_out(of: list[Any], at: list[int]) -> list[Any]:
    return [of[place] for place in at]


def differing(site: Site) -> list[str]:
    """Return the figures whose numbers on the page are not those of their SQL, and in what."""
    wrong = []
    with connect_readonly(site.settings) as connection:
        for name, figure in FIGURES.items():
            if not isinstance(figure, Figure):
                continue
            result = connection.execute(figure.sql)
            names = [column[0] for column in result.description or []]
            shown = site.figure(name)
            rows = result.fetchall()
            if list(shown) != names:
                wrong.append(f"{name}: columns {list(shown)}")
                continue
            for place, column in enumerate(names):
                asked = [row[place] for row in rows]
                same = len(asked) == len(shown[column]) and all(
                    _same(value, seen) for value, seen in zip(asked, shown[column], strict=True)
                )
                if not same:
                    wrong.append(f"{name}.{column}")
    return wrong


def _same(value: Any, seen: Any) -> bool:
    if value is None or isinstance(value, bool | str):
        return bool(seen == value and type(seen) is type(value))
    if isinstance(value, int | Decimal):
        return Decimal(seen) == Decimal(value)
    return bool(str(seen) == value.isoformat())
