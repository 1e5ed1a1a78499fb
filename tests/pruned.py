"""The project with a handful of its marts, for tests of the machinery around them.

What a kill, a rerun or a broken file does to a load does not depend on how many marts there are,
but its seconds do. Nothing in it is written for tests: models and tables are the project's own,
less those that the chosen marts do not need.
"""

import re
import shutil
from pathlib import Path

import yaml
from customer_value.audit.suites import pin_suites
from customer_value.settings import PROJECT

# Every load fits lifetime value, by what these two have built of it.
VALUE = frozenset({"fct_customer_value", "fct_customer_value_bridge"})
MARTS = VALUE | {"fct_orders", "fct_order_lines"}
REF = re.compile(r"""ref\(['"](\w+)['"]\)""")
SOURCE = re.compile(r"""source\(['"](\w+)['"], ['"](\w+)['"]\)""")
OF_EVERY_UNIT = re.compile(r"""of_every_unit\(\s*['"](\w+)['"]""")


def read_by(sql: str, units: list[str]) -> set[str]:
    """Return the models and seeds that some SQL reads, those of each business unit among them."""
    own = {f"int_{unit}_{name}" for name in OF_EVERY_UNIT.findall(sql) for unit in units}
    return set(REF.findall(sql)) | own


def prune_project(target: Path, marts: frozenset[str] = MARTS) -> Path:
    """Write the project with ``marts``, and what they need, to ``target``; return it."""
    for part in ("dags", "dbt_project", "expectations"):
        shutil.copytree(
            PROJECT / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "target")
        )
    models = target / "dbt_project" / "models"
    settings = yaml.safe_load((target / "dbt_project" / "dbt_project.yml").read_text())
    units = settings["vars"]["business_units"]
    parents = {file.stem: read_by(file.read_text(), units) for file in models.rglob("*.sql")}
    described = {
        file.stem: set(REF.findall(file.read_text())) for file in (models / "marts").rglob("*.yml")
    }
    needed: set[str] = set()
    waiting = set(marts)
    while waiting:
        needed |= waiting
        # A mart also needs what its data tests compare it with; seeds need nothing.
        waiting = (
            set().union(
                *(parents.get(name, set()) | described.get(name, set()) for name in waiting)
            )
            - needed
        )
    for file in [*models.rglob("*.sql"), *(models / "marts").rglob("*.yml")]:
        if file.stem not in needed:
            file.unlink()
    for file in models.rglob("*__unit_tests.yml"):
        file.unlink(missing_ok=True)
    for file in (target / "dbt_project" / "tests").glob("*.sql"):
        if not set(REF.findall(file.read_text())) <= needed:
            file.unlink()
    for suite in (target / "expectations" / "marts").glob("*.py"):
        if suite.stem not in needed:
            suite.unlink()
    _prune_sources(target)
    pin_suites(target)
    return target


def _prune_sources(target: Path) -> None:
    """Leave the tables that models still read, and their suites."""
    models = (target / "dbt_project" / "models").rglob("*.sql")
    read = {
        (system, table.removesuffix("__keys"))
        for file in models
        for system, table in SOURCE.findall(file.read_text())
    }
    for contract in (target / "dags" / "sources").glob("*.yml"):
        content = yaml.safe_load(contract.read_text())
        for name, system in content["systems"].items():
            schema = f"{content['unit']}_{name}"
            for table in list(system["tables"]):
                if (schema, table) not in read:
                    del system["tables"][table]
                    (target / "expectations" / f"landing_{schema}" / f"{table}.py").unlink()
        contract.write_text(yaml.safe_dump(content, sort_keys=False))
