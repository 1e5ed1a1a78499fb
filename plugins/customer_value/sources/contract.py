"""The contract of a source: its systems, tables, keys, cursors and columns.

One YAML file per business unit. Everything about a source stands there; the code knows kinds of
systems (``postgres``, ``mysql``, ``files``) but no table by name.
"""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from customer_value.errors import ContractError

NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
DECIMAL = re.compile(r"^decimal\((\d{1,2}),(\d{1,2})\)$")
PLAIN_TYPES = ("bigint", "integer", "double", "boolean", "date", "timestamp", "timestamptz")
TYPES = (*PLAIN_TYPES, "varchar", "decimal(p,s)")


def _check_name(name: str) -> str:
    if not NAME.match(name):
        raise ValueError(f"{name!r} is not a name: lower case letters, digits and _ only")
    return name


def _check_type(text: str) -> str:
    wanted = text.replace(" ", "").lower()
    if wanted not in PLAIN_TYPES and wanted != "varchar" and not DECIMAL.match(wanted):
        raise ValueError(f"{text!r} is not one of {', '.join(TYPES)}")
    return wanted


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is not a time zone such as Asia/Shanghai") from error
    return name


Name = Annotated[str, AfterValidator(_check_name)]
Bound = Annotated[str | None, BeforeValidator(_as_text)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One promised column. ``min`` and ``max`` are inclusive.

    ``personal`` values are about a person: they go into the people file and nowhere else.
    ``person`` is the kind of person that the value names, by a number or by name: everywhere else
    a pseudonym stands in its place.
    """

    type: Annotated[str, AfterValidator(_check_type)]
    nullable: bool = False
    min: Bound = None
    max: Bound = None
    allowed: tuple[str, ...] = ()
    personal: bool = False
    person: Name | None = None

    @property
    def landed_type(self) -> str:
        return "varchar" if self.person else self.type


class Table(_Strict):
    """One table of a source system.

    Databases: with a ``cursor`` each load fetches what changed and lists all keys to find deletes;
    without one each load fetches the whole table. ``refresh_days`` fetches the whole table again
    that many days after the last time, for changes that do not move the cursor.

    Files: ``files`` is a glob below the connection's location. ``delivery: once`` means a file is
    final once delivered; ``snapshot`` means each file is the whole table.
    """

    name: Name
    key: tuple[Name, ...] = Field(min_length=1)
    columns: dict[Name, Column] = Field(min_length=1)
    cursor: Name | None = None
    overlap_minutes: int = Field(default=60, ge=0)
    refresh_days: int | None = Field(default=None, ge=1)
    on_new_column: Literal["ignore", "stop"] = "ignore"
    files: str | None = None
    delivery: Literal["once", "snapshot"] | None = None
    encoding: Literal["utf-8", "utf-16", "gbk", "gb18030"] = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    optional: bool = False
    volume_date: Name | None = None

    @model_validator(mode="after")
    def _columns_exist(self) -> "Table":
        for role, name in [
            *(("key", key) for key in self.key),
            ("cursor", self.cursor),
            ("volume_date", self.volume_date),
        ]:
            if name is not None and name not in self.columns:
                raise ValueError(f"{role} {name!r} is not among the columns of {self.name!r}")
        if self.cursor and self.columns[self.cursor].type not in ("timestamp", "timestamptz"):
            raise ValueError(f"cursor {self.cursor!r} of {self.name!r} must be a timestamp")
        if self.personal and self.subject is None:
            raise ValueError(
                f"{self.name!r} has personal columns, so one column of its key, or a personal one, "
                "must say by person whom they describe"
            )
        return self

    @property
    def landed(self) -> dict[str, str]:
        """The columns of a landed row with their types: all but what is about people."""
        return {
            name: column.landed_type
            for name, column in self.columns.items()
            if column.person or not column.personal
        }

    @property
    def personal(self) -> dict[str, str]:
        """What the people file takes from this table: the column by what it is called there.

        A column that is itself the person's only name is called ``name``.
        """
        return {
            "name" if column.person else name: name
            for name, column in self.columns.items()
            if column.personal
        }

    @property
    def names_people(self) -> bool:
        return any(column.person for column in self.columns.values())

    @property
    def subject(self) -> str | None:
        """The column that names whom the personal columns describe; ``None`` without exactly one"""
        found = [
            name
            for name, column in self.columns.items()
            if column.person and (name in self.key or column.personal)
        ]
        return found[0] if len(found) == 1 else None

    @property
    def fingerprint(self) -> str:
        """A short hash of everything promised, stored with each batch."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class System(_Strict):
    """One source system of a business unit."""

    name: Name
    unit: Name
    kind: Literal["postgres", "mysql", "files"]
    connection: Name
    time_zone: Annotated[str, AfterValidator(_check_zone)]
    tables: dict[Name, Table] = Field(min_length=1)
    # The word "schema" is taken by pydantic.
    database_schema: Name | None = Field(default=None, alias="schema")

    @model_validator(mode="after")
    def _kind_fits_tables(self) -> "System":
        for table in self.tables.values():
            is_file = table.files is not None and table.delivery is not None
            if (self.kind == "files") != is_file:
                wanted = "files and delivery" if self.kind == "files" else "neither"
                raise ValueError(
                    f"table {table.name!r} of a {self.kind} system needs {wanted} of: "
                    "files, delivery"
                )
            if self.kind == "files" and table.cursor:
                raise ValueError(f"table {table.name!r} is delivered as files and has no cursor")
        if self.kind != "files" and not self.database_schema:
            raise ValueError(f"system {self.name!r} needs the schema of its tables")
        return self

    @cached_property
    def landing_schema(self) -> str:
        return f"landing_{self.name}"

    def table(self, name: str) -> Table:
        """Return one table; raises ``ContractError`` listing the tables there are."""
        if name not in self.tables:
            raise ContractError(
                f"{self.name} declares no table {name!r}.",
                where=f"dags/sources/{self.unit}.yml",
                fix=f"Choose one of {', '.join(self.tables)}.",
            )
        return self.tables[name]


def load_systems(folder: Path) -> dict[str, System]:
    """Return every declared system by name (``<unit>_<system>``), from all files of ``folder``.

    Raises ``ContractError`` naming the file, the place in it and what is wrong.
    """
    systems: dict[str, System] = {}
    for path in sorted(folder.glob("*.yml")):
        for system in _load_unit(path):
            if system.name in systems:
                raise ContractError(
                    f"System {system.name!r} is declared twice.",
                    where=str(path),
                    fix="Give the unit or the system another name.",
                )
            systems[system.name] = system
    if not systems:
        raise ContractError(
            "No source system is declared.",
            where=str(folder),
            fix="Add a file <unit>.yml there; CONTRIBUTING.md shows one.",
        )
    return systems


def load_system(folder: Path, name: str) -> System:
    """Return one system; raises ``ContractError`` listing the systems there are."""
    systems = load_systems(folder)
    if name not in systems:
        raise ContractError(
            f"There is no source system {name!r}.",
            where=str(folder),
            fix=f"Choose one of {', '.join(systems)}.",
        )
    return systems[name]


def _load_unit(path: Path) -> list[System]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        unit = _check_name(content["unit"])
        return [
            System.model_validate(
                system
                | {
                    "name": f"{unit}_{name}",
                    "unit": unit,
                    "time_zone": content["time_zone"],
                    "tables": {
                        table: promised | {"name": table}
                        for table, promised in system["tables"].items()
                    },
                }
            )
            for name, system in content["systems"].items()
        ]
    except yaml.YAMLError as error:
        problem = str(error)
    except KeyError as error:
        problem = f"the entry {error} is missing"
    except (TypeError, AttributeError):
        problem = "it is not a mapping of unit, time_zone and systems"
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place}: {first['msg']}"
    except ValueError as error:
        problem = str(error)
    raise ContractError(
        f"The source file cannot be used: {problem}.",
        where=str(path),
        fix="Correct that entry; docs/sources.md explains every word of a source file.",
    )
