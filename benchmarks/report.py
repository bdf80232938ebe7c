"""`python -m benchmarks.report RESULTS…`: how long a report of solved plans takes, as page, workbook and paper.

The plans are solved beforehand; four options of England are the case the target speaks of (under 10 s for the page).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

FORMS = (".html", ".xlsx", ".docx")


def seconds(folders: list[str], out: Path) -> tuple[float, float]:
    """Wall clock and processor seconds of one fresh process."""
    before, began = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "optimiser", "report", *folders, "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    wall, after = time.perf_counter() - began, os.times()
    used = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return wall, used


def main() -> None:
    """One line for each form: the medians of several runs, taken in turns, and the size of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="+")
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        found: dict[str, list[tuple[float, float]]] = {form: [] for form in FORMS}
        for _ in range(given.repeats):
            for form in FORMS:
                found[form].append(seconds(given.results, Path(work) / f"report{form}"))
        print("| form | seconds | processor seconds | MB |\n|---|---|---|---|")
        for form, times in found.items():
            wall, used = (median(column) for column in zip(*times, strict=True))
            size = (Path(work) / f"report{form}").stat().st_size / 1e6
            print(f"| {form} | {wall:.1f} | {used:.1f} | {size:.2f} |")


if __name__ == "__main__":
    main()
