"""The shop's files: one of order lines per business day, and the whole product list every month.

A file appears under its name only when it is complete: it is written under a name that begins with
a dot, then renamed. The same rows give the same bytes.
"""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from demo.source_data import FIRST_DAY, is_open

# Partners differ in what they send: the format follows from the date, so it is known beforehand.
FORMATS = ("csv", "csv.gz", "parquet")
ORDER_COLUMNS = {
    "household_id": "bigint",
    "store_id": "bigint",
    "basket_id": "bigint",
    "product_id": "bigint",
    "quantity": "bigint",
    "sales_value": "decimal(12, 2)",
    "retail_disc": "decimal(12, 2)",
    "coupon_disc": "decimal(12, 2)",
    "coupon_match_disc": "decimal(12, 2)",
    "transaction_timestamp": "timestamp",
}


@dataclass(frozen=True, slots=True)
class ProductChange:
    """From the list of ``listed_on`` on, ``column`` holds ``value``; no column: it is delisted."""

    listed_on: date
    product_id: int
    column: str | None = None
    value: str | None = None


# Products that sell all year, but for 960318, which was last sold on 2017-05-29.
PRODUCT_CHANGES = (
    ProductChange(date(2017, 3, 1), 1082185, "package_size", "1 LB"),
    ProductChange(date(2017, 6, 1), 1127831, "department", "SEASONAL"),
    ProductChange(date(2017, 7, 1), 960318),
    ProductChange(date(2017, 9, 1), 981760, "product_type", "EGGS - EXTRA LARGE"),
    ProductChange(date(2017, 12, 1), 951590, "package_size", "24 OZ"),
)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A basket, or with no ``basket_id`` the file of a whole day, delivered later than its day."""

    business_day: date
    basket_id: int | None
    delivered_on: date


def order_file(day: date) -> str:
    """Return the name of the file with the orders of ``day``.

    >>> order_file(date(2017, 1, 1)), order_file(date(2017, 1, 2)), order_file(date(2017, 1, 3))
    ('orders/2017-01-01.csv.gz', 'orders/2017-01-02.parquet', 'orders/2017-01-03.csv')
    """
    return f"orders/{day}.{FORMATS[day.toordinal() % len(FORMATS)]}"


def product_file(day: date) -> str:
    """Return the name of the product list of ``day``."""
    return f"products/products-{day}.csv"


def days_between(after: date, until: date) -> list[date]:
    """Return the days after ``after`` up to and including ``until`` on which the shop sells."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return [day for day in days if is_open(day)]


def order_files_due(after: date, until: date, held: Iterable[HeldBack]) -> list[date]:
    """Return whose days' files are delivered after ``after`` up to and including ``until``."""
    moved = {item.business_day: item.delivered_on for item in held if item.basket_id is None}
    late = [day for day, delivered_on in moved.items() if after < delivered_on <= until]
    return sorted(late + [day for day in days_between(after, until) if day not in moved])


def write_order_files(
    source: duckdb.DuckDBPyConnection,
    folder: Path,
    days: Sequence[date],
    held: Iterable[HeldBack],
) -> list[str]:
    """Write the order files of ``days``, each with its late baskets; return their names."""
    if not days:
        return []
    baskets = {item.basket_id: item for item in held if item.basket_id is not None}
    source.execute("create or replace temp table held (basket_id bigint, delivered_on date)")
    for basket_id, item in baskets.items():
        source.execute("insert into held values (?, ?)", [basket_id, item.delivered_on])
    ordered = [*days, *(item.business_day for item in baskets.values())]
    # The bounds on the timestamp (New York is behind UTC) spare reading the rest of the year.
    source.execute(
        """
        create or replace temp table due as
        select * exclude (delivered_on), coalesce(delivered_on, business_day) as file_day
        from order_lines
        left join held using (basket_id)
        where transaction_timestamp >= ? and transaction_timestamp < ?
        order by file_day, basket_id, product_id
        """,
        [min(ordered), max(ordered) + timedelta(days=2)],
    )
    columns = ", ".join(ORDER_COLUMNS)
    names = []
    for day in days:
        rows = f"select {columns} from due where file_day = '{day}' order by basket_id, product_id"
        write_query(source, rows, folder / order_file(day))
        names.append(order_file(day))
    return names


def write_product_lists(
    source: duckdb.DuckDBPyConnection, folder: Path, after: date, until: date
) -> list[str]:
    """Write the lists due after ``after`` up to and including ``until``; return their names."""
    days = [day for day in days_between(FIRST_DAY - timedelta(days=1), until) if day.day == 1]
    if days[-1] <= after:
        return []
    source.execute("create or replace temp table listed as from products")
    names = []
    for day in days:
        for change in PRODUCT_CHANGES:
            if change.listed_on == day:
                _change_product(source, change)
        if day > after:
            write_query(source, "from listed order by product_id", folder / product_file(day))
            names.append(product_file(day))
    return names


def rows_of(file: Path) -> str:
    """Return SQL that reads a delivered order file whose columns are as agreed."""
    path = _quoted(file)
    if file.suffix == ".parquet":
        return f"read_parquet('{path}')"
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in ORDER_COLUMNS.items())
    return f"read_csv('{path}', header = true, auto_detect = false, columns = {{{columns}}})"


def write_query(source: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    """Write the rows of ``query`` into ``file``, in the format that its name says."""
    hidden = _hidden(file)
    options = "format parquet, compression zstd"
    if file.suffix != ".parquet":
        options = "format csv, header, compression none"
    source.execute(f"copy ({query}) to '{_quoted(hidden)}' ({options})")
    if file.suffix == ".gz":
        hidden.write_bytes(_gzipped(hidden.read_bytes()))
    hidden.replace(file)


def write_bytes(content: bytes, file: Path) -> None:
    """Write ``content`` as it is into ``file``."""
    hidden = _hidden(file)
    hidden.write_bytes(content)
    hidden.replace(file)


def read_csv_lines(file: Path) -> list[bytes]:
    """Return the lines of a CSV file, gzipped or not, each with its line end."""
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).splitlines(keepends=True)


def write_csv_lines(lines: Sequence[bytes], file: Path) -> None:
    """Write the lines of a CSV file, gzipped if its name says so."""
    content = b"".join(lines)
    write_bytes(_gzipped(content) if file.suffix == ".gz" else content, file)


def _change_product(source: duckdb.DuckDBPyConnection, change: ProductChange) -> None:
    if change.column is None:
        source.execute("delete from listed where product_id = ?", [change.product_id])
    else:
        source.execute(
            f"update listed set {change.column} = ? where product_id = ?",
            [change.value, change.product_id],
        )


def _gzipped(content: bytes) -> bytes:
    # Without a time in it, so that the same rows give the same bytes; DuckDB's takes twice as long.
    return gzip.compress(content, compresslevel=6, mtime=0)


def _hidden(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.with_name(f".{file.name}")


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
