from typing import Any

from airflow.sdk import BaseOperator, Context

from customer_value.operators.base import expected_failures
from customer_value.settings import Settings


class WriteSiteOperator(BaseOperator):
    """Write the dashboard of the live version, in place of the one before."""

    def execute(self, context: Context) -> dict[str, Any]:  # noqa: ARG002  (Airflow passes it by name)
        """Return the version that the dashboard now shows, and where it is."""
        from customer_value.site.write import write_site  # heavy; keep out of DAG parsing

        with expected_failures():
            written = write_site(Settings.from_environment())
        self.log.info(
            "%s figures of version %s are in %s.",
            written["figures"],
            written["version"],
            written["path"],
        )
        return written
