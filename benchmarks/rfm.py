"""RFM by all three methods over 24 months of history: seconds, memory and spill as lines grow.

The project's own dbt models build from order lines, in one dbt process as a night runs it. Four
relations stand in for what comes before: the counted lines, the customers and their keys are views
over Parquet files, and there are no refunds. Data tests are not run: a night's cost is what
`nights` measures.
"""

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from customer_value.settings import PROJECT

from benchmarks.histories import AS_OF_DATE, OrderBook, write_order_book
from benchmarks.measure import cost_of

SIZES = (1_000_000, 10_000_000, 100_000_000)
MEMORY_LIMITS = ("4GB", "2GB")
HISTORY = [
    "int_business_units__listed",
    "int_customers__current",
    "int_orders__assembled",
    "int_customers__daily_activity",
    "int_months__calendar",
    "int_customers__monthly_activity",
    "int_customers__occasions",
]
RFM = [
    "int_customers__rfm_measured",
    "int_customers__rfm_months_measured",
    "int_customers__rfm_snapshots",
    "int_customers__rfm_scored",
    "int_customers__rfm_segmented",
    "fct_customer_rfm",
    "fct_customer_rfm_months",
    "fct_rfm_cut_points",
    "fct_rfm_pairs",
    "fct_rfm_segment_months",
    "fct_rfm_value_concentration",
]
SEEDS = ["customer_status_rules", "rfm_fixed_thresholds", "rfm_segments"]
STAND_INS = """
create schema intermediate;
create view intermediate.int_order_lines__counted as
select
    concat('retail-', order_number) as order_id,
    'retail' as business_unit,
    cast(customer_number as varchar) as source_customer_number,
    cast(product_number as varchar) as source_product_number,
    concat('retail-', store_number) as store_id,
    cast(quantity as bigint) as quantity,
    cast(gross_cents * 0.01 as decimal(18, 2)) as gross_revenue,
    cast(discount_cents * 0.01 as decimal(18, 2)) as discount,
    cast((gross_cents - discount_cents) * 0.01 as decimal(18, 2)) as sales_revenue,
    cast((gross_cents - discount_cents) * 0.01 as decimal(18, 2)) as sales_revenue_source,
    cast(0 as decimal(18, 2)) as coupon_discount,
    cast(null as decimal(18, 2)) as goods_cost,
    'USD' as currency_code,
    cast(null as varchar) as bundle_id,
    false as is_service,
    ordered_at_utc
from read_parquet('{lines}');
create view intermediate.int_customer_keys__resolved as
select
    concat('retail-', customer_number) as customer_id,
    'retail' as business_unit,
    cast(customer_number as varchar) as source_key,
    true as is_on_orders
from read_parquet('{customers}');
create view intermediate.int_customers__history as
select
    concat('retail-', customer_number) as customer_id,
    'retail' as business_unit,
    cast(customer_number as varchar) as source_customer_number,
    cast(null as varchar) as customer_type,
    cast(null as varchar) as chain_role,
    cast(null as varchar) as age_band,
    cast(null as varchar) as income_band,
    cast(null as varchar) as home_ownership,
    cast(null as varchar) as marital_status,
    cast(null as varchar) as household_size_band,
    cast(null as varchar) as household_composition,
    cast(null as varchar) as kids_band,
    cast(null as varchar) as company_name,
    cast(null as varchar) as company_name_other,
    cast(null as varchar) as registration_number,
    cast(null as varchar) as industry,
    cast(null as varchar) as region,
    cast(null as varchar) as company_size,
    cast(null as varchar) as billing_currency_code,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as parent_customer_id,
    cast(null as varchar) as referred_by_customer_id,
    cast(0 as decimal(18, 4)) as profile_filled_ratio,
    false as is_key_account,
    cast(1 as bigint) as version_number,
    true as is_current,
    customer_since_date,
    customer_since_date as valid_from_date,
    cast(null as date) as valid_to_date
from read_parquet('{customers}');
create view intermediate.int_refunds__matched as
select
    cast(null as varchar) as customer_id,
    cast(null as varchar) as business_unit,
    cast(null as date) as refund_date,
    cast(null as decimal(18, 2)) as refund
where false;
"""


@dataclass(frozen=True, slots=True)
class Build:
    """What one build of the models took, and what came out of it."""

    lines: int
    memory_limit: str
    seconds: float
    cpu_seconds: float
    peak_mb: float
    spill_mb: float
    database_mb: float
    snapshots: int
    seconds_by_model: dict[str, float]


def build(book: OrderBook, folder: Path, memory_limit: str) -> Build:
    """Return what building RFM from an order book costs; ``folder`` is new and may be dropped."""
    folder.mkdir(parents=True)
    database, results = folder / "candidate.duckdb", folder / "results.json"
    with duckdb.connect(str(database)) as connection:
        connection.execute(STAND_INS.format(lines=book.lines, customers=book.customers))
    project = str(PROJECT / "dbt_project")
    dbt = [sys.executable, "-m", "customer_value.transform.dbt_process", str(results)]
    where = [
        *("--project-dir", project, "--profiles-dir", project, "--no-use-colors"),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
    ]
    kinds = ["--resource-type", "model", "--resource-type", "seed"]
    environment = {
        "CUSTOMER_VALUE_CANDIDATE": str(database),
        "CUSTOMER_VALUE_AS_OF_DATE": AS_OF_DATE.isoformat(),
        "CUSTOMER_VALUE_MEMORY_LIMIT": memory_limit,
        "CUSTOMER_VALUE_THREADS": "2",
        "DO_NOT_TRACK": "1",
    }
    # A night finds the project parsed; a small build would show nothing else.
    cost_of([*dbt, "parse", *where], runs=1, environment=environment)
    with largest(Path(f"{database}.tmp")) as spill:
        cost = cost_of(
            [*dbt, "build", "--select", *SEEDS, *HISTORY, *RFM, *kinds, *where],
            runs=1,
            environment=environment,
        )
    nodes = json.loads(results.read_text())
    seconds = {node["unique_id"].split(".")[-1]: node["execution_time"] for node in nodes}
    with duckdb.connect(str(database), read_only=True) as connection:
        snapshots = connection.execute("select count(*) from marts.fct_customer_rfm_months")
        row = snapshots.fetchone()
    return Build(
        lines=book.lines_count,
        memory_limit=memory_limit,
        seconds=cost.wall,
        cpu_seconds=cost.cpu,
        peak_mb=cost.peak_mb,
        spill_mb=spill[0] / 1e6,
        database_mb=database.stat().st_size / 1e6,
        snapshots=int(row[0]) if row else 0,
        seconds_by_model={name: seconds[name] for name in [*HISTORY, *RFM]},
    )


@contextmanager
def largest(folder: Path) -> Iterator[list[float]]:
    """Yield a list with the most bytes that ``folder`` was seen to hold, up to date on leaving."""
    seen, is_over = [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(0.1):
            seen[0] = max(seen[0], _bytes_in(folder))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def _bytes_in(folder: Path) -> float:
    """Return the bytes on disk of a folder's files, which may vanish meanwhile."""
    total = 0.0
    try:
        for entry in os.scandir(folder):
            total += entry.stat().st_blocks * 512
    except FileNotFoundError:
        return total
    return total


def print_builds(builds: Iterable[Build]) -> None:
    """Print the builds, where their seconds went, and how a line's share of them grew.

    Ratios are of the seconds a line to those of the smallest build under the same limit. On a
    machine that others use too, those of the CPU say more than those of the clock.
    """
    rows = list(builds)
    print(f"\nRFM, three methods, 24 months, {os.cpu_count()} cores")
    print(
        f"{'lines':>12}{'limit':>7}{'snapshots':>12}{'wall s':>9}{'CPU s':>9}{'MB':>8}"
        f"{'spill MB':>10}{'file MB':>9}{'wall/line':>11}{'CPU/line':>10}"
    )
    for row in rows:
        first = next(each for each in rows if each.memory_limit == row.memory_limit)
        size = row.lines / first.lines
        print(
            f"{row.lines:>12,}{row.memory_limit:>7}{row.snapshots:>12,}{row.seconds:>9.1f}"
            f"{row.cpu_seconds:>9.1f}{row.peak_mb:>8.0f}{row.spill_mb:>10.0f}"
            f"{row.database_mb:>9.0f}{row.seconds / first.seconds / size:>10.2f}x"
            f"{row.cpu_seconds / first.cpu_seconds / size:>9.2f}x"
        )
    print("\nSeconds by model")
    for name in rows[0].seconds_by_model:
        print(f"{name:<40}" + "".join(f"{row.seconds_by_model[name]:>9.1f}" for row in rows))


def main(sizes: Iterable[int] = SIZES, memory_limits: Sequence[str] = MEMORY_LIMITS) -> None:
    """Print what RFM costs at each size and memory limit."""
    builds = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            started = time.monotonic()
            book = write_order_book(Path(temporary) / "book", size)
            print(
                f"{book.lines_count:,} order lines of {book.customers_count:,} customers written "
                f"in {time.monotonic() - started:.0f} s",
                flush=True,
            )
            for memory_limit in memory_limits:
                folder = Path(temporary) / "build"
                builds.append(build(book, folder, memory_limit))
                shutil.rmtree(folder)
                print_builds(builds)
            shutil.rmtree(book.folder)


if __name__ == "__main__":
    main()
