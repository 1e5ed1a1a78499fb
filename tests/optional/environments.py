"""Environments of their own, for tools whose pins are not ours: each from a lock with hashes."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from customer_value.settings import PROJECT

LOCKS = Path(__file__).with_name("environments")
UV = PROJECT / ".tools" / "bin" / "uv"


def environment(name: str) -> Path:
    """Return the programs of an environment, which is made when its lock is new."""
    lock = LOCKS / f"{name}.lock"
    place = PROJECT / "var" / "optional" / name
    made_from = place / "made_from"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not made_from.exists() or made_from.read_text() != digest:
        subprocess.run(
            [UV, "venv", "--quiet", "--clear", "--python", sys.executable, place], check=True
        )
        subprocess.run(
            [UV, "pip", "sync", "--quiet", lock],
            env=os.environ | {"VIRTUAL_ENV": str(place)},
            check=True,
        )
        made_from.write_text(digest)
    return place / "bin"


def said_by(*command: str | Path, folder: Path, variables: Mapping[str, str]) -> str:
    """Return what a program prints; fails the test with its own words."""
    finished = subprocess.run(
        command,
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
