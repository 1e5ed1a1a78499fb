from collections.abc import Sequence
from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.runs import Run


class AuditSourceOperator(WarehouseOperator):
    """Fail the run if what one source system delivered is not believable.

    :param system: the system's name, ``<unit>_<system>`` of ``dags/sources/<unit>.yml``.
    """

    template_fields: Sequence[str] = (*WarehouseOperator.template_fields, "system")
    ui_color = "#e8f4ea"

    def __init__(self, *, system: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.system = system

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import audit_source  # heavy; keep out of DAG parsing

        return audit_source(run, self.system)
