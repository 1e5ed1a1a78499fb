"""``kill -9`` at every boundary between side effects: one rerun gives the undisturbed content."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from customer_value import durable
from customer_value.failpoints import FAILPOINTS, failpoint

from tests.faults.conftest import FIRST, SECOND
from tests.world import STEPPER, STEPS, World

pytestmark = pytest.mark.slow
NIGHT = SECOND + dt.timedelta(days=1)
# The step that passes each point. Points of extraction are met in the system with quarantine.
STEP_OF = {
    **dict.fromkeys(
        [name for name in FAILPOINTS if name.startswith("extract.")], "extract_source retail_shop"
    ),
    "audit.verdict_written": "audit_source retail_shop",
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
UNDISTURBED: dict[str, str] = {}


@pytest.fixture(scope="module")
def world(shop: World, kept: Path) -> World:
    """A world before its second night, and its state before each step of an undisturbed one."""
    shop.night(FIRST + dt.timedelta(days=1), "first")
    shop.replay.play_to(SECOND)
    for step in STEPS:
        shop.keep(kept / step)
        finished = shop.steps(NIGHT, "second", step)
        assert finished.returncode == 0, finished.stderr
    UNDISTURBED["digest"] = shop.digest()
    return shop


def test_every_point_belongs_to_a_step():
    assert set(STEP_OF) == set(FAILPOINTS)


def test_a_point_that_is_not_in_the_list_is_refused():
    with pytest.raises(LookupError, match="add it there so that tests cover it"):
        failpoint("extract.nowhere")


EXTRACTION = [name for name in FAILPOINTS if name.startswith("extract.")]
LATER = [name for name in FAILPOINTS if name not in EXTRACTION]


@pytest.mark.parametrize("point", EXTRACTION)
def test_one_rerun_after_a_kill_lands_the_undisturbed_batches(world: World, kept: Path, point: str):
    """What is built is a function of what is landed, so equal batches give equal content."""
    step = STEP_OF[point]
    world.restore(kept / step)

    killed = world.steps(NIGHT, "second", step, FAILPOINT=point)

    assert killed.returncode == -9, f"{point} was never reached: {killed.stdout}{killed.stderr}"
    again = world.steps(NIGHT, "second", step)
    assert again.returncode == 0, again.stderr
    undisturbed = kept / STEPS[STEPS.index(step) + 1] / "landing"
    assert landed_files(world.home / "landing") == landed_files(undisturbed)


def test_kills_at_every_point_of_extraction_in_a_row_leave_no_trace(world: World, kept: Path):
    step = STEP_OF[EXTRACTION[0]]
    world.restore(kept / step)
    for point in EXTRACTION[:-1]:
        assert world.steps(NIGHT, "second", step, FAILPOINT=point).returncode == -9

    again = world.steps(NIGHT, "second", *STEPS[STEPS.index(step) :])

    assert again.returncode == 0, again.stderr
    assert world.digest() == UNDISTURBED["digest"]


def landed_files(landing: Path) -> dict[str, str]:
    """Return every data file of the landing zone with its hash, by its place."""
    return {
        str(path.relative_to(landing)): durable.sha256_of(path)
        for path in landing.rglob("*.parquet")
    }


@pytest.mark.parametrize("point", LATER)
def test_one_rerun_after_a_kill_gives_the_undisturbed_content(world: World, kept: Path, point: str):
    step = STEP_OF[point]
    world.restore(kept / step)
    if point == "fit.artefact_written":
        shutil.rmtree(world.settings.fits)  # the first night's; no number depends on it
    before = world.digest()

    killed = world.steps(NIGHT, "second", step, FAILPOINT=point)

    assert killed.returncode == -9, f"{point} was never reached: {killed.stdout}{killed.stderr}"
    assert world.digest() in (before, UNDISTURBED["digest"])
    assert world.query("select count(*) from marts.fct_orders")[0][0] > 0
    again = world.steps(NIGHT, "second", *STEPS[STEPS.index(step) :])
    assert again.returncode == 0, again.stderr
    assert world.digest() == UNDISTURBED["digest"]
    assert world.status()["moves"][-1]["version"] == world.status()["live"]


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
