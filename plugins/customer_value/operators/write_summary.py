from collections.abc import Sequence
from typing import Any

import yaml
from airflow.sdk import BaseOperator, Context
from airflow.sdk.exceptions import AirflowFailException

from customer_value import durable
from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.operators.base import expected_failures
from customer_value.settings import Settings


class WriteSummaryOperator(BaseOperator):
    """Write what each published run did beside its ledger, for programs and for people.

    The runs are those of the asset events that started this one; started by hand, it is the one
    asked for.

    :param run_id: a run of the warehouse, or empty for those of the asset events.
    """

    template_fields: Sequence[str] = ("run_id",)

    def __init__(self, *, run_id: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run_id = run_id

    def execute(self, context: Context) -> list[str]:
        """Return the ids of the runs whose summaries were written."""
        from customer_value.load import run_summary  # heavy; keep out of DAG parsing

        events = context["triggering_asset_events"].get(WAREHOUSE_PUBLISHED, [])
        published = [str(event.extra["run_id"]) for event in events]
        run_ids = [self.run_id] if self.run_id else published
        if not run_ids:
            raise AirflowFailException(
                "No run to summarise: nothing was published to start this, and run_id is empty.\n"
                "  fix:   Trigger it again with a run_id from `customer-value status`."
            )
        settings = Settings.from_environment()
        for run_id in run_ids:
            with expected_failures():
                summary = run_summary(settings, run_id)
            text = yaml.safe_dump(summary, sort_keys=False, allow_unicode=True)
            durable.write_json(settings.runs / run_id / "summary.json", summary)
            durable.write_text(settings.runs / run_id / "summary.txt", text)
            self.log.info("Summary of %s:\n%s", run_id, text)
        return run_ids
