"""The dbt command that a build starts, in a process as light as dbt can be made.

Garbage collection while dbt imports and parses, the artefacts that nobody here reads, and seven
thousand events of the level "debug" that it makes and puts into words for its log, cost half of
what dbt spends on itself. ``build`` starts this module and reads the results file: one object with
unique_id, status, message and execution_time (seconds) for each node.
"""

import gc
import json
import sys
from pathlib import Path
from typing import Any


def main(results: Path, command: list[str]) -> int:
    """Run one dbt command; return 0 when all of it succeeded."""
    gc.disable()  # before the import, which is most of it
    from dbt.cli.main import dbtRunner

    _leave_out_details()
    outcome = dbtRunner().invoke([*command, "--no-write-json"])
    if outcome.exception is not None:
        print(outcome.exception)  # noqa: T201 - the parent reads our output, as it reads dbt's
    nodes = [
        {
            "unique_id": node.node.unique_id,
            "status": str(node.status),
            "message": node.message,
            "execution_time": node.execution_time,
        }
        for node in getattr(outcome.result, "results", [])
    ]
    results.write_text(json.dumps(nodes), encoding="utf-8")
    return 0 if outcome.success else 1


def _leave_out_details() -> None:
    """Drop what dbt says at the level "debug" before it is made a message and put into words."""
    from dbt_common.behavior_flags import BehaviorFlagRendered
    from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
    from dbt_common.events.event_manager import EventManager

    tell, look_up = EventManager.fire_event, BaseEvent.__getattr__

    def note(self: DebugLevel, *args: Any, **facts: Any) -> None:
        vars(self)["noted"] = args, facts

    def make_when_asked(self: DebugLevel, key: str) -> Any:  # what it does not hold itself
        if "pb_msg" not in vars(self):
            args, facts = vars(self)["noted"]
            BaseEvent.__init__(self, *args, **facts)
        return look_up(self, key)  # type: ignore[no-untyped-call]

    def tell_unless_debug(
        self: EventManager, e: BaseEvent, level: EventLevel | None = None, **more: Any
    ) -> None:
        if (level or e.level_tag()) != EventLevel.DEBUG:
            tell(self, e, level=level, **more)

    # Who declared a flag, for an event about it: it searches each frame in each module.
    BehaviorFlagRendered._default_source = staticmethod(lambda: "an adapter")  # type: ignore[method-assign]
    DebugLevel.__init__ = note  # type: ignore[assignment, method-assign]
    DebugLevel.__getattr__ = make_when_asked  # type: ignore[assignment, method-assign]
    EventManager.fire_event = tell_unless_debug  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
