"""``python -m demo``: run the shop's systems, play its year forward, plant troubles.

Every command prints one JSON object.
"""

import argparse
import dataclasses
import inspect
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from demo import postgres
from demo.industrial.replay import IndustrialReplay
from demo.retail import RetailReplay
from demo.source_data import LAST_DAY
from demo.troubles import TROUBLES, LateCommit

FOLDER = Path("var/demo")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 after saying on standard error what went wrong."""
    options = vars(_parser().parse_args(arguments))
    command = options.pop("command")
    try:
        for said in command(**options):
            print(json.dumps(said, default=str, ensure_ascii=False), flush=True)
    except (ValueError, LookupError, OSError, postgres.PostgresError, psycopg.Error) as error:
        print(f"python -m demo: {error}".rstrip(), file=sys.stderr)
        return 1
    return 0


def start(folder: Path, tcp: bool) -> Any:
    """Start the CRM's PostgreSQL and create the CRM and the delivery folders."""
    postgres.start(_crm(folder), tcp=tcp)
    _replay(folder).create()
    yield from status(folder)


def status(folder: Path) -> Any:
    """Say where the systems are, with what address, and how far the year was played."""
    server = postgres.find(_crm(folder))
    running = server.is_running()
    yield {
        "running": running,
        "process_id": server.process_id() if running else None,
        "extract_uri": server.extract_uri(tcp=server.listens_on_tcp),
        "deliveries_uri": _deliveries(folder).as_uri(),
        "last_day": _replay(folder).last_day() if running else None,
    }


def play(folder: Path, until: date | None) -> Any:
    """Play the year forward, to a day or by one day."""
    replay = _replay(folder)
    yield dataclasses.asdict(replay.play_to(until) if until else replay.play_next_day())


def trouble(folder: Path, trouble: str, **options: Any) -> Any:
    """Plant one trouble and say what was planted."""
    yield dataclasses.asdict(TROUBLES[trouble](_replay(folder), **options))


def late_commit(folder: Path, household_id: int | None) -> Any:
    """Change a household, and commit only when standard input ends."""
    with LateCommit(_replay(folder), household_id) as planted:
        yield dataclasses.asdict(planted)
        sys.stdin.read()


def redeliver(folder: Path, day: date) -> Any:
    """Write the true order file of a day again."""
    yield {"file": _replay(folder).redeliver(day)}


def stop(folder: Path) -> Any:
    """Stop the CRM's PostgreSQL; nothing keeps running."""
    postgres.stop(_crm(folder))
    yield {"running": False}


def seed(postgres_uri: str, deliveries: Path, until: date) -> Any:
    """Fill a PostgreSQL that runs already, in which the role 'extract' exists, and a folder.

    Both units: the shop, and the simulated supplier to businesses in ``industrial`` below it.
    """
    for replay in (
        RetailReplay(postgres_uri, deliveries),
        IndustrialReplay(postgres_uri, deliveries / "industrial"),
    ):
        replay.create()
        yield dataclasses.asdict(replay.play_to(until))


def _crm(folder: Path) -> Path:
    return folder.absolute() / "crm"


def _deliveries(folder: Path) -> Path:
    return folder.absolute() / "deliveries"


def _replay(folder: Path) -> RetailReplay:
    return RetailReplay(postgres.find(_crm(folder)).owner_uri(), _deliveries(folder))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(command: Any, name: str | None = None) -> argparse.ArgumentParser:
        known = commands.add_parser(name or command.__name__, help=command.__doc__)
        known.set_defaults(command=command)
        if command not in (seed, trouble):
            _add_folder(known)
        return known

    add(start).add_argument("--tcp", action="store_true", help="also listen on 127.0.0.1")
    add(status)
    add(play).add_argument("--until", type=date.fromisoformat, help="business day, YYYY-MM-DD")
    _add_troubles(add(trouble))
    add(late_commit, "late-commit").add_argument("--household-id", type=int)
    add(redeliver).add_argument("--day", type=date.fromisoformat, required=True)
    add(stop)
    seeding = add(seed)
    seeding.add_argument("--postgres", dest="postgres_uri", required=True, metavar="URI")
    seeding.add_argument("--deliveries", type=Path, required=True, metavar="DIR")
    seeding.add_argument("--until", type=date.fromisoformat, default=LAST_DAY)
    return parser


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"default {FOLDER}")


def _add_troubles(parser: argparse.ArgumentParser) -> None:
    """Give each trouble the options that its function has."""
    kinds: dict[object, Callable[[str], object]] = {
        date: date.fromisoformat,
        int: int,
        int | None: int,
        str: str,
    }
    troubles = parser.add_subparsers(dest="trouble", required=True, metavar="trouble")
    for name, function in TROUBLES.items():
        known = troubles.add_parser(name, help=function.__doc__)
        _add_folder(known)
        for option in list(inspect.signature(function).parameters.values())[1:]:
            required = option.default is inspect.Parameter.empty
            known.add_argument(
                f"--{option.name.replace('_', '-')}",
                type=kinds[option.annotation],
                required=required,
                default=None if required else option.default,
            )


if __name__ == "__main__":
    sys.exit(main())
