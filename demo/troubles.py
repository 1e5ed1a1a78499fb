"""The honest troubles of real sources, planted on purpose, each at a place that its record names.

A trouble of files changes what was delivered, so plant it after its day is played and before
anybody fetches the file; only ``late_order`` and ``held_back_file`` are planted before their day.
``RetailReplay.redeliver`` mends an order file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import duckdb
import psycopg
from psycopg import sql

from demo import deliveries
from demo.deliveries import HeldBack, order_file, product_file, rows_of, write_query
from demo.retail import RetailReplay

INCOME_BANDS = (
    "Under 15K",
    "15-24K",
    "25-34K",
    "35-49K",
    "50-74K",
    "75-99K",
    "100-124K",
    "125-149K",
    "150-174K",
    "175-199K",
    "200-249K",
    "250K+",
)
RETURN_COLUMNS = "return_id,basket_id,product_id,quantity,refund_value,returned_at\n"
NO_SUCH_BASKET = 99_999_999_999
SPIKE_STEP = 1_000_000_000_000
DRIFT_ANSWER = {
    "new": "the contract decides: the column is ignored and reported, or the load stops",
    "dropped": "the load stops and names the column",
    "retyped": "the load stops and names the column, expected and found type",
    "reordered": "no effect: columns go by name",
}

# Basket, product and sales of one order line.
Line = tuple[int, int, Decimal]


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted and what an honest warehouse makes of it.

    ``where`` is the file (in the deliveries folder) or the table, ``files`` every file concerned,
    ``keys`` the keys of the rows concerned, ``rows`` and ``cents`` their number and their money.
    """

    trouble: str
    where: str
    what: str
    expect: str
    files: tuple[str, ...] = ()
    keys: tuple[tuple[int, ...], ...] = ()
    rows: int = 0
    cents: int = 0
    before: str | None = None
    after: str | None = None


# Orders that come late, twice, in pieces


def late_order(replay: RetailReplay, day: date, until: date) -> Planted:
    """Keep the first basket of ``day`` out of that day's file and put it into that of ``until``."""
    lines = _true_lines(replay, day)
    basket_id = lines[0][0]
    rows, cents = _sum([line for line in lines if line[0] == basket_id])
    replay.hold_back(HeldBack(day, basket_id, until))
    return Planted(
        "late order",
        where=order_file(until),
        what=f"basket {basket_id} of {day} ({rows} lines) comes in the file of {until}",
        expect=f"it counts on {day}, once the file of {until} is loaded",
        files=(order_file(day), order_file(until)),
        keys=((basket_id,),),
        rows=rows,
        cents=cents,
    )


def held_back_file(replay: RetailReplay, day: date, until: date) -> Planted:
    """Deliver the whole file of ``day`` only on ``until``."""
    rows, cents = _sum(_true_lines(replay, day))
    replay.hold_back(HeldBack(day, None, until))
    return Planted(
        "held back file",
        where=order_file(day),
        what=f"the file of {day} ({rows} lines) is delivered on {until}",
        expect=f"{day} has no sales until then, and all of them afterwards",
        files=(order_file(day),),
        rows=rows,
        cents=cents,
    )


def duplicate_delivery(replay: RetailReplay, day: date) -> Planted:
    """Deliver the same bytes twice more: under the same name, and under another."""
    file = _delivered(replay, day)
    rows, cents = _sum(_lines(file))
    copy = _renamed(file, "-copy")
    deliveries.write_bytes(file.read_bytes(), file)
    deliveries.write_bytes(file.read_bytes(), copy)
    return Planted(
        "duplicate delivery",
        where=_name(copy),
        what=f"the {rows} lines of {order_file(day)} come again as {copy.name}, byte for byte",
        expect="every line counts once",
        files=(order_file(day), _name(copy)),
        rows=rows,
        cents=cents,
    )


def changed_redelivery(replay: RetailReplay, day: date) -> Planted:
    """Deliver the same name again with other content: the first line costs 1.00 more."""
    file = _delivered(replay, day)
    basket_id, product_id, sales = _lines(file)[0]
    is_first = f"basket_id = {basket_id} and product_id = {product_id}"
    dearer = f"cast(sales_value + if({is_first}, 1.00, 0.00) as decimal(12, 2))"
    _rewrite(file, f"* replace ({dearer} as sales_value)")
    return Planted(
        "changed redelivery",
        where=order_file(day),
        what=f"basket {basket_id}, product {product_id} now costs {sales + 1}, not {sales}",
        expect="the file is refused, because it was delivered before with other bytes",
        files=(order_file(day),),
        keys=((basket_id, product_id),),
        rows=1,
        cents=_cents(sales),
        before=str(sales),
        after=str(sales + 1),
    )


def split_delivery(replay: RetailReplay, day: date) -> Planted:
    """Deliver the day in two files, cut in the middle of the lines, in place of one."""
    file = _delivered(replay, day)
    rows, cents = _sum(_lines(file))
    parts = (_renamed(file, "-a"), _renamed(file, "-b"))
    _rewrite(file, where=f"line <= {rows // 2}", into=parts[0])
    _rewrite(file, where=f"line > {rows // 2}", into=parts[1])
    file.unlink()
    return Planted(
        "split delivery",
        where=order_file(day),
        what=f"its {rows} lines come as {parts[0].name} and {parts[1].name}",
        expect="the day is as if it had come in one file",
        files=tuple(_name(part) for part in parts),
        rows=rows,
        cents=cents,
    )


# Rows and files that cannot be used


def bad_rows(replay: RetailReplay, day: date) -> Planted:
    """Spoil four lines of a CSV: text for a number, a negative amount, no key, a field too many.

    They stand at the start of each quarter of the file.
    """
    file = _delivered(replay, day)
    _require_csv(file)
    true_lines = _lines(file)
    header, *lines = deliveries.read_csv_lines(file)
    columns = header.decode().strip().split(",")
    faults = (("quantity", "abc"), ("sales_value", "-1.00"), ("product_id", ""), (None, "surplus"))
    places, spoilt = [], []
    for quarter, (column, value) in enumerate(faults):
        number = quarter * len(lines) // 4
        fields = lines[number].decode().strip().split(",")
        if column is None:
            fields.append(value)
        else:
            fields[columns.index(column)] = value
        lines[number] = (",".join(fields) + "\n").encode()
        spoilt.append(true_lines[number])
        # The header is line 1.
        places.append(f"line {number + 2}: {column or 'one field more'} = {value!r}")
    rows, cents = _sum(spoilt)
    deliveries.write_csv_lines([header, *lines], file)
    return Planted(
        "bad rows",
        where=order_file(day),
        what="; ".join(places),
        expect="these four lines are set aside with their reason, all others load",
        files=(order_file(day),),
        keys=tuple((basket_id, product_id) for basket_id, product_id, _ in spoilt),
        rows=rows,
        cents=cents,
    )


def truncated_file(replay: RetailReplay, day: date) -> Planted:
    """Cut the file of ``day`` after half of its bytes, as a broken transfer does.

    Not a plain CSV: cut, it is a shorter CSV, which only its volume gives away.
    """
    file = _delivered(replay, day)
    if file.suffix == ".csv":
        raise ValueError(f"{file.name} would only be shorter: take a day of gzip or Parquet.")
    content = file.read_bytes()
    half = content[: len(content) // 2]
    return _broken("truncated file", file, half, f"{len(half)} of {len(content)} bytes arrived")


def empty_file(replay: RetailReplay, day: date) -> Planted:
    """Leave nothing in the file of ``day``, not even a header."""
    return _broken("empty file", _delivered(replay, day), b"", "0 bytes arrived")


def gbk_file(replay: RetailReplay, day: date) -> Planted:
    """Deliver a product list of ``day`` in which one brand is Chinese, in GBK and not UTF-8."""
    latest = max((replay.deliveries / "products").glob("*.csv"))
    file = replay.deliveries / product_file(day)
    header, first, *lines = deliveries.read_csv_lines(latest)
    fields = first.split(b",")
    before = fields[3].decode()
    fields[3] = "国产".encode("gbk")
    deliveries.write_csv_lines([header, b",".join(fields), *lines], file)
    return Planted(
        "gbk file",
        where=product_file(day),
        what=f"line 2 has the brand 国产 in GBK, bytes {fields[3].hex(' ')}",
        expect="the file is refused: it is not UTF-8 as agreed",
        files=(product_file(day),),
        keys=((int(fields[0]),),),
        rows=1 + len(lines),
        before=before,
        after="国产",
    )


# Volumes nobody expects


def volume_spike(replay: RetailReplay, day: date, times: int = 10) -> Planted:
    """Deliver the lines of ``day`` ``times`` over, each time under other basket ids."""
    file = _delivered(replay, day)
    other_basket = f"basket_id + {SPIKE_STEP} * unnest(range({times}))"
    _rewrite(file, f"* replace ({other_basket} as basket_id)")
    return _volume("volume spike", file, f"{times} times the lines of the day")


def volume_drop(replay: RetailReplay, day: date, one_in: int = 10) -> Planted:
    """Deliver only the first of every ``one_in`` baskets of ``day``."""
    file = _delivered(replay, day)
    _rewrite(file, where=f"basket % {one_in} = 1")
    return _volume("volume drop", file, f"one in {one_in} baskets of the day")


# Returns


def return_of_known_lines(replay: RetailReplay, day: date) -> Planted:
    """Give back in full, on ``day``, two single pieces bought a week or a little more before."""
    with replay.source() as source:
        lines = source.execute(
            "select basket_id, product_id, sales_value from order_lines "
            "where sales_value > 0 and quantity = 1 and business_day = ("
            "   select max(business_day) from order_lines where business_day <= ?"
            ") order by basket_id, product_id limit 2",
            [day - timedelta(days=7)],
        ).fetchall()
    if len(lines) < 2:
        raise ValueError(f"Nothing to return on {day}: take a later day.")
    return _return("return of known lines", replay, day, "", lines, "net sales fall by the refund")


def return_of_unknown_order(replay: RetailReplay, day: date) -> Planted:
    """Give back, on ``day``, a line of an order that was never delivered."""
    lines = [(NO_SUCH_BASKET, 1082185, Decimal("9.99"))]
    expect = "the refund is reported as one without an order, and not lost"
    return _return("return of unknown order", replay, day, "-unknown", lines, expect)


# Columns that come, go and change


def new_file_column(replay: RetailReplay, day: date, column: str = "channel") -> Planted:
    """Deliver the file of ``day`` with one column more, at the end."""
    file = _delivered(replay, day)
    return _drift("new file column", file, f"*, 'till' as {column}", f"{column} is new")


def dropped_file_column(
    replay: RetailReplay, day: date, column: str = "coupon_match_disc"
) -> Planted:
    """Deliver the file of ``day`` without one column."""
    file = _delivered(replay, day)
    return _drift("dropped file column", file, f"* exclude ({column})", f"{column} is gone")


def retyped_file_column(replay: RetailReplay, day: date, column: str = "quantity") -> Planted:
    """Deliver the file of ``day`` with a whole number as a float: 1.0 for 1."""
    file = _delivered(replay, day)
    retyped = f"* replace (cast({column} as double) as {column})"
    return _drift("retyped file column", file, retyped, f"{column} is a float: 1.0 for 1")


def reordered_file_columns(replay: RetailReplay, day: date) -> Planted:
    """Deliver the file of ``day`` with its columns in the opposite order."""
    file = _delivered(replay, day)
    columns = ", ".join(reversed(deliveries.ORDER_COLUMNS))
    return _drift("reordered file columns", file, columns, "the last column comes first")


def new_crm_column(replay: RetailReplay, column: str = "loyalty_tier") -> Planted:
    """Add a column to the CRM's households, 'none' for everyone."""
    _alter(replay, "alter table crm.households add column {} varchar default 'none'", column)
    return _crm_drift("new crm column", f"{column} is new", after="varchar")


def dropped_crm_column(replay: RetailReplay, column: str = "kids_count") -> Planted:
    """Drop a column of the CRM's households."""
    _alter(replay, "alter table crm.households drop column {}", column)
    return _crm_drift("dropped crm column", f"{column} is gone", before="varchar")


def retyped_crm_column(replay: RetailReplay, column: str = "enrolled_on") -> Planted:
    """Make a column of the CRM's households text; its values read as before."""
    _alter(replay, "alter table crm.households alter column {} type varchar", column)
    return _crm_drift("retyped crm column", f"{column} is text", before="date", after="varchar")


def missing_crm_table(replay: RetailReplay, table: str = "coupon_redemptions") -> Planted:
    """Take a table out of the CRM; ``returned_crm_table`` brings it back."""
    _alter(replay, "alter table crm.{} set schema simulator", table)
    expect = "the load stops and names the table"
    return Planted("missing crm table", f"crm.{table}", f"crm.{table} is gone", expect)


def returned_crm_table(replay: RetailReplay, table: str = "coupon_redemptions") -> Planted:
    """Bring back, unchanged, the table that ``missing_crm_table`` took away."""
    _alter(replay, "alter table simulator.{} set schema crm", table)
    expect = "the load runs as if nothing had been"
    return Planted("returned crm table", f"crm.{table}", f"crm.{table} is back", expect)


# Customers


def changed_customer(replay: RetailReplay, household_id: int | None = None) -> Planted:
    """Move a household (the first one with an income) into the next income band."""
    with replay.connect() as connection:
        household, before, after = _move_income(connection, household_id, position=0)
    return _customer("changed customer", household, before, after, "a new version from this night")


def touchless_change(replay: RetailReplay, household_id: int | None = None) -> Planted:
    """Change a household (the second one with an income) behind the back of ``updated_at``."""
    with replay.connect() as connection:
        connection.execute("set local session_replication_role = replica")  # no trigger fires
        household, before, after = _move_income(connection, household_id, position=1)
    expect = "found only by comparing rows, since updated_at did not move"
    return _customer("touchless change", household, before, after, expect)


def deleted_customer(replay: RetailReplay, household_id: int | None = None) -> Planted:
    """Delete a household (the third one with an income); what it bought stays."""
    with replay.connect() as connection:
        household, before = _household(connection, household_id, position=2)
        connection.execute("delete from crm.households where household_id = %s", [household])
    expect = "no longer a current customer; its history and its orders stay"
    return _customer("deleted customer", household, before, None, expect)


class LateCommit:
    """A change of a household that begins before an extract and is committed after it.

    Use it as a context manager around the extract, or call ``open`` and then ``commit``. The
    household is the fourth one with an income, unless named.
    """

    def __init__(self, replay: RetailReplay, household_id: int | None = None) -> None:
        self.replay = replay
        self.household_id = household_id
        self.connection: psycopg.Connection | None = None

    def open(self) -> Planted:
        """Change the household in a transaction that stays open: nobody else sees it yet."""
        self.connection = self.replay.connect()
        household, before, after = _move_income(self.connection, self.household_id, position=3)
        expect = "not in this load, but in the next, though updated_at lies before this one"
        return _customer("late commit", household, before, after, expect)

    def commit(self) -> None:
        """Commit the change, whose ``updated_at`` is the time of ``open``."""
        if self.connection is None:
            raise ValueError("Nothing to commit: call open() first.")
        self.connection.commit()
        self.connection.close()
        self.connection = None

    def __enter__(self) -> Planted:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        elif self.connection is not None:
            self.connection.close()


TROUBLES: dict[str, Callable[..., Planted]] = {
    trouble.__name__.replace("_", "-"): trouble
    for trouble in (
        late_order,
        held_back_file,
        duplicate_delivery,
        changed_redelivery,
        split_delivery,
        bad_rows,
        truncated_file,
        empty_file,
        gbk_file,
        volume_spike,
        volume_drop,
        return_of_known_lines,
        return_of_unknown_order,
        new_file_column,
        dropped_file_column,
        retyped_file_column,
        reordered_file_columns,
        new_crm_column,
        dropped_crm_column,
        retyped_crm_column,
        missing_crm_table,
        returned_crm_table,
        changed_customer,
        touchless_change,
        deleted_customer,
    )
}


def _delivered(replay: RetailReplay, day: date) -> Path:
    file = replay.deliveries / order_file(day)
    if not file.exists():
        raise FileNotFoundError(f"{file} is not there: play to {day} first.")
    return file


def _name(file: Path) -> str:
    """Return the name within the deliveries folder, which has one level of folders."""
    return f"{file.parent.name}/{file.name}"


def _renamed(file: Path, mark: str) -> Path:
    day, suffixes = file.name.split(".", 1)
    return file.with_name(f"{day}{mark}.{suffixes}")


def _require_csv(file: Path) -> None:
    if file.suffix == ".parquet":
        raise ValueError(f"{file.name} is Parquet, which cannot hold such rows: take another day.")


def _lines(file: Path) -> list[Line]:
    """Return basket, product and sales of every line of an order file, in the file's order."""
    columns = "basket_id, product_id, sales_value"
    with duckdb.connect() as connection:
        return connection.execute(f"select {columns} from {rows_of(file)}").fetchall()


def _sum(lines: Sequence[Line]) -> tuple[int, int]:
    """Return how many lines there are and their sales in cents."""
    return len(lines), sum(_cents(sales) for _, _, sales in lines)


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _rewrite(
    file: Path, columns: str = "*", *, where: str = "true", into: Path | None = None
) -> None:
    """Write ``columns`` of the rows of ``file`` in which ``where`` holds, over it or elsewhere.

    ``where`` may speak of ``line`` and ``basket``, both counted from 1.
    """
    counted = "row_number() over keys as line, dense_rank() over (order by basket_id) as basket"
    with duckdb.connect() as connection:
        connection.execute(
            f"create temp table counted as select *, {counted} from {rows_of(file)} "
            f"window keys as (order by basket_id, product_id)"
        )
        kept = f"select * exclude (line, basket) from counted where {where}"
        query = f"select {columns} from ({kept}) order by basket_id, product_id"
        write_query(connection, query, into or file)


def _true_lines(replay: RetailReplay, day: date) -> list[Line]:
    with replay.source() as source:
        lines: list[Line] = source.execute(
            "select basket_id, product_id, sales_value from order_lines "
            "where business_day = ? order by basket_id, product_id",
            [day],
        ).fetchall()
    if not lines:
        raise ValueError(f"Nothing is sold on {day}: take another day.")
    return lines


def _broken(trouble: str, file: Path, content: bytes, what: str) -> Planted:
    rows, cents = _sum(_lines(file))
    deliveries.write_bytes(content, file)
    return Planted(
        trouble,
        where=_name(file),
        what=what,
        expect="the file is refused by name, and nothing of it is loaded",
        files=(_name(file),),
        rows=rows,
        cents=cents,
    )


def _volume(trouble: str, file: Path, what: str) -> Planted:
    rows, cents = _sum(_lines(file))
    return Planted(
        trouble,
        where=_name(file),
        what=f"{what}: {rows} lines",
        expect="the load stops, because no such weekday was like that, until somebody accepts it",
        files=(_name(file),),
        rows=rows,
        cents=cents,
    )


def _drift(trouble: str, file: Path, columns: str, what: str) -> Planted:
    rows, cents = _sum(_lines(file))
    _rewrite(file, columns)
    return Planted(
        trouble,
        where=_name(file),
        what=what,
        expect=DRIFT_ANSWER[trouble.split()[0]],
        files=(_name(file),),
        rows=rows,
        cents=cents,
    )


def _return(
    trouble: str, replay: RetailReplay, day: date, mark: str, lines: Sequence[Line], expect: str
) -> Planted:
    file = replay.deliveries / "returns" / f"{day}{mark}.csv"
    first_id = int(f"{day:%Y%m%d}") * 100 + (50 if mark else 1)
    written = [RETURN_COLUMNS]
    for return_id, (basket_id, product_id, refund) in enumerate(lines, start=first_id):
        written.append(f"{return_id},{basket_id},{product_id},1,{refund:.2f},{day} 15:00:00\n")
    deliveries.write_csv_lines([line.encode() for line in written], file)
    rows, cents = _sum(lines)
    return Planted(
        trouble,
        where=_name(file),
        what="; ".join(f"{refund} for {product} of {basket}" for basket, product, refund in lines),
        expect=expect,
        files=(_name(file),),
        keys=tuple((basket_id, product_id) for basket_id, product_id, _ in lines),
        rows=rows,
        cents=cents,
    )


def _alter(replay: RetailReplay, statement: str, name: str) -> None:
    with replay.connect() as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _crm_drift(
    trouble: str, what: str, *, before: str | None = None, after: str | None = None
) -> Planted:
    answer = DRIFT_ANSWER[trouble.split()[0]]
    return Planted(trouble, "crm.households", what, answer, before=before, after=after)


def _household(
    connection: psycopg.Connection, household_id: int | None, position: int
) -> tuple[int, str]:
    """Return the household, or the one at ``position`` of those with an income, and its band."""
    row = connection.execute(
        "select household_id, income_band from crm.households "
        "where income_band is not null and household_id = coalesce(%s, household_id) "
        "order by household_id limit 1 offset %s",
        [household_id, 0 if household_id else position],
    ).fetchone()
    if row is None:
        raise LookupError(f"No household {household_id or position + 1} with an income in the CRM.")
    return row[0], row[1]


def _move_income(
    connection: psycopg.Connection, household_id: int | None, position: int
) -> tuple[int, str, str]:
    household, before = _household(connection, household_id, position)
    after = INCOME_BANDS[(INCOME_BANDS.index(before) + 1) % len(INCOME_BANDS)]
    connection.execute(
        "update crm.households set income_band = %s where household_id = %s", [after, household]
    )
    return household, before, after


def _customer(trouble: str, household: int, before: str, after: str | None, expect: str) -> Planted:
    change = "deleted" if after is None else f"income {before} becomes {after}"
    return Planted(
        trouble,
        where="crm.households",
        what=f"household {household}: {change}",
        expect=expect,
        keys=((household,),),
        rows=1,
        before=before,
        after=after,
    )
