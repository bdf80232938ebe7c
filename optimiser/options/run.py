"""Points solved in parallel and told in order: neither cores nor a stop and a resume change a byte."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from multiprocessing import active_children, get_context
from time import perf_counter
from typing import Any, Protocol

from optimiser.options.case import Case, Opened, open_case
from optimiser.options.points import Point, Result, failed, point_key, solve_point
from optimiser.options.workfile import WorkFile

Progress = Callable[[int, int], None]
"""Called with the number of finished points and of all."""

DIED = "the process that solved it died"

SHORT = 2.0
"""Seconds of work that are not worth the start of other processes."""


@dataclass
class Runner:
    """Solves points: those finished in an earlier, stopped run are taken from the work file."""

    opened: dict[Case, Opened]
    """Every case of the points, read already, so that its faults were told before any solve."""
    jobs: int = 0
    """Processes; 0: as many as there are cores."""
    work: WorkFile | None = None
    progress: Progress = lambda _done, _all: None
    cluster: Callable[[Sequence[Task]], Iterator[tuple[int, Result]]] | None = None
    """Solves tasks elsewhere; without it, on this machine."""

    def run(self, points: Sequence[Point]) -> list[Result]:
        """The result of every point, in order."""
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
        """Here while it is quick; the rest in other processes, whole cases or, of one case, point by point."""
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
        """Work for others: a lone case point by point, with its basis; several cases each as a whole."""
        tasks = []
        for case, group in cases:
            opened = self.opened[case]
            if len(cases) == 1:
                opened.start()
            pieces = [[one] for one in group] if len(cases) == 1 else [group]
            tasks += [Task(case, opened.basis, opened.started, tuple(piece)) for piece in pieces]
        return tasks


class Work(Protocol):
    """Something to do in another process: results by their place in the whole."""

    def solve(self) -> list[tuple[int, Result]]:
        """Do it, in this process."""
        ...

    def died(self) -> list[tuple[int, Result]]:
        """The results where the process that did it died."""
        ...


@dataclass(frozen=True)
class Task:
    """Some points of one case, for another process."""

    case: Case
    basis: tuple[bytes, bytes] | None
    started: bool
    """True where the unchanged option was solved already, with or without a basis."""
    points: tuple[tuple[int, Point], ...]

    def solve(self) -> list[tuple[int, Result]]:
        """In this process, which reads the files once and keeps what it read."""
        opened = opened_here(self.case, self.basis, self.started)
        return [(place, solve_point(opened, point)) for place, point in self.points]

    def died(self) -> list[tuple[int, Result]]:
        """Every point of it failed."""
        return [(place, failed(point, DIED)) for place, point in self.points]


@lru_cache(maxsize=1)
def opened_here(case: Case, basis: tuple[bytes, bytes] | None, started: bool) -> Opened:
    """The case in this process."""
    opened = open_case(case)
    if started:
        opened.basis, opened.started = basis, True
    opened.start()
    return opened


def cores(jobs: int) -> int:
    """How many processes to use: as many as asked for, or (0) as many as there are cores."""
    return jobs or os.cpu_count() or 1


def _worth(began: float, done: int, left: int) -> bool:
    return (perf_counter() - began) / done * left > SHORT


def _files(opened: Opened) -> tuple[Any, ...]:
    return (*opened.programme.evidence.files, *opened.policy.files)


def in_processes(tasks: Sequence[Work], jobs: int) -> Iterator[tuple[int, Result]]:
    """Several tasks at once. A process that dies takes its tasks with it: those are tried again one by one."""
    left: dict[int, Work] = dict(enumerate(tasks))
    before = set(active_children())
    try:
        with _pool(min(jobs, len(tasks))) as pool:
            try:
                for number, done in _finished(pool, left):
                    del left[number]
                    yield from done
            except BaseException:
                # Ctrl-C stops at once: nobody waits for solves that would be thrown away.
                for child in set(active_children()) - before:
                    child.terminate()
                raise
    except BrokenProcessPool:
        for task in left.values():
            yield from _alone(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to this one."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C from their first moment, before they could be told to."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _finished(pool: Executor, left: dict[int, Work]) -> Iterator[tuple[int, list[tuple[int, Result]]]]:
    with _deaf():
        futures: dict[Future[list[tuple[int, Result]]], int] = {
            pool.submit(task.solve): number for number, task in left.items()
        }
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        for future in futures:
            future.cancel()


def _alone(task: Work) -> list[tuple[int, Result]]:
    """One task in a process of its own; if that dies too, its points have failed."""
    try:
        with _pool(1) as pool:
            with _deaf():
                future = pool.submit(task.solve)
            return future.result()
    except BrokenProcessPool:
        return task.died()
