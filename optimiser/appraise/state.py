"""Holds an appraisal at work: what was asked, what was opened, and the results so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from optimiser.appraise.plans import Auditor, PlanTask, Solved
from optimiser.appraise.progress import Progress
from optimiser.appraise.summary import Summary
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.futures import Future, names_of
from optimiser.studies.engine.points import Point
from optimiser.studies.engine.resume import WorkFile


@dataclass(frozen=True)
class Ask:
    """Hold what is to be appraised."""

    inputs: Path
    options: tuple[Path, ...]
    """Each once; the first is what the others are measured against."""
    futures: tuple[Future, ...]
    """The first is the base: what is looked at in detail is looked at under it."""
    recommend: Path | None
    """The option that the authors recommend; None recommends none."""
    jobs: int
    time_limit: float | None
    command: str

    def name(self, option: Path) -> str:
        """Return what an option is called in tables."""
        return names_of(self.options)[option]


@dataclass
class Appraisal:
    """Hold what the steps hand on to each other."""

    ask: Ask
    opened: tuple[Opened, ...]
    """Every option under the base future."""
    folder: Path
    summary: Summary
    work: WorkFile
    auditor: Auditor
    folders: dict[tuple[Path, Future], str]
    """Where each plan goes, below the folder."""
    tasks: tuple[PlanTask, ...] = ()
    solved: tuple[Solved, ...] = ()
    """By option, then future, as the tasks are."""

    @property
    def progress(self) -> Progress:
        """Return the progress that the steps report to."""
        return self.summary.progress

    def folder_of(self, point: Point) -> str:
        """Return where the plan of a point goes, below the folder."""
        return self.folders[point.case.option, point.scenarios]

    def of(self, option: Path, future: Future) -> Solved:
        """Return the result of one option under one future."""
        return self.solved[self.ask.options.index(option) * len(self.ask.futures) + self.ask.futures.index(future)]

    @property
    def in_detail(self) -> Opened | None:
        """Return the option to explain, sweep and try: the recommended one, else the last named that has a plan."""
        base = self.ask.futures[0]
        found = [one for one in self.opened if self.of(one.case.option, base).result.solved]
        named = [one for one in found if one.case.option == self.ask.recommend]
        return next(iter([*named, *found[-1:]]), None)

    @property
    def plan_in_detail(self) -> Path | None:
        """Return the results folder of that option under the base future."""
        one = self.in_detail
        return None if one is None else self.folder / self.folders[one.case.option, self.ask.futures[0]]


def key_of(*words: object) -> str:
    """Return the SHA-256 of what a step was made from."""
    return hashlib.sha256("\n".join(map(str, words)).encode()).hexdigest()
