"""Holds and solves a point: one option under one future, with some numbers changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from optimiser.model.programme import Programme
from optimiser.plan.broken import broken_rows, broken_sentences
from optimiser.plan.record import versions
from optimiser.plan.totals import Totals, totals
from optimiser.solving.priorities import NotProved, Outcome
from optimiser.solving.status import Status
from optimiser.solving.verify import BrokenRow
from optimiser.studies.engine.case import Case, Opened
from optimiser.studies.engine.changed_cells import NoSuchCell
from optimiser.studies.engine.point_changes import Change
from optimiser.studies.engine.point_figures import Figure, figures
from optimiser.text.faults import FaultsFound

NO_PLAN = "no plan satisfies its constraints"
FAILED = "failed"
"""The status of a point that could not be solved at all, beside the solver's optimal, infeasible and stopped."""


@dataclass(frozen=True)
class Point:
    """Hold what is to be solved: a case, this point's scenarios and its changes. `name` is unique within a run."""

    case: Case
    option: str
    name: str
    scenarios: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def scenario(self) -> str:
        """Join the scenarios as result tables show them; empty for the evidence without a scenario."""
        return "+".join(self.scenarios)


@dataclass(frozen=True)
class Result:
    """Hold how a point ended: its status, and the plan's figures or the reason why there is no plan."""

    option: str
    scenario: str
    point: str
    status: str
    reason: str
    values: dict[str, float]
    """Of each priority, by name, in order."""
    figures: tuple[Figure, ...]
    broken: tuple[str, ...] = ()
    """What the plan breaks, in words."""
    totals: Totals | None = None
    """What the plan leaves unmet and costs, as `solve` has it; None without a plan."""

    @property
    def solved(self) -> bool:
        """Return whether the optimum was proved."""
        return self.status == Status.OPTIMAL.value

    def as_json(self) -> str:
        """Write the result as one line that `result_of` reads back to the same numbers."""
        said = [self.option, self.scenario, self.point, self.status, self.reason, list(self.values.items())]
        rows = [[figure.table, figure.keys, figure.year, figure.value] for figure in self.figures]
        sums = None if self.totals is None else self.totals.as_columns()
        return json.dumps([*said, rows, list(self.broken), sums], ensure_ascii=False)


def result_of(text: str) -> Result:
    """Read a result back from its line. Raises ValueError where the line is broken."""
    content: list[Any] = json.loads(text)
    option, scenario, point, status, reason, values, rows, broken, sums = content
    figures_ = tuple(Figure(*row) for row in rows)
    found = None if sums is None else Totals(**sums)
    return Result(option, scenario, point, status, reason, dict(values), figures_, tuple(broken), found)


def solve_point(opened: Opened, point: Point) -> Result:
    """Solve one point; whatever goes wrong is its reason and stops nothing else."""
    try:
        programme, outcome = opened.solve_or_break(opened.changed(point.scenarios, point.changes))
    except FaultsFound as error:
        return failed(point, "; ".join(fault.sentence() for fault in error.faults if fault.severity == "error"))
    except (NoSuchCell, NotProved, BrokenRow) as error:
        return failed(point, str(error))
    return result_from(point, programme, outcome)


def result_from(point: Point, programme: Programme, outcome: Outcome) -> Result:
    """Make a point's result from how its solve ended."""
    if outcome.answer is None:
        return Result(point.option, point.scenario, point.name, outcome.status.value, reason_of(outcome), {}, ())
    names = [objective.name for objective in programme.objectives]
    values = dict(zip(names, outcome.answer.values, strict=True))
    found, sums = tuple(figures(programme, outcome.answer)), totals(programme, outcome.answer.decisions)
    broken = broken_sentences(broken_rows(programme, outcome.answer.decisions), programme.evidence.settings)
    status = outcome.status.value
    return Result(point.option, point.scenario, point.name, status, "", values, found, tuple(broken), sums)


def failed(point: Point, reason: str) -> Result:
    """Return the result of a point that could not be solved, and why."""
    return Result(point.option, point.scenario, point.name, FAILED, " ".join(reason.split()), {}, ())


def reason_of(outcome: Outcome) -> str:
    """Say why there is no plan."""
    return NO_PLAN if outcome.status is Status.INFEASIBLE else outcome.ended.value


def point_key(point: Point, files: Iterable[Path]) -> str:
    """Hash all that a point's result depends on: versions, every file's bytes and the point itself."""
    content = [_versions(), *(_digest(path, path.stat().st_mtime_ns) for path in files)]
    said = (point.case.scenarios, point.case.time_limit, point.option, point.name, point.scenarios, point.changes)
    return hashlib.sha256("\n".join([*content, repr(said)]).encode()).hexdigest()


@lru_cache(maxsize=1)
def _versions() -> str:
    return json.dumps(versions(), sort_keys=True)


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
