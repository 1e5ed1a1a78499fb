"""Look at every place the warehouse depends on and name the fix for what is wrong."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp

from customer_value.errors import CustomerValueError
from customer_value.extract.connect import Connections
from customer_value.landing.batch import LandedTable
from customer_value.settings import Settings
from customer_value.sources.contract import load_systems
from customer_value.warehouse.lock import exclusive
from customer_value.warehouse.readonly import open_version
from customer_value.warehouse.versions import Versions

PACKAGES = ("apache-airflow", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations")
LEAST_FREE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``fix`` is empty when all is well."""

    check: str
    well: bool
    saw: str
    fix: str = ""


def examine(settings: Settings, connections: Connections) -> list[Finding]:
    """Return a finding for each check, the well ones too."""
    checks: list[Callable[[], Finding]] = [
        _packages,
        lambda: _disk(settings),
        lambda: _places(settings),
        lambda: _sources(settings, connections),
        lambda: _landing(settings),
        lambda: _pointer(settings),
        lambda: _versions(settings),
        lambda: _modes(settings),
        lambda: _orphans(settings),
        lambda: _lock(settings),
    ]
    return [_guarded(check) for check in checks]


def repair(settings: Settings) -> list[str]:
    """Mend what can be mended without losing anything; return what was done."""
    done = []
    versions = Versions(settings)
    with exclusive(settings.warehouse / ".lock", holder="doctor --fix"):
        for path in versions.orphans():
            if path.is_symlink() or path.is_file():
                path.unlink()
            else:
                shutil.rmtree(path)
            done.append(f"removed {path}")
        if not _guarded(lambda: _pointer(settings)).well:
            sound = [item for item in reversed(versions.all()) if _is_sound(settings, item.name)]
            if sound:
                if versions.pointer.exists() and not versions.pointer.is_symlink():
                    aside = Path(mkdtemp(prefix="not-current-", dir=settings.warehouse))
                    versions.pointer.rename(aside / versions.pointer.name)
                    done.append(f"moved {versions.pointer} into {aside}")
                versions.pointer.unlink(missing_ok=True)
                versions.point_to(sound[0], kind="repair", by="doctor", why="broken pointer")
                done.append(f"pointed current to {sound[0].name}")
        for item in versions.all():
            if item.database.exists() and item.database.stat().st_mode & 0o777 != 0o440:
                item.database.chmod(0o440)
                done.append(f"set mode 0440 on {item.database}")
    return done


def _guarded(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except CustomerValueError as error:
        return Finding(error.where, False, error.what, error.fix)
    except (OSError, ValueError) as error:
        return Finding("unreadable", False, str(error).splitlines()[0], "Restore it from a backup.")


def _packages() -> Finding:
    return Finding("packages", True, ", ".join(f"{name} {version(name)}" for name in PACKAGES))


def _disk(settings: Settings) -> Finding:
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(place).free
    return Finding(
        "disk",
        free >= LEAST_FREE_BYTES,
        f"{free / 1e9:,.1f} GB free at {place}",
        "" if free >= LEAST_FREE_BYTES else "Free space, or lower CUSTOMER_VALUE_KEEP_VERSIONS.",
    )


def _places(settings: Settings) -> Finding:
    closed = [
        path
        for path in (settings.home, settings.landing, settings.warehouse, settings.runs)
        if path.exists() and not os.access(path, os.W_OK | os.X_OK)
    ]
    saw = f"{settings.home} can be written" if not closed else f"{closed[0]} cannot be written"
    return Finding(
        "permissions", not closed, saw, f"chown or chmod u+rwX {closed[0]}" if closed else ""
    )


def _sources(settings: Settings, connections: Connections) -> Finding:
    systems = load_systems(settings.sources)
    for system in systems.values():
        connections(system.connection)
    return Finding("sources", True, f"{', '.join(systems)}: contract read, connection set")


def _landing(settings: Settings) -> Finding:
    batches = rows = pending = 0
    for system in load_systems(settings.sources).values():
        for table in system.tables:
            for batch in LandedTable(settings.landing, system.name, table).batches():
                batches += 1
                rows += batch.rows_landed
                pending += batch.status == "pending"
    waiting = f", {pending} waiting for their audit" if pending else ""
    return Finding("landing zone", True, f"{batches} batches, {rows:,} rows{waiting}")


def _pointer(settings: Settings) -> Finding:
    live = Versions(settings).live()
    if live is None:
        return Finding("pointer", True, "nothing published yet")
    connection = open_version(settings, live)
    connection.execute("select count(*) from duckdb_tables()").fetchall()
    connection.close()
    return Finding("pointer", True, f"current is {live.name}, as of {live.as_of_date}")


def _versions(settings: Settings) -> Finding:
    versions = Versions(settings).all()
    for item in versions:
        item.check()
    return Finding("versions", True, f"{len(versions)} kept, each byte as sealed")


def _modes(settings: Settings) -> Finding:
    loose = [
        item.database
        for item in Versions(settings).all()
        if item.database.exists() and item.database.stat().st_mode & 0o777 != 0o440
    ]
    if not loose:
        return Finding("file modes", True, "published files are 0440")
    mode = loose[0].stat().st_mode & 0o777
    return Finding(
        "file modes", False, f"{loose[0]} is {mode:04o}", "`customer-value doctor --fix`"
    )


def _orphans(settings: Settings) -> Finding:
    orphans = Versions(settings).orphans()
    if not orphans:
        return Finding("orphans", True, "none")
    return Finding(
        "orphans", False, f"{orphans[0]} was left by a killed run", "`customer-value doctor --fix`"
    )


def _lock(settings: Settings) -> Finding:
    path: Path = settings.warehouse / ".lock"
    if not path.exists():
        return Finding("writer lock", True, "never taken")
    with exclusive(path, holder="doctor"):
        return Finding("writer lock", True, "free")


def _is_sound(settings: Settings, name: str) -> bool:
    version_ = Versions(settings).get(name)
    try:
        version_.check()
    except CustomerValueError:
        return False
    return bool(version_.seal["version"] == name)
