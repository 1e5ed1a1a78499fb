"""``kill -9`` at every boundary between side effects: one rerun gives the undisturbed content.

Each step is a function of what the step before left. So what a killed and rerun step leaves is
compared with what it leaves undisturbed; points of the last step, and a night in which extraction
was killed at all its points, are followed to the published version.
"""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from customer_value import durable
from customer_value.failpoints import FAILPOINTS, failpoint
from customer_value.warehouse.digest import table_digest

from tests.faults.conftest import FIRST, SECOND
from tests.world import STEPPER, STEPS, World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(115)]
JANUARY = dt.date(2017, 1, 31)
NIGHT = SECOND + dt.timedelta(days=1)
# The step that passes each point. Points of extraction are met in the system with quarantine.
STEP_OF = {
    **dict.fromkeys(
        [name for name in FAILPOINTS if name.startswith("extract.")], "extract_source retail_shop"
    ),
    "audit.verdict_written": "audit_source retail_shop",
    "build.compaction_copied": "build_history",
    "build.landing_attached": "build_history",
    "build.history_built": "build_history",
    "fit.artefact_written": "fit_lifetime_value",
    "fit.tables_written": "fit_lifetime_value",
    "build.marts_built": "build_marts",
    "seal.tables_copied": "build_marts",
    "seal.record_written": "build_marts",
    "audit.marts_recorded": "audit_marts",
    **dict.fromkeys(
        [name for name in FAILPOINTS if name.startswith("publish.")], "publish_warehouse"
    ),
}
# Points that no night passes: tests/privacy/test_erase.py kills there.
ERASURE = {name for name in FAILPOINTS if name.startswith("erase.")}
UNDISTURBED: dict[str, str] = {}


@pytest.fixture(scope="module")
def world(shop: World, kept: Path) -> World:
    """A world before its second night, and its state before each step of an undisturbed one."""
    for number in (1, 2):  # January has two batches of each file, which the first night compacts
        landed = shop.steps(JANUARY, str(number), *STEPS[2:4])
        assert landed.returncode == 0, landed.stderr
    shop.night(FIRST + dt.timedelta(days=1), "first")
    shop.replay.play_to(SECOND)
    finished = shop.steps(NIGHT, "second", *STEPS, KEEP=str(kept))
    assert finished.returncode == 0, finished.stderr
    UNDISTURBED["digest"] = shop.digest()
    return shop


def test_every_point_belongs_to_a_step():
    assert set(STEP_OF) | ERASURE == set(FAILPOINTS)


def test_a_point_that_is_not_in_the_list_is_refused():
    with pytest.raises(LookupError, match="add it there so that tests cover it"):
        failpoint("extract.nowhere")


def landed_files(home: Path) -> dict[str, str]:
    """Return every data file of the landing zone with its hash, by its place."""
    return {
        str(path.relative_to(home)): durable.sha256_of(path)
        for path in (home / "landing").rglob("*.parquet")
    }


def verdicts(home: Path) -> dict[str, str]:
    """Return every verdict by its place, without the time of day it was given."""
    return {
        str(path.relative_to(home)): durable.read_json(path)["status"]
        for path in (home / "landing").rglob("verdict.json")
    }


def candidate_content(home: Path) -> dict[str, str]:
    """Return the digest of every table in the private file of the night's build."""
    (database,) = (home / "build").glob(f"{NIGHT}-*/candidate.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        return {
            f"{schema}.{table}": table_digest(connection, schema, table) for schema, table in tables
        }


def sealed_content(home: Path) -> dict[str, dict[str, object]]:
    """Return rows and digest of every table in the sealed file."""
    (seal,) = (home / "build").glob(f"{NIGHT}-*/sealed/seal.json")
    tables: dict[str, dict[str, object]] = durable.read_json(seal)["tables"]
    return tables


def gate(home: Path) -> object:
    """Return what the audit of the sealed file recorded."""
    (path,) = (home / "build").glob(f"{NIGHT}-*/sealed/gate.json")
    return durable.read_json(path)


LEAVES: dict[str, Callable[[Path], object]] = {
    "extract_source retail_shop": landed_files,
    "audit_source retail_shop": verdicts,
    "build_history": candidate_content,
    "fit_lifetime_value": candidate_content,
    "build_marts": sealed_content,
    "audit_marts": gate,
}
# No number depends on these: compacted months and the month's fit are made anew if removed.
MADE_ANEW = {
    "build.compaction_copied": "landing/*/*/compacted",
    "fit.artefact_written": "lifetime_value",
}


@pytest.mark.parametrize("point", [point for point in STEP_OF if STEP_OF[point] in LEAVES])
def test_one_rerun_of_a_killed_step_leaves_what_it_leaves_undisturbed(
    world: World, kept: Path, point: str
):
    step = STEP_OF[point]
    world.restore(kept / step)
    if point in MADE_ANEW:
        for path in world.home.glob(MADE_ANEW[point]):
            shutil.rmtree(path)
    before = world.digest()

    killed = world.steps(NIGHT, "second", step, FAILPOINT=point)

    assert killed.returncode == -9, f"{point} was never reached: {killed.stdout}{killed.stderr}"
    assert world.digest() == before, "readers keep what they had"
    assert world.query("select count(*) from marts.fct_orders")[0][0] > 0
    again = world.steps(NIGHT, "second", step)
    assert again.returncode == 0, again.stderr
    undisturbed = kept / STEPS[STEPS.index(step) + 1]
    assert LEAVES[step](world.home) == LEAVES[step](undisturbed)


@pytest.mark.parametrize("point", [point for point in STEP_OF if STEP_OF[point] == STEPS[-1]])
def test_one_rerun_of_a_killed_publish_gives_the_undisturbed_content(
    world: World, kept: Path, point: str
):
    world.restore(kept / STEPS[-1])
    before = world.digest()

    killed = world.steps(NIGHT, "second", STEPS[-1], FAILPOINT=point)

    assert killed.returncode == -9, f"{point} was never reached: {killed.stdout}{killed.stderr}"
    assert world.digest() in (before, UNDISTURBED["digest"])
    assert world.query("select count(*) from marts.fct_orders")[0][0] > 0
    again = world.steps(NIGHT, "second", STEPS[-1])
    assert again.returncode == 0, again.stderr
    assert world.digest() == UNDISTURBED["digest"]
    assert world.status()["moves"][-1]["version"] == world.status()["live"]


def test_kills_at_every_point_of_extraction_in_a_row_leave_no_trace(world: World, kept: Path):
    points = [point for point in FAILPOINTS if point.startswith("extract.")]
    step = STEP_OF[points[0]]
    world.restore(kept / step)
    for point in points[:-1]:
        assert world.steps(NIGHT, "second", step, FAILPOINT=point).returncode == -9

    again = world.steps(NIGHT, "second", *STEPS[STEPS.index(step) :])

    assert again.returncode == 0, again.stderr
    assert world.digest() == UNDISTURBED["digest"]


def test_a_paused_run_keeps_the_lock_and_publishes_when_it_goes_on(world: World, kept: Path):
    world.restore(kept / "publish_warehouse")
    paused = subprocess.Popen(
        [sys.executable, "-c", STEPPER, NIGHT.isoformat(), "second", "publish_warehouse"],
        env=world.variables(FAILPOINT_STOP="publish.started"),
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while _state(paused.pid) != "T":
        assert time.monotonic() < deadline
        time.sleep(0.05)

    newer = world.load(NIGHT, "newer")
    os.kill(paused.pid, signal.SIGCONT)
    _, errors = paused.communicate(timeout=60)

    assert newer.returncode == 75
    assert f"holds the lock (process {paused.pid}" in newer.stderr
    assert paused.returncode == 0, errors
    assert world.digest() == UNDISTURBED["digest"]


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
