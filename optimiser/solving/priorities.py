"""Solving in order of priority: each is minimised without giving up any of those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.problem import Problem
from optimiser.model.programme import Programme
from optimiser.solving.highs import GAP, Ending, Solver
from optimiser.solving.status import Ended, Status
from optimiser.solving.verify import verify

GIVEN_UP = 1e-9
"""The most of an earlier priority's value, relative, that a later one may give up."""
_FACE = 1e-9
"""Scaled duals and reduced costs above this count as non-zero; the answer is checked against GIVEN_UP."""


@dataclass(frozen=True)
class Priced:
    """What one priority's value gains as a row's number, or a column's bound, grows by one."""

    rows: Floats
    columns: Floats


@dataclass(frozen=True)
class Answer:
    """A proved optimum: every decision in its own unit, every priority's value, and the prices of each."""

    decisions: Floats
    values: tuple[float, ...]
    prices: tuple[Priced, ...]
    """One for each priority; empty with whole numbers or cohorts, which have no prices."""
    gap: float | None


@dataclass(frozen=True)
class Outcome:
    """How the solve ended, with the answer where there is one."""

    status: Status
    ended: Ended
    answer: Answer | None = None
    bound: float | None = None
    """Where it stopped: the best bound proved for the priority at work, in its own unit, if the solver gave one."""


class NotProved(Exception):
    """The solver's answer did not stand up to a check of every row in its own unit."""


@dataclass
class Session:
    """One programme in the solver, to be solved once and then again with other numbers.

    Every later solve starts from the basis of the first priority of the first solve, so that its answer
    depends on neither the order nor the number of those before it.
    """

    programme: Programme
    problem: Problem
    options: Mapping[str, Any] = field(default_factory=dict)
    _solver: Solver = field(init=False)
    _basis: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._solver = Solver(self.problem.matrix(), self.programme.upper, self.programme.integer, self.options)

    def solve(self) -> Outcome:
        """Minimise every priority in order. Raises NotProved or BrokenRow where an answer breaks a row or priority."""
        return self._in_order(self.programme, warm=False)

    def again(self, changed: Programme) -> Outcome:
        """Solve a programme with the same rows and columns but other numbers, coefficients or priorities."""
        if self._basis is None and not self._solver.whole:
            self.solve()
        same_terms = changed.matrix.value is self.programme.matrix.value
        if same_terms and np.array_equal(changed.upper, self.programme.upper):
            self._solver.renumber(changed.matrix.lower, changed.matrix.upper)
        else:
            self._solver.replace(changed.matrix, changed.upper)
        if self._basis is not None:
            self._solver.use_basis(self._basis)
        return self._in_order(changed, warm=self._basis is not None)

    def _in_order(self, programme: Programme, warm: bool) -> Outcome:
        solver = self._solver
        values: list[float] = []
        prices: list[Priced] = []
        gaps: list[float] = []
        for number, objective in enumerate(programme.objectives):
            ending = solver.minimise(objective.coefficient, "on_face" if number else "warm" if warm else "cold")
            if ending.status is not Status.OPTIMAL:
                return _stopped(programme, solver, ending, number)
            if number == 0 and self._basis is None and not solver.whole:
                self._basis = solver.basis()
            values.append(objective.value(solver.decisions()))
            if ending.gap is not None:
                gaps.append(ending.gap)
            if solver.whole:
                _keep_whole(solver, objective.coefficient, values[-1] - objective.constant)
            else:
                prices.append(Priced(solver.row_duals(), solver.reduced_costs()))
                solver.stay_on_face(_FACE)
        decisions = verify(programme, solver.decisions())
        _check_kept(programme, decisions, values, GAP if solver.whole else GIVEN_UP)
        final = tuple(objective.value(decisions) for objective in programme.objectives)
        answer = Answer(decisions, final, tuple(prices), max(gaps) if gaps else None)
        return Outcome(Status.OPTIMAL, Ended.PROVED, answer)


def solve(programme: Programme, problem: Problem, options: Mapping[str, Any] | None = None) -> Outcome:
    """Minimise every priority of the PuLP problem in order, once."""
    return Session(programme, problem, options or {}).solve()


def _keep_whole(solver: Solver, coefficient: Floats, value: float) -> None:
    decisions = solver.decisions()
    solver.cap(coefficient, value + GAP * abs(value) + 1e-9)
    solver.start_from(decisions)


def _stopped(programme: Programme, solver: Solver, ending: Ending, number: int) -> Outcome:
    """An infeasible later priority is no fact about the user's option but a failure to prove: say so."""
    status, ended = ending.status, ending.ended
    if status is Status.INFEASIBLE and number > 0:
        status, ended = Status.STOPPED, Ended.NUMERICS
    bound = None
    if ending.bound is not None and np.isfinite(ending.bound):
        bound = solver.natural(ending.bound) + programme.objectives[number].constant
    return Outcome(status, ended, None, bound)


def _check_kept(programme: Programme, decisions: Floats, values: list[float], share: float) -> None:
    for objective, value in zip(programme.objectives, values, strict=True):
        lost = objective.value(decisions) - value
        # Below one unit (an FTE-year, £1) the relative measure would ask for more than the data carry.
        if lost > share * max(1.0, abs(value)) * 1.01:
            raise NotProved(f"priority {objective.name} gave up {lost:g} of {value:g}")
