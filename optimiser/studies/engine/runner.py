"""Solves points in parallel and returns them in order, so that neither cores nor a resume change a byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from time import perf_counter
from typing import Any

from optimiser.solving.processes import cores, in_processes
from optimiser.studies.engine.case import Case, Opened, open_case
from optimiser.studies.engine.points import Point, Result, failed, point_key, solve_point
from optimiser.studies.engine.resume import WorkFile

Progress = Callable[[int, int], None]
"""Called with the number of finished points and of all."""

DIED = "the process that solved it died"

SHORT = 2.0
"""Seconds of work that are not worth the start of other processes."""


@dataclass
class Runner:
    """Solve points, taking those that an earlier, stopped run finished from the work file."""

    opened: dict[Case, Opened]
    """Every case of the points, read already, so that its faults were told before any solve."""
    jobs: int = 0
    """Processes; 0: as many as there are cores."""
    work: WorkFile | None = None
    progress: Progress = lambda _done, _all: None
    cluster: Callable[[Sequence[Task]], Iterator[tuple[int, Result]]] | None = None
    """Solves tasks elsewhere; without it, on this machine."""

    def run(self, points: Sequence[Point]) -> list[Result]:
        """Return the result of every point, in order."""
        keys = [] if self.work is None else [point_key(point, _files(self.opened[point.case])) for point in points]
        known = [] if self.work is None else [self.work.result(key) for key in keys]
        results: dict[int, Result] = {place: result for place, result in enumerate(known) if result is not None}
        self.progress(len(results), len(points))
        todo = [(place, point) for place, point in enumerate(points) if place not in results]
        try:
            for place, result in self._solved(todo):
                results[place] = result
                if self.work is not None:
                    self.work.keep(keys[place], result)
                self.progress(len(results), len(points))
        finally:
            if self.work is not None:
                self.work.close()
        return [results[place] for place in range(len(points))]

    def _solved(self, todo: list[tuple[int, Point]]) -> Iterator[tuple[int, Result]]:
        """Solve here while it is quick, and the rest in other processes: whole cases, or one case point by point."""
        jobs = min(cores(self.jobs), len(todo))
        cases = [(case, list(group)) for case, group in groupby(todo, key=lambda one: one[1].case)]
        if self.cluster is not None:
            yield from self.cluster(self._tasks(cases))
            return
        began, units = perf_counter(), 0
        whole = len(cases) > 1
        while cases:
            case, group = cases.pop(0)
            opened = self.opened[case]
            opened.start()
            for number, (place, point) in enumerate(group):
                yield place, solve_point(opened, point)
                units += not whole
                left = [(case, group[number + 1 :])] if number + 1 < len(group) else []
                if not whole and jobs > 1 and left and _worth(began, units, len(left[0][1])):
                    yield from in_processes(self._tasks(left), jobs)
                    return
            units += whole
            if jobs > 1 and len(cases) > 1 and _worth(began, units, len(cases)):
                yield from in_processes(self._tasks(cases), jobs)
                return

    def _tasks(self, cases: Sequence[tuple[Case, list[tuple[int, Point]]]]) -> list[Task]:
        """Divide the work for other processes: a lone case point by point with its basis, several as wholes."""
        tasks = []
        for case, group in cases:
            opened = self.opened[case]
            if len(cases) == 1:
                opened.start()
            pieces = [[one] for one in group] if len(cases) == 1 else [group]
            tasks += [Task(case, opened.basis, opened.started, tuple(piece)) for piece in pieces]
        return tasks


@dataclass(frozen=True)
class Task:
    """Hold some points of one case, for another process to solve."""

    case: Case
    basis: tuple[bytes, bytes] | None
    started: bool
    """True where the unchanged option was solved already, with or without a basis."""
    points: tuple[tuple[int, Point], ...]

    def solve(self) -> list[tuple[int, Result]]:
        """Solve the points in this process, which reads the files once and keeps what it read."""
        opened = opened_here(self.case, self.basis, self.started)
        return [(place, solve_point(opened, point)) for place, point in self.points]

    def died(self) -> list[tuple[int, Result]]:
        """Return a failure for every point, because the process that solved them has died."""
        return [(place, failed(point, DIED)) for place, point in self.points]


@lru_cache(maxsize=1)
def opened_here(case: Case, basis: tuple[bytes, bytes] | None, started: bool) -> Opened:
    """Open the case in this process, once."""
    opened = open_case(case)
    if started:
        opened.basis, opened.started = basis, True
    opened.start()
    return opened


def _worth(began: float, done: int, left: int) -> bool:
    return (perf_counter() - began) / done * left > SHORT


def _files(opened: Opened) -> tuple[Any, ...]:
    return (*opened.programme.evidence.files, *opened.policy.files)
