"""`python -m benchmarks`: one table of ratios, measured side by side in one run."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.generator import NATIONAL, Size, write_case
from benchmarks.measure import Measured, run

REPEATS = 3
SLOW = 60.0
"""Seconds from which a measurement is made twice, or once for the rivals that only show how slow one can be."""
ONCE = ("default", "plain")
PATIENCE = {"national": 240.0}
"""Seconds after which a slow rival (ONCE) is given up on that case; elsewhere as `--limit` says."""
ALLIANCE = "west-yorkshire-and-harrogate"
CASES = "one alliance,england,national,1 areas,2 areas,4 areas,8 areas,16 areas"
RIVALS = {
    "command": "(a) the whole `solve` command, both priorities, every file",
    "limit": "(b) the limit: arrays, one hand-over, best settings, first priority",
    "default": "(c) HiGHS, default settings, first priority",
    "plain": "(d) PuLP and CBC, both priorities",
    "build": "our building and hand-over",
    "linopy": "(e) linopy building and handing over the same terms",
}
Paths = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """One case: its size, and every rival measured on it."""

    size: dict[str, int]
    found: dict[str, Measured]


def cases(folder: Path, wanted: list[str]) -> Iterator[tuple[str, Paths]]:
    """The cases by name, those that are made up written first."""
    shipped = {
        "one alliance": (f"inputs/{ALLIANCE}", f"constraints/{ALLIANCE}/flat-cash.yaml"),
        "england": ("inputs/england", "constraints/flat-cash.yaml"),
    }  # fmt: skip
    for name in wanted:
        if name in shipped:
            yield name, shipped[name]
        else:
            size = NATIONAL if name == "national" else Size(int(name.split()[0]), 13, 15, 9, 18)
            yield name, tuple(map(str, write_case(folder / name.replace(" ", "-"), size)))  # type: ignore[misc]


def measure(name: str, paths: Paths, folder: Path, rivals: list[str], repeats: int, limit: float) -> Case:
    """Every rival on one case, repeats interleaved so that a busy minute falls on all of them."""
    arrays = str(folder / f"{name.replace(' ', '-')}.npz")
    saved = Measured()
    run(["-m", "benchmarks.rivals", "save", *paths, arrays], saved, limit)
    found = {rival: Measured() for rival in rivals}
    for repeat in range(repeats):
        for rival, measured in found.items():
            enough = 1 if rival in ONCE else 2
            if measured.failed or (len(measured.seconds) >= enough and measured.median > SLOW):
                continue
            files = {"command": [*paths, str(folder / f"out-{repeat}")], "build": [*paths]}.get(rival, [arrays])
            patience = min(limit, PATIENCE.get(name, limit)) if rival in ONCE else limit
            print(f"{name}: {rival}, {repeat + 1} of {repeats}", file=sys.stderr, flush=True)
            run(["-m", "benchmarks.rivals", rival, *files], measured, patience)
    return Case({key: saved.said[0][key] for key in ("rows", "columns", "terms")}, found)


def disagreements(results: dict[str, Case]) -> Iterator[str]:
    """Rivals that found another value for the first priority, or built other rows, than the rest: no race then."""
    for name, case in results.items():
        said = {rival: one.said[0] for rival, one in case.found.items() if one.said}
        values = {rival: one["value"] for rival, one in said.items() if "value" in one}
        if values and max(values.values()) - min(values.values()) > 1e-6 * max(1.0, *map(abs, values.values())):
            yield f"{name}: different values {values}"
        for rival, one in said.items():
            built = {key: one.get(key, number) for key, number in case.size.items()}
            if built != case.size:
                yield f"{name}: {rival} built {built}, not {case.size}"


def table(results: dict[str, Case]) -> Iterator[str]:
    """One line for each case and rival: median seconds, ratio to the limit (b), peak memory."""
    yield "| case | what | seconds | ÷ (b) | peak MB | stages |"
    yield "|---|---|---:|---:|---:|---|"
    for name, case in results.items():
        best = case.found.get("limit")
        size = f"{name}: {case.size['rows']:,} rows, {case.size['columns']:,} columns, {case.size['terms']:,} terms"
        for place, (rival, measured) in enumerate(case.found.items()):
            head = f"| {size if place == 0 else ''} | {RIVALS[rival]} |"
            if measured.failed or not measured.seconds:
                yield f"{head} {measured.failed} | | | |"
                continue
            ratio = f"{measured.median / best.median:.2f}" if best and best.seconds else ""
            stages = measured.said[0].get("stages", {})
            told = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in stages.items())
            yield f"{head} {measured.median:.2f} | {ratio} | {measured.peak:,.0f} | {told} |"


def growth(results: dict[str, Case]) -> Iterator[str]:
    """The exponent with which time and memory of the whole command grow over the number of areas."""
    sizes = [(int(name.split()[0]), one.found["command"]) for name, one in results.items() if name.endswith("areas")]
    sizes = [(areas, measured) for areas, measured in sizes if measured.seconds]
    if len(sizes) < 2:
        return
    areas = np.log([size for size, _ in sizes])
    for what, values in (("time", [m.median for _, m in sizes]), ("memory", [m.peak for _, m in sizes])):
        yield f"{what} grows as areas^{np.polyfit(areas, np.log(values), 1)[0]:.2f} over {[size for size, _ in sizes]}"


def machine() -> str:
    """What it was measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "pulp", "numpy", "linopy"))
    memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB" if os.name == "posix" else ""
    return (
        f"{datetime.now(UTC):%d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory}, "
        f"Python {platform.python_version()}, {packages}"
    )


def main() -> int:
    """Measure and print; 1 where rivals did not solve the same problem."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--cases", default=CASES)
    parser.add_argument("--rivals", default=",".join(RIVALS))
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one measurement")
    chosen = parser.parse_args()
    print(machine(), flush=True)
    results = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, paths in cases(folder, chosen.cases.split(",")):
            rivals = ["command"] if name.endswith("areas") else chosen.rivals.split(",")
            results[name] = measure(name, paths, folder, rivals, chosen.repeats, chosen.limit)
    wrong = list(disagreements(results))
    print("\n".join([*table(results), "", *growth(results), *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
