"""Reads delivered files without DuckDB, which wrote them."""

import csv
import gzip
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pacsv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

MONEY = pa.decimal128(12, 2)


def read_header(file: Path) -> list[str]:
    """Return the names of the columns, in the file's order."""
    if file.suffix == ".parquet":
        return list(pq.read_schema(file).names)
    return next(_csv_rows(file))


def read_columns(file: Path, *names: str) -> list[tuple[str, ...]]:
    """Return the named columns of every row, each value as text, in the file's order."""
    if file.suffix == ".parquet":
        columns = pq.read_table(file, columns=list(names)).to_pydict()
        return list(zip(*(map(str, columns[name]) for name in names), strict=True))
    rows = _csv_rows(file)
    header = next(rows)
    places = [header.index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def lines_and_cents(file: Path) -> tuple[int, int]:
    """Return how many order lines a file has and their sales in cents, summed as decimals."""
    column = ["sales_value"]
    if file.suffix == ".parquet":
        sales = pq.read_table(file, columns=column)
    else:
        money = pacsv.ConvertOptions(include_columns=column, column_types={column[0]: MONEY})
        sales = pacsv.read_csv(file, convert_options=money)
    total: Decimal = pc.sum(sales.column(column[0])).as_py()
    return sales.num_rows, int(total.scaleb(2))


def _csv_rows(file: Path) -> Iterator[list[str]]:
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode("utf-8")
    return csv.reader(io.StringIO(text, newline=""))
