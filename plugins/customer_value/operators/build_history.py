from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class BuildHistoryOperator(WarehouseOperator):
    """Build staging and intermediate models in this run's private candidate."""

    ui_color = "#fdf3d8"

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import build_history  # heavy; keep out of DAG parsing

        return build_history(run)
