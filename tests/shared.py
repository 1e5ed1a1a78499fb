"""A folder for what the processes of one test run share, and the process whose end is the run's."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER = "CUSTOMER_VALUE_TESTS_SHARED"
OWNER = "CUSTOMER_VALUE_TESTS_OWNER"


def begin(config: pytest.Config) -> None:
    """Make the folder in the first process of a run, for those that it starts."""
    if FOLDER in os.environ:
        return
    os.environ |= {FOLDER: tempfile.mkdtemp(prefix="tests-"), OWNER: str(os.getpid())}
    config.add_cleanup(_end)


def _end() -> None:
    del os.environ[OWNER]
    shutil.rmtree(os.environ.pop(FOLDER))


def folder() -> Path:
    return Path(os.environ[FOLDER])


def owner() -> int:
    """Return the number of the process that began the run."""
    return int(os.environ[OWNER])
