"""Solves in order of priority: each is minimised without giving up any of those before it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from optimiser.errors import NotProved as NotProved
from optimiser.inputs.evidence import Floats
from optimiser.model.breaking import BROKEN
from optimiser.model.objective import Objective
from optimiser.solving.corner import Corner
from optimiser.solving.highs import GAP, NO_LIMIT, Ending, Solver, Start
from optimiser.solving.no_plan import is_certain
from optimiser.solving.proof import PROVED
from optimiser.solving.solvable import HasMatrix, Solvable
from optimiser.solving.status import Ended, Status
from optimiser.solving.tie_break import MOST_ROWS, weights
from optimiser.solving.verify import BrokenRow, verify

GIVEN_UP = 1e-9
"""The most of an earlier priority's value, relative, that a later one may give up."""
_FACE = 1e-9
"""Scaled duals and reduced costs above this count as non-zero; the answer is checked against GIVEN_UP."""


NEAR_STEPS = 1_000
"""Steps from an earlier basis after which a fresh start is faster: 5 ms each on England, 13 s for a cold start."""
_TIDY_STEPS = 5_000
"""Steps after which tidying up is given up: it takes some dozens, unless it stalls, and no priority depends on it."""


@dataclass(frozen=True)
class Priced:
    """Hold what one priority's value gains as a row's number, [row], or a column's bound, [column], grows by one."""

    rows: Floats
    columns: Floats


@dataclass(frozen=True)
class Answer:
    """Hold a proved optimum: each decision [column] in its own unit, each priority's value and its prices."""

    decisions: Floats
    values: tuple[float, ...]
    prices: tuple[Priced, ...]
    """One for each priority; empty with whole numbers or cohorts, which have no prices."""
    gap: float | None
    priced_at: Floats | None = None
    """The optimum the prices belong to, where the plan has given up some of it."""
    corner: Corner | None = None
    """Where that optimum lies on more bounds than it needs: prices then depend on the way a number moves."""


@dataclass(frozen=True)
class Outcome:
    """Hold how the solve ended, with the answer where there is one."""

    status: Status
    ended: Ended
    answer: Answer | None = None
    bound: float | None = None
    """Where it stopped: the best bound proved for the priority at work, in its own unit, if the solver gave one."""
    proved: tuple[float, ...] = ()
    """Where it stopped: the best values of the priorities before that, which are proved."""
    basis: Any = None
    """Of the first priority, to go on from; None with whole numbers."""


@dataclass
class Session:
    """Keep one programme in the solver, to be solved once and then again with other numbers.

    Every later solve starts from the basis of the first priority of the first solve, so that its answer
    depends on neither the order nor the number of those before it.
    """

    programme: Solvable
    problem: HasMatrix
    options: Mapping[str, Any] = field(default_factory=dict)
    corners: bool = False
    """Whether answers include the corner they lie at: where prices are wanted, and not one slope alone."""
    _solver: Solver = field(init=False)
    _basis: Any = field(init=False, default=None)
    found: Any = field(init=False, default=None)
    """The basis of the first priority of the last solve."""
    _at_hand: Solvable = field(init=False)
    """The programme whose terms the solver holds now: that of the last solve."""

    def __post_init__(self) -> None:
        self._at_hand = self.programme
        self._solver = Solver(self.problem.matrix(), self.programme.upper, self.programme.integer, self.options)

    def solve(self) -> Outcome:
        """Minimise every priority in order. Raises NotProved or BrokenRow where an answer breaks a row or priority."""
        return self._in_order(self.programme, warm=False)

    def again(self, changed: Solvable, near: Any = None) -> Outcome:
        """Solve a programme with the same rows and columns but other numbers, coefficients or priorities.

        `near` is the basis to go on from where a nearer one is known than that of the first solve.
        """
        if self._basis is None and not self._solver.whole:
            self.solve()
        at_hand, self._at_hand = self._at_hand, changed
        same_terms = changed.matrix.has_terms_of(at_hand.matrix)
        same_terms = same_terms and np.array_equal(changed.upper, at_hand.upper)
        self._take(changed, same_terms)
        if self._basis is None:
            return self._in_order(changed, warm=False)
        return self._from(self._basis if near is None else near, changed, same_terms)

    def _take(self, changed: Solvable, same_terms: bool) -> None:
        if same_terms:
            self._solver.renumber(changed.matrix.lower, changed.matrix.upper)
        else:
            self._solver.replace(changed.matrix, changed.upper)

    @property
    def basis(self) -> Any:
        """Return the first solve's basis of the first priority; None before it, with no plan or whole numbers."""
        return self._basis

    def resume(self, basis: Any) -> None:
        """Let later solves start from the basis another session of the same programme found."""
        self._basis = basis

    def solve_from(self, basis: Any, most_steps: int = NO_LIMIT) -> Outcome:
        """Solve from the basis of another session whose programme has the same rows and columns; as `solve`, once.

        After so many steps of the simplex method the optimum is far away, and a cold start is faster.
        """
        return self._from(basis, self.programme, same_terms=True, most_steps=most_steps)

    def _from(self, basis: Any, programme: Solvable, same_terms: bool, most_steps: int = NO_LIMIT) -> Outcome:
        self._solver.use_basis(basis)
        with suppress(NotProved, BrokenRow):
            outcome = self._in_order(programme, warm=True, most_steps=most_steps)
            too_far = most_steps < NO_LIMIT and outcome.ended is Ended.NUMERICS
            if outcome.ended is not Ended.UNDECIDED and not too_far:
                return outcome
        # Rare: a cold start takes another way to the same optimum.
        self._take(programme, same_terms)
        self._solver.forget()
        return self._in_order(programme, warm=False)

    def _in_order(self, programme: Solvable, warm: bool, most_steps: int = NO_LIMIT) -> Outcome:
        solver = self._solver
        began = perf_counter()
        values: list[float] = []
        prices: list[Priced] = []
        gaps: list[float] = []
        units: list[float] = []
        start: Start = "warm" if warm else "cold"
        for number, objective in enumerate(programme.objectives):
            self._leave_seconds(began)
            ending = solver.minimise(objective.coefficient, start, NO_LIMIT if number else most_steps)
            if ending.status is Status.INFEASIBLE and number == 0 and not self._no_plan_is_certain(programme, began):
                ending = Ending(Status.STOPPED, Ended.UNDECIDED)
            if ending.status is not Status.OPTIMAL:
                return _stopped(programme, solver, ending, values)
            if number == 0 and not solver.whole:
                self.found = solver.basis()
                self._basis = self.found if self._basis is None else self._basis
            start = _start_after(objective)
            values.append(objective.value(solver.decisions()))
            units.append(solver.natural(1.0))
            if ending.gap is not None:
                gaps.append(ending.gap)
            if solver.whole:
                _keep_whole(solver, objective.coefficient, values[-1] - objective.constant, units[-1])
            else:
                _check_proved(objective, values[-1], units[-1], solver.possible_gain(objective.coefficient))
                # What the face does not hold has no price: in the end it may have room.
                prices.append(Priced(solver.row_duals(_FACE), solver.reduced_costs(_FACE)))
                solver.stay_on_face(_FACE)
        corner = solver.corner() if self.corners and not solver.whole else None
        if not solver.whole:
            self._tidy(programme, values, units)
        decisions = verify(programme, programme.tidied(solver.decisions()))
        _check_kept(programme, decisions, values, units, GAP if solver.whole else GIVEN_UP)
        final = tuple(objective.value(decisions) for objective in programme.objectives)
        answer = Answer(decisions, final, tuple(prices), max(gaps) if gaps else None, corner=corner)
        return Outcome(Status.OPTIMAL, Ended.PROVED, answer, basis=self.found)

    def _leave_seconds(self, began: float) -> None:
        """Give the next solve what is left of the time limit, which is for all priorities together."""
        if "time_limit" in self.options:
            self._solver.limit_seconds(self._left(began))

    def _left(self, began: float) -> float:
        return max(float(self.options["time_limit"]) - (perf_counter() - began), 0.0)

    def _no_plan_is_certain(self, programme: Solvable, began: float) -> bool:
        left = {"time_limit": self._left(began)} if "time_limit" in self.options else {}
        return is_certain(programme, self._solver, {**self.options, **left})

    def _tidy(self, programme: Solvable, values: list[float], units: list[float]) -> None:
        """Among plans that are equal in every priority, take one that does nothing for nothing, and always the same.

        Only where the solver proves it and no priority loses; the plan at hand is as good otherwise.
        """
        solver = self._solver
        for preferred in (programme.wish, self._tie_break(programme)):
            if not preferred.any():
                continue
            basis = solver.basis()
            proved = solver.minimise(preferred, "on_face", _TIDY_STEPS).status is Status.OPTIMAL
            if not proved or _loss(programme, solver.decisions(), values, units, GIVEN_UP) is not None:
                solver.use_basis(basis)
                solver.minimise(programme.objectives[-1].coefficient, "on_face")
                return
            solver.stay_on_face(_FACE)

    def _tie_break(self, programme: Solvable) -> Floats:
        """Return [column]: what the last choice among equal plans weighs; all 0 where none is made."""
        names = programme.column_names() if len(programme.matrix.lower) <= MOST_ROWS else []
        if not names:
            return np.zeros(programme.matrix.columns)
        unit, scaled = programme.matrix.unit, self._solver.scaling.column
        # By what goes with one FTE, so that another currency or unit of work leads to the same plan.
        return weights(names, np.where(unit > 0, unit, scaled) if len(unit) == len(scaled) else scaled)


def solve(
    programme: Solvable, problem: HasMatrix, options: Mapping[str, Any] | None = None, basis: Any = None
) -> Outcome:
    """Minimise every priority of the problem in order, once; from a basis of the same shape, where one is given.

    Where an answer fails the check, it is looked for once more with the tightest tolerances there are;
    if that fails too, nothing was proved and the outcome says so.
    """
    given = dict(options or {})
    tighter = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    ended = Ended.NUMERICS
    for chosen in (given, given | tighter):
        with suppress(NotProved, BrokenRow):
            session = Session(programme, problem, chosen, corners=True)
            outcome = session.solve() if basis is None else session.solve_from(basis, NEAR_STEPS)
            if outcome.ended is not Ended.UNDECIDED:
                return outcome
            ended = outcome.ended
    return Outcome(Status.STOPPED, ended)


def _start_after(objective: Objective) -> Start:
    """Choose how the next priority starts: from the optimum before it, unless its own lies far from there.

    What is broken touches a few rows; on the face it leaves, almost the whole programme is still to be solved.
    """
    return "far_on_face" if objective.name == BROKEN else "on_face"


def _keep_whole(solver: Solver, coefficient: Floats, value: float, unit: float) -> None:
    decisions = solver.decisions()
    solver.cap(coefficient, value + GAP * abs(value) + 1e-9 * unit)
    solver.start_from(decisions)


def _stopped(programme: Solvable, solver: Solver, ending: Ending, values: list[float]) -> Outcome:
    """Report an infeasible later priority as a failure to prove: it is no fact about the user's option."""
    number = len(values)
    status, ended = ending.status, ending.ended
    if status is Status.INFEASIBLE and number > 0:
        status, ended = Status.STOPPED, Ended.NUMERICS
    bound = None
    if ending.bound is not None and np.isfinite(ending.bound):
        bound = solver.natural(ending.bound) + programme.objectives[number].constant
    return Outcome(status, ended, None, bound, tuple(values))


def _check_proved(objective: Objective, value: float, unit: float, gain: float) -> None:
    if gain > PROVED * max(unit, abs(value)):
        raise NotProved(f"priority {objective.name} might be better than {value:g} by {gain:g}")


def _check_kept(programme: Solvable, decisions: Floats, values: list[float], units: list[float], share: float) -> None:
    lost = _loss(programme, decisions, values, units, share)
    if lost is not None:
        raise NotProved(lost)


def _loss(programme: Solvable, decisions: Floats, values: list[float], units: list[float], share: float) -> str | None:
    """Describe the first priority that gave up more than its share of its value; None where none did."""
    for objective, value, unit in zip(programme.objectives, values, units, strict=True):
        lost = objective.value(decisions) - value
        # Below what goes with one FTE the relative measure would ask for more than the data carry.
        if lost > share * max(unit, abs(value)) * 1.01:
            return f"priority {objective.name} gave up {lost:g} of {value:g}"
    return None
