"""Varies bounds of one option, or cells of its inputs, and solves every point from the one basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from optimiser.inputs.settings import Settings
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.points import Point, Result
from optimiser.studies.engine.vary_syntax import Axis, combined, read_cells, read_vary, words_of
from optimiser.studies.totals_words import (
    TOTALS,
    meanings,
    priorities_shown,
    priority_cell,
    priority_header,
    total_cells,
)
from optimiser.text.faults import Faults, Place
from optimiser.text.wording import table

_SHOWN = 60


def sweep_points(opened: Opened, varied: Sequence[str], cells: Path | None, as_list: bool) -> list[Point]:
    """Return the points of a sweep in order, the last axis fastest. Raises FaultsFound."""
    faults = Faults()
    axes: list[Axis] = [read_vary(text, opened.policy, faults) for text in varied]
    if cells is not None:
        axes += read_cells(cells, opened.sources, faults)
    if not axes and not faults.errors:
        faults.add("nothing-varied", Place("--vary"), "nothing to vary", "--vary or --cells")
    _refuse_twice(axes, faults)
    changes = [] if faults.errors else combined(axes, as_list, faults)
    option = opened.case.option.stem
    points = [Point(opened.case, option, words_of(change), opened.case.scenarios, change) for change in changes]
    if len({point.name for point in points}) < len(points):
        faults.add("same-point-twice", Place("--vary"), "the same values twice", "every point once")
    faults.stop_if_any()
    return points


def _refuse_twice(axes: Sequence[Axis], faults: Faults) -> None:
    """Refuse two axes of one entry, which would silently multiply or overwrite each other."""
    seen = set()
    for axis in axes:
        if not axis:
            continue
        subject = axis[0].words.rpartition("=")[0]
        if subject in seen:
            faults.add("varied-twice", Place("--vary"), f"{subject} twice", "every entry and cell once")
        seen.add(subject)


def sweep_lines(results: Sequence[Result], settings: Settings, folder: Path) -> Iterator[str]:
    """Write one line for each point, and where the rest is."""
    names = priorities_shown(results)
    rows = [
        [result.point, result.status, *total_cells(result, settings),
         *(priority_cell(name, result, settings) for name in names)]
        for result in results[:_SHOWN]
    ]  # fmt: skip
    yield from table(["point", "status", *TOTALS, *map(priority_header, names)], rows, indent="")
    if len(results) > _SHOWN:
        yield f"… and {len(results) - _SHOWN} more"
    for result in [one for one in results if one.broken][:5]:
        yield f"{result.point} breaks {'; '.join(result.broken)}."
    failures = [result for result in results if not result.solved]
    for result in failures[:5]:
        yield f"{result.point}: {result.reason}"
    yield from meanings(names)
    yield f"{len(results)} points, {len(failures)} without a plan. They are in {folder}: points.csv and tables.csv."
