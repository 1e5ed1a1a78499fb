"""Rows a second from one PostgreSQL table into Parquet: ours, and how others do it.

The table holds the year's 1,469,307 order lines. Each way runs in a process of its own, import
included, because that is what a task costs.
"""

import tempfile
from pathlib import Path

import psycopg

from benchmarks.measure import cost_of, print_table, python
from benchmarks.peers import Peer
from demo import postgres
from demo.source_data import open_source

RUNS = 3
PEER = Peer("connectorx", ("connectorx==0.4.6", "pyarrow==26.0.1"))
CONTRACT = """
unit: bench
time_zone: UTC
systems:
  crm:
    kind: postgres
    connection: bench_crm
    schema: bench
    tables:
      order_lines:
        key: [basket_id, product_id]
        columns:
          household_id: {type: bigint}
          store_id: {type: bigint}
          basket_id: {type: bigint}
          product_id: {type: bigint}
          quantity: {type: bigint}
          sales_value: {type: "decimal(12,2)"}
          sold_at: {type: timestamp}
"""
OURS = """
import datetime as dt, shutil, sys
from pathlib import Path
from customer_value.extract.system import extract_system
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import load_system
uri, root = sys.argv[1], Path(sys.argv[2])
shutil.rmtree(root / "home", ignore_errors=True)
settings = Settings(home=root / "home", project=root)
run = Run.named("bench", dt.date(2018, 1, 1), settings)
extract_system(run, load_system(settings.sources, "bench_crm"), lambda _: uri)
"""
BARE = """
import importlib.resources, sys
import duckdb
uri, root = sys.argv[1], sys.argv[2]
extension = importlib.resources.files("duckdb_extension_postgres_scanner").joinpath(
    f"extensions/v{duckdb.__version__}/postgres_scanner.duckdb_extension")
duckdb.execute(f"load '{extension}'")
duckdb.execute(f"attach '{uri}' as source (type postgres, read_only)")
duckdb.execute("copy (select * from postgres_query('source', 'select * from bench.order_lines')) "
               f"to '{root}/bare.parquet' (format parquet, compression zstd)")
"""
COPY_CSV = """
import sys
import psycopg
with psycopg.connect(sys.argv[1]) as connection, open(sys.argv[2] + "/copy.csv", "wb") as file:
    with connection.cursor().copy("copy bench.order_lines to stdout (format csv)") as rows:
        for chunk in rows:
            file.write(chunk)
"""
CONNECTORX = """
import sys
import connectorx
import pyarrow.parquet
table = connectorx.read_sql(sys.argv[1], "select * from bench.order_lines", return_type="arrow")
pyarrow.parquet.write_table(table, sys.argv[2] + "/cx.parquet", compression="zstd")
"""
PANDAS = """
import sys
import pandas, sqlalchemy
engine = sqlalchemy.create_engine(sys.argv[1].replace("postgresql://", "postgresql+psycopg://"))
frame = pandas.read_sql_query("select * from bench.order_lines", engine)
frame.to_parquet(sys.argv[2] + "/pandas.parquet", compression="zstd")
"""


def main() -> None:
    """Print the comparison."""
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.running(Path(folder) / "pg", tcp=True) as server,
    ):
        root = Path(folder) / "project"
        (root / "dags" / "sources").mkdir(parents=True)
        (root / "dags" / "sources" / "bench.yml").write_text(CONTRACT)
        rows = _fill(server, Path(folder) / "lines.csv")
        uri = server.extract_uri(tcp=True)
        arguments = (uri, str(root))
        ways = {
            "customer-value extract (rules, hash, manifest)": python(OURS, *arguments),
            "DuckDB COPY alone (bare lower bound)": python(BARE, *arguments),
            "psycopg COPY to CSV": python(COPY_CSV, *arguments),
            "connectorx to Parquet": [str(PEER.python()), "-c", CONNECTORX, *arguments],
            "pandas to Parquet": python(PANDAS, *arguments),
        }
        costs = {
            name: cost_of(command, runs=RUNS, environment={}) for name, command in ways.items()
        }
    print_table(
        f"Extraction of {rows:,} rows from PostgreSQL",
        costs,
        "customer-value extract (rules, hash, manifest)",
        unit=rows,
    )


def _fill(server: postgres.Postgres, file: Path) -> int:
    with open_source(1) as source:
        source.execute(
            "copy (select household_id, store_id, basket_id, product_id, quantity, sales_value, "
            f"transaction_timestamp from order_lines) to '{file}' (format csv, header false)"
        )
    with psycopg.connect(server.owner_uri()) as connection:
        connection.execute("create schema bench")
        connection.execute(
            "create table bench.order_lines (household_id bigint, store_id bigint, "
            "basket_id bigint, product_id bigint, quantity bigint, sales_value numeric(12,2), "
            "sold_at timestamp, primary key (basket_id, product_id))"
        )
        with (
            connection.cursor() as cursor,
            cursor.copy("copy bench.order_lines from stdin (format csv)") as copy,
            file.open("rb") as lines,
        ):
            while chunk := lines.read(1 << 20):
                copy.write(chunk)
        connection.execute("grant usage on schema bench to extract")
        connection.execute("grant select on bench.order_lines to extract")
        found = connection.execute("select count(*) from bench.order_lines").fetchone()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    main()
