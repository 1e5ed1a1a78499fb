"""What dbt knows of a project once it was parsed, lent to every warehouse of a test run.

Parsing takes longer than building a small shop. dbt itself sees whether what it is lent holds: the
files' contents, and the variables and the profile that they were parsed with.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from customer_value.settings import Settings
from customer_value.warehouse.candidate import code_fingerprint

from tests import shared

# What every small warehouse is built with: dbt parses anew for a profile with other values.
LIMITS = {"CUSTOMER_VALUE_THREADS": "1", "CUSTOMER_VALUE_MEMORY_LIMIT": "1GB"}
FILES = ("partial_parse.msgpack", "code")


@contextmanager
def lent(project: Path, target: Path) -> Iterator[None]:
    """Give dbt what another warehouse of the project made it know, and keep it for the others."""
    _lend(project, target)
    yield
    _keep(project, target)


def _lend(project: Path, target: Path) -> None:
    """Put what is known of a project where dbt looks for it, unless it knows something already."""
    known = _place(project)
    if known.exists() and not (target / FILES[0]).exists():
        shutil.copytree(known, target, dirs_exist_ok=True)


def _keep(project: Path, target: Path) -> None:
    """Store what dbt knows of a project, if nobody did before."""
    known = _place(project)
    if known.exists() or not (target / FILES[0]).exists():
        return
    mine = known.with_name(f"{known.name}.{os.getpid()}")
    mine.mkdir()
    for name in FILES:
        if (target / name).exists():
            shutil.copy2(target / name, mine)
    try:
        mine.rename(known)
    except OSError:  # another process was first
        shutil.rmtree(mine)


def _place(project: Path) -> Path:
    store = shared.folder() / "parsed"
    store.mkdir(exist_ok=True)
    return store / code_fingerprint(Settings(home=project, project=project))
