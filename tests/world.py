"""A whole small world for tests: a real CRM, real deliveries, and nights run as processes."""

import datetime as dt
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.readonly import connect_readonly
from customer_value.warehouse.versions import Versions

from demo.industrial.parameters import Parameters
from demo.industrial.replay import IndustrialReplay
from demo.postgres import Postgres
from demo.retail import RetailReplay
from tests import parsed, warm

STEPS = (
    "extract_source retail_crm",
    "audit_source retail_crm",
    "extract_source retail_shop",
    "audit_source retail_shop",
    "build_history",
    "fit_lifetime_value",
    "build_marts",
    "audit_marts",
    "publish_warehouse",
)
PSEUDONYM_KEY = "0123456789abcdef0123456789abcdef"
# One process may do several steps, so that what Airflow does in eight processes costs one here.
# With KEEP in the environment, it stores the warehouse's whole state there before each step.
STEPPER = """
import datetime as dt, json, os, shutil, sys
from customer_value import load
from customer_value.errors import CustomerValueError
from customer_value.extract.connect import from_environment
from customer_value.runs import Run
from customer_value.settings import Settings
day, name, *steps = sys.argv[1:]
run = Run.named(name, dt.date.fromisoformat(day), Settings.from_environment())
try:
    for step in steps:
        if "KEEP" in os.environ:
            shutil.copytree(run.settings.home, f"{os.environ['KEEP']}/{step}", symlinks=True)
        function, *system = step.split()
        extra = [from_environment] if function == "extract_source" else []
        print(json.dumps(getattr(load, function)(run, *system, *extra), default=str), flush=True)
except CustomerValueError as error:
    sys.exit(str(error))
"""


@dataclass
class World:
    """The shop's systems, and one warehouse that loads them."""

    server: Postgres
    replay: RetailReplay
    deliveries: Path
    home: Path
    project: Path = PROJECT
    environment: dict[str, str] = field(default_factory=dict)

    def add_industrial(self, parameters: Parameters) -> IndustrialReplay:
        """Put the industrial unit's databases and files beside the shop's; return its replay."""
        deliveries = self.deliveries.with_name("industrial")
        replay = IndustrialReplay(self.server.owner_uri(), deliveries, parameters)
        replay.create()
        self.environment |= {
            "AIRFLOW_CONN_INDUSTRIAL_CRM": self.server.extract_uri(),
            "AIRFLOW_CONN_INDUSTRIAL_ERP": self.server.extract_uri(),
            "AIRFLOW_CONN_INDUSTRIAL_FILES": deliveries.as_uri(),
            "CUSTOMER_VALUE_PSEUDONYM_KEY": PSEUDONYM_KEY,
        }
        return replay

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home, project=self.project, memory_limit="1GB", threads=1)

    def variables(self, **more: str) -> dict[str, str]:
        known = {
            "CUSTOMER_VALUE_HOME": str(self.home),
            "CUSTOMER_VALUE_PROJECT": str(self.project),
            "AIRFLOW_CONN_RETAIL_CRM": self.server.extract_uri(),
            "AIRFLOW_CONN_RETAIL_SHOP": self.deliveries.as_uri(),
        }
        return os.environ | parsed.LIMITS | known | self.environment | more

    def command(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ``customer-value`` as a person would."""
        return subprocess.run(
            [warm.python(), "-c", "from customer_value.cli import main; main()", *arguments],
            env=self.variables(**more),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def load(self, as_of: dt.date, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        with parsed.lent(self.project, self.settings.build / "dbt"):
            return self.command("load", "--as-of", as_of.isoformat(), "--name", name, **more)

    def night(self, as_of: dt.date, name: str) -> str:
        """Load one night that must succeed; return the content digest of its version."""
        finished = self.load(as_of, name)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return self.digest(as_of)

    def steps(
        self, as_of: dt.date, name: str, *steps: str, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run steps one after the other in one process, as Airflow's tasks would."""
        with parsed.lent(self.project, self.settings.build / "dbt"):
            return subprocess.run(
                [warm.python(), "-c", STEPPER, as_of.isoformat(), name, *steps],
                env=self.variables(**more),
                cwd=PROJECT,
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )

    def digest(self, as_of: dt.date | None = None) -> str:
        """Return the digest of the live version, or of the newest version for a day."""
        versions = Versions(self.settings)
        if as_of is None:
            live = versions.live()
            assert live
            return str(live.seal["digest"])
        return str([v for v in versions.all() if v.as_of_date == as_of][-1].seal["digest"])

    def query(self, sql: str, version: str | None = None) -> list[tuple[Any, ...]]:
        with connect_readonly(self.settings, version) as connection:
            return connection.execute(sql).fetchall()

    def status(self) -> dict[str, Any]:
        finished = self.command("status", "--json")
        assert finished.returncode == 0, finished.stderr
        content: dict[str, Any] = json.loads(finished.stdout)
        return content

    def keep(self, place: Path) -> None:
        """Store the warehouse's whole state at ``place``."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.home, place, symlinks=True)

    def restore(self, place: Path) -> None:
        """Bring the warehouse back to a stored state, at the same path as before."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(place, self.home, symlinks=True)
