"""Solves each option under each future once: its results folder, its audit and its point of the comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from optimiser.diagnose.diagnosis import diagnosed
from optimiser.diagnose.elastic import Undecided
from optimiser.diagnose.words import sentences
from optimiser.plan.destination import Study
from optimiser.plan.make import Plan, Request, make_plan
from optimiser.plan.record import as_json
from optimiser.plan.store import write_plan
from optimiser.solving.priorities import NotProved
from optimiser.solving.status import Status
from optimiser.solving.verify import BrokenRow
from optimiser.studies.engine.futures import Future, called, names_of
from optimiser.studies.engine.points import Point, Result, failed, result_from
from optimiser.studies.engine.runner import DIED
from optimiser.text.faults import FaultsFound

if TYPE_CHECKING:
    from optimiser.studies.engine.case import Case


@dataclass(frozen=True)
class Auditor:
    """Hold the audit's functions, handed in because the audit shares no code with what it checks."""

    audit: Callable[[Path], Any]
    """Replays a results folder; what it gives has `passed` and `differences`."""
    content: Callable[[Any], dict[str, Any]]
    """What an audit found, as keys and values."""


@dataclass(frozen=True)
class Solved:
    """Hold the result of one option under one future."""

    result: Result
    seconds: float
    audit: Any = None
    """What the audit found; None without a plan."""
    clash: tuple[str, ...] = ()
    """The entries that cannot hold together, by name, where there is no plan."""
    diagnosis: tuple[str, ...] = ()
    """Why there is no plan and what would give one, in sentences."""


@dataclass(frozen=True)
class PlanTask:
    """Hold one option under one future that is to be solved, written, and audited or diagnosed."""

    number: int
    point: Point
    folder: Path
    command: str
    audit: Callable[[Path], Any]

    def solve(self) -> list[tuple[int, Solved]]:
        """Solve it in this process. Raises CannotWrite."""
        began = perf_counter()
        try:
            solved = self._solved()
        except FaultsFound as error:
            reason = "; ".join(fault.sentence() for fault in error.faults if fault.severity == "error")
            solved = Solved(failed(self.point, reason), 0.0)
        except (NotProved, BrokenRow) as error:
            solved = Solved(failed(self.point, str(error)), 0.0)
        return [(self.number, Solved(**{**vars(solved), "seconds": round(perf_counter() - began, 2)}))]

    def died(self) -> list[tuple[int, Solved]]:
        """Return a failed result where the process that solved it was ended from outside."""
        return [(self.number, Solved(failed(self.point, DIED), 0.0))]

    def again(self, result: Result) -> Solved:
        """Return a task that an earlier run finished: its folder is whole, and only the quick audit is done again."""
        began = perf_counter()
        audit = self.audit(self.folder) if result.solved else None
        return Solved(result, round(perf_counter() - began, 2), audit)

    def _solved(self) -> Solved:
        case, scenarios = self.point.case, self.point.scenarios
        # As `solve` does it, to the last byte: from nothing, and not from another plan's basis.
        plan = make_plan(Request(case.inputs, case.option, scenarios, case.time_limit))
        result = result_from(self.point, plan.programme, plan.outcome)
        if plan.solved:
            plan.write(self.folder, self.command)
            return Solved(result, 0.0, self.audit(self.folder))
        self._write_record(plan)
        if result.status != Status.INFEASIBLE.value:
            return Solved(result, 0.0)
        try:
            found = diagnosed(plan.programme)
        except Undecided as error:
            return Solved(result, 0.0, diagnosis=(f"No reason for it could be proved: {error}.",))
        names = tuple(suspect.name for suspect in found.suspects)
        return Solved(result, 0.0, None, names, tuple(sentences(found, case.inputs, case.option)))

    def _write_record(self, plan: Plan) -> None:
        """Write plan.json alone, without an earlier plan's tables: beside the others they would mislead."""
        made = Study(self.point.case.inputs, (self.point.case.option,)).recorded(self.folder)
        content = {**plan.content(self.command), "made_from": made}
        write_plan(self.folder, lambda written: as_json({**content, **written}), (), {})


def folders_of(constraints: Sequence[Path], futures: Sequence[Future]) -> dict[tuple[Path, Future], str]:
    """Name each option's folder under each future: `plans/<option>` or `plans/<option>-<scenario>`, all different."""
    found: dict[tuple[Path, Future], str] = {}
    for option, name in names_of(constraints).items():
        for future in futures:
            wanted = "-".join([name, *([called(future)] if future else [])]).replace("/", "-").strip("-.")
            free, number = wanted, 2
            while f"plans/{free}".casefold() in {one.casefold() for one in found.values()}:
                free, number = f"{wanted}-{number}", number + 1
            found[option, future] = f"plans/{free}"
    return found


def task_points(cases: Sequence[Case], constraints: Sequence[Path], futures: Sequence[Future]) -> list[Point]:
    """Return the points of the comparison, by option then future, named as `compare` names them."""
    names = names_of(constraints)
    return [
        Point(case, names[case.option], names[case.option] + (f" {called(future)}" if len(futures) > 1 else ""), future)
        for case in cases
        for future in futures
    ]
