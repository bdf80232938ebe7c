"""Rules that a caller adds to the PuLP problem: read back as rows of the programme, so that they are solved too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from optimiser.model.programme import Matrix, Programme
from optimiser.model.to_pulp import Problem

Extra = Callable[[Any, Mapping[str, Any]], object]
"""Called with the `pulp.LpProblem` and its variables by name (`starts.specialty.north.2026`); adds constraints."""


def with_extra(programme: Programme, problem: Problem, extra: Extra) -> tuple[Programme, tuple[str, ...]]:
    """Let `extra` add rules to the problem: the programme with their rows after its own, and what they are called.

    Raises ValueError where it does anything but add constraints.
    """
    rows = len(programme.matrix.lower)
    before = problem.matrix()
    bounds = [(variable.lowBound, variable.upBound, variable.cat) for variable in problem.variables]
    objective = dict(problem.pulp.objective.items())
    extra(problem.pulp, {variable.name: variable for variable in problem.variables})
    if dict(problem.pulp.objective.items()) != objective:
        raise ValueError("an extra rule changed the objective: write priorities in the option instead")
    if [(variable.lowBound, variable.upBound, variable.cat) for variable in problem.variables] != bounds:
        raise ValueError("an extra rule changed a variable's bounds or kind: add a constraint instead")
    try:
        matrix = problem.matrix()
    except KeyError as error:
        raise ValueError(f"an extra rule uses the new variable {error}: rules may use the problem's own only") from None
    if not _same(before, matrix, rows):
        raise ValueError("an extra rule changed or removed a rule of the option: write it into an option instead")
    added = list(problem.pulp.constraints())[rows:]
    names = tuple(row.name or f"rule {number}" for number, row in enumerate(added, start=1))
    return replace(programme, matrix=matrix), names


def _same(before: Matrix, after: Matrix, rows: int) -> bool:
    """True where the first rows are what they were."""
    if len(after.lower) < rows:
        return False
    end = int(before.start[rows])
    return (
        np.array_equal(before.start, after.start[: rows + 1])
        and np.array_equal(before.column, after.column[:end])
        and np.array_equal(before.value, after.value[:end])
        and np.array_equal(before.lower, after.lower[:rows])
        and np.array_equal(before.upper, after.upper[:rows])
    )
