"""The project with a handful of its marts, for tests of the machinery around them.

What a kill, a rerun or a broken file does to a load does not depend on how many marts there are,
but its seconds do. Nothing in it is written for tests: models and tables are the project's own,
less those that the chosen marts do not need.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from customer_value.audit.suites import OF_UNIT, pin_suites
from customer_value.settings import PROJECT

# Every load fits lifetime value, by what these two have built of it.
VALUE = frozenset({"fct_customer_value", "fct_customer_value_bridge"})
MARTS = VALUE | {"fct_orders", "fct_order_lines"}
REF = re.compile(r"""ref\(['"](\w+)['"]\)""")
SOURCE = re.compile(r"""source\(['"](\w+)['"], ['"](\w+)['"]\)""")
# A call, the name it asks for, and the setting that says of which units, if not of all.
OF_EVERY_UNIT = re.compile(r"of_every_unit\('(\w+)'[^\]]*\](?:, units=var\('(\w+)'\))?")
# A call, and the records of accounts that it asks for.
KNOWN_OF_ACCOUNTS = re.compile(r"known_of_accounts\(\s*'(\w+)'")


def prune_project(
    target: Path,
    marts: frozenset[str] | None = MARTS,
    units: tuple[str, ...] = ("retail",),
) -> Path:
    """Write the project of some units with ``marts``, and what they need; return its place.

    Without ``marts``, all that need no other unit.
    """
    for part in ("dags", "dbt_project", "expectations"):
        shutil.copytree(
            PROJECT / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "target")
        )
    models = target / "dbt_project" / "models"
    dropped = _drop_units(target, units)
    settings = yaml.safe_load((target / "dbt_project" / "dbt_project.yml").read_text())["vars"]
    parents = {file.stem: read_by(file.read_text(), settings) for file in models.rglob("*.sql")}
    # A mart also needs what its data tests compare it with; seeds need nothing.
    for file in (models / "marts").rglob("[!_]*.yml"):
        parents[file.stem] |= set(REF.findall(file.read_text()))
    if marts is None:
        every = {file.stem for file in (models / "marts").rglob("*.sql")}
        marts = frozenset(mart for mart in every if not _needed({mart}, parents) & dropped)
    needed = _needed(set(marts), parents)
    for file in [*models.rglob("*.sql"), *(models / "marts").rglob("*.yml")]:
        if file.stem not in needed:
            file.unlink()
    for file in models.rglob("*__unit_tests.yml"):
        file.unlink(missing_ok=True)
    for file in (target / "dbt_project" / "tests").glob("*.sql"):
        if not set(REF.findall(file.read_text())) <= needed:
            file.unlink()
    for suite in (target / "expectations" / "marts").glob("*.py"):
        mart, _, unit = suite.stem.partition(OF_UNIT)
        if mart not in needed or (unit and unit not in units):
            suite.unlink()
    _prune_sources(target)
    pin_suites(target)
    return target


def _prune_sources(target: Path) -> None:
    """Leave the tables that models still read or that name people, and their suites."""
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
            for table, promised in list(system["tables"].items()):
                names_people = any(
                    column.get("personal") for column in promised["columns"].values()
                )
                if not names_people and (schema, table) not in read:
                    del system["tables"][table]
                    (target / "expectations" / f"landing_{schema}" / f"{table}.py").unlink()
        contract.write_text(yaml.safe_dump(content, sort_keys=False))


def read_by(sql: str, settings: dict[str, Any]) -> set[str]:
    """Return the models and seeds that some SQL reads, those of each business unit among them."""
    own = {
        f"int_{unit}_{name}"
        for name, units in OF_EVERY_UNIT.findall(sql)
        for unit in settings[units or "business_units"]
    }
    own |= {
        f"int_{unit}_{name}"
        for records in KNOWN_OF_ACCOUNTS.findall(sql)
        for name in ("accounts__resolved", f"{records}__history")
        for unit in settings["relationship_units"]
    }
    return set(REF.findall(sql)) | own


def _needed(waiting: set[str], parents: dict[str, set[str]]) -> set[str]:
    """Return models and all that they read, directly or not."""
    needed: set[str] = set()
    while waiting:
        needed |= waiting
        waiting = set().union(*(parents.get(name, set()) for name in waiting)) - needed
    return needed


def _drop_units(target: Path, kept: tuple[str, ...]) -> set[str]:
    """Take units that are not kept out of settings, sources and suites; return their models."""
    file = target / "dbt_project" / "dbt_project.yml"
    settings = yaml.safe_load(file.read_text())
    units = set(settings["vars"]["business_units"]) - set(kept)
    for setting in ("business_units", "relationship_units"):
        listed = settings["vars"][setting]
        settings["vars"][setting] = [unit for unit in listed if unit in kept]
    file.write_text(yaml.safe_dump(settings, sort_keys=False))
    dropped: set[str] = set()
    for unit in units:
        (target / "dags" / "sources" / f"{unit}.yml").unlink()
        for folder in (target / "dbt_project" / "models").glob(f"*/{unit}"):
            dropped |= {model.stem for model in folder.glob("*.sql")}
            shutil.rmtree(folder)
        for folder in (target / "expectations").glob(f"landing_{unit}_*"):
            shutil.rmtree(folder)
    return dropped
