"""Runs solves that do not wait for each other, in as many processes as there are cores."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from typing import Protocol, TypeVar

from optimiser.errors import ProcessDied as ProcessDied

Result = TypeVar("Result")


class Work(Protocol[Result]):
    """Describe something to do in another process: results by their position in the whole."""

    def solve(self) -> list[tuple[int, Result]]:
        """Do the work in this process and return its results."""
        ...

    def died(self) -> list[tuple[int, Result]]:
        """Return the results to report where the process died."""
        ...


def cores(jobs: int) -> int:
    """Return how many processes to use: as many as asked for, or (0) as many as there are cores."""
    return jobs or os.cpu_count() or 1


def in_processes(tasks: Sequence[Work[Result]], jobs: int) -> Iterator[tuple[int, Result]]:
    """Run several tasks at once and yield their results; tasks of a process that dies are tried one by one."""
    left: dict[int, Work[Result]] = dict(enumerate(tasks))
    before = set(active_children())
    try:
        with _pool(min(jobs, len(tasks))) as pool:
            try:
                for number, done in _finished(pool, left):
                    del left[number]
                    yield from done
            except BaseException:
                # Ctrl-C stops at once: nobody waits for solves that would be thrown away. No future is cancelled as
                # well: the pool marks those of dead processes as failed, and on a cancelled one it would fall over.
                for child in set(active_children()) - before:
                    child.terminate()
                raise
    except BrokenProcessPool:
        for task in left.values():
            yield from _alone(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Make processes that leave Ctrl-C to this one, and end with it."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin)


def _begin() -> None:
    """Ignore Ctrl-C in a process that starts, and end it when the one that asked for it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    asked_by = parent_process()
    if asked_by is not None:
        asked_by.join()
        os._exit(1)


@contextmanager
def _deaf() -> Iterator[None]:
    """Make processes started meanwhile ignore Ctrl-C from their first moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _finished(pool: Executor, left: dict[int, Work[Result]]) -> Iterator[tuple[int, list[tuple[int, Result]]]]:
    with _deaf():
        futures: dict[Future[list[tuple[int, Result]]], int] = {
            pool.submit(task.solve): number for number, task in left.items()
        }
    for future in as_completed(futures):
        yield futures[future], future.result()


def _alone(task: Work[Result]) -> list[tuple[int, Result]]:
    """Run one task in a process of its own; if that dies too, its points have failed."""
    try:
        with _pool(1) as pool:
            with _deaf():
                future = pool.submit(task.solve)
            return future.result()
    except BrokenProcessPool:
        return task.died()
