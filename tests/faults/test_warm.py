"""The warm interpreter of the other tests behaves like an interpreter."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import warm

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "code",
    [
        "print('done')",
        "import sys; sys.exit(3)",
        "import sys; sys.exit('one message')",
        "import os; os.kill(os.getpid(), 9)",
        "import os, time; print(os.getcwd(), os.environ['TZ'], time.tzname)",
        "import sys; print(sys.argv)",
        "import sys; print(sys.stdin.read())",
    ],
)
def test_a_program_ends_as_under_any_interpreter(code: str, tmp_path: Path):
    warmed, plain = (
        subprocess.run(
            [interpreter, "-c", code, "one", "two"],
            cwd=tmp_path,
            env={"TZ": "Asia/Shanghai"},
            input="typed",
            capture_output=True,
            text=True,
            check=False,
        )
        for interpreter in (warm.python(), sys.executable)
    )

    assert (warmed.returncode, warmed.stdout, warmed.stderr) == (
        plain.returncode,
        plain.stdout,
        plain.stderr,
    )


def test_a_program_is_killed_with_its_caller(tmp_path: Path):
    said = tmp_path / "said"
    code = f"import pathlib, time; time.sleep(1); pathlib.Path({str(said)!r}).touch()"
    caller = subprocess.Popen([warm.python(), "-c", code])
    time.sleep(0.5)
    caller.kill()
    caller.wait()

    time.sleep(1)
    assert not said.exists()
