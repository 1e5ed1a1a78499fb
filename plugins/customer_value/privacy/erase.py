"""Erase a person: from every landed batch and the people file, and from whatever is landed later.

Nothing else ever held more of the person than the pseudonym, which then leads nowhere.
"""

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb

from customer_value import durable
from customer_value.errors import PersonError
from customer_value.failpoints import failpoint
from customer_value.landing.batch import MANIFEST, PEOPLE, Batch, LandedTable
from customer_value.privacy.erased import erased_people, remember_erasure
from customer_value.privacy.people import tables_about_people, write_people
from customer_value.settings import Settings
from customer_value.sql import literal
from customer_value.warehouse.lock import exclusive


def erase(settings: Settings, person_id: str, *, who: str, why: str) -> dict[str, Any]:
    """Erase one person; return in how many batches the person stood and who is left.

    Doing it again does what a killed erasure left undone. Raises ``PersonError`` for a pseudonym
    that no batch holds, and without a name and a reason.
    """
    if not who.strip() or not why.strip():
        raise PersonError(
            "An erasure needs a name and a reason.",
            where="erase",
            fix="Give both --who and --why, and name the person in neither.",
        )
    tables = tables_about_people(settings)
    with ExitStack() as locks:
        for path in [
            settings.warehouse / ".lock",
            *sorted({settings.landing / system.name / ".lock" for system, _ in tables}),
        ]:
            locks.enter_context(
                exclusive(path, holder="an erasure", wait_seconds=settings.lock_wait_seconds)
            )
        landed = [
            LandedTable(settings.landing, system.name, table.name) for system, table in tables
        ]
        holding = [
            batch for table in landed for batch in table.batches() if _holds(batch, person_id)
        ]
        if not holding and person_id not in erased_people(settings):
            raise PersonError(
                f"Nobody is known as {person_id!r}.",
                where=str(settings.landing),
                fix="`customer-value people TEXT` finds the person_id by name, e-mail or phone.",
            )
        remember_erasure(settings, person_id, who.strip(), why.strip())
        failpoint("erase.remembered")
        for batch in holding:
            _rewrite(batch, person_id)
        failpoint("erase.batches_rewritten")
        for table in landed:
            _remove_leftovers(table)
        for scratch in settings.build.glob("*/extract"):
            shutil.rmtree(scratch)
        return {"batches": len(holding), "people_left": write_people(settings)}


def _holds(batch: Batch, person_id: str) -> bool:
    if batch.people is None:
        return False
    batch.check_files()
    return bool(
        duckdb.execute(
            f"select 1 from read_parquet({literal(batch.people)}) where person_id = ? limit 1",
            [person_id],
        ).fetchone()
    )


def _rewrite(batch: Batch, person_id: str) -> None:
    """Write the batch's people file anew under another name, and the manifest that names it."""
    old = Path(str(batch.people))
    erasures = int(old.name.removesuffix(PEOPLE).rstrip(".") or 0) + 1
    new = batch.directory / f"{erasures}.{PEOPLE}"
    duckdb.execute(
        f"copy (from read_parquet({literal(old)}) where person_id <> {literal(person_id)}) "
        f"to {literal(new)} (format parquet, compression zstd)"
    )
    new.chmod(0o600)
    durable.sync_file(new)
    files = {name: facts for name, facts in batch.manifest["files"].items() if name != old.name}
    files[new.name] = {"bytes": new.stat().st_size, "sha256": durable.sha256_of(new)}
    durable.write_json(batch.directory / MANIFEST, batch.manifest | {"files": files})
    failpoint("erase.manifest_written")
    old.unlink()
    durable.sync_directory(batch.directory)


def _remove_leftovers(table: LandedTable) -> None:
    """Remove what killed runs left: batches without a manifest, people files no manifest names."""
    for directory in table.directory.glob("[0-9]*"):
        if not (directory / MANIFEST).exists():
            shutil.rmtree(directory)
    for batch in table.batches():
        for path in batch.directory.glob(f"*{PEOPLE}"):
            if path != batch.people:
                path.unlink()
