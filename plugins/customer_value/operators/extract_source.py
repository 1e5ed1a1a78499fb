from collections.abc import Sequence
from typing import Any

from customer_value.operators.base import WarehouseOperator
from customer_value.operators.connections import connection_uri
from customer_value.runs import Run


class ExtractSourceOperator(WarehouseOperator):
    """Copy what changed in one source system into the landing zone.

    :param system: the system's name, ``<unit>_<system>`` of ``dags/sources/<unit>.yml``.
    """

    template_fields: Sequence[str] = (*WarehouseOperator.template_fields, "system")
    ui_color = "#e3edf7"

    def __init__(self, *, system: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.system = system

    def step(self, run: Run) -> dict[str, Any]:
        from customer_value.load import extract_source  # heavy; keep out of DAG parsing

        return extract_source(run, self.system, connection_uri)
