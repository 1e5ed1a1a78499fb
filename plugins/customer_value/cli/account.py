"""One account on one page: what all marts know of it, in English or Chinese.

The lines come from ``fct_account_pages``, the words for them from the labels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, zip_longest

import duckdb
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from customer_value.errors import QueryError

LANGUAGES = ("en", "zh")
WORDS = {
    "as_of": ("as of", "截至"),
    "simulated": ("simulated, nothing of it is real", "模拟数据，均非真实"),
    "days": ("days", "天"),
    "hours": ("hours", "小时"),
    "empty": ("nothing is recorded", "没有记录"),
}
NUMBERS = ("money", "count", "days", "hours", "ratio")
SHOWN_MATCHES = 10
# Facts stand in two columns, at the same places in each section: names and values. The keys of the
# team, of 24 digits each, stand in the first.
FACT_WIDTHS = (24, 24, 24, 22)
SUBJECT_WIDTH = 18
FIND = """
select
    customers.customer_id,
    customers.company_name,
    customers.company_name_other,
    units.reporting_currency_code,
    units.is_simulated,
    coverage.as_of_date
from marts.dim_customers as customers
join marts.dim_business_units as units using (business_unit)
join marts.fct_account_coverage as coverage using (customer_id)
where
    lower($name) in (lower(customers.customer_id), customers.source_customer_number)
    or lower($name) = lower(customers.registration_number)
    or contains(lower(customers.company_name), lower($name))
    or contains(lower(customers.company_name_other), lower($name))
order by customers.customer_id
"""
SECTIONS = """
select code, {name}
from marts.dim_labels
where kind = 'page_section'
order by list_position
"""
# Whoever lists an industry or a family that has no label yet is shown its code.
LINES = """
select
    pages.section,
    coalesce(items.{name}, pages.item),
    coalesce(subjects.{name}, pages.subject),
    coalesce(codes.{name}, pages.line_value),
    pages.value_kind,
    absences.{name},
    pages.currency_code
from marts.fct_account_pages as pages
left join marts.dim_labels as items
    on items.kind = 'page_item' and items.code = pages.item
left join marts.dim_labels as subjects
    on subjects.kind = pages.subject_kind and subjects.code = pages.subject
left join marts.dim_labels as codes
    on codes.kind = pages.value_kind and codes.code = pages.line_value
left join marts.dim_labels as absences
    on absences.kind = 'page_absence' and absences.code = pages.absence
where pages.customer_id = $customer_id
order by pages.line_number
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in words. ``subject`` is what it is about, if several say the same."""

    item: str
    subject: str | None
    value: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a page; ``empty`` is what it says without a line."""

    title: str
    lines: tuple[Line, ...]
    empty: str

    def rendered(self) -> Iterator[RenderableType]:
        """Yield the heading, the facts, and a table of what is said of several subjects."""
        yield Text(f"\n{self.title}", style="bold cyan")
        if not self.lines:
            yield Text(f"  {self.empty}", style="dim")
        facts = [line for line in self.lines if line.subject is None]
        if facts:
            yield _facts(facts)
        told = [line for line in self.lines if line.subject is not None]
        if told:
            yield _table(told)


@dataclass(frozen=True, slots=True)
class Page:
    """One account's page. ``note`` says whose it is, of which day, and whether it is simulated."""

    title: str
    note: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> list[Line]:
        """Return the lines of all sections."""
        return [line for section in self.sections for line in section.lines]

    def rendered(self) -> RenderableType:
        """Return the page as one block."""
        heads = (Text(self.title, style="bold"), Text(self.note, style="dim"))
        return Group(*heads, *chain.from_iterable(part.rendered() for part in self.sections))


def _facts(lines: list[Line]) -> Table:
    """Return names and values in two columns, read downwards."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    for width, style in zip(FACT_WIDTHS, ("dim", "", "dim", ""), strict=True):
        table.add_column(width=width, style=style, overflow="fold")
    half = (len(lines) + 1) // 2
    for left, right in zip_longest(lines[:half], lines[half:]):
        pair = (right.item, right.value) if right else ()
        table.add_row("", left.item, left.value, *pair)
    return table


def _table(lines: list[Line]) -> Table:
    """Return a row for each subject and a column for each item; a first item begins a row."""
    table = Table.grid(padding=(0, 2))
    first = lines[0].item
    rows: list[list[Line]] = []
    for line in lines:
        if line.item == first:
            rows.append([])
        rows[-1].append(line)
    table.add_column(min_width=SUBJECT_WIDTH)
    for line in rows[0]:
        table.add_column(justify="right" if line.is_number else "left", overflow="fold")
    table.add_row("", *(line.item for line in rows[0]), style="dim")
    for row in rows:
        table.add_row(f"  {row[0].subject}", *(line.value for line in row))
    return table


def account_page(connection: duckdb.DuckDBPyConnection, name: str, language: str) -> Page:
    """Return the page of the one account that ``name`` is the id of, a number or a part of a name.

    Raises ``QueryError`` if none or several fit, or for a language without labels.
    """
    if language not in LANGUAGES:
        raise QueryError(
            f"There are no labels in {language!r}.",
            where="account",
            fix=f"Take one of {', '.join(LANGUAGES)}.",
        )
    found = connection.execute(FIND, {"name": name}).fetchall()
    if len(found) != 1:
        raise _not_one(name, found)
    customer_id, own_name, other_name, currency, is_simulated, as_of = found[0]
    words = {word: texts[LANGUAGES.index(language)] for word, texts in WORDS.items()}
    label = f"name_{language}"
    lines: dict[str, list[Line]] = {}
    for section, item, subject, value, kind, absence, own_currency in connection.execute(
        LINES.format(name=label), {"customer_id": customer_id}
    ).fetchall():
        shown = absence if value is None else _shown(value, kind, own_currency or currency, words)
        lines.setdefault(section, []).append(Line(item, subject, shown, kind in NUMBERS))
    note = f"{customer_id}, {words['as_of']} {as_of}"
    return Page(
        title=f"{own_name} / {other_name}",
        note=f"{note} ({words['simulated']})" if is_simulated else note,
        sections=tuple(
            Section(title, tuple(lines.get(section, ())), words["empty"])
            for section, title in connection.execute(SECTIONS.format(name=label)).fetchall()
        ),
    )


def _shown(value: str, kind: str, currency: str, words: dict[str, str]) -> str:
    """Return a value as people write it."""
    if kind == "ratio":
        return f"{Decimal(value):.0%}"
    if kind == "money":
        return f"{Decimal(value):,.0f} {currency}"
    if kind == "days":
        return f"{int(value):,} {words[kind]}"
    if kind == "hours":
        return f"{Decimal(value):,.1f} {words[kind]}"
    return value


def _not_one(name: str, found: list[tuple[str, ...]]) -> QueryError:
    if not found:
        return QueryError(
            f"No account is called {name!r}.",
            where="account",
            fix='`customer-value query "select customer_id, company_name from marts.dim_customers"`'
            " lists them.",
        )
    shown = ", ".join(f"{match[0]} ({match[1]})" for match in found[:SHOWN_MATCHES])
    return QueryError(
        f"{len(found)} accounts are called like {name!r}: {shown}"
        f"{', ...' if len(found) > SHOWN_MATCHES else ''}.",
        where="account",
        fix="Give the id of one of them.",
    )
