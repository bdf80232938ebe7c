"""Finds how far each route's commissions can move while every priority stays near its best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.plan.frame import Frame
from optimiser.plan.totals import totals
from optimiser.solving.priorities import Answer
from optimiser.solving.processes import Work, cores, in_processes
from optimiser.solving.status import Status
from optimiser.solving.verify import BrokenRow
from optimiser.studies.engine.case import Case, Opened
from optimiser.studies.engine.point_figures import Figure
from optimiser.studies.engine.points import Point, Result, failed
from optimiser.studies.engine.runner import DIED, Progress, opened_here
from optimiser.studies.near_optimal import Ranges
from optimiser.text.wording import fte, table

Sense = str
"""`least` or `most`."""
_MANY = 8
"""Searches from which other processes are worth their start."""


@dataclass(frozen=True)
class Target:
    """Hold one route and one block of years, whose commissions in all areas together are to be moved."""

    route: str
    first: int
    last: int

    @property
    def years(self) -> str:
        """Write the block as `2026-2029`, or as one year."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def coefficient(self, programme: Programme) -> Floats:
        """Return [column]: what one unit of each decision adds to the commissions."""
        evidence, starts = programme.evidence, programme.quantities.starts
        route = evidence.routes.index(self.route)
        year = starts.keys["year"] + evidence.settings.first_year
        mine = (starts.keys["route"] == route) & (year >= self.first) & (year <= self.last)
        chosen = starts.only(mine)
        chosen = chosen.times(1.0 / evidence.fill_rate[route, chosen.keys["year"]])
        columns = len(programme.upper)
        return np.asarray(np.bincount(chosen.column, chosen.coefficient, minlength=columns), dtype=np.float64)


@dataclass(frozen=True)
class Search(Work[Result]):
    """Search some targets for their least and most, in this process or another."""

    case: Case
    basis: tuple[bytes, bytes] | None
    best: tuple[float, ...]
    within: float
    targets: tuple[tuple[int, Target, Sense], ...]

    def solve(self) -> list[tuple[int, Result]]:
        """Find the least or the most of each target."""
        opened = opened_here(self.case, self.basis, True)
        ranges = _ranges(self.case, self.best, self.within, self.basis)
        return [(place, _search(opened, ranges, target, sense)) for place, target, sense in self.targets]

    def died(self) -> list[tuple[int, Result]]:
        """Return a failure for every search, because the process that ran them has died."""
        return [(place, failed(_point(self.case, target, sense), DIED)) for place, target, sense in self.targets]


@lru_cache(maxsize=1)
def _ranges(case: Case, best: tuple[float, ...], within: float, basis: tuple[bytes, bytes] | None) -> Ranges:
    options = {} if case.time_limit is None else {"time_limit": case.time_limit}
    return Ranges(opened_here(case, basis, True).programme, best, within, options)


def targets_of(programme: Programme, block: int) -> list[Target]:
    """Return every route in every block of that many reported years; the last block may be shorter."""
    settings = programme.evidence.settings
    firsts = range(settings.first_year, settings.last_year + 1, block)
    return [
        Target(route, first, min(first + block - 1, settings.last_year))
        for route in programme.evidence.routes
        for first in firsts
    ]


def search_all(
    opened: Opened, answer: Answer, targets: Sequence[Target], within: float, jobs: int, progress: Progress
) -> list[Result]:
    """Return the least and the most of every target, in order."""
    wanted = [(target, sense) for target in targets for sense in ("least", "most")]
    numbered = [(place, target, sense) for place, (target, sense) in enumerate(wanted)]
    size = 2 * max(1, len(targets) // len({target.route for target in targets})) if targets else 1
    tasks = [
        Search(opened.case, opened.basis, answer.values, within, tuple(numbered[at : at + size]))
        for at in range(0, len(numbered), size)
    ]
    found: dict[int, Result] = {}
    for place, result in _in_order(tasks, jobs):
        found[place] = result
        progress(len(found), len(numbered))
    return [found[place] for place in range(len(numbered))]


def _in_order(tasks: list[Search], jobs: int) -> Iterator[tuple[int, Result]]:
    if cores(jobs) == 1 or len(tasks) < _MANY:
        for task in tasks:
            yield from task.solve()
        return
    yield from in_processes(tasks, cores(jobs))


def _search(opened: Opened, ranges: Ranges, target: Target, sense: Sense) -> Result:
    point, programme = _point(opened.case, target, sense), opened.programme
    coefficient = target.coefficient(programme)
    try:
        ending, decisions = ranges.least(coefficient if sense == "least" else -coefficient)
    except BrokenRow as error:
        return failed(point, str(error))
    if decisions is None:
        return Result(point.option, point.scenario, point.name, ending.status.value, ending.ended.value, {}, ())
    values = {objective.name: objective.value(decisions) for objective in programme.objectives}
    keys = f"route={target.route};years={target.years}"
    found = Figure("commissions_in_block", keys, None, float(coefficient @ decisions) + 0.0)
    sums = totals(programme, decisions)
    return Result(point.option, point.scenario, point.name, Status.OPTIMAL.value, "", values, (found,), (), sums)


def _point(case: Case, target: Target, sense: Sense) -> Point:
    return Point(case, case.option.stem, f"{target.route} {target.years} {sense}", case.scenarios)


def alternatives_frame(
    programme: Programme, answer: Answer, targets: Sequence[Target], found: Sequence[Result]
) -> Frame:
    """Lay out alternatives.csv: the least, planned and most commissions of each route and block of years."""
    amounts = [one.figures[0].value if one.figures else float("nan") for one in found]
    best = [float(target.coefficient(programme) @ answer.decisions) + 0.0 for target in targets]
    return Frame(
        "alternatives",
        {
            "route": [target.route for target in targets],
            "years": [target.years for target in targets],
            "least": np.array(amounts[0::2]),
            "best": np.array(best),
            "most": np.array(amounts[1::2]),
        },
    )


def alternatives_lines(frame: Frame, within: float, folder: Path) -> Iterator[str]:
    """Write the ranges as a table for the screen."""
    yield f"Commissions while every priority stays within {100 * within:g} % of its best, one range at a time:"
    columns = frame.columns
    rows = [
        [f"{columns['route'][row]} {columns['years'][row]}"]
        + [_words(columns[name][row]) for name in ("least", "best", "most")]
        for row in range(len(frame))
    ]
    yield from table(["route and years", "least", "best", "most"], rows, indent="")
    yield "Each range is by itself: moving one route uses up what another could have moved."
    yield f"The table is in {folder}: alternatives.csv; what each end does to the priorities: points.csv."


def _words(amount: float) -> str:
    return "not known" if amount != amount else fte(amount)
