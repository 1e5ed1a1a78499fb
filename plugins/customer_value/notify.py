"""Telling a person that a task failed or that a night is late.

The message always goes to the log. ``CUSTOMER_VALUE_NOTIFY_COMMAND`` (for example
``sendmail -t ops@example.org``) names a program that gets it on standard input as well. Secrets
that Airflow knows (connections, sensitive settings) are masked in both.
"""

import asyncio
import os
import shlex
import subprocess
from typing import Any

from airflow.sdk import BaseNotifier, Context
from airflow.sdk.log import mask_logs

COMMAND_TIMEOUT_SECONDS = 60


class Notifier(BaseNotifier):
    """Say what failed, in which run, and what to do; or which run missed its deadline."""

    def notify(self, context: Context) -> None:
        self._deliver(failure_message(context))

    async def async_notify(self, context: Context) -> None:
        run: Any = context["dag_run"]  # here it is the run as the REST API shows it
        if run["run_type"] != "backfill":  # a past night waiting for its turn is not late
            await asyncio.to_thread(self._deliver, lateness_message(context))

    def _deliver(self, message: str) -> None:
        message = str(mask_logs(None, "", {"event": message})["event"])
        self.log.error(message)
        command = shlex.split(os.environ.get("CUSTOMER_VALUE_NOTIFY_COMMAND", ""))
        if command:
            subprocess.run(
                command, input=message, text=True, check=True, timeout=COMMAND_TIMEOUT_SECONDS
            )


def failure_message(context: Context) -> str:
    """Return one line that names task and run, then the error's own words."""
    task = context["ti"]
    label = getattr(task, "rendered_map_index", None)
    place = f"{task.dag_id}.{task.task_id}" + (f" [{label}]" if label else "")
    return f"{place} failed in run {task.run_id} (try {task.try_number}).\n{context['exception']}"


def lateness_message(context: Any) -> str:
    """Return one line that names the run and when it was due."""
    run, deadline = context["dag_run"], context["deadline"]
    return (
        f"{run['dag_id']} is late: run {run['dag_run_id']} (queued {run['queued_at']}) was due by "
        f"{deadline['deadline_time']}. Readers still see the previous version."
    )
