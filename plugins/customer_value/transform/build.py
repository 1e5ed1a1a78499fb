"""Run dbt in a process of its own: it releases the file when it ends, and a crash is its own."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from customer_value import durable
from customer_value.errors import ResourceError, TransformError
from customer_value.warehouse.candidate import Candidate

PR_SET_PDEATHSIG = 1
LINK = "current"
LONGEST_NAME = 100


def build(candidate: Candidate, *select: str, exclude: Sequence[str] = ()) -> dict[str, Any]:
    """Run ``dbt build`` for a selection on the candidate; return counts and seconds by model.

    Raises ``TransformError`` naming each failed model or test with its message.
    """
    settings = candidate.run.settings
    target = settings.build / "dbt"
    target.mkdir(parents=True, exist_ok=True)
    forget_other_code(target, candidate.code)
    results = target / "results.json"
    results.unlink(missing_ok=True)
    command = [
        *(sys.executable, "-m", "customer_value.transform.dbt_process", str(results), "build"),
        *("--project-dir", str(settings.project / "dbt_project")),
        *("--profiles-dir", str(settings.project / "dbt_project")),
        *("--target-path", str(target)),
        *("--log-path", str(settings.home / "logs" / "dbt")),
        *("--exclude-resource-type", "unit_test"),
        *("--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check"),
        *("--select", *select),
        *(("--exclude", *exclude) if exclude else ()),
    ]
    finished = _run(command, candidate, target)
    outcome = durable.read_json(results) if results.exists() else []
    failed = [node for node in outcome if node["status"] in ("error", "fail", "runtime error")]
    if finished.returncode != 0 or not outcome:
        raise _explained(finished, failed, target, settings.home / "logs" / "dbt" / "dbt.log")
    return {
        "models": sum(node["unique_id"].startswith("model.") for node in outcome),
        "tests": sum(node["unique_id"].startswith("test.") for node in outcome),
        "slowest": {
            node["unique_id"].split(".")[-1]: round(node["execution_time"], 2)
            for node in sorted(outcome, key=_seconds, reverse=True)[:5]
        },
    }


def forget_other_code(target: Path, code: str) -> None:
    """Have dbt parse anew when the code is another than the night before.

    It tells by file times what changed, and keeps old ones in its saved parse: when an earlier
    checkout returns, it builds the models of one with the contracts of the other.
    """
    known = target / "code"
    if known.exists() and known.read_text(encoding="utf-8") == code:
        return
    (target / "partial_parse.msgpack").unlink(missing_ok=True)
    durable.write_text(known, code)


def _fixed_place(candidate: Candidate, target: Path) -> Path:
    """Return the candidate's path below ``target``, through a link that is the same every night.

    dbt parses the whole project again when a path in its profile changed, which takes longer than
    building most of it.
    """
    temporary = target / f".{LINK}.{os.getpid()}"
    temporary.symlink_to(candidate.run.build_directory)
    temporary.replace(target / LINK)
    return Path(LINK) / candidate.database.name


def _run(
    command: list[str], candidate: Candidate, target: Path
) -> subprocess.CompletedProcess[str]:
    settings = candidate.run.settings
    environment = os.environ | {
        "CUSTOMER_VALUE_AS_OF_DATE": candidate.run.as_of_date.isoformat(),
        "CUSTOMER_VALUE_CANDIDATE": str(_fixed_place(candidate, target)),
        "CUSTOMER_VALUE_THREADS": str(settings.threads),
        "CUSTOMER_VALUE_MEMORY_LIMIT": settings.memory_limit,
        "DO_NOT_TRACK": "1",
        "TZ": "UTC",
    }
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=target,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=_die_with_parent,
    )
    try:
        output, _ = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return subprocess.CompletedProcess(command, process.returncode, output)


def _die_with_parent() -> None:
    """Have the kernel end dbt when this process dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _explained(
    finished: subprocess.CompletedProcess[str],
    failed: list[dict[str, Any]],
    target: Path,
    log: Path,
) -> Exception:
    lowered = finished.stdout.lower()
    if "out of memory" in lowered or "no space left" in lowered:
        line = next(
            line
            for line in finished.stdout.splitlines()
            if line.lower().find("memory") >= 0 or line.lower().find("no space") >= 0
        )
        return ResourceError(
            f"The build ran out of room: {line.strip()}",
            where=_names(failed) or "dbt",
            fix="Raise CUSTOMER_VALUE_MEMORY_LIMIT, or free disk space below CUSTOMER_VALUE_HOME.",
        )
    if not failed:
        last = "\n".join(finished.stdout.strip().splitlines()[-12:])
        return TransformError(
            f"dbt ended with code {finished.returncode} before building anything:\n{last}",
            where=str(log),
            fix="Correct what dbt names there and run the load again.",
        )
    lines = "\n".join(
        f"- {_name(node)}: {' '.join(str(node['message']).split())[:300]}" for node in failed
    )
    return TransformError(
        f"{len(failed)} of dbt's models or tests failed:\n{lines}",
        where=f"{_names(failed)}; compiled SQL in {target / 'compiled'}",
        fix="Look at the rows the compiled SQL finds, correct the data or the model, load again.",
    )


def _names(failed: list[dict[str, Any]]) -> str:
    return ", ".join(_name(node) for node in failed[:5])


def _name(node: dict[str, Any]) -> str:
    """Return a node's name; dbt names a test after all its arguments, which may fill a screen."""
    name = str(node["unique_id"].split(".")[2])
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _seconds(node: dict[str, Any]) -> float:
    return float(node["execution_time"])
