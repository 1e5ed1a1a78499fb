"""Recorded exceptions: one day's volume of one table is right although it is not believable.

Each is an immutable file below ``audits/overrides/`` that says who accepted what and why. It is
about one date, so it ends with that date: there is no switch that turns a check off.
"""

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path

from customer_value import durable
from customer_value.errors import SettingsError
from customer_value.settings import Settings
from customer_value.sources.contract import load_system


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody vouches for one table's volume on one date.

    ``date`` is a business date (rows per day) or a load's as-of date (size of a whole list).
    """

    system: str
    table: str
    date: dt.date
    who: str
    why: str
    recorded_at_utc: str

    def __str__(self) -> str:
        return f"{self.system}.{self.table} on {self.date}, accepted by {self.who}: {self.why}"


def accept_volume(
    settings: Settings, system: str, table: str, date: dt.date, who: str, why: str
) -> Acceptance:
    """Record that the volume of ``table`` on ``date`` is right, and return the record.

    Raises ``SettingsError`` without a name and a reason, or when the date was accepted before, and
    ``ContractError`` for an unknown system or table.
    """
    load_system(settings.sources, system).table(table)
    if not who.strip() or not why.strip():
        raise SettingsError(
            f"Accepting the volume of {system}.{table} needs a name and a reason; "
            f"got who={who!r}, why={why!r}.",
            where="accept volume",
            fix="Give both --who and --why.",
        )
    acceptance = Acceptance(
        system,
        table,
        date,
        who.strip(),
        why.strip(),
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )
    path = _folder(settings) / f"{system}.{table}.{date}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
    except FileExistsError as error:
        raise SettingsError(
            f"The volume of {system}.{table} on {date} was accepted before.",
            where=str(path),
            fix="Read that record; it cannot be changed.",
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(_as_json(acceptance), file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    durable.sync_directory(path.parent)
    return acceptance


def accepted_volumes(settings: Settings, system: str, table: str) -> dict[dt.date, Acceptance]:
    """Return what was accepted for one table, by date."""
    found = {}
    for path in sorted(_folder(settings).glob(f"{system}.{table}.*.json")):
        try:
            record = durable.read_json(path)
            date = dt.date.fromisoformat(record["date"])
            found[date] = Acceptance(**(record | {"date": date}))
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsError(
                f"An accepted volume cannot be read: {type(error).__name__}: {error}.",
                where=str(path),
                fix="Remove the file and accept the volume again.",
            ) from error
    return found


def _folder(settings: Settings) -> Path:
    return settings.audits / "overrides"


def _as_json(acceptance: Acceptance) -> dict[str, str]:
    return {
        "system": acceptance.system,
        "table": acceptance.table,
        "date": acceptance.date.isoformat(),
        "who": acceptance.who,
        "why": acceptance.why,
        "recorded_at_utc": acceptance.recorded_at_utc,
    }
