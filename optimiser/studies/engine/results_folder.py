"""Writes the results folder of a command that solves many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from optimiser.model.breaking import BROKEN
from optimiser.plan.destination import Study
from optimiser.plan.frame import Column, Frame
from optimiser.plan.marker import RUN
from optimiser.plan.record import as_json, hashes_of, recorded, relative_paths, versions
from optimiser.plan.store import write_plan
from optimiser.plan.totals import priority_column
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.points import Result


def points_frame(results: Sequence[Result]) -> Frame:
    """Lay out points.csv: a row for each point, with its plan's totals and the value of each priority.

    The totals are those of plan.json. What is broken is before all other priorities.
    """
    names = list(dict.fromkeys(name for result in results for name in result.values))
    names.sort(key=lambda name: name != BROKEN)
    columns: dict[str, Column] = {
        "option": [result.option for result in results],
        "scenario": [result.scenario for result in results],
        "point": [result.point for result in results],
        "status": [result.status for result in results],
        "reason": [result.reason for result in results],
    }
    for total in ("unmet_fte_years", "cost", "cost_discounted"):
        columns[total] = np.array(
            [np.nan if result.totals is None else getattr(result.totals, total) for result in results]
        )
    for name in names:
        columns[priority_column(name)] = np.array([result.values.get(name, np.nan) for result in results])
    return Frame("points", columns)


def tables_frame(results: Sequence[Result]) -> Frame:
    """Lay out tables.csv: every figure of every point's plan."""
    rows = [(result.point, figure) for result in results for figure in result.figures]
    return Frame(
        "tables",
        {
            "point": [point for point, _ in rows],
            "table": [figure.table for _, figure in rows],
            "keys": [figure.keys for _, figure in rows],
            "year": ["" if figure.year is None else figure.year for _, figure in rows],
            "value": [figure.value for _, figure in rows],
        },
    )


def write_run(
    out: Path, command: str, opened: Sequence[Opened], results: Sequence[Result], others: Iterable[Frame] = ()
) -> None:
    """Write every table, copies of the files used, and run.json. Raises CannotWrite."""
    frames = [points_frame(results), tables_frame(results), *others]
    used = _used(opened)
    study = Study(opened[0].case.inputs, tuple(dict.fromkeys(one.case.option for one in opened)))
    found = dict.fromkeys(warning for one in opened for warning in one.faults.warnings)
    record = {
        "command": command, "warnings": recorded(found, used), "versions": versions(), "sha256": hashes_of(used),
        "made_from": study.recorded(out),
    }  # fmt: skip
    write_plan(out, lambda written: as_json({**record, **written}), [(frame, None) for frame in frames], used, RUN)


def _used(opened: Sequence[Opened]) -> dict[str, Path]:
    """Return every input file, and every file of every option, by the name of its copy."""
    inputs = {f"inputs/{path.name}": path for one in opened for path in one.programme.evidence.files}
    files = list(dict.fromkeys(path.resolve() for one in opened for path in one.policy.files))
    return inputs | {f"constraints/{name}": path for path, name in relative_paths(files).items()}
