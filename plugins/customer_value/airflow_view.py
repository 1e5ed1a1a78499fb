"""The page that shows the dashboard to whoever is logged in to Airflow.

Airflow does not ask for a login before a plugin's pages, so the page asks itself: without a valid
token it answers 401 and nothing of the data.
"""

from airflow.api_fastapi.core_api.security import requires_authenticated
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import FileResponse

from customer_value.settings import Settings

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}

view = FastAPI(title="Customers", docs_url=None, redoc_url=None, openapi_url=None)


@view.get("/", dependencies=[Depends(requires_authenticated())])
def show_dashboard() -> FileResponse:
    """Return the dashboard as it was last written."""
    site = Settings.from_environment().site
    if not site.exists():
        raise HTTPException(
            404,
            "There is no dashboard yet: run the DAG refresh_dashboard, or `customer-value site`.",
        )
    return FileResponse(site, media_type="text/html", headers=HEADERS)
