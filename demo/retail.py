"""The retail business unit, played forward day by day: its CRM and the files its shop delivers."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import psycopg

from demo import crm, deliveries
from demo.deliveries import HeldBack
from demo.source_data import FIRST_DAY, LAST_DAY, is_open, open_source


@dataclass(frozen=True, slots=True)
class Played:
    """What one play brought: files by name, CRM rows by table. Nothing when the day was over."""

    until: date
    files: tuple[str, ...]
    crm_rows: dict[str, int]


class RetailReplay:
    """The year 2017 of the retail unit, in the CRM at ``postgres_uri`` and files in ``deliveries``.

    The role in ``postgres_uri`` owns the database; the role ``extract`` must exist. How far the
    year was played is kept in that database, so any process may go on with it. With
    ``one_household_in`` of 50, say, only every fiftieth household and what it bought exists.
    """

    def __init__(self, postgres_uri: str, deliveries: Path, one_household_in: int = 1) -> None:
        self.postgres_uri = postgres_uri
        self.deliveries = deliveries
        self.one_household_in = one_household_in

    def create(self) -> None:
        """Create the CRM's tables and the delivery folders; what exists is kept."""
        with self.connect() as connection:
            crm.create_schema(connection)
        for folder in ("orders", "returns", "products"):
            (self.deliveries / folder).mkdir(parents=True, exist_ok=True)

    def connect(self) -> psycopg.Connection:
        """Return a connection as the owner of the CRM; leaving its ``with`` block commits."""
        # A lock held by somebody else is an error to read, not a reason to hang.
        return psycopg.connect(self.postgres_uri, options="-c lock_timeout=10s")

    def source(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to what the shop knows, the whole year."""
        return open_source(self.one_household_in)

    def last_day(self) -> date | None:
        """Return the last business day that was played, ``None`` before the first."""
        with self.connect() as connection:
            row = connection.execute("select max(until) from simulator.plays").fetchone()
        return row[0] if row else None

    def held_back(self) -> list[HeldBack]:
        """Return which baskets and files are delivered later than on their day."""
        with self.connect() as connection:
            rows = connection.execute(
                "select business_day, basket_id, delivered_on from simulator.held_back "
                "order by business_day, basket_id"
            )
            return [HeldBack(*row) for row in rows]

    def hold_back(self, item: HeldBack) -> None:
        """Deliver a basket or a day's file later; only while its day is still to come."""
        if item.delivered_on <= item.business_day or not is_open(item.delivered_on):
            raise ValueError(
                f"{item.delivered_on} cannot bring what was held back on {item.business_day}: "
                "name a later day of 2017 on which the shop is open."
            )
        last = self.last_day()
        if last is not None and item.business_day <= last:
            raise ValueError(
                f"{item.business_day} is delivered already (played until {last}): "
                f"hold back a day from {last + timedelta(days=1)} on."
            )
        with self.connect() as connection:
            connection.execute(
                "insert into simulator.held_back values (%s, %s, %s)",
                [item.business_day, item.basket_id, item.delivered_on],
            )

    def play_to(self, day: date) -> Played:
        """Bring CRM and files to the state at the end of business day ``day``.

        Files first, then the CRM and the memory of it in one transaction: after a crash the same
        call writes the same files again and finishes.
        """
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(f"{day} cannot be played: the year is {FIRST_DAY} to {LAST_DAY}.")
        after = self.last_day() or FIRST_DAY - timedelta(days=1)
        if day <= after:
            return Played(after, (), {})
        held = self.held_back()
        with self.source() as source, self.connect() as connection:
            due = deliveries.order_files_due(after, day, held)
            lists = deliveries.write_product_lists(source, self.deliveries, after, day)
            orders = deliveries.write_order_files(source, self.deliveries, due, held)
            rows = crm.insert_appearing(connection, source, after, day)
            connection.execute("insert into simulator.plays values (%s)", [day])
        return Played(day, (*lists, *orders), rows)

    def play_next_day(self) -> Played:
        """Play the day after the last one; a closed day brings no order file."""
        last = self.last_day()
        return self.play_to(FIRST_DAY if last is None else last + timedelta(days=1))

    def redeliver(self, day: date) -> str:
        """Write the true order file of ``day`` again, over whatever is there; return its name."""
        with self.source() as source:
            return deliveries.write_order_files(source, self.deliveries, [day], self.held_back())[0]
