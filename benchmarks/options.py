"""Many solves against cold ones: budget points, the frontier, and one set of starts for many futures."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ALLIANCE = "west-yorkshire-and-harrogate"
FUTURES = (5, 10, 50)


def rows(england: bool = False) -> list[dict[str, Any]]:
    """Each measurement: what, the figure, what it is measured against, their ratio, and the most it may be.

    A cold solve is the whole `optimiser solve` command. England takes some minutes and is left out unless asked for.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        inputs, option = ROOT / "inputs" / ALLIANCE, ROOT / "constraints" / ALLIANCE / "multi-year-settlement.yaml"
        found = [sweep(inputs, option, "90.5%:140%:0.5%", 10, work), frontier_solves(inputs, option, work)]
        if england:
            national = ROOT / "constraints" / "multi-year-settlement.yaml"
            found.append(sweep(ROOT / "inputs" / "england", national, "95%:119%:1%", 8, work))
        return found + robust_growth(inputs, option, work)


def sweep(inputs: Path, option: Path, values: str, most: float, work: Path) -> dict[str, Any]:
    """A sweep of the training budget, in cold solves."""
    cold = seconds("solve", inputs, option, "--out", work / "cold")
    taken = seconds("sweep", inputs, option, "--vary", f"budgets training={values}", "--out", work / "sweep")
    points = (work / "sweep" / "points.csv").read_text(encoding="utf-8").count("\n") - 1
    return _row(f"{points} budget points, {inputs.name}", taken, cold, "cold solves", most)


def frontier_solves(inputs: Path, option: Path, work: Path) -> dict[str, Any]:
    """The solves of a frontier within 0.1 %, the three for its ends and its basis included, against 100 points."""
    seconds("frontier", inputs, option, "--budget", "training", "--out", work / "frontier")
    solves = (work / "frontier" / "points.csv").read_text(encoding="utf-8").count("\n") - 1 + 3
    return _row(f"frontier within 0.1 %, {inputs.name}", solves, 100, "of the solves of 100 points", 0.25)


def robust_growth(inputs: Path, option: Path, work: Path) -> list[dict[str, Any]]:
    """Time and memory of one programme for n futures: the exponent from the fewest to the most."""
    folder = _with_futures(inputs, max(FUTURES), work)
    measured = [_measured(folder, option, count) for count in FUTURES]
    found = []
    for name in ("seconds", "megabytes"):
        first, last = measured[0][name], measured[-1][name]
        exponent = math.log(last / first) / math.log(FUTURES[-1] / FUTURES[0])
        said = ", ".join(f"{count}: {one[name]:.1f}" for count, one in zip(FUTURES, measured, strict=True))
        found.append({
            "what": f"robust, one set of starts for {FUTURES[-1]} futures, {name} ({said})", "figure": last,
            "against": first, "ratio": exponent, "unit": "exponent of the number of futures", "most": 1.3,
        })  # fmt: skip
    return found


def seconds(command: str, *words: object) -> float:
    """The whole command, in a process of its own."""
    began = perf_counter()
    call = [sys.executable, "-m", "optimiser", command, *map(str, words)]
    subprocess.run(call, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
    return perf_counter() - began


def _row(what: str, figure: float, against: float, unit: str, most: float) -> dict[str, Any]:
    return {"what": what, "figure": figure, "against": against, "ratio": figure / against, "unit": unit, "most": most}


def _with_futures(inputs: Path, count: int, work: Path) -> Path:
    """The inputs with that many scenarios of demand and leavers, evenly spread."""
    folder = work / "futures"
    folder.mkdir()
    for path in inputs.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    lines = ["scenario,table,item,task,year,multiplier"]
    for number in range(count):
        share = number / (count - 1)
        lines.append(f"future{number},demand,,,2035,{0.9 + 0.25 * share:.6f}")
        lines.append(f"future{number},leaver_rate,,,2035,{1.2 - 0.4 * ((number * 7) % count) / count:.6f}")
    (folder / "scenarios.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _measured(inputs: Path, option: Path, count: int) -> dict[str, float]:
    call = [sys.executable, "-m", "benchmarks.options", str(inputs), str(option), str(count)]
    done = subprocess.run(call, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(words: Sequence[str]) -> None:
    """Solve one programme for so many futures in this process, and say its seconds and its peak of memory."""
    import resource

    from optimiser.studies.engine.case import Case, open_case
    from optimiser.studies.robust import decide

    inputs, option, count = Path(words[0]), Path(words[1]), int(words[2])
    opened = open_case(Case(inputs, option))
    futures = [(f"future{number}",) for number in range(count)]
    began = perf_counter()
    decided = decide(opened, futures, [1 / count] * count, 2027, worst_case=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": perf_counter() - began, "megabytes": peak, "solved": decided.starts is not None}))


if __name__ == "__main__":
    main(sys.argv[1:])
