"""Running one thing in a process of its own and reading its time and its peak memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Measured:
    """Repeats of one measurement: wall seconds, peak memory in MB, and what the process said (its last JSON line)."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    failed: str = ""

    @property
    def median(self) -> float:
        """Median of the process's own seconds where it gives them, of the wall's otherwise."""
        return median([said.get("seconds", wall) for said, wall in zip(self.said, self.seconds, strict=True)])

    @property
    def peak(self) -> float:
        """Largest peak memory, MB."""
        return max(self.megabytes)


def run(words: Sequence[str], into: Measured, time_limit: float) -> None:
    """Run a Python command once and add what it took; a failure or a time-out is kept as text."""
    began = perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own modules, no shell
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=time_limit)
    except subprocess.TimeoutExpired:
        _kill_with_children(process)
        process.communicate()
        into.failed = f"> {time_limit:.0f} s"
        return
    wall = perf_counter() - began
    if process.returncode:
        into.failed = (err.strip().splitlines() or [f"exit {process.returncode}"])[-1][:80]
        return
    last = out.strip().splitlines()[-1] if out.strip() else "{}"
    said = json.loads(last) if last.startswith("{") else {}
    into.seconds.append(wall)
    into.said.append(said)
    into.megabytes.append(said.get("megabytes", float("nan")))


def _kill_with_children(process: subprocess.Popen[str]) -> None:
    """PuLP runs CBC in a process of its own, which would go on and slow down every measurement after it."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def peak_megabytes() -> float:
    """Peak memory of this process so far, MB; NaN where the system does not say."""
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(seconds: float, **more: Any) -> None:
    """The one line a measured process ends with."""
    print(json.dumps({"seconds": seconds, "megabytes": peak_megabytes(), "pid": os.getpid(), **more}))
