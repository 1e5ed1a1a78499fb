"""The dbt that a build starts says at the level "info" and above what dbt says."""

import subprocess

from tests import warm

TOLD = """
from customer_value.transform.dbt_process import _leave_out_details
_leave_out_details()
from dbt_common.events.base_types import EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.types import Note, SystemExecutingCmd

said = []
manager = EventManager()
manager.callbacks.append(lambda message: said.append(f"{message.info.level}: {message.info.msg}"))
silent, raised = (SystemExecutingCmd(cmd=[word]) for word in ("silent", "raised"))
manager.fire_event(silent)
manager.fire_event(raised, level=EventLevel.WARN)
manager.fire_event(Note(msg="loud"), level=EventLevel.INFO)
print(said, "pb_msg" in vars(silent))
"""


def test_a_debug_event_is_made_only_if_it_is_told_at_another_level() -> None:
    finished = subprocess.run(
        [warm.python(), "-c", TOLD], capture_output=True, text=True, check=False
    )

    said = ['warn: Executing "raised"', "info: loud"]
    assert finished.stdout == f"{said} False\n", finished.stderr
