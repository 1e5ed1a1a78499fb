"""Whoever was erased is in no file any more and does not come back."""

import os
import shutil
import signal
import subprocess
import sys

import pytest
from customer_value.errors import PersonError
from customer_value.failpoints import FAILPOINTS
from customer_value.landing.batch import LandedTable
from customer_value.privacy.erase import erase
from customer_value.privacy.people import find_people
from customer_value.privacy.pseudonyms import pseudonym

from tests.privacy.conftest import KEY, Works

LI = pseudonym(KEY, "works:contact:1")
RIVAL = pseudonym(KEY, "works:rival:Zhao Rival")


@pytest.fixture
def landed(works: Works) -> Works:
    """Two nights: Li came, then got a new phone; Wang and a rival are there too."""
    works.write(
        "insert into works.contacts values (1, 'operation', 'Li Example', '+86 1'), "
        "(2, 'management', 'Wang Example', null)"
    )
    works.write("insert into works.visits values (10, 1, 'Zhao Rival')")
    works.load()
    works.write(
        "update works.contacts set phone = '+86 2', changed_at = now() where contact_id = 1"
    )
    works.load()
    return works


def everybody(works: Works) -> list[str]:
    return sorted(str(row[3]) for row in find_people(works.settings, "")[1])


def test_an_erased_person_is_in_no_file_and_the_others_are(landed: Works):
    assert "Li Example" in landed.texts()

    erased = erase(landed.settings, LI, who="Officer", why="asked on 2 March")

    texts = landed.texts()
    assert erased == {"batches": 2, "people_left": 2}
    assert [word for word in ("Li Example", "+86 1", "+86 2") if word in texts] == []
    assert everybody(landed) == ["Wang Example", "Zhao Rival"]
    for table in ("contacts", "visits"):
        for batch in LandedTable(landed.settings.landing, "works_crm", table).batches():
            batch.check_files()


def test_an_erasure_stays_effective_after_a_full_reload(landed: Works):
    erase(landed.settings, LI, who="Officer", why="asked")
    erase(landed.settings, RIVAL, who="Officer", why="asked")
    shutil.rmtree(landed.settings.landing)

    landed.load()

    assert "Li Example" not in landed.texts()
    assert "Zhao Rival" not in landed.texts()
    assert everybody(landed) == ["Wang Example"]


def test_nobody_is_erased_by_mistake_or_without_a_reason(landed: Works):
    with pytest.raises(PersonError, match="Nobody is known as 'Li Example'"):
        erase(landed.settings, "Li Example", who="Officer", why="asked")
    with pytest.raises(PersonError, match="needs a name and a reason"):
        erase(landed.settings, LI, who="Officer", why=" ")
    assert "Li Example" in landed.texts()


def test_what_killed_runs_left_behind_is_erased_too(landed: Works):
    contacts = landed.settings.landing / "works_crm" / "contacts"
    unfinished = contacts / "000003"
    shutil.copytree(contacts / "000001", unfinished)
    (unfinished / "manifest.json").unlink()
    scratch = landed.settings.build / "2024-03-01-00000000" / "extract"
    scratch.mkdir(parents=True)
    (scratch / "spilled").write_text("Li Example")

    erase(landed.settings, LI, who="Officer", why="asked")

    assert "Li Example" not in landed.texts()


@pytest.mark.parametrize("point", [name for name in FAILPOINTS if name.startswith("erase.")])
def test_an_erasure_killed_anywhere_is_finished_by_the_next(landed: Works, point: str):
    killed = subprocess.run(
        [
            sys.executable,
            *("-c", "from customer_value.cli import main; main()"),
            *("erase", LI, "--who", "Officer", "--why", "asked"),
        ],
        env=os.environ
        | {
            "FAILPOINT": point,
            "CUSTOMER_VALUE_HOME": str(landed.settings.home),
            "CUSTOMER_VALUE_PROJECT": str(landed.settings.project),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    erase(landed.settings, LI, who="Officer", why="asked")

    assert "Li Example" not in landed.texts()
    assert everybody(landed) == ["Wang Example", "Zhao Rival"]
    landed.load()
    assert "Li Example" not in landed.texts()
