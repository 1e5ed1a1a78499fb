from collections.abc import Sequence
from typing import Any

from airflow.sdk import BaseOperator, Context

from customer_value.operators.base import expected_failures
from customer_value.settings import Settings


class RollbackWarehouseOperator(BaseOperator):
    """Give readers an earlier version again.

    :param version: the version's number, or empty for the one before the current.
    :param who: who decided it, for the record.
    :param why: the reason, for the record.
    """

    template_fields: Sequence[str] = ("version", "who", "why")

    def __init__(self, *, version: str, who: str, why: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.version = version
        self.who = who
        self.why = why

    def execute(self, context: Context) -> dict[str, Any]:  # noqa: ARG002  (Airflow passes it by name)
        from customer_value.load import rollback  # heavy; keep out of DAG parsing

        with expected_failures():
            moved = rollback(Settings.from_environment(), self.version or None, self.who, self.why)
        self.log.info("Readers went from version %s to %s.", moved["before"], moved["version"])
        return moved
