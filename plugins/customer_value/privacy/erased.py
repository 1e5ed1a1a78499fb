"""Who was erased: records that outlive every reload and name nobody, for they hold pseudonyms."""

import datetime as dt

from customer_value import durable
from customer_value.settings import Settings

ERASED = "erased"


def erased_people(settings: Settings) -> list[str]:
    """Return the pseudonyms of all who were erased."""
    return sorted(path.stem for path in (settings.people / ERASED).glob("*.json"))


def remember_erasure(settings: Settings, person_id: str, who: str, why: str) -> None:
    """Write down that a person was erased, by whom and why."""
    folder = settings.people / ERASED
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    record = {
        "person_id": person_id,
        "who": who,
        "why": why,
        "at_utc": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }
    durable.write_json(folder / f"{person_id}.json", record, mode=0o600)
    durable.sync_directory(settings.people)
