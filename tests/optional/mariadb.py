"""A real MariaDB for tests, where Debian's ``mariadb-server`` or another build is installed."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

PATIENCE_SECONDS = 60
READER, PASSWORD = "extract", "only to read"


@dataclass(frozen=True)
class MariaDb:
    """A running server, its owner's client and the address of the role that extracts."""

    folder: Path
    port: int

    def write(self, statements: str, database: str = "") -> str:
        """Run statements as the owner, who came by the socket; return what they print."""
        return subprocess.run(
            [*self.client(), *([database] if database else [])],
            input=statements,
            text=True,
            capture_output=True,
            check=True,
        ).stdout

    def client(self) -> list[str]:
        """Return the command of the owner's client."""
        socket_file = self.folder / "socket"
        options = ("--local-infile=1", "--batch", "--skip-column-names", "--unbuffered")
        return [_program("mariadb"), f"--socket={socket_file}", "--user=root", *options]

    def fill(self, database: str, table: str, rows: pa.Table) -> None:
        """Append rows, instants as UTC."""
        path = self.folder / f"{table}.csv"
        connection = duckdb.connect()
        connection.execute("set TimeZone = 'UTC'")
        connection.register("rows", rows)
        chosen = ", ".join(
            f"cast({name} as {_plain(str(kind))}) as {name}"
            for name, kind, *_ in connection.execute("describe rows").fetchall()
        )
        connection.execute(
            f"copy (select {chosen} from rows) to '{path}' (header false, nullstr '\\N')"
        )
        self.write(
            f"set time_zone = '+00:00'; load data local infile '{path}' into table {table} "
            "character set utf8mb4 fields terminated by ',' optionally enclosed by '\"' "
            f"escaped by '\\\\' ({', '.join(rows.column_names)});",
            database,
        )

    def reader_uri(self, database: str, password: str = PASSWORD) -> str:
        return f"mysql://{READER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running(folder: Path) -> Iterator[MariaDb]:
    """Give a server below ``folder`` with a role that may see transactions and read nothing yet."""
    data = folder / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    options = ["--no-defaults", f"--datadir={data}", "--user=root"]
    subprocess.run(
        [
            _program("mariadb-install-db"),
            *options,
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
        ],
        check=True,
        capture_output=True,
    )
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [
                _program("mariadbd"),
                *options,
                *(f"--socket={folder / 'socket'}", f"--port={port}", "--bind-address=127.0.0.1"),
                *(
                    "--local-infile=1",
                    "--character-set-server=utf8mb4",
                    "--default-time-zone=+08:00",
                ),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = MariaDb(folder, port)
    try:
        _wait(server, process)
        server.write(
            f"create user {READER}@'%' identified by '{PASSWORD}';"
            f"grant process on *.* to {READER}@'%';"
        )
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait(server: MariaDb, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            server.write("select 1;")
        except subprocess.CalledProcessError:
            assert process.poll() is None, (server.folder / "log").read_text()
            assert time.monotonic() < deadline, (server.folder / "log").read_text()
            time.sleep(0.2)
        else:
            return


def _plain(kind: str) -> str:
    return {"BOOLEAN": "integer", "TIMESTAMP WITH TIME ZONE": "timestamp"}.get(kind, kind)


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is not installed; on Debian: apt-get install mariadb-server"
    return found
