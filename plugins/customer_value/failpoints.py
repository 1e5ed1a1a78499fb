"""Named places behind every side effect, where a test can kill the process.

``FAILPOINT=<name>`` in the environment ends the process with SIGKILL the moment it passes that
point; ``FAILPOINT_STOP=<name>`` pauses it there with SIGSTOP. Unset, a point costs one dictionary
look-up. ``FAILPOINTS`` is the whole list: the fault tests are generated from it, and a name
outside it is refused so that the list cannot fall behind.
"""

import os
import signal

FAILPOINTS = (
    "extract.before_copy",
    "extract.data_written",
    "extract.quarantine_written",
    "extract.manifest_written",
    "audit.verdict_written",
    "build.compaction_copied",
    "build.landing_attached",
    "build.history_built",
    "fit.artefact_written",
    "fit.tables_written",
    "build.marts_built",
    "seal.tables_copied",
    "seal.record_written",
    "audit.marts_recorded",
    "publish.started",
    "publish.version_moved",
    "publish.pointer_prepared",
    "publish.pointer_swapped",
    "publish.move_recorded",
    "publish.pruned",
    "publish.people_written",
    "erase.remembered",
    "erase.manifest_written",
    "erase.batches_rewritten",
)


def failpoint(name: str) -> None:
    """Kill or pause this process if the environment names this point."""
    if name not in FAILPOINTS:
        raise LookupError(f"{name!r} is not in FAILPOINTS; add it there so that tests cover it.")
    if os.environ.get("FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAILPOINT_STOP") == name:
        os.kill(os.getpid(), signal.SIGSTOP)
