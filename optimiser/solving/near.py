"""Finds, among plans (nearly) equal in every priority, the one whose starts differ least from another plan's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import highspy
import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.augmented import Terms, matrix_of, one_row, terms_of, widened
from optimiser.model.breaking import BROKEN
from optimiser.model.objective import Objective
from optimiser.model.programme import Matrix, Programme
from optimiser.solving.priorities import NotProved, Outcome, Session
from optimiser.solving.solvable import Arrays
from optimiser.solving.status import Ended, Status
from optimiser.solving.verify import BrokenRow

NEAR = "near"
_ROUNDING = 1e-9
"""Share by which a priority's cap is exceeded beyond what was asked for, so that the best plan itself fits."""


@dataclass(frozen=True)
class Starts:
    """Hold starts that are to be kept near another plan's."""

    column: Integers
    """Of the programme, one for each start that both plans have."""
    other: Floats
    """The other plan's starts."""

    def difference(self, decisions: Floats) -> float:
        """Return Σ |starts − the other plan's starts|."""
        return float(np.abs(decisions[self.column] - self.other).sum())


@dataclass(frozen=True)
class Nearing:
    """Extend a programme by two columns and a row for each start: starts − more + fewer = the other plan's starts.

    With `caps` each priority named there may be as much as that; the difference is then kept small before the others.
    """

    programme: Programme
    starts: Starts
    caps: Mapping[str, float] | None = None

    @property
    def more(self) -> Integers:
        """Return the columns of starts above the other plan's."""
        return self.programme.matrix.columns + np.arange(len(self.starts.column))

    @property
    def fewer(self) -> Integers:
        """Return the columns of starts below the other plan's."""
        return self.more + len(self.starts.column)

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return self.programme.matrix.columns + 2 * len(self.starts.column)

    @cached_property
    def matrix(self) -> Matrix:
        """Return the programme's rows, then one for each start, then one for each cap."""
        own, first = self.programme.matrix, len(self.programme.matrix.lower)
        row, one = first + np.arange(len(self.starts.column)), np.ones(len(self.starts.column))
        terms = [terms_of(own)]
        terms += [Terms(row, self.starts.column, one), Terms(row, self.more, -one), Terms(row, self.fewer, one)]
        most: list[float] = []
        for objective in self.programme.objectives:
            if self.caps is not None and objective.name in self.caps:
                terms.append(one_row(objective.coefficient, first + len(row) + len(most)))
                most.append(self.caps[objective.name] - objective.constant)
        lower = np.concatenate([own.lower, self.starts.other, np.full(len(most), -np.inf)])
        upper = np.concatenate([own.upper, self.starts.other, np.array(most)])
        unit = own.unit
        if len(unit) == own.columns:
            unit = np.concatenate([unit, np.tile(unit[self.starts.column], 2)])
        return matrix_of(terms, lower, upper, self.columns, unit)

    @cached_property
    def upper(self) -> Floats:
        """Return [column]: upper bound."""
        return np.concatenate([self.programme.upper, np.full(2 * len(self.starts.column), np.inf)])

    @cached_property
    def integer(self) -> Flags:
        """Return [column]: True where only whole numbers are allowed."""
        return np.concatenate([self.programme.integer, np.zeros(2 * len(self.starts.column), dtype=bool)])

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """Put the difference after the priorities or, with caps, before them but after what is broken.

        A priority that weighs nothing, as where nothing can be broken, asks for no solve.
        """
        coefficient = np.zeros(self.columns)
        coefficient[self.more] = coefficient[self.fewer] = 1.0
        near = Objective(NEAR, coefficient, 0.0)
        named = [widened(one, self.columns) for one in self.programme.objectives if one.coefficient.any()]
        firm = [one for one in named if self.caps is None or one.name == BROKEN]
        return (*firm, near, *(one for one in named if one not in firm))

    @property
    def wish(self) -> Floats:
        """Return [column]: as in the programme."""
        return np.concatenate([self.programme.wish, np.zeros(2 * len(self.starts.column))])

    def column_names(self) -> list[str]:
        """Name the programme's columns, and one for each side of each difference."""
        names = self.programme.column_names()
        sides = [f"{side}.{names[column]}" for side in ("more", "fewer") for column in self.starts.column.tolist()]
        return names + sides

    def tidied(self, decisions: Floats) -> Floats:
        """Tidy as the programme does, and count each difference on one side only."""
        tidy = decisions.copy()
        tidy[: self.programme.matrix.columns] = self.programme.tidied(decisions[: self.programme.matrix.columns])
        net = tidy[self.starts.column] - self.starts.other
        tidy[self.more], tidy[self.fewer] = np.maximum(net, 0.0), np.maximum(-net, 0.0)
        return tidy

    def row_name(self, row: int) -> str:
        """Return the name of the identity or limit a row belongs to."""
        if row < len(self.programme.matrix.lower):
            return self.programme.row_name(row)
        return "starts near the other plan's"


def nearest(
    programme: Programme, outcome: Outcome, starts: Starts, within: float, options: Mapping[str, Any] | None = None
) -> Outcome:
    """Find the optimum nearest to the given starts, from one that is proved.

    With `within` every priority may give up that share of its value, except what is broken. The prices stay those of
    the priorities.
    """
    if outcome.answer is None:
        return outcome
    nearing = Nearing(programme, starts, _caps(programme, outcome.answer.values, within) if within else None)
    found = _solved(nearing, outcome, dict(options or {}))
    if found.answer is None:
        # A value that was proved before this stage is no less proved; the plan is not the nearest, so it is none.
        ended = Ended.NUMERICS if found.status is Status.INFEASIBLE else found.ended
        return Outcome(Status.STOPPED, ended, None, None, outcome.answer.values)
    decisions = found.answer.decisions[: programme.matrix.columns]
    gaps = [answer.gap for answer in (outcome.answer, found.answer) if answer.gap is not None]
    answer = replace(
        outcome.answer,
        decisions=decisions,
        values=tuple(objective.value(decisions) for objective in programme.objectives),
        gap=max(gaps) if gaps else None,
        priced_at=outcome.answer.decisions if within else None,
    )
    return replace(outcome, answer=answer)


def _caps(programme: Programme, values: tuple[float, ...], within: float) -> dict[str, float]:
    """Return the most each priority may come to: worse by the share of its value, whatever its sign."""
    return {
        objective.name: value + (within * abs(value) + _ROUNDING * max(1.0, abs(value)))
        for objective, value in zip(programme.objectives, values, strict=True)
        if objective.name != BROKEN
    }


def _solved(nearing: Nearing, outcome: Outcome, options: dict[str, Any]) -> Outcome:
    """Solve the extended programme; an answer that fails the check counts as none."""
    problem = Arrays(nearing.matrix)
    try:
        session = Session(nearing, problem, options)
        if outcome.basis is None or nearing.caps is not None or nearing.integer.any():
            return session.solve()
        return session.solve_from(_longer(outcome.basis, nearing))
    except (NotProved, BrokenRow):
        return Outcome(Status.STOPPED, Ended.NUMERICS)


def _longer(basis: Any, nearing: Nearing) -> Any:
    """Add one side of each difference to the basis of the first priority, which leaves it optimal."""
    status, size = highspy.HighsBasisStatus, len(nearing.starts.column)
    longer = highspy.HighsBasis()
    longer.col_status = [*basis.col_status, *[status.kBasic] * size, *[status.kLower] * size]
    longer.row_status = [*basis.row_status, *[status.kLower] * size]
    longer.valid = True
    return longer
