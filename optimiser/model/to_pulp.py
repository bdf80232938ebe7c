"""Writes the linear programme as a PuLP problem, in the style that PuLP 3 and PuLP 4 both understand."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pulp

from optimiser.inputs.evidence import Floats
from optimiser.model.names import column_names, row_names
from optimiser.model.programme import Matrix, Programme

_from_dict: Any = getattr(pulp.LpAffineExpression, "from_dict", None)
"""PuLP 4 makes an expression of a dictionary; PuLP 3 has no such function."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Switch off the garbage collector, which would search a million objects that all stay, again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True)
class Problem:
    """Hold a PuLP problem and its variables in the order of the columns."""

    pulp: pulp.LpProblem
    variables: list[Any]
    unit: Floats
    """[column]: as in `Matrix`."""

    @uncollected()
    def matrix(self) -> Matrix:
        """Return the rows of the PuLP problem as arrays, in its own order, for the solver."""
        place = {variable.name: column for column, variable in enumerate(self.variables)}
        start, column, value, lower, upper = [0], [], [], [], []
        for row in self.pulp.constraints():
            for variable, coefficient in row.items():
                if coefficient:
                    column.append(place[variable.name])
                    value.append(coefficient)
            start.append(len(column))
            number = -row.constant
            lower.append(-np.inf if row.sense == pulp.LpConstraintLE else number)
            upper.append(np.inf if row.sense == pulp.LpConstraintGE else number)
        integers, floats = np.int64, np.float64
        return Matrix(
            np.array(start, integers), np.array(column, integers), np.array(value, floats),
            np.array(lower, floats), np.array(upper, floats), len(self.variables), self.unit,
        )  # fmt: skip


@uncollected()
def to_pulp(programme: Programme, priority: int = 0) -> Problem:
    """Build the whole problem with readable names, minimising one of its priorities."""
    problem = pulp.LpProblem("workforce", pulp.LpMinimize)
    variables = _variables(programme, problem)
    objective = programme.objectives[priority]
    used = np.flatnonzero(objective.coefficient)
    weights = objective.coefficient[used].tolist()
    terms = zip([variables[j] for j in used.tolist()], weights, strict=True)
    problem.setObjective(_expression(terms) + objective.constant)
    _add_rows(programme, problem, variables)
    return Problem(problem, variables, programme.matrix.unit)


def _expression(terms: Iterable[tuple[Any, float]]) -> Any:
    # Each look at a variable in a dictionary calls Python: PuLP 3 takes the pairs as they are, without one in between.
    return _from_dict(dict(terms)) if _from_dict else pulp.LpAffineExpression(terms)


def _variables(programme: Programme, problem: pulp.LpProblem) -> list[Any]:
    names = column_names(programme.quantities.decisions.columns.blocks, programme.evidence)
    upper = [None if np.isinf(bound) else bound for bound in programme.upper.tolist()]
    kinds = ["Integer" if whole else "Continuous" for whole in programme.integer.tolist()]
    return [problem.add_variable(name, 0, bound, kind) for name, bound, kind in zip(names, upper, kinds, strict=True)]


def _add_rows(programme: Programme, problem: pulp.LpProblem, variables: list[Any]) -> None:
    matrix = programme.matrix
    start, value = matrix.start.tolist(), matrix.value.tolist()
    variable = [variables[j] for j in matrix.column.tolist()]
    lower, upper = matrix.lower.tolist(), matrix.upper.tolist()
    for row, name in enumerate(row_names(programme.blocks)):
        here = slice(start[row], start[row + 1])
        # A row of numbers alone still has to hold; PuLP wants a variable in it.
        left = _expression(zip(variable[here] or variables[:1], value[here] or [0.0], strict=True))
        if lower[row] == upper[row]:
            problem.addConstraint(left == lower[row], name)
        elif np.isinf(lower[row]):
            problem.addConstraint(left <= upper[row], name)
        else:
            problem.addConstraint(left >= lower[row], name)
