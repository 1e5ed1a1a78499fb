"""The pages that show dashboard, runs and audits to whoever is logged in to Airflow.

Airflow does not ask for a login before a plugin's pages, so the pages ask themselves: without a
valid token they answer 401 and nothing of the data.
"""

from pathlib import Path
from typing import Annotated

from airflow.api_fastapi.core_api.security import requires_authenticated
from fastapi import Depends, FastAPI, HTTPException
from fastapi import Path as InAddress
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from customer_value.runs import runs_named
from customer_value.settings import Settings

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}
# Of what has no scripts, the browser runs none.
PLAIN = HEADERS | {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
}
# The whole address, so that nothing but pages of audits can be asked for.
AUDIT_PAGE = r"^(\d{4}-\d{2}-\d{2}-[0-9a-z]{8}/[a-z0-9_]+/)?(index|\d+)\.html$"

view = FastAPI(
    title="Customers",
    dependencies=[Depends(requires_authenticated())],
    docs_url=None,
    redoc_url=None,
    openapi_url=None,
)
templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


@view.get("/")
def show_dashboard() -> FileResponse:
    """Return the dashboard as it was last written."""
    site = Settings.from_environment().site
    if not site.exists():
        raise HTTPException(
            404,
            "There is no dashboard yet: run the DAG refresh_dashboard, or `customer-value site`.",
        )
    return FileResponse(site, media_type="text/html", headers=HEADERS)


@view.get("/runs/{dag_id}/{run_id}")
def show_run(dag_id: str, run_id: str) -> HTMLResponse:
    """Return what the ledger knows of one run of a DAG, with the ways on from there."""
    settings = Settings.from_environment()
    pages = settings.audits / "docs"
    runs = [
        {
            "id": run.run_id,
            "as_of_date": run.as_of_date,
            "steps": run.steps(),
            "audits": sorted(
                page.parent.name for page in (pages / run.run_id).glob("*/index.html")
            ),
        }
        for run in runs_named(run_id, settings)
    ]
    page = templates.get_template("airflow_run.html.j2")
    return HTMLResponse(page.render(dag_id=dag_id, name=run_id, runs=runs), headers=PLAIN)


@view.get("/audits/{page:path}")
def show_audit(page: Annotated[str, InAddress(pattern=AUDIT_PAGE)]) -> FileResponse:
    """Return one page of the Data Docs."""
    path = Settings.from_environment().audits / "docs" / page
    if not path.exists():
        raise HTTPException(404, "There is no such audit, or it is older than those kept.")
    return FileResponse(path, media_type="text/html", headers=PLAIN)
