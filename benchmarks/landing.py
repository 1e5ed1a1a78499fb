"""What years of nights cost to read: one batch a night as it landed, and compacted by month.

A build opens the landing zone of each table through one view. The lower bound is the same rows in
a single Parquet file.
"""

import datetime as dt
import tempfile
from pathlib import Path

import duckdb
from customer_value.landing.batch import LandedTable, write_manifest
from customer_value.landing.compaction import compact

from benchmarks.measure import cost_of, print_table, python

NIGHTS = 3650
ROWS = 500
RUNS = 3
FIRST = dt.date(2015, 1, 1)
READ = """
import sys
from pathlib import Path
import duckdb
from customer_value.landing.batch import LandedTable
from customer_value.landing.compaction import compact
from customer_value.sql import literals
how, root = sys.argv[1], Path(sys.argv[2])
connection = duckdb.connect()
batches = LandedTable(root, "bench_shop", "lines").accepted()
if how == "compacted":
    files = compact(connection, batches).data
elif how == "as landed":
    for batch in batches:
        batch.check_files()
    files = [batch.data for batch in batches]
else:
    files = [root / "single.parquet"]
print(connection.execute(
    f"select count(*), sum(amount) from read_parquet({literals(files)}, union_by_name = true)"
).fetchone())
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _land(root)
        with duckdb.connect() as connection:
            compact(connection, LandedTable(root, "bench_shop", "lines").accepted())
        rows = {
            how: cost_of(python(READ, how, str(root)), runs=RUNS, environment={})
            for how in ("single file, unchecked", "compacted", "as landed")
        }
    print_table(f"Reading {NIGHTS:,} nights of {ROWS:,} rows", rows, "single file, unchecked")


def _land(root: Path) -> None:
    """Write one accepted batch a night, and all rows once more in a single file."""
    with duckdb.connect() as connection:
        for night in range(NIGHTS):
            sequence, directory = night + 1, root / "bench_shop" / "lines" / f"{night + 1:06d}"
            directory.mkdir(parents=True)
            observed = FIRST + dt.timedelta(days=night)
            connection.execute(
                f"copy (select {sequence} * {ROWS} + i as id, i % 1000 as amount, "
                f"{sequence} as _batch_sequence from range({ROWS}) as rows(i)) "
                f"to '{directory / 'data.parquet'}' (format parquet, compression zstd)"
            )
            batch = write_manifest(
                directory,
                {
                    "system": "bench_shop",
                    "table": "lines",
                    "sequence": sequence,
                    "observed_date": observed.isoformat(),
                    "columns": {"id": "bigint", "amount": "bigint"},
                },
            )
            batch.judge({"status": "accepted"})
        connection.execute(
            f"copy (select * from '{root}/bench_shop/lines/*/data.parquet') "
            f"to '{root / 'single.parquet'}' (format parquet, compression zstd)"
        )


if __name__ == "__main__":
    main()
