from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class FitLifetimeValueOperator(WarehouseOperator):
    """Fit lifetime value to the candidate's customers, or take up the month's fit."""

    ui_color = "#e6e0f5"

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import fit_lifetime_value  # heavy; keep out of DAG parsing

        return fit_lifetime_value(run)
