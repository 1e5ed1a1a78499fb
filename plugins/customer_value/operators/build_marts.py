from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class BuildMartsOperator(WarehouseOperator):
    """Build the marts in the candidate and seal a copy of them."""

    ui_color = "#fdf3d8"

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import build_marts  # heavy; keep out of DAG parsing

        return build_marts(run)
