"""Data Docs: static pages about each audit, readable from a file and without a network.

Great Expectations renders the pages. Its own page frame loads styles and scripts from six other
hosts and its site builder renders every stored result again each night; so the frame here is ours,
each audit has its own folder, and only the index is rewritten.
"""

import html
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from customer_value import durable
from customer_value.audit.report import AuditReport, RelationAudit
from customer_value.errors import AuditError
from customer_value.warehouse.lock import exclusive

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

INDEXED = ("run_id", "label", "passed", "evaluated", "failures", "accepted")
PAGES = Path(__file__).parent / "pages"
# Two months of nights: longer than anybody looks back, and at most 55 MB.
KEEP_RUNS = 60
# Two systems are audited at once; each needs the lock for a fifth of a second.
LOCK_SECONDS = 60


def page_of(store: Path, run_id: str, label: str) -> Path:
    """Return where the page of one audit is."""
    return store / "docs" / run_id / label / "index.html"


def write_pages(
    store: Path,
    report: AuditReport,
    results: Sequence[tuple[RelationAudit, "ExpectationSuiteValidationResult | None"]],
) -> None:
    """Write the pages of one audit, drop those of old runs, and rewrite the index."""
    page = page_of(store, report.run_id, report.label)
    if page.parent.exists():
        shutil.rmtree(page.parent)
    page.parent.mkdir(parents=True)
    view = _view()
    rows = []
    for number, (audit, result) in enumerate(results, start=1):
        name = f"{number:02d}.html"
        if result is not None:
            (page.parent / name).write_text(
                _rendered(view, report, audit, result), encoding="utf-8"
            )
        link = f"<a href='{name}'>{html.escape(audit.relation)}</a>"
        rows.append(
            [
                link if result is not None else html.escape(audit.relation),
                _badge(not audit.failures),
                f"{audit.evaluated} of {audit.expected}",
                "<br>".join(html.escape(str(failure)) for failure in audit.failures)
                + "".join(f"<br>accepted by {html.escape(text)}" for text in audit.accepted),
            ]
        )
    title = f"{report.label}, run {report.run_id}"
    page.write_text(
        _page(
            title,
            "<a href='../../index.html'>All audits</a>",
            _table(("Table", "Result", "Expectations", "What failed"), rows),
        ),
        encoding="utf-8",
    )
    lock = store / ".lock"
    with exclusive(lock, holder=f"audit of {report.label}", wait_seconds=LOCK_SECONDS):
        prune(store)
        write_index(store)


def prune(store: Path, keep: int = KEEP_RUNS) -> list[str]:
    """Remove results and pages of all but the runs audited last; returns the removed run ids."""
    runs = sorted(
        (path for path in (store / "results").glob("*") if path.is_dir()),
        key=lambda path: (path.stat().st_mtime_ns, path.name),
        reverse=True,
    )
    for path in runs[keep:]:
        shutil.rmtree(store / "docs" / path.name, ignore_errors=True)
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in runs[keep:]]


def write_index(store: Path) -> None:
    """Write the page that lists every kept audit, newest run first."""
    rows = []
    for path in sorted((store / "results").glob("*/*.json"), reverse=True):
        record = _kept(path)
        link = f"{record['run_id']}/{record['label']}/index.html"
        rows.append(
            [
                html.escape(record["run_id"]),
                f"<a href='{html.escape(link, quote=True)}'>{html.escape(record['label'])}</a>",
                _badge(record["passed"]),
                str(record["evaluated"]),
                str(len(record["failures"])),
                str(len(record["accepted"])),
            ]
        )
    head = ("Run", "Audit", "Result", "Expectations", "Failed", "Accepted")
    durable.write_text(store / "docs" / "index.html", _page("Audits", "", _table(head, rows)))


def _kept(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = durable.read_json(path)
        return {name: record[name] for name in INDEXED}
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError(
            f"The result of an earlier audit cannot be read: {type(error).__name__}: {error}.",
            where=str(path),
            fix="Remove the file (results are evidence, nothing is built from them); run again.",
        ) from error


@cache
def _view() -> Any:
    """Return what turns documents into pages; it keeps its templates compiled."""
    from great_expectations.render.view.view import DefaultJinjaPageView

    return DefaultJinjaPageView(custom_views_directory=str(PAGES))


def _rendered(
    view: Any,
    report: AuditReport,
    audit: RelationAudit,
    result: "ExpectationSuiteValidationResult",
) -> str:
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

    result.suite_name = audit.relation
    document = ValidationResultsPageRenderer(run_info_at_end=True).render(result)
    overview, *findings = document.sections[:-1]  # the last one says which GX ran, and when
    overview.content_blocks = overview.content_blocks[1:]  # the first links to pages we do not have
    document.sections = [overview, *findings]
    configs = [outcome.expectation_config for outcome in result.results]
    reasons = sorted(
        {
            (str(config.kwargs.get("column", "whole table")), config.type, str(config.notes))
            for config in configs
            if config is not None
        }
    )
    heading = f"{audit.relation}, run {report.run_id}"
    return str(
        view.render(document, template="audit.j2", heading=heading, style=_style(), reasons=reasons)
    )


def _style() -> str:
    return (PAGES / "style.css").read_text(encoding="utf-8")


def _page(title: str, above: str, body: str) -> str:
    escaped = html.escape(title)
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escaped}</title><style>{_style()}</style></head>"
        f"<body><nav>{above}</nav><h1>{escaped}</h1>{body}</body></html>\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    heads = "".join(f"<th>{name}</th>" for name in head)
    lines = "\n".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}\n</tbody></table>"


def _badge(passed: bool) -> str:
    return "<b class='good'>passed</b>" if passed else "<b class='bad'>failed</b>"
