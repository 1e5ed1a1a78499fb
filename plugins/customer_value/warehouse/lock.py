"""One writer at a time, by a lock the operating system frees when its holder dies."""

import datetime as dt
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customer_value.errors import LockHeldError

POLL_SECONDS = 0.2
_held_here: set[Path] = set()


@contextmanager
def exclusive(path: Path, *, holder: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold ``path`` for the block; raises ``LockHeldError`` naming who holds it.

    The file says who holds it and is never deleted: a lock that is removed can be held twice.
    A block inside a block that holds the same path goes on under the outer one.
    """
    if path in _held_here:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        _acquire(descriptor, path, wait_seconds)
        note = {
            "holder": holder,
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since_utc": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
        _held_here.add(path)
        yield
    finally:
        _held_here.discard(path)
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)
                continue
            raise _held(descriptor, path) from None
        else:
            return


def _held(descriptor: int, path: Path) -> LockHeldError:
    text = os.pread(descriptor, 4096, 0).decode(errors="replace")
    try:
        note = json.loads(text)
    except ValueError:
        note = {"holder": "a run that has just started", "pid": "?", "host": "?", "since_utc": "?"}
    return LockHeldError(
        f"{note['holder']} holds the lock (process {note['pid']} on {note['host']} "
        f"since {note['since_utc']}).",
        where=str(path),
        fix="Wait for it to end and run again; if it hangs, end that process: the lock goes "
        "with it.",
    )
