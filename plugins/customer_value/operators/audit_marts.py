from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class AuditMartsOperator(WarehouseOperator):
    """Fail the run if the sealed marts are not believable."""

    ui_color = "#e8f4ea"

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import audit_marts  # heavy; keep out of DAG parsing

        return audit_marts(run)
