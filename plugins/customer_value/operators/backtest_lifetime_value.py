import json
from typing import Any

from airflow.sdk import BaseOperator, Context

from customer_value.operators.base import expected_failures
from customer_value.settings import Settings


class BacktestLifetimeValueOperator(BaseOperator):
    """Hold the models of past quarters against what came; fail when the latest left its band."""

    ui_color = "#e6e0f5"

    def execute(self, context: Context) -> dict[str, Any]:
        """Return each unit's reviews, which become the XCom."""
        from customer_value.load import backtest_lifetime_value  # heavy; keep out of DAG parsing

        with expected_failures():
            result = backtest_lifetime_value(Settings.from_environment(), context["dag_run"].run_id)
        for review in result["reviews"]:
            self.log.info("%s", json.dumps(review))
        return result
