import json
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from demo import postgres
from demo.__main__ import main
from demo.postgres import Postgres
from demo.retail import RetailReplay
from demo.troubles import TROUBLES


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def test_commands_play_a_day_and_plant_a_trouble_and_stop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = f"--folder={tmp_path}"

    assert main(["start", folder]) == 0
    started = said(capsys)
    assert main(["play", folder]) == 0
    played = said(capsys)
    assert main(["trouble", "changed-customer", folder, "--household-id=20"]) == 0
    planted = said(capsys)
    assert main(["stop", folder]) == 0

    assert (started["running"], started["last_day"]) == (True, None)
    assert started["deliveries_uri"] == f"file://{tmp_path}/deliveries"
    assert played["files"] == ["products/products-2017-01-01.csv", "orders/2017-01-01.csv.gz"]
    assert planted["keys"] == [[20]]
    assert not postgres.find(tmp_path / "crm").is_running()


def test_late_commit_command_commits_when_its_input_ends(january: RetailReplay) -> None:
    def income() -> tuple[str] | None:
        with january.connect() as connection:
            return connection.execute(
                "select income_band from crm.households where household_id = 17"
            ).fetchone()

    folder = january.deliveries.parent
    command = [sys.executable, "-m", "demo", "late-commit", f"--folder={folder}"]
    with subprocess.Popen(
        [*command, "--household-id=17"],
        cwd=Path(postgres.__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        planted = json.loads(process.stdout.readline())
        during = income()

    assert process.returncode == 0
    assert during == (planted["before"],)
    assert income() == (planted["after"],)


def test_seed_fills_a_database_that_runs_already(
    server: Postgres, replay: RetailReplay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(server.owner_uri()) as connection:
        connection.execute("drop schema crm, simulator cascade")
    seed = ["seed", f"--postgres={server.owner_uri()}", f"--deliveries={tmp_path / 'files'}"]

    first = main([*seed, "--until=2017-01-02"])
    filled = said(capsys)
    again = main([*seed, "--until=2017-01-02"])

    assert (first, again) == (0, 0)
    assert said(capsys)["files"] == []
    assert len(list((tmp_path / "files" / "orders").iterdir())) == 2
    assert str(filled["until"]) == str(replay.last_day()) == "2017-01-02"


def test_command_that_cannot_work_says_why_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["status", f"--folder={tmp_path}"])

    error = capsys.readouterr().err
    assert status == 1
    assert error.startswith("python -m demo: No PostgreSQL was created in ")
    assert error.count("\n") == 1


def test_every_trouble_explains_itself_and_stands_in_the_readme() -> None:
    readme = (Path(postgres.__file__).parent / "README.md").read_text()

    documented = set(re.findall(r"^\| `([a-z-]+)` \|", readme, flags=re.MULTILINE))

    assert documented == set(TROUBLES)
    assert all(function.__doc__ for function in TROUBLES.values())
