"""What every task of ours shares: the date it stands for, and what its failure means to Airflow."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from airflow.sdk import (
    BaseOperator,
    Context,
    ExceptionRetryPolicy,
    RetryAction,
    RetryRule,
)
from airflow.sdk.exceptions import AirflowFailException

from customer_value.errors import CustomerValueError
from customer_value.runs import Run
from customer_value.settings import Settings

# Midnight to midnight of a shop in New York ends at 05:00 UTC in winter, and sources want an hour
# or two to finish their day.
NIGHT_HOUR_UTC = 7

# The day that closes every window: the one asked for, or the last one whose night had begun when
# the run was due. Not {{ ds }}: a run started without a logical date has none.
AS_OF_DATE = (
    "{{ params.as_of_date or ((dag_run.data_interval_end or dag_run.run_after)"
    f" - macros.timedelta(hours={NIGHT_HOUR_UTC})) | ds }}}}"
)

# For every DAG of ours. What ends in one of these is a mistake of ours and the next try makes it
# too; anything else unexpected (a killed worker, a timeout) gets the task's usual retries.
MISTAKES: list[type[BaseException] | str] = [
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    NotImplementedError,
    TypeError,
    ValueError,
]
MISTAKES_FAIL_AT_ONCE = ExceptionRetryPolicy(
    [RetryRule(MISTAKES, RetryAction.FAIL, reason="A mistake in the code: no retry can help.")]
)


@contextmanager
def expected_failures() -> Iterator[None]:
    """Let Airflow retry what may pass by itself, and fail at once what needs data or a person.

    Only our own words reach the log: the error beneath may quote a connection with its password.
    """
    try:
        yield
    except CustomerValueError as error:
        if error.kind == "retry":
            raise error from None
        raise AirflowFailException(str(error)) from None


class WarehouseOperator(BaseOperator):
    """One step of the nightly load; a subclass names the step.

    :param as_of_date: the day that closes every window, itself outside, as ``YYYY-MM-DD``.
    """

    template_fields: Sequence[str] = ("as_of_date",)

    def __init__(self, *, as_of_date: str = AS_OF_DATE, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.as_of_date = as_of_date

    def execute(self, context: Context) -> dict[str, Any]:
        """Return the step's ids and counts, which become its XCom."""
        with expected_failures():
            run = self.run_of(context)
            result = self.step(run)
        self.log.info("%s of run %s: %s", self.task_id, run.run_id, json.dumps(result, default=str))
        return result

    def run_of(self, context: Context) -> Run:
        """Return the run this task belongs to: the same after a retry, a clear and a restart."""
        day = dt.date.fromisoformat(self.as_of_date)
        return Run.named(context["dag_run"].run_id, day, Settings.from_environment())

    def step(self, run: Run) -> dict[str, Any]:
        """Call the library once."""
        raise NotImplementedError
