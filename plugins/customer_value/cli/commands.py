"""The commands, each a few lines around one library call."""

import datetime as dt
import json
import secrets
import sys
import threading
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from customer_value.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Run, read and look after the customer-value warehouse.",
)
quarantine_app = typer.Typer(no_args_is_help=True, help="Rows that could not be used.")
landing_app = typer.Typer(no_args_is_help=True, help="Batches in the landing zone.")
accept_app = typer.Typer(no_args_is_help=True, help="Recorded exceptions to an audit.")
suites_app = typer.Typer(no_args_is_help=True, help="Expectation suites.")
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(landing_app, name="landing")
app.add_typer(accept_app, name="accept")
app.add_typer(suites_app, name="suites")

console = Console(highlight=False, width=None if sys.stdout.isatty() else 140)
FORETOLD = ("predicted", "actual", "ratio")
Who = Annotated[str, typer.Option(help="Your name, for the record.")]
Why = Annotated[str, typer.Option(help="Your reason, for the record.")]


@app.command()
def load(
    as_of: Annotated[str, typer.Option(help="Windows close before this day, e.g. 2018-01-01.")],
    name: Annotated[
        str | None, typer.Option(help="Name of the run; the same name goes on where it stopped.")
    ] = None,
) -> None:
    """Extract, audit, build and publish, as the nightly DAG does."""
    from customer_value import load as steps
    from customer_value.extract.connect import from_environment
    from customer_value.runs import Run

    settings = Settings.from_environment()
    run = Run.named(name or f"cli-{secrets.token_hex(8)}", _date(as_of), settings)
    console.print(f"run {run.run_id}")
    steps.load(run, from_environment, on_step=_print_step)
    print_summary(steps.run_summary(settings, run.run_id))


@app.command()
def status(
    run: Annotated[str | None, typer.Option(help="Show one run in full.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show the live version, the versions kept, and how the last runs went."""
    from customer_value import load as steps
    from customer_value.runs import run_ids
    from customer_value.warehouse.versions import Versions

    settings = Settings.from_environment()
    if run:
        summary = steps.run_summary(settings, run)
        if as_json:
            typer.echo(json.dumps(summary, default=str))
        else:
            print_summary(summary)
        return
    versions = Versions(settings)
    live = versions.live()
    summaries = [steps.run_summary(settings, run_id) for run_id in run_ids(settings)[-10:]]
    if as_json:
        content = {
            "live": live.name if live else None,
            "versions": [version.seal for version in versions.all()],
            "moves": versions.moves(),
            "runs": summaries,
        }
        typer.echo(json.dumps(content, default=str))
        return
    kept = Table("version", "as of", "live", "run", "rows", "MB", "digest", title="Versions kept")
    for version in versions.all():
        rows = sum(facts["rows"] for facts in version.seal["tables"].values())
        is_live = "●" if live and live.name == version.name else ""
        kept.add_row(
            version.name,
            str(version.as_of_date),
            is_live,
            version.seal["run_id"],
            f"{rows:,}",
            f"{version.seal['file']['bytes'] / 1e6:,.1f}",
            version.seal["digest"][:12],
        )
    console.print(kept)
    runs = Table(
        "run",
        "status",
        "rows in",
        "landed",
        "quarantined",
        "duplicate",
        "checks",
        "version",
        "seconds",
        title="Last runs",
    )
    for summary in summaries:
        total = {
            count: sum(table[count] for table in summary["tables"].values())
            for count in ("rows_in", "rows_landed", "rows_quarantined", "rows_duplicate")
        }
        checks = sum(audit["evaluated"] for audit in summary["audits"].values())
        runs.add_row(
            summary["run_id"],
            summary["status"],
            *(f"{count:,}" for count in total.values()),
            str(checks),
            summary["published"].get("version", "–"),
            f"{sum(summary['seconds'].values()):,.1f}",
        )
    console.print(runs)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over marts.* and operations.*.")],
    version: Annotated[str | None, typer.Option(help="An earlier version.")] = None,
    output: Annotated[str, typer.Option(help="table, csv or json.")] = "table",
    timeout: Annotated[float, typer.Option(help="Seconds until the query is ended.")] = 60.0,
    limit: Annotated[int, typer.Option(help="Rows shown in a table.")] = 50,
) -> None:
    """Ask the published warehouse; nothing can be changed and no other file read."""
    import duckdb

    from customer_value.errors import QueryError
    from customer_value.warehouse.readonly import find_version, open_version

    settings = Settings.from_environment()
    asked = find_version(settings, version)
    connection = open_version(settings, asked)
    timer = threading.Timer(timeout, connection.interrupt)
    timer.start()
    try:
        result = connection.execute(sql)
        names = [column[0] for column in result.description or []]
        rows = result.fetchall()
    except duckdb.InterruptException:
        raise QueryError(
            f"The query took over {timeout:g} s and was ended.",
            where="query",
            fix="Make it smaller, or allow more with --timeout.",
        ) from None
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException):
            asked.check()  # says which bytes are wrong, if it is that
        raise QueryError(
            str(error).strip(),
            where="query",
            fix='`customer-value query "show all tables"` lists what there is.',
        ) from None
    finally:
        timer.cancel()
        connection.close()
    print_rows(names, rows, output=output, limit=limit)


@app.command()
def account(
    name: Annotated[str, typer.Argument(help="Its id, its number, or a part of its name.")],
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    version: Annotated[str | None, typer.Option(help="An earlier version.")] = None,
) -> None:
    """Show all that is known of one business account on one page."""
    from customer_value.cli.account import account_page
    from customer_value.warehouse.readonly import connect_readonly

    with connect_readonly(Settings.from_environment(), version) as connection:
        page = account_page(connection, name, language)
    console.print(page.rendered())


@app.command()
def site() -> None:
    """Write the dashboard of the live version, as the DAG refresh_dashboard does."""
    from customer_value.site.write import write_site

    written = write_site(Settings.from_environment())
    console.print(
        f"{written['figures']} figures of version {written['version']} (as of "
        f"{written['as_of_date']}): {written['path']}",
        soft_wrap=True,
    )


@app.command()
def backtest() -> None:
    """Hold the lifetime-value models of past quarters against what came, by the live version."""
    from customer_value import load as steps

    def show(_name: str, result: dict[str, Any]) -> None:
        table = Table(
            *("unit", "cut-off", "model", "customers", "predicted", "actual", "ratio", "band"),
            title=f"Quarters foretold, by version {result['version']}",
        )
        for review in result["reviews"]:
            low, high = review["band"]
            table.add_row(
                review["unit"],
                review["cut_off"],
                review["model"] or f"none: {review['reason']}",
                f"{review['customers']:,}",
                *("–" if review[key] is None else f"{review[key]:,}" for key in FORETOLD),
                "–" if low is None else f"{low} to {high}",
            )
        console.print(table)

    name = f"backtest-{secrets.token_hex(8)}"
    steps.backtest_lifetime_value(Settings.from_environment(), name, on_step=show)


@app.command()
def rollback(
    who: Who,
    why: Why,
    version: Annotated[str | None, typer.Argument(help="Default: the one live before.")] = None,
) -> None:
    """Point readers to an earlier version in one step."""
    from customer_value import load as steps

    moved = steps.rollback(Settings.from_environment(), version, who, why)
    console.print(
        f"version {moved['version']} (as of {moved['as_of_date']}) is live again; "
        f"before it was {moved['before']}"
    )


@app.command()
def people(
    text: Annotated[str, typer.Argument(help="Part of a name, e-mail, phone or person_id.")],
    output: Annotated[str, typer.Option(help="table, csv or json.")] = "table",
    limit: Annotated[int, typer.Option(help="Rows shown in a table.")] = 50,
) -> None:
    """Find who stands behind a pseudonym; only whoever may read the people file can."""
    from customer_value.privacy.people import find_people

    names, rows = find_people(Settings.from_environment(), text)
    print_rows(names, rows, output=output, limit=limit)


@app.command()
def erase(
    person_id: Annotated[str, typer.Argument(help="As `customer-value people` names the person.")],
    who: Who,
    why: Why,
) -> None:
    """Erase a person from every file, and from whatever is landed later."""
    from customer_value import load as steps

    erased = steps.erase(Settings.from_environment(), person_id, who, why)
    console.print(
        f"{person_id} is erased from {erased['batches']} batches and the people file; "
        f"{erased['people_left']:,} people are left in it"
    )


@app.command()
def doctor(
    fix: Annotated[bool, typer.Option(help="Mend what can be mended without loss.")] = False,
) -> None:
    """Check versions, disk, permissions, pointer, orphans; name the fix for what is wrong."""
    from customer_value.doctor import examine, repair
    from customer_value.extract.connect import from_environment

    settings = Settings.from_environment()
    if fix:
        for done in repair(settings):
            console.print(f"fixed: {done}")
    findings = examine(settings, from_environment)
    table = Table("check", "", "saw", "fix")
    for finding in findings:
        mark = "[green]well[/]" if finding.well else "[red]wrong[/]"
        table.add_row(finding.check, mark, finding.saw, finding.fix)
    console.print(table)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


@quarantine_app.command("list")
def quarantine_list() -> None:
    """List quarantined rows by batch and rule."""
    from customer_value.landing.quarantine import list_quarantined

    table = Table("batch", "rule", "column", "rows", "first at", "batch is", "replayed in")
    for item in list_quarantined(Settings.from_environment()):
        place = f"{item.first_file or ''}:{item.first_row}" if item.first_row else "–"
        table.add_row(
            item.batch,
            item.rule,
            item.column or "–",
            f"{item.rows:,}",
            place,
            item.verdict,
            item.replayed or "–",
        )
    console.print(table)


@quarantine_app.command("explain")
def quarantine_explain(
    batch: Annotated[str, typer.Argument(help="e.g. retail_shop.order_lines.000002")],
    limit: Annotated[int, typer.Option(help="Rows shown.")] = 20,
) -> None:
    """Show the rows themselves, the rule each broke and where they came from."""
    from customer_value.landing.quarantine import explain

    for row in explain(Settings.from_environment(), batch, limit):
        place = f"{row['file'] or 'database'}"
        place += f" line {row['line']}" if row["line"] else f" row {row['row']}"
        value = "" if row["value"] is None else f" = {row['value']!r}"
        console.print(
            f"{place}: {row['rule']} – {row['means']} – {row['column'] or 'line'}{value}",
            markup=False,
        )
        console.print(f"    {row['raw']}", markup=False)


@quarantine_app.command("replay")
def quarantine_replay(
    batch: Annotated[str, typer.Argument(help="e.g. retail_shop.order_lines.000002")],
    as_of: Annotated[str, typer.Option(help="The as-of date of the load that will use them.")],
) -> None:
    """Try quarantined rows again after the contract was mended; the next load uses them."""
    from customer_value import load as steps
    from customer_value.landing.quarantine import replay
    from customer_value.runs import Run

    settings = Settings.from_environment()
    run = Run.named(f"replay-{batch}", _date(as_of), settings)
    landed = replay(run, batch)
    steps.audit_source(run, str(landed.manifest["system"]))
    console.print(
        f"{landed.rows_landed:,} rows landed as {landed.label}, "
        f"{landed.manifest['rows_quarantined']:,} still in quarantine"
    )


@landing_app.command("discard")
def landing_discard(
    batch: Annotated[str, typer.Argument(help="e.g. retail_crm.households.000004")],
    who: Who,
    why: Why,
) -> None:
    """Set a batch aside: it is never built from again, and its rows are extracted anew."""
    from customer_value.landing.quarantine import find_batch

    _, found = find_batch(Settings.from_environment(), batch)
    found.judge({"status": "rejected", "discarded_by": who, "why": why, "before": found.verdict})
    console.print(f"{batch} is set aside; the next load extracts its rows again")


@accept_app.command("volume")
def accept_volume(
    table: Annotated[str, typer.Argument(help="e.g. retail_shop.order_lines")],
    date: Annotated[str, typer.Option(help="The business day whose volume is right as it is.")],
    who: Who,
    why: Why,
) -> None:
    """Accept a true spike or drop of one day; the record is kept."""
    from customer_value.audit.overrides import accept_volume as accept

    system, _, name = table.partition(".")
    record = accept(Settings.from_environment(), system, name, _date(date), who, why)
    console.print(f"accepted: {record}")


@suites_app.command("pin")
def suites_pin() -> None:
    """Pin the suites as reviewed; an audit refuses a suite that differs from its pin."""
    from customer_value.audit.suites import pin_suites

    changed = pin_suites(Settings.from_environment().project)
    console.print("\n".join(changed) or "No suite differs from its pin.")


def print_summary(summary: dict[str, Any]) -> None:
    """Print what a run did as a person reads it."""
    rows = Table(
        "table",
        "batch",
        "rows in",
        "landed",
        "duplicate",
        "quarantined",
        title=f"Run {summary['run_id']}: {summary['status']}",
    )
    for name, counts in summary["tables"].items():
        rows.add_row(
            name,
            f"{counts['batch']:06d} {counts['kind']}",
            *(
                f"{counts[key]:,}"
                for key in ("rows_in", "rows_landed", "rows_duplicate", "rows_quarantined")
            ),
        )
    console.print(rows)
    steps = Table("step", "seconds", "checks held", "checks failed")
    for name, seconds in summary["seconds"].items():
        audit = summary["audits"].get(name)
        held = str(audit["evaluated"] - audit["failed"]) if audit else ""
        steps.add_row(name, f"{seconds:,.1f}", held, str(audit["failed"]) if audit else "")
    console.print(steps)
    for warning in summary["warnings"]:
        console.print(f"warning: {warning}", markup=False)
    published = summary["published"]
    if published:
        word = "live" if published["live"] else f"kept beside the live {published['live_version']}"
        console.print(
            f"version {published['version']} as of {published['as_of_date']} is {word}; "
            f"content digest {published['digest'][:12]}"
        )
    if summary["error"]:
        error = summary["error"]
        console.print(
            f"failed at {error['step']}: {error.get('what', error['error'])}", markup=False
        )
        for part in ("where", "state", "fix"):
            if error.get(part):
                console.print(f"  {part + ':':<7}{error[part]}", markup=False)


def print_rows(names: list[str], rows: list[tuple[Any, ...]], *, output: str, limit: int) -> None:
    """Print a query's result as a table, CSV or JSON lines."""
    if output == "json":
        for row in rows:
            typer.echo(
                json.dumps(dict(zip(names, row, strict=True)), default=str, ensure_ascii=False)
            )
    elif output == "csv":
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows(rows)
    else:
        table = Table(*names)
        for row in rows[:limit]:
            table.add_row(*("–" if value is None else _shown(value) for value in row))
        console.print(table)
        if len(rows) > limit:
            console.print(f"{len(rows):,} rows, {limit} shown")


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _print_step(name: str, _summary: dict[str, Any]) -> None:
    console.print(f"  {name} done")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date such as 2018-01-01") from error
