"""The contract's row rules as SQL: what a usable row is, and the first rule an unusable one breaks.

Text is never guessed at: ``1,234.50``, ``1e3`` or ``0.005`` for two decimals do not match their
column's format and go to quarantine, where a cast alone would have rounded or accepted them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from customer_value.sources.contract import DECIMAL, Column, Table
from customer_value.sql import identifier, literal

LONGEST_TEXT = 1_000_000
MASK = "•••"
ZERO_WIDTH = "[\\s\u200b\u200c\u200d\u2060\ufeff]"
FORMATS = {
    "bigint": r"[+-]?[0-9]+",
    "integer": r"[+-]?[0-9]+",
    "double": r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?",
    "boolean": r"(?i)true|false|t|f|0|1",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?Z?",
    "timestamptz": (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
        r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
    ),
}
RULES = {
    "missing": "a value is required",
    "format": "the text is not written as the declared type",
    "not_finite": "infinity or not-a-number is no value",
    "nul_character": "the text holds a NUL character",
    "too_long": f"the text is longer than {LONGEST_TEXT:,} characters",
    "below_minimum": "the value is below the declared minimum",
    "above_maximum": "the value is above the declared maximum",
    "not_allowed": "the value is not one of those declared",
    "conflicting_duplicate": "the key stands several times with different content",
    "ragged_row": "the line has more or fewer fields than the header",
    "unreadable_line": "the line is not valid CSV",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A relation of incoming rows, and which of its columns already have their declared type.

    ``file`` and ``row`` are SQL expressions for where a row came from.
    """

    relation: str
    typed: frozenset[str]
    file: str = "cast(null as varchar)"
    row: str = "cast(null as bigint)"


def checked(table: Table, part: Part, *, unit: str, sequence: int, observed_date: str) -> str:
    """Return a query giving the landed columns, where each row came from, and its fault.

    ``_fault`` is NULL for a usable row, else ``rule:column`` of the first rule broken; ``_raw`` is
    then the row as it came, as JSON, with personal values masked. Personal values themselves
    follow as ``_personal <name>``.
    """
    raw = ", ".join(f"{identifier(name)} as {identifier('raw ' + name)}" for name in table.columns)
    typed = ",\n    ".join(
        f"{_typed(name, column, name in part.typed)} as {identifier(name)}"
        for name, column in table.columns.items()
    )
    cases = "\n".join(
        f"when {condition} then {literal(rule + ':' + name)}"
        for name, column in table.columns.items()
        for rule, condition in _faults(table, name, column, name in part.typed)
    )
    fields = ", ".join(
        f"{literal(name)}, {_shown(column, identifier('raw ' + name))}"
        for name, column in table.columns.items()
    )
    personal = "".join(
        f"{identifier(source)} as {identifier('_personal ' + name)},\n    "
        for name, source in table.personal.items()
    )
    return f"""
select
    {landed_columns(table, table.landed, unit)},
    {personal}cast({sequence} as bigint) as _batch_sequence,
    date {literal(observed_date)} as _observed_date,
    _source_file,
    _source_row,
    {row_hash(table, unit)} as _row_hash,
    case {cases} end as _fault,
    case when _fault is not null then cast(json_object({fields}) as varchar) end as _raw
from (
    select
    {typed},
    {raw},
    {part.file} as _source_file,
    {part.row} as _source_row
    from {part.relation}
)"""


def landed_columns(table: Table, names: Iterable[str], unit: str) -> str:
    """Return SQL for some landed columns: a pseudonym where a person was named."""
    return ", ".join(
        f"{_landed(table, name, unit)} as {identifier(name)}"
        if table.columns[name].person
        else identifier(name)
        for name in names
    )


def row_hash(table: Table, unit: str) -> str:
    """Return SQL for a 63-bit hash of a row's landed content, without its cursor.

    The cursor is left out so that touching a row without changing it makes no history.
    """
    content = ", chr(31), ".join(
        f"coalesce(cast({_landed(table, name, unit)} as varchar), chr(30))"
        for name in table.landed
        if name != table.cursor
    )
    return f"cast(md5_number_lower(concat({content})) // 2 as bigint)"


def _landed(table: Table, name: str, unit: str) -> str:
    """Return SQL for one landed value; whoever lands it teaches DuckDB to make pseudonyms."""
    kind = table.columns[name].person
    if kind is None:
        return identifier(name)
    return f"pseudonym({literal(f'{unit}:{kind}:')} || cast({identifier(name)} as varchar))"


def _shown(column: Column, value: str) -> str:
    return f"case when {value} is not null then {literal(MASK)} end" if column.personal else value


def _pattern(kind: str) -> str | None:
    decimal = DECIMAL.match(kind)
    if decimal:
        scale = int(decimal[2])
        return rf"[+-]?[0-9]+(\.[0-9]{{0,{scale}}}0*)?"
    return FORMATS.get(kind)


def _typed(name: str, column: Column, is_typed: bool) -> str:
    raw = identifier(name)
    pattern = _pattern(column.type)
    if is_typed:
        return f"cast({raw} as {column.type})"
    if pattern is None:
        return raw
    return (
        f"case when regexp_full_match(trim({raw}), {literal(pattern)}) "
        f"then try_cast(trim({raw}) as {column.type}) end"
    )


def _faults(table: Table, name: str, column: Column, is_typed: bool) -> Iterator[tuple[str, str]]:
    raw, value = identifier("raw " + name), identifier(name)
    is_text = column.type == "varchar"
    blank = f"{raw} is null"
    if is_text and name in table.key:
        blank += f" or regexp_full_match({raw}, {literal(ZERO_WIDTH + '*')})"
    elif not is_typed:
        blank += f" or trim({raw}) = ''"
    if not column.nullable or name in table.key:
        yield "missing", blank
    if is_text:
        yield "nul_character", f"contains({raw}, chr(0))"
        yield "too_long", f"length({raw}) > {LONGEST_TEXT}"
    elif not is_typed:
        yield "format", f"{value} is null and not ({blank})"
    if column.type in ("date", "timestamp", "timestamptz", "double"):
        yield "not_finite", f"not isfinite({value})"
    if column.min is not None:
        yield "below_minimum", f"{value} < cast({literal(column.min)} as {column.type})"
    if column.max is not None:
        yield "above_maximum", f"{value} > cast({literal(column.max)} as {column.type})"
    if column.allowed:
        allowed = ", ".join(literal(choice) for choice in column.allowed)
        yield "not_allowed", f"{value} not in ({allowed})"


def looks_personal(name: str) -> bool:
    """Return whether a column's name suggests that it holds data about a person."""
    return bool(
        re.search(
            r"(^|_)(e?mail|phone|mobile|birth|passport|ssn|iban|address|first_name|"
            r"last_name|full_name)",
            name.lower(),
        )
    )
