"""Run a piece of work in a process of its own and see what it took."""

import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """Median wall and CPU seconds of several runs, and the largest peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: float


def cost_of(
    command: list[str], *, runs: int, environment: Mapping[str, str], limit: int | None = None
) -> Cost:
    """Return what ``command`` costs, children included.

    Raises ``TimeoutError`` for a process that takes more than ``limit`` CPU seconds, which do not
    depend on who else is at work, and ``RuntimeError`` for one that fails.
    """
    walls, cpus, peaks = [], [], []
    for _ in range(runs):
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | environment, stdout=subprocess.DEVNULL
        )
        if limit:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit))
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.monotonic() - started)
        cpus.append(usage.ru_utime + usage.ru_stime)
        code = os.waitstatus_to_exitcode(status)
        if limit and code in (-signal.SIGXCPU, -signal.SIGKILL) and cpus[-1] > limit - 1:
            raise TimeoutError(f"more than {limit} CPU seconds")
        if code != 0:
            raise RuntimeError(f"{' '.join(command)[:80]} failed: {code}")
        peaks.append(usage.ru_maxrss / 1024)
    return Cost(statistics.median(walls), statistics.median(cpus), max(peaks))


def python(code: str, *arguments: str) -> list[str]:
    """Return a command that runs ``code`` with this interpreter."""
    return [sys.executable, "-c", code, *arguments]


def print_table(
    title: str, rows: Mapping[str, Cost], base: str, *, unit: int | None = None
) -> None:
    """Print costs and their ratio to ``base``; with ``unit`` rows a second as well."""
    print(f"\n{title}")
    print(
        f"{'':<44}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'ratio':>8}" + ("    rows/s" if unit else "")
    )
    for name, cost in rows.items():
        speed = f"{unit / cost.wall:>10,.0f}" if unit else ""
        ratio = cost.wall / rows[base].wall
        print(
            f"{name:<44}{cost.wall:>9.2f}{cost.cpu:>9.2f}{cost.peak_mb:>8.0f}{ratio:>8.2f}{speed}"
        )
    print(json.dumps({name: round(cost.wall / rows[base].wall, 3) for name, cost in rows.items()}))
