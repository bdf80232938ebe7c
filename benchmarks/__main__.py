"""`python -m benchmarks`: one table of ratios, measured side by side in one run."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.generator import NATIONAL, Size, write_case
from benchmarks.measure import Measured, run

REPEATS = 3
ALLIANCE = "west-yorkshire-and-harrogate"
Paths = tuple[str, str]


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


def measure(
    name: str, paths: Paths, folder: Path, rivals: list[str], repeats: int, limit: float
) -> dict[str, Measured]:
    """Every rival on one case, repeats interleaved so that a busy minute falls on all of them."""
    arrays = str(folder / f"{name.replace(' ', '-')}.npz")
    run(["-m", "benchmarks.rivals", "save", *paths, arrays], Measured(), limit)
    found = {rival: Measured() for rival in rivals}
    for repeat in range(repeats):
        for rival in rivals:
            if found[rival].failed:
                continue
            files = {"command": [*paths, str(folder / f"out-{repeat}")], "build": [*paths]}.get(rival, [arrays])
            run(["-m", "benchmarks.rivals", rival, *files], found[rival], limit)
    return found


def table(results: dict[str, dict[str, Measured]]) -> Iterator[str]:
    """One line for each case and rival: median seconds, ratio to the limit (b), peak memory."""
    yield "| case | what | seconds | ÷ limit (b) | peak MB | stages |"
    yield "|---|---|---|---|---|---|"
    for name, found in results.items():
        best = found.get("limit")
        for rival, measured in found.items():
            if measured.failed or not measured.seconds:
                yield f"| {name} | {rival} | {measured.failed} | – | – | |"
                continue
            ratio = f"{measured.median / best.median:.2f}" if best and best.seconds else "–"
            stages = measured.said[0].get("stages", {})
            told = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in stages.items())
            yield f"| {name} | {rival} | {measured.median:.2f} | {ratio} | {measured.peak:,.0f} | {told} |"


def growth(results: dict[str, dict[str, Measured]]) -> Iterator[str]:
    """The exponent with which time and memory of the whole command grow over the number of areas."""
    sizes = [(int(name.split()[0]), found["command"]) for name, found in results.items() if name.endswith("areas")]
    sizes = [(areas, measured) for areas, measured in sizes if measured.seconds]
    if len(sizes) < 2:
        return
    areas = np.log([size for size, _ in sizes])
    for what, values in (("time", [m.median for _, m in sizes]), ("memory", [m.peak for _, m in sizes])):
        yield f"{what} grows as areas^{np.polyfit(areas, np.log(values), 1)[0]:.2f} over {[size for size, _ in sizes]}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--cases", default="one alliance,england,1 areas,2 areas,4 areas,8 areas,16 areas")
    parser.add_argument("--rivals", default="command,limit,default,plain,linopy,build")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for one measurement")
    chosen = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    results = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, paths in cases(folder, chosen.cases.split(",")):
            rivals = ["command"] if name.endswith("areas") else chosen.rivals.split(",")
            results[name] = measure(name, paths, folder, rivals, chosen.repeats, chosen.limit)
    print("\n".join([*table(results), *growth(results)]))


if __name__ == "__main__":
    main()
