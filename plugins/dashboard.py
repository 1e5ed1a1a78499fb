"""The dashboard inside Airflow, for whoever is logged in: a page of the menu, a tab of each run."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

# A view's address has no leading slash, so that it is found below the path of [api] base_url too.
PLACE = "customer-value"


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request. Only the API server gets one: tasks load plugins too, but no web server."""
    from customer_value.airflow_view import view

    await view(scope, receive, send)


class DashboardPlugin(AirflowPlugin):
    """The menu entry, the tab of each run, and the pages behind them."""

    name = "customer_value_dashboard"
    fastapi_apps = [{"app": pages, "url_prefix": f"/{PLACE}", "name": "Customers"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012  (Airflow reads plain lists)
        {
            "name": "Customers",
            "href": f"{PLACE}/",
            "destination": "nav",
            "url_route": "customers",
            "nav_top_level": True,
        },
        {
            "name": "Customers",
            "href": f"{PLACE}/runs/{{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "customers-run",
        },
    ]
