"""Where things are and how much they may use, read once from the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from customer_value.errors import SettingsError

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Settings:
    """The warehouse's places and limits.

    ``home`` holds everything the warehouse writes: ``landing/``, ``runs/``, ``build/``,
    ``lifetime_value/``, ``warehouse/``, ``people/``, ``audits/``, ``site/``, ``logs/``. ``project``
    holds the code: ``dags/``, ``dbt_project/``, ``expectations/``.
    """

    home: Path
    project: Path = PROJECT
    keep_versions: int = 14
    memory_limit: str = "4GB"
    threads: int = 2
    lock_wait_seconds: float = 0.0
    source_timeout_seconds: int = 900
    pseudonym_key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        """Return the settings of this process; raises ``SettingsError`` naming a bad value."""
        return cls(
            home=Path(os.environ.get("CUSTOMER_VALUE_HOME") or PROJECT / "var").absolute(),
            project=Path(os.environ.get("CUSTOMER_VALUE_PROJECT") or PROJECT).absolute(),
            keep_versions=_whole_number("CUSTOMER_VALUE_KEEP_VERSIONS", 14, minimum=2),
            memory_limit=os.environ.get("CUSTOMER_VALUE_MEMORY_LIMIT") or "4GB",
            threads=_whole_number("CUSTOMER_VALUE_THREADS", os.cpu_count() or 2, minimum=1),
            lock_wait_seconds=_whole_number("CUSTOMER_VALUE_LOCK_WAIT_SECONDS", 0, minimum=0),
            source_timeout_seconds=_whole_number("CUSTOMER_VALUE_SOURCE_TIMEOUT", 900, minimum=1),
            pseudonym_key=os.environ.get("CUSTOMER_VALUE_PSEUDONYM_KEY", ""),
        )

    @property
    def landing(self) -> Path:
        return self.home / "landing"

    @property
    def runs(self) -> Path:
        return self.home / "runs"

    @property
    def build(self) -> Path:
        return self.home / "build"

    @property
    def warehouse(self) -> Path:
        return self.home / "warehouse"

    @property
    def people(self) -> Path:
        return self.home / "people"

    @property
    def fits(self) -> Path:
        return self.home / "lifetime_value"

    @property
    def audits(self) -> Path:
        return self.home / "audits"

    @property
    def site(self) -> Path:
        return self.home / "site" / "index.html"

    @property
    def sources(self) -> Path:
        return self.project / "dags" / "sources"


def _whole_number(name: str, default: int, *, minimum: int) -> int:
    text = os.environ.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) < minimum:
        raise SettingsError(
            f"{name}={text!r} is not a whole number of at least {minimum}.",
            where="environment",
            fix=f"Set {name} to {default}, or unset it.",
        )
    return int(text)
