from typing import Any

from airflow.sdk import Context

from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class PublishWarehouseOperator(WarehouseOperator):
    """Make the audited marts the version that readers see, and tell whoever waits for it."""

    ui_color = "#dcd6f2"

    def execute(self, context: Context) -> dict[str, Any]:
        """Publish, and put into the asset's event what its readers need to find the version."""
        result = super().execute(context)
        facts = {name: result[name] for name in ("version", "live", "as_of_date")}
        facts["run_id"] = self.run_of(context).run_id
        context["outlet_events"][WAREHOUSE_PUBLISHED].extra.update(facts)
        return result

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import publish_warehouse  # heavy; keep out of DAG parsing

        return publish_warehouse(run)
