"""The dashboard inside Airflow: a page of its menu, for whoever is logged in."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

PLACE = "/customer-value"


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request. Only the API server gets one: tasks load plugins too, but no web server."""
    from customer_value.airflow_view import view

    await view(scope, receive, send)


class DashboardPlugin(AirflowPlugin):
    """The menu entry and the page behind it."""

    name = "customer_value_dashboard"
    fastapi_apps = [{"app": pages, "url_prefix": PLACE, "name": "Customers"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012  (Airflow reads plain lists)
        {
            "name": "Customers",
            "href": f"{PLACE}/",
            "destination": "nav",
            "url_route": "customers",
            "nav_top_level": True,
        }
    ]
