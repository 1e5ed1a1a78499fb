"""Other people's packages, each at a pinned version in an environment of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from customer_value.settings import PROJECT

ENVIRONMENTS = PROJECT / "var" / "benchmarks"


class NoPeerError(LookupError):
    """A peer's environment cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """What to install for a peer, and the oldest Python it runs on."""

    name: str
    requirements: tuple[str, ...]
    least_python: tuple[int, int] = (3, 11)

    def python(self) -> Path:
        """Return the interpreter of the peer's environment, made on first use.

        Raises ``NoPeerError`` when no such Python is on the path or the packages do not install.
        """
        digest = hashlib.sha256(" ".join(self.requirements).encode()).hexdigest()[:8]
        folder = ENVIRONMENTS / f"{self.name}-{digest}"
        python = folder / "bin" / "python"
        ready = folder / ".ready"
        if ready.exists():
            return python
        shutil.rmtree(folder, ignore_errors=True)
        base = self._base_python()
        print(f"Installing {', '.join(self.requirements)}", flush=True)
        try:
            subprocess.run([base, "-m", "venv", str(folder)], check=True)
            install = [str(python), "-m", "pip", "install", "--quiet", *self.requirements]
            subprocess.run(install, check=True)
        except subprocess.CalledProcessError as error:
            raise NoPeerError(f"{self.name} does not install: {error}") from error
        ready.touch()
        return python

    def _base_python(self) -> str:
        if sys.version_info[:2] >= self.least_python:
            return sys.executable
        wanted = ".".join(map(str, self.least_python))
        check = f"import sys; sys.exit(sys.version_info[:2] < {self.least_python})"
        for minor in range(self.least_python[1], self.least_python[1] + 3):
            name = f"python3.{minor}"
            # pyenv's stand-ins answer for a version that is installed but not selected.
            environment = os.environ | {"PYENV_VERSION": f"3.{minor}"}
            found = shutil.which(name)
            if (
                found
                and not subprocess.run(
                    [found, "-c", check], env=environment, capture_output=True, check=False
                ).returncode
            ):
                where = [found, "-c", "import sys; print(sys.executable)"]
                return subprocess.run(
                    where, env=environment, capture_output=True, text=True, check=True
                ).stdout.strip()
        raise NoPeerError(f"{self.name} needs Python {wanted} or newer; put one on the path.")
