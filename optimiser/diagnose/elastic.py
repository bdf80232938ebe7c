"""The same rows with slack that costs: how far from possible, and what the least help would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimiser.errors import Undecided as Undecided
from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix
from optimiser.solving.highs import Solver
from optimiser.solving.status import Status


@dataclass(frozen=True)
class Help:
    """One new column: what one unit of it adds to the left side of `rows`, at `cost` a unit, up to `most` units."""

    rows: Integers
    coefficient: Floats
    cost: float
    most: float = np.inf


@dataclass(frozen=True)
class Helped:
    """The cheapest help that makes the rows possible."""

    amounts: Floats
    """[help]"""
    duals: Floats
    """[row]: with nothing else to minimise, the rows with a dual are those that cannot hold without help."""
    decisions: Floats
    """[column], without the help."""


def slack_help(matrix: Matrix, rows: Integers, weight: Floats) -> list[Help]:
    """Slack for each of the rows, on the side (or sides) on which it is bounded."""
    made = []
    for row, cost in zip(rows.tolist(), weight.tolist(), strict=True):
        one = np.array([row])
        if np.isfinite(matrix.upper[row]):
            made.append(Help(one, np.array([-1.0]), cost))
        if np.isfinite(matrix.lower[row]):
            made.append(Help(one, np.array([1.0]), cost))
    return made


def cheapest_help(matrix: Matrix, upper: Floats, integer: Flags, helps: Sequence[Help]) -> Helped | None:
    """The least cost at which help makes all rows possible; None where no help does. Raises Undecided."""
    count = len(helps)
    wider = _widened(matrix, helps)
    cost = np.concatenate([np.zeros(matrix.columns), np.array([one.cost for one in helps])])
    most = np.concatenate([upper, np.array([one.most for one in helps])])
    whole = np.concatenate([integer, np.zeros(count, dtype=bool)])
    solver = Solver(wider, most, whole)
    ending = solver.minimise(cost)
    if ending.status is Status.INFEASIBLE:
        return None
    if ending.status is not Status.OPTIMAL:
        raise Undecided(ending.ended.value)
    found = solver.decisions()
    duals = np.zeros(len(matrix.lower)) if solver.whole else solver.row_duals()
    return Helped(np.maximum(found[matrix.columns :], 0.0), duals, found[: matrix.columns])


def possible(matrix: Matrix, upper: Floats, integer: Flags) -> bool:
    """Whether any decision keeps to all rows. Raises Undecided."""
    solver = Solver(matrix, upper, integer)
    ending = solver.minimise(np.zeros(matrix.columns))
    if ending.status is Status.STOPPED:
        raise Undecided(ending.ended.value)
    return ending.status is Status.OPTIMAL


def least(matrix: Matrix, upper: Floats, integer: Flags, coefficient: Floats) -> Floats | None:
    """The decisions with the least sum; None where none keep to all rows. Raises Undecided."""
    solver = Solver(matrix, upper, integer)
    ending = solver.minimise(coefficient)
    if ending.status is Status.STOPPED:
        raise Undecided(ending.ended.value)
    return solver.decisions() if ending.status is Status.OPTIMAL else None


def only_rows(matrix: Matrix, keep: Flags) -> Matrix:
    """The matrix with the other rows taken out."""
    terms = keep[matrix.row]
    sizes = np.diff(matrix.start)[keep]
    return Matrix(
        np.concatenate([[0], np.cumsum(sizes)]), matrix.column[terms], matrix.value[terms],
        matrix.lower[keep], matrix.upper[keep], matrix.columns, matrix.unit,
    )  # fmt: skip


def _widened(matrix: Matrix, helps: Sequence[Help]) -> Matrix:
    """The matrix with a column for each help, terms still row by row."""
    size = [len(one.rows) for one in helps]
    row = np.concatenate([matrix.row, *(one.rows for one in helps)])
    column = np.concatenate([matrix.column, np.repeat(matrix.columns + np.arange(len(helps)), size)])
    value = np.concatenate([matrix.value, *(one.coefficient for one in helps)])
    order = np.argsort(row, kind="stable")
    start = np.searchsorted(row[order], np.arange(len(matrix.lower) + 1))
    return replace(matrix, start=start, column=column[order], value=value[order], columns=matrix.columns + len(helps))
