"""`python -m benchmarks.check`: how long `optimiser check` takes on England beyond Python's own start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

REPEATS = 7
RUNS = {
    "Python's start": ["-c", "pass"],
    "check of the evidence": ["-m", "optimiser", "check", "inputs/england"],
    "check of evidence and option": ["-m", "optimiser", "check", "inputs/england", "constraints/flat-cash.yaml"],
}


def seconds(words: list[str], cache: str) -> tuple[float, float]:
    """Wall clock and processor seconds of one fresh process, with compiled files as an installed copy has them."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, began = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment)  # noqa: S603
    wall, after = time.perf_counter() - began, os.times()
    used = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return wall, used


def main() -> None:
    """One line each: the median of several runs, taken in turns."""
    with tempfile.TemporaryDirectory() as cache:
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in RUNS}
        for repeat in range(REPEATS + 1):
            for name, words in RUNS.items():
                measured = seconds(words, cache)
                if repeat:  # the first round compiles
                    found[name].append(measured)
    start = [median(times) for times in zip(*found["Python's start"], strict=True)]
    print("| what | seconds | beyond Python's start | of which processor |")
    print("|---|---:|---:|---:|")
    for name, runs in found.items():
        wall, used = (median(times) for times in zip(*runs, strict=True))
        print(f"| {name} | {wall:.2f} | {wall - start[0]:.2f} | {used - start[1]:.2f} |")


if __name__ == "__main__":
    main()
