import fcntl
import os

import pytest

from tests.dbt.building import Workshop
from tests.dbt.industrial import Planted, build_planted


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """One place to build warehouses in."""
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The simulated unit's marts and its truths, built once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "planted"
    folder.mkdir(exist_ok=True)
    known, done = Planted(folder), folder / "done"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            build_planted(known)
            done.touch()
    return known
