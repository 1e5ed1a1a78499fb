"""The industrial business unit, played forward day by day: its two databases and its files."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg

from demo.industrial import databases, deliveries
from demo.industrial.history import changes
from demo.industrial.parameters import Parameters
from demo.industrial.schema import FILES, TABLES
from demo.industrial.world import World, simulate

LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Played:
    """What one play brought: files by name, changed rows by table. Nothing when it was over."""

    until: date
    files: tuple[str, ...]
    rows: dict[str, int]


class IndustrialReplay:
    """The simulated unit in the PostgreSQL at ``postgres_uri`` and files in ``deliveries``.

    The role in ``postgres_uri`` owns the database; the role ``extract`` must exist. How far it was
    played is kept in that database, so any process may go on with the same parameters.
    """

    def __init__(
        self, postgres_uri: str, deliveries: Path, parameters: Parameters | None = None
    ) -> None:
        self.postgres_uri = postgres_uri
        self.deliveries = deliveries
        self.parameters = parameters or Parameters()
        self._world: World | None = None

    @property
    def world(self) -> World:
        """The world that is played, simulated when first asked for."""
        if self._world is None:
            self._world = simulate(self.parameters)
        return self._world

    def create(self) -> None:
        """Create the databases and the delivery folders; what exists is kept."""
        with self.connect() as connection:
            databases.create_schemas(connection)
        for folder in ("rates", *deliveries.ENCODINGS):
            (self.deliveries / folder).mkdir(parents=True, exist_ok=True)

    def connect(self) -> psycopg.Connection:
        """Return a connection as the owner; leaving its ``with`` block commits."""
        # A lock held by somebody else is an error to read, not a reason to hang.
        return psycopg.connect(self.postgres_uri, options="-c lock_timeout=10s")

    def last_day(self) -> date | None:
        """Return the last business day that was played, ``None`` before the first."""
        with self.connect() as connection:
            last = databases.last_play(connection)
        return last[0] if last else None

    def play_to(self, day: date) -> Played:
        """Bring databases and files to the state at the end of business day ``day``.

        Files first, then both databases and the memory of it in one transaction: after a crash the
        same call writes the same files again and finishes.
        """
        first, last = self.parameters.first_day, self.parameters.last_day
        if not first <= day <= last:
            raise ValueError(f"{day} cannot be played: the simulation is {first} to {last}.")
        with self.connect() as connection:
            played = databases.last_play(connection)
            if played and played[1] != self.parameters.seed:
                raise ValueError(
                    f"This database holds the world of seed {played[1]}, not of "
                    f"{self.parameters.seed}: play on with that one, or drop its schemas."
                )
            if played and day <= played[0]:
                return Played(played[0], (), {})
            after = played[0] if played else None
            files = deliveries.write_files(self.world, self.deliveries, after, day)
            databases.remember_play(connection, day, self.parameters.seed)
            rows = self._write_tables(connection, after or LONG_AGO, day)
        return Played(day, tuple(files), rows)

    def play_next_day(self) -> Played:
        """Play the day after the last one."""
        last = self.last_day()
        return self.play_to(self.parameters.first_day if last is None else last + timedelta(days=1))

    def _write_tables(
        self, connection: psycopg.Connection, after: date, until: date
    ) -> dict[str, int]:
        rows = {}
        for name, spec in TABLES.items():
            if spec.system != FILES:
                happened = changes(self.world, name, after, until)
                databases.apply_changes(connection, name, happened)
                rows[name] = happened.rows
        return rows
