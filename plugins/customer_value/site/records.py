"""What the warehouse keeps beside its versions: seals, moves of the pointer, the ledger of runs."""

from typing import Any

from customer_value.load import run_summary
from customer_value.settings import Settings
from customer_value.site.model import Record, Rows, Text
from customer_value.warehouse.versions import Version, Versions

SHOWN_MOVES = 60


def _version(settings: Settings, version: Version) -> Rows:
    names = ("version", "as_of_date", "run_id", "published_at_utc", "digest", "code")
    published = [
        move["at_utc"] for move in Versions(settings).moves() if move["version"] == version.name
    ]
    seal = version.seal
    row = (
        version.name,
        version.as_of_date,
        seal["run_id"],
        published[-1] if published else None,
        seal["digest"][:12],
        seal["code"][:12],
    )
    return names, [row]


def _audits(settings: Settings, version: Version) -> Rows:
    names = ("step", "audit_status", "checks_held_count", "checks_failed_count", "seconds")
    run_id = str(version.seal["run_id"])
    if not (settings.runs / run_id).is_dir():  # an old run's ledger may be gone, its version not
        return names, []
    summary = run_summary(settings, run_id)
    rows = []
    for step, seconds in summary["seconds"].items():
        audit = summary["audits"].get(step)
        status, held, failed = ("not an audit", None, None)
        if audit:
            status, failed = audit["status"], audit["failed"]
            held = audit["evaluated"] - failed
        rows.append((step, status, held, failed, round(float(seconds), 1)))
    return names, rows


def _versions(settings: Settings, version: Version) -> Rows:
    names = ("version", "as_of_date", "is_live", "run_id", "rows_count", "megabytes", "digest")
    rows: list[tuple[Any, ...]] = []
    for kept in reversed(Versions(settings).all()):
        seal = kept.seal
        rows.append(
            (
                kept.name,
                kept.as_of_date,
                kept.name == version.name,
                seal["run_id"],
                sum(facts["rows"] for facts in seal["tables"].values()),
                round(seal["file"]["bytes"] / 1e6, 1),
                seal["digest"][:12],
            )
        )
    return names, rows


def _moves(settings: Settings, _version: Version) -> Rows:
    names = ("at_utc", "version", "before_version", "move_kind", "by", "why")
    moves = Versions(settings).moves()[: -SHOWN_MOVES - 1 : -1]
    return names, [
        tuple(move[key] for key in ("at_utc", "version", "before", "kind", "by", "why"))
        for move in moves
    ]


def _tables(_settings: Settings, version: Version) -> Rows:
    tables = version.seal["tables"].items()
    return ("table_name", "rows_count"), [(name, facts["rows"]) for name, facts in tables]


VERSION = Record(
    id="version",
    title=Text("Version", "版本"),
    definition=Text(
        "The published version that this page was written from, and when it became the live one.",
        "本页所依据的已发布版本及其生效时间。",
    ),
    command="customer-value status",
    read=_version,
)
AUDITS = Record(
    id="audits",
    title=Text("Steps and audits of its run", "该次运行的步骤与审核"),
    definition=Text(
        "Each step of the run that built this version, with the expectations that held and failed. "
        "Nothing is published unless all of them hold.",
        "构建本版本的运行的各个步骤，以及通过与未通过的检查数。全部通过才会发布。",
    ),
    command="customer-value status",
    read=_audits,
)
VERSIONS = Record(
    id="versions",
    title=Text("Versions kept", "保留的版本"),
    definition=Text(
        "Published versions that can still be read or rolled back to, newest first. Equal digests "
        "mean equal content.",
        "仍可读取或回退的已发布版本，最新在前。摘要相同即内容相同。",
    ),
    command="customer-value status",
    read=_versions,
)
MOVES = Record(
    id="moves",
    title=Text("What was live when", "版本切换记录"),
    definition=Text(
        "Every move of readers from one version to another: by a load or by a rollback.",
        "读者版本的每次切换：由加载发布，或由人工回退。",
    ),
    command="customer-value status --json",
    read=_moves,
)
TABLES = Record(
    id="published_tables",
    title=Text("Published tables", "已发布的表"),
    definition=Text("Rows of each table in this version.", "本版本各表的行数。"),
    command="customer-value status --json",
    read=_tables,
)
