"""A Python that has imported what every load imports, and forks for each program it is given.

Starting dbt and Great Expectations takes longer than a load of a small shop. What ``python()``
returns is called like an interpreter, with ``-c`` or ``-m``, and what it runs is a process of its
own with the caller's environment, folder and streams: it ends with the same code or by the same
signal, its own children are started the same way, and it is killed if its caller is. There is one
for all processes of a test run.
"""

import contextlib
import fcntl
import functools
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from customer_value.audit.engine import import_quietly

from tests import shared

ROOT = Path(__file__).resolve().parents[1]
IMPORTED = (
    *("customer_value.audit.dialect", "customer_value.cli", "customer_value.load"),
    *("customer_value.prediction.step", "dbt.adapters.duckdb", "dbt.cli.main", "dbt.task.build"),
    *("psycopg", "pyarrow.parquet", "rich.console", "scipy.optimize", "sklearn.ensemble"),
)
LARGEST_REQUEST = 128 * 1024
# Without site packages, so that it starts in hundredths of a second.
CLIENT = """\
#!{interpreter} -IS
import json, os, signal, socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
server.connect({address!r})
request = {{"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}
socket.send_fds(server, [json.dumps(request).encode()], [0, 1, 2])
code = json.loads(server.recv(64) or b"1")
if code < 0:
    signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
    os.kill(os.getpid(), -code)
sys.exit(code)
"""


@functools.cache
def python() -> str:
    """Return the path of the warm interpreter, which the first to ask for it starts."""
    place = shared.folder()
    client = place / "python"
    with (place / "warm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not client.exists():
            _start(place / "warm.socket", client)
    return str(client)


def _start(address: Path, client: Path) -> None:
    """Start the server, which ends with the test run."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(address), str(client), str(shared.owner())],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert server.stdout
    assert server.stdout.readline() == b"ready\n", "the warm interpreter did not start"
    started = client.with_suffix(".new")
    started.write_text(CLIENT.format(interpreter=sys.executable, address=str(address)))
    started.chmod(0o755)
    started.rename(client)


def serve(listener: socket.socket, owner: int) -> dict[str, Any] | None:
    """Fork for each request: return the request in the child, and None when the owner is gone."""
    running: dict[int, tuple[int, socket.socket]] = {}  # by a descriptor that tells of the end
    with selectors.DefaultSelector() as ready:
        ready.register(os.pidfd_open(owner), selectors.EVENT_READ, "owner is gone")
        ready.register(listener, selectors.EVENT_READ, "request")
        while True:
            for key, _ in ready.select():
                if key.data == "owner is gone":
                    for pid, _ in running.values():
                        os.kill(pid, signal.SIGKILL)
                    return None
                if key.data == "request":
                    caller, _ = listener.accept()
                    message, streams, _, _ = socket.recv_fds(caller, LARGEST_REQUEST, 3)
                    pid = os.fork()
                    if pid == 0:
                        return json.loads(message) | {"streams": streams}
                    for stream in streams:
                        os.close(stream)
                    ended = os.pidfd_open(pid)
                    running[ended] = pid, caller
                    ready.register(ended, selectors.EVENT_READ, "program has ended")
                    ready.register(caller, selectors.EVENT_READ, pid)
                elif key.data == "program has ended":
                    pid, caller = running.pop(key.fd)
                    _, status = os.waitpid(pid, 0)
                    ready.unregister(key.fd)
                    os.close(key.fd)
                    ready.unregister(caller)
                    with caller, contextlib.suppress(BrokenPipeError):
                        caller.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
                else:  # the caller of this program is gone, or it of itself in the same moment
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(key.data, signal.SIGKILL)


def run(request: dict[str, Any], client: str) -> None:
    """Become the process that was asked for."""
    for number, stream in enumerate(request["streams"]):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    duckdb.set_default_connection(duckdb.connect())
    os.chdir(request["folder"])
    sys.executable = client
    how, what, *arguments = request["arguments"]
    sys.argv = [how, *arguments]
    if how == "-c":
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - as -c does
    else:
        runpy.run_module(what, run_name="__main__", alter_sys=True)


def import_everything() -> None:
    """Import what loads import, and have dbt make what it otherwise makes in each process."""
    gc.disable()
    for name in IMPORTED:
        importlib.import_module(name)
    import_quietly()
    from dbt.adapters.duckdb.credentials import DuckDBCredentials
    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.project import Configuration, PackageConfig, Project, ProjectFlags
    from dbt.contracts.selection import SelectorFile
    from dbt_common.contracts.constraints import ColumnLevelConstraint, ModelLevelConstraint
    from dbt_common.dataclass_schema import dbtClassMixin

    for contract in (  # the schemas that it checks its files against
        *(Configuration, DuckDBCredentials, PackageConfig, Project, ProjectFlags, SelectorFile),
        *(ColumnLevelConstraint, ModelLevelConstraint),
    ):
        contract.json_schema()
    # The code that reads and writes its parsed project: asked for nothing, it is made and refuses.
    for contract in set(_below(dbtClassMixin)):
        with contextlib.suppress(Exception):
            contract.from_dict({})
        with contextlib.suppress(Exception):
            object.__new__(contract).to_dict()
    Manifest.from_msgpack(Manifest().to_msgpack())
    gc.freeze()
    gc.enable()
    duckdb.default_connection().close()  # with its threads, which a fork would not have


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        yield each
        yield from _below(each)


if __name__ == "__main__":
    address, client, owner = sys.argv[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(address)
        listener.listen()
        import_everything()
        print("ready", flush=True)
        request = serve(listener, int(owner))
    if request:
        run(request, client)
