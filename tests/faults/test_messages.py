"""What a person sees when something is wrong: one message with what, where, state and fix."""

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from customer_value.settings import PROJECT

from demo import troubles
from tests.faults.conftest import FIRST, SECOND
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(40)]
NIGHT = SECOND + dt.timedelta(days=1)
# Mounts that nobody else sees. Root needs no user namespace, in which it could not reach the
# database's socket: that belongs to the user PostgreSQL runs as.
APART = ["unshare", "--mount", *(["--map-root-user"] if os.getuid() else [])]


@pytest.fixture(scope="module")
def world(shop: World, kept: Path) -> World:
    """A shop whose first night is published and whose second day has been delivered."""
    shop.night(FIRST + dt.timedelta(days=1), "first")
    shop.replay.play_to(SECOND)
    shop.keep(kept / "before")
    return shop


@pytest.fixture(autouse=True)
def _as_before(world: World, kept: Path) -> None:
    world.restore(kept / "before")


def assert_clear(
    finished: subprocess.CompletedProcess[str], world: World, *, code: int, says: str
) -> None:
    message = finished.stderr
    assert finished.returncode == code, message + finished.stdout
    assert re.search(says, message), message
    assert "where:" in message
    assert "fix:" in message
    assert re.search(r"state: +version 000001 \(as of 2017-02-19\) is still live", message)
    assert "Traceback" not in message
    assert world.status()["live"] == "000001"
    assert world.query("select count(*) from marts.fct_orders")[0][0] > 0


def test_a_wrong_password(world: World):
    secret = "canary-4711"
    uri = world.server.extract_uri(password=secret)

    finished = world.load(NIGHT, "second", AIRFLOW_CONN_RETAIL_CRM=uri)

    assert_clear(finished, world, code=78, says='password authentication failed for user "extract"')
    for path in world.home.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
    assert secret not in finished.stdout + finished.stderr


def test_a_missing_table(world: World):
    troubles.missing_crm_table(world.replay, "households")
    try:
        finished = world.load(NIGHT, "second")
    finally:
        troubles.returned_crm_table(world.replay, "households")

    assert_clear(finished, world, code=65, says=r"Table crm\.households does not exist")


def test_a_truncated_file_which_is_taken_in_when_it_was_delivered_again(world: World):
    troubles.truncated_file(world.replay, SECOND)
    try:
        finished = world.load(NIGHT, "second")
        assert_clear(finished, world, code=65, says=r"orders/2017-02-19\.\S+ is (cut off|not)")
    finally:
        world.replay.redeliver(SECOND)

    again = world.steps(NIGHT, "second", "extract_source retail_shop")
    assert again.returncode == 0, again.stderr


def test_a_batch_that_is_not_believable(world: World):
    """Every line's quantity is text: the batch is quarantined whole and the audit stops it."""
    orders = world.deliveries / "orders"
    name = "2017-02-19-extra.csv"
    header = (
        "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,"
        "coupon_disc,coupon_match_disc,transaction_timestamp\n"
    )
    line = "40,1,{},1,many,1.00,0.00,0.00,0.00,2017-02-19 15:00:00\n"
    (orders / name).write_text(header + "".join(line.format(n) for n in range(500)))
    try:
        finished = world.load(NIGHT, "second")
    finally:
        (orders / name).unlink()

    assert_clear(finished, world, code=65, says="retail_shop is not believable")
    for part in (r"order_lines", r"quarantine", r"\b5\d\d\b"):
        assert re.search(part, finished.stderr), finished.stderr
    listed = world.command("quarantine", "list").stdout
    assert "rejected" in listed


def test_a_full_disk(world: World, tmp_path: Path):
    """A small file system of its own, mounted where nobody else sees it."""
    code = "from customer_value.cli import main; main()"
    home = tmp_path / "small"
    home.mkdir()
    script = (
        f"mount -t tmpfs -o size=8m tmpfs {home} && cp -a {world.home}/. {home} && "
        f"dd if=/dev/zero of={home}/filler bs=1k 2>/dev/null; "
        f"truncate -s -40k {home}/filler; "
        f'{sys.executable} -c "{code}" load --as-of {NIGHT} --name second; status=$?; '
        f"readlink {home}/warehouse/current; exit $status"
    )
    finished = subprocess.run(
        [*APART, "sh", "-c", script],
        env=world.variables(CUSTOMER_VALUE_HOME=str(home)),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert finished.returncode == 78, finished.stdout + finished.stderr
    assert re.search(r"disk is full|ran out of room", finished.stderr), finished.stderr
    assert re.search("no space left", finished.stderr, re.IGNORECASE)
    assert "fix:" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout.endswith("versions/000001\n")


def test_a_place_that_may_not_be_written(world: World):
    """Read-only for everybody, root included, by a mount of its own."""
    code = "from customer_value.cli import main; main()"
    script = (
        f"mount --bind {world.home} {world.home} && mount -o remount,bind,ro {world.home} && "
        f'exec {sys.executable} -c "{code}" load --as-of {NIGHT} --name second'
    )
    finished = subprocess.run(
        [*APART, "sh", "-c", script],
        env=world.variables(),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert_clear(finished, world, code=78, says="The file system is read-only")


def test_a_connection_that_is_not_set(world: World):
    finished = world.load(NIGHT, "second", AIRFLOW_CONN_RETAIL_CRM="")

    assert_clear(finished, world, code=78, says="Connection 'retail_crm' is not set")


def test_a_landed_file_that_rotted(world: World):
    data = world.home / "landing" / "retail_shop" / "order_lines" / "000001" / "data.parquet"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)

    finished = world.load(NIGHT, "second")

    assert_clear(
        finished, world, code=65, says=r"data\.parquet of retail_shop\.order_lines\.000001 changed"
    )


def test_two_loads_at_once(world: World):
    """The first is stopped while it extracts; that a paused one publishes, test_kill.py shows."""
    first = subprocess.Popen(
        [
            *(sys.executable, "-c", "from customer_value.cli import main; main()"),
            *("load", "--as-of", NIGHT.isoformat(), "--name", "one"),
        ],
        env=world.variables(FAILPOINT_STOP="extract.before_copy"),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.waitpid(first.pid, os.WUNTRACED)

        second = world.load(NIGHT, "two")
    finally:
        first.kill()
        first.wait()

    assert_clear(second, world, code=75, says=rf"holds the lock \(process {first.pid} on")
