"""Extract delivered files: CSV, JSON and Parquet, plain or gzipped, from a folder or object store.

A file is known by its name and the SHA-256 of its bytes. The same bytes again are a duplicate
delivery, whatever the name. Other bytes under a known name are refused where a delivery is final.
Text is decoded strictly before DuckDB sees it, so a wrong encoding stops at its first byte.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import duckdb
import fsspec

from customer_value.errors import (
    ContractError,
    DeliveryError,
    ResourceError,
    SourceAccessError,
    SourceUnavailableError,
)
from customer_value.extract.database import check_columns
from customer_value.extract.rules import Part
from customer_value.landing.batch import Batch, LandedTable
from customer_value.landing.land import Incoming, land
from customer_value.runs import Run
from customer_value.sources.contract import System, Table
from customer_value.sql import connect_scratch, identifier, literal, literals

CHUNK_BYTES = 1 << 20
LARGEST_EXPANSION = 200  # gzip of real tables shrinks 3 to 20 times; a bomb over 1,000 times
LARGEST_TEXT_BYTES = 64 << 30
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16", "gbk": "gb18030", "gb18030": "gb18030"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered file. ``name`` is its path below the location, ``stamp`` changes with it."""

    name: str
    path: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file whose bytes have been read once: its hash, and a local copy DuckDB can read."""

    delivery: Delivery
    sha256: str
    local: Path
    root: Path
    format: str
    header: tuple[str, ...]


def extract_files(run: Run, system: System, uri: str, tables: list[Table]) -> list[Batch]:
    """Land one batch of each table from the files delivered since the last accepted batch."""
    location = _Location(system, uri)
    scratch = run.build_directory / "extract"
    connection = connect_scratch(run.settings, scratch=scratch)
    try:
        batches = []
        for table in tables:
            try:
                batches.append(_extract_table(run, connection, system, location, table))
            except duckdb.Error as error:
                raise _unreadable(error, system, table) from None
        return batches
    finally:
        connection.close()


def _extract_table(
    run: Run,
    connection: duckdb.DuckDBPyConnection,
    system: System,
    location: "_Location",
    table: Table,
) -> Batch:
    landed = LandedTable(run.settings.landing, system.name, table.name).accepted()
    known = _known_files(landed)
    hashes: dict[str, int] = {entry["sha256"]: entry["rows"] for entry in known.values()}
    if table.delivery == "snapshot":
        # An earlier state may come back; only the list that is in force makes the next one a copy.
        hashes = _in_force(known)
    found = location.deliveries(table)
    if not found and not table.optional and not known:
        raise DeliveryError(
            f"No file matches {table.files!r}.",
            where=f"{system.name}.{table.name} at {location}",
            fix="Check the location and the pattern, or mark the table optional.",
        )
    fresh: list[Inspected] = []
    again: list[dict[str, Any]] = []
    for delivery in found:
        before = known.get(delivery.name)
        if before and (before["bytes"], before["stamp"]) == (delivery.size, delivery.stamp):
            continue
        inspected = location.inspect(delivery, table, run.build_directory / "extract")
        entry = _entry(inspected)
        if inspected.sha256 in hashes:
            again.append(entry | {"status": "duplicate"})
        elif before and table.delivery == "once":
            raise DeliveryError(
                f"{delivery.name} was delivered again with other content: SHA-256 was "
                f"{before['sha256'][:16]}…, is {inspected.sha256[:16]}….",
                where=f"{system.name}.{table.name}, {delivery.path}",
                fix="Ask for the correction under a new name that sorts after the old one, "
                "or restore the file.",
            )
        else:
            fresh.append(inspected)
            if table.delivery == "snapshot":
                hashes.clear()
            hashes[inspected.sha256] = 0
    if table.delivery == "snapshot":
        fresh, outdated = _newest(fresh, known)
        again += outdated
    incoming = _incoming(connection, system, table, fresh)
    rows_by_file = _rows_by_file(connection, incoming)
    landed_now = [
        _entry(item) | {"rows": rows_by_file.get(item.delivery.name, 0), "status": "landed"}
        for item in fresh
    ]
    hashes |= {entry["sha256"]: entry["rows"] for entry in landed_now}
    again = [{"rows": hashes.get(entry["sha256"], 0)} | entry for entry in again]
    incoming.rows_duplicate = sum(entry["rows"] for entry in again)
    incoming.facts = {"deliveries": landed_now + again}
    incoming.verify = lambda: location.unchanged(fresh, system, table)
    return land(connection, run, system, table, incoming)


def _entry(item: Inspected) -> dict[str, Any]:
    return {
        "name": item.delivery.name,
        "bytes": item.delivery.size,
        "stamp": item.delivery.stamp,
        "sha256": item.sha256,
    }


def _known_files(landed: list[Batch]) -> dict[str, dict[str, Any]]:
    """Return the files of accepted batches by name, the newest delivery of each name."""
    return {
        entry["name"]: entry for batch in landed for entry in batch.manifest.get("deliveries", [])
    }


def _in_force(known: dict[str, dict[str, Any]]) -> dict[str, int]:
    landed = [entry for entry in known.values() if entry["status"] == "landed"]
    newest = max(landed, key=lambda entry: str(entry["name"]), default=None)
    return {newest["sha256"]: newest["rows"]} if newest else {}


def _newest(
    fresh: list[Inspected], known: dict[str, dict[str, Any]]
) -> tuple[list[Inspected], list[dict[str, Any]]]:
    """Split off the one list that counts: the newest by name, if none newer has landed before."""
    last = max((name for name, entry in known.items() if entry["status"] == "landed"), default="")
    current = [item for item in fresh[-1:] if item.delivery.name >= last]
    outdated = [
        _entry(item) | {"rows": 0, "status": "outdated"} for item in fresh if item not in current
    ]
    return current, outdated


class _Location:
    """A folder or object-store prefix that files are delivered to."""

    def __init__(self, system: System, uri: str) -> None:
        self.system = system
        try:
            self.filesystem, self.base = fsspec.core.url_to_fs(uri)
        except (ImportError, ValueError) as error:
            raise SourceAccessError(
                f"Files at {uri.split('://')[0]}:// cannot be read: {error}.",
                where=f"{system.name}, connection {system.connection}",
                fix="Install the fsspec driver of that store (for s3: s3fs) beside this package.",
            ) from error

    def __str__(self) -> str:
        return str(self.base)

    def deliveries(self, table: Table) -> list[Delivery]:
        """Return the files of one table, sorted by name; half-written ones are left alone."""
        pattern = f"{self.base.rstrip('/')}/{table.files}"
        try:
            if not self.filesystem.exists(self.base):
                raise SourceUnavailableError(
                    "The delivery location does not exist.",
                    where=f"{self.system.name}, {self.base}",
                    fix=f"Mount it, or correct connection {self.system.connection!r}.",
                )
            found = self.filesystem.glob(pattern, detail=True)
        except PermissionError as error:
            raise SourceAccessError(
                f"The delivery location may not be read: {error.strerror or error}.",
                where=f"{self.system.name}, {self.base}",
                fix="Give the extracting user read access to it.",
            ) from error
        deliveries = []
        for path, facts in sorted(found.items()):
            name = str(PurePosixPath(path).relative_to(PurePosixPath(self.base)))
            if facts["type"] == "directory" or _is_unfinished(name):
                continue
            if facts.get("islink") or facts["type"] != "file":
                raise DeliveryError(
                    f"{name} is a symbolic link.",
                    where=f"{self.system.name}.{table.name}, {path}",
                    fix="Deliver the file itself; a link may point outside the location.",
                )
            deliveries.append(Delivery(name, path, int(facts["size"]), self._stamp(path, facts)))
        return deliveries

    def _stamp(self, path: str, facts: dict[str, Any]) -> str:
        """Return what changes when a file is rewritten: its ETag or modification time."""
        return str(facts.get("ETag") or facts.get("mtime") or self.filesystem.modified(path))

    def inspect(self, delivery: Delivery, table: Table, scratch: Path) -> Inspected:
        """Read a file's bytes once: hash, completeness, encoding, header.

        Raises ``DeliveryError`` naming the file and the byte at which it is broken.
        """
        where = f"{self.system.name}.{table.name}, {delivery.path}"
        file_format, zipped = _format_of(delivery, where)
        if delivery.size == 0:
            raise _broken("is empty (0 bytes)", delivery, where)
        local = Path(delivery.path)
        root = Path(self.base)
        is_local = "file" in _protocols(self.filesystem)
        rewrite = file_format != "parquet" and (table.encoding != "utf-8")
        if not is_local or rewrite:
            root = scratch / "files"
            local = root / (delivery.name.removesuffix(".gz") if rewrite else delivery.name)
            local.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with self.filesystem.open(delivery.path, "rb") as source:
            if file_format == "parquet":
                tail = _copy(source, digest, None if is_local else local)
                if tail[-4:] != b"PAR1":
                    raise _broken(
                        f"is cut off: {delivery.size:,} bytes without a Parquet footer",
                        delivery,
                        where,
                    )
                header: tuple[str, ...] = ()
            else:
                header = _read_text(
                    _Hashing(source, digest),
                    delivery,
                    table,
                    where,
                    zipped=zipped,
                    rewrite=local if rewrite else None,
                    is_csv=file_format == "csv",
                )
        if not is_local and not rewrite and file_format != "parquet":
            self.filesystem.get_file(delivery.path, str(local))
        return Inspected(delivery, digest.hexdigest(), local, root, file_format, header)

    def unchanged(self, inspected: list[Inspected], system: System, table: Table) -> None:
        """Raise ``DeliveryError`` if a file was rewritten while it was being read."""
        for item in inspected:
            path = item.delivery.path
            facts = self.filesystem.info(path)
            now = (int(facts["size"]), self._stamp(path, facts))
            if now != (item.delivery.size, item.delivery.stamp):
                raise DeliveryError(
                    f"{item.delivery.name} changed while it was being read.",
                    where=f"{system.name}.{table.name}, {item.delivery.path}",
                    fix="Deliver under a temporary name and rename when complete; load again.",
                )


def _protocols(filesystem: Any) -> tuple[str, ...]:
    protocol = filesystem.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _is_unfinished(name: str) -> bool:
    return PurePosixPath(name).name.startswith((".", "_")) or name.endswith(
        (".tmp", ".part", ".partial", ".crdownload")
    )


def _format_of(delivery: Delivery, where: str) -> tuple[str, bool]:
    name = delivery.name.lower()
    zipped = name.endswith(".gz")
    suffix = PurePosixPath(name.removesuffix(".gz")).suffix
    formats = {".csv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json"}
    if suffix == ".parquet" and not zipped:
        return "parquet", False
    if suffix in formats:
        return formats[suffix], zipped
    raise _broken("has none of the endings .csv, .json, .jsonl, .parquet (.gz)", delivery, where)


class _Hashing(io.RawIOBase):
    """A stream that hashes what is read through it."""

    def __init__(self, source: IO[bytes], digest: Any) -> None:
        self._source = source
        self._digest = digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._source.read(len(buffer))
        self._digest.update(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _copy(source: IO[bytes], digest: Any, target: Path | None) -> bytes:
    tail = b""
    with target.open("wb") if target else io.BytesIO() as copy:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            if target:
                copy.write(chunk)
            tail = (tail + chunk)[-8:]
    return tail


def _read_text(
    hashing: _Hashing,
    delivery: Delivery,
    table: Table,
    where: str,
    *,
    zipped: bool,
    rewrite: Path | None,
    is_csv: bool,
) -> tuple[str, ...]:
    """Decode the whole file strictly, return its CSV header; write it as UTF-8 if asked."""
    decoder = codecs.getincrementaldecoder(ENCODINGS[table.encoding])("strict")
    buffered = io.BufferedReader(hashing, CHUNK_BYTES)
    head = ""
    read = 0
    with rewrite.open("w", encoding="utf-8", newline="") if rewrite else io.StringIO() as target:
        try:
            stream: Any = gzip.GzipFile(fileobj=buffered) if zipped else buffered
            while chunk := stream.read(CHUNK_BYTES):
                text = _decode(decoder, chunk, read, delivery, table, where)
                if (
                    read == 0
                    and table.encoding == "utf-8"
                    and chunk[:2] in (b"\xff\xfe", b"\xfe\xff")
                ):
                    raise _broken("begins like UTF-16", delivery, where)
                read += len(chunk)
                if read > min(LARGEST_TEXT_BYTES, max(delivery.size, 1 << 16) * LARGEST_EXPANSION):
                    raise _broken(
                        f"unpacks to over {LARGEST_EXPANSION} times its {delivery.size:,} bytes",
                        delivery,
                        where,
                    )
                if len(head) < CHUNK_BYTES:
                    head += text
                if rewrite:
                    target.write(text)
            _decode(decoder, b"", read, delivery, table, where, final=True)
            buffered.read()  # bytes behind the last gzip member belong to the hash too
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _broken(f"is cut off or damaged ({error})", delivery, where) from error
    if not is_csv:
        return ()
    return _header(head.removeprefix("\ufeff"), table)


def _decode(
    decoder: codecs.IncrementalDecoder,
    chunk: bytes,
    offset: int,
    delivery: Delivery,
    table: Table,
    where: str,
    *,
    final: bool = False,
) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        around = bytes(error.object[error.start : error.start + 64])
        guess = _guess(around)
        hint = f"; it reads as {guess}" if guess else ""
        raise DeliveryError(
            f"{delivery.name} is not valid {table.encoding} near byte "
            f"{offset + error.start:,}{hint}.",
            where=where,
            fix=f"Have it delivered as {table.encoding}, or declare the encoding it really has "
            "in the source file.",
        ) from error


def _guess(around: bytes) -> str | None:
    for encoding in ("gb18030", "utf-16"):
        try:
            around[: len(around) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _header(head: str, table: Table) -> tuple[str, ...]:
    first = next(csv.reader(io.StringIO(head, newline=""), delimiter=table.delimiter), [])
    return tuple(name.strip() for name in first)


def _broken(problem: str, delivery: Delivery, where: str) -> DeliveryError:
    return DeliveryError(
        f"{delivery.name} {problem}.",
        where=where,
        fix="Have the file delivered again, whole, and run the load again.",
    )


def _incoming(
    connection: duckdb.DuckDBPyConnection,
    system: System,
    table: Table,
    files: list[Inspected],
) -> Incoming:
    parts: list[Part] = []
    rejects: list[str] = []
    for number, group in enumerate(_groups(files)):
        first = group[0]
        where = f"{system.name}.{table.name}, {first.delivery.name}"
        paths = literals(item.local for item in group)
        prefix = len(str(first.root).rstrip("/")) + 2
        file = f"substr(filename, {prefix})"
        if first.format == "csv":
            check_columns(where, system.unit, table, list(first.header))
            relation = _csv_relation(connection, table, first.header, paths, number, where)
            parts.append(Part(relation, frozenset(), file, "_row"))
            rejects.append(
                f"select error_rule as rule, raw, substr(file_path, {prefix}) as _source_file, "
                f"cast(line as bigint) as line from rejects_{number}"
            )
        elif first.format == "json":
            fields = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in table.columns)
            relation = (
                f"(select *, row_number() over () as _row from read_json({paths}, "
                f"columns = {{{fields}}}, filename = true))"
            )
            parts.append(Part(relation, frozenset(), file, "_row"))
        else:
            typed = _parquet_types(connection, system, table, first, where)
            relation = f"read_parquet({paths}, filename = true, file_row_number = true)"
            parts.append(Part(relation, typed, file, "file_row_number"))
    keys = None
    if table.delivery == "snapshot" and parts:
        selected = ", ".join(
            f"try_cast({identifier(name)} as {table.columns[name].type}) as {identifier(name)}"
            for name in table.key
        )
        present = " and ".join(f"{identifier(name)} is not null" for name in table.key)
        keys = f"select * from (select {selected} from {parts[0].relation}) where {present}"
    kind = "complete" if table.delivery == "snapshot" and parts else "changes"
    return Incoming(kind, parts, keys, " union all ".join(rejects) or None)


def _groups(files: list[Inspected]) -> Iterator[list[Inspected]]:
    """Yield files that can be read by one call: same format, header and place."""
    groups: dict[tuple[object, ...], list[Inspected]] = {}
    for item in files:
        # Parquet files carry their types, and each is checked on its own.
        alone = item.delivery.name if item.format == "parquet" else ""
        groups.setdefault((item.format, item.header, item.root, alone), []).append(item)
    yield from groups.values()


def _csv_relation(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    header: tuple[str, ...],
    paths: str,
    number: int,
    where: str,
) -> str:
    names = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header)
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    connection.execute(f"""
        create or replace temp table csv_{number} as
        select *, row_number() over () as _row
        from read_csv(
            {paths}, auto_detect = false, header = true, delim = {literal(table.delimiter)},
            quote = '"', escape = '"', columns = {{{names}}}, ignore_errors = true,
            store_rejects = true, filename = true, strict_mode = true, null_padding = false
        )""")
    connection.execute(f"""
        create or replace temp table rejects_{number} as
        select
            case when any_value(error_type) in ('MISSING COLUMNS', 'TOO MANY COLUMNS')
                then 'ragged_row' else 'unreadable_line' end as error_rule,
            any_value(csv_line) as raw, file_path, line
        from reject_errors
        inner join reject_scans using (scan_id, file_id)
        group by file_path, line""")
    swallowed = connection.execute(f"""
        select file_path, line from rejects_{number}
        where error_rule = 'unreadable_line' and contains(raw, chr(10))
        order by file_path, line""").fetchone()
    if swallowed:
        raise DeliveryError(
            f"A quote opened on line {swallowed[1]} never closes, so the lines after it cannot "
            "be told apart.",
            where=f"{where.split(',')[0]}, {swallowed[0]}:{swallowed[1]}",
            fix="Have the file delivered again with that quote closed or doubled.",
        )
    return f"csv_{number}"


def _parquet_types(
    connection: duckdb.DuckDBPyConnection,
    system: System,
    table: Table,
    item: Inspected,
    where: str,
) -> frozenset[str]:
    try:
        described = connection.execute(
            f"describe select * from read_parquet({literal(item.local)})"
        ).fetchall()
    except duckdb.Error as error:
        raise _unreadable(error, system, table) from None
    found = {name: kind for name, kind, *_ in described}
    check_columns(where, system.unit, table, list(found))
    spelled = {"timestamptz": "timestamp with time zone"}
    for name, column in table.columns.items():
        wanted = spelled.get(column.type, column.type).upper()
        if found[name].upper() != wanted:
            raise ContractError(
                f"Column {name} is {found[name]} in the file; the contract says {wanted}.",
                where=f"{where}: {name}",
                fix="Have it delivered with that type, or change the contract and its staging "
                "model together.",
            )
    return frozenset(table.columns)


def _rows_by_file(connection: duckdb.DuckDBPyConnection, incoming: Incoming) -> dict[str, int]:
    """Return how many rows each file brought, lines that could not be read included."""
    selects = [f"select {part.file} as name from {part.relation}" for part in incoming.parts]
    if incoming.rejects:
        selects.append(f"select _source_file as name from ({incoming.rejects})")
    if not selects:
        return {}
    rows = connection.execute(
        f"select name, count(*) from ({' union all '.join(selects)}) group by name"
    ).fetchall()
    return dict(rows)


def _unreadable(error: duckdb.Error, system: System, table: Table) -> Exception:
    text = str(error).strip().splitlines()[0][:300]
    where = f"{system.name}.{table.name}"
    if "no space left" in text.lower() or isinstance(error, duckdb.OutOfMemoryException):
        return ResourceError(
            f"Extraction ran out of room: {text}",
            where=where,
            fix="Free disk space below CUSTOMER_VALUE_HOME or raise CUSTOMER_VALUE_MEMORY_LIMIT.",
        )
    return DeliveryError(
        f"A delivered file cannot be read: {text}",
        where=where,
        fix="Have the file named there delivered again, whole, and run the load again.",
    )
