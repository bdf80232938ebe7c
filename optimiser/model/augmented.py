"""Adds columns, rows and other priorities to a programme: questions about a plan are asked in this way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.objective import Objective
from optimiser.model.programme import Matrix


@dataclass(frozen=True)
class Extended:
    """Hold columns, rows and priorities by themselves; every lower bound of a column is 0."""

    matrix: Matrix
    upper: Floats
    integer: Flags
    objectives: tuple[Objective, ...]

    @property
    def wish(self) -> Floats:
        """Return 0 for each [column]: nothing is preferred beyond the priorities."""
        return np.zeros(self.matrix.columns)

    def column_names(self) -> list[str]:
        """Return no names: the answer to a question about a plan is a value, so no tie needs breaking."""
        return []

    def tidied(self, decisions: Floats) -> Floats:
        """Return the decisions as they are."""
        return decisions

    def row_name(self, row: int) -> str:
        """Return the name of a row for a message."""
        return f"row {row} of the extended programme"


@dataclass(frozen=True)
class Terms:
    """Hold terms of a matrix, one entry for each: row, column, coefficient."""

    row: Integers
    column: Integers
    value: Floats


def terms_of(matrix: Matrix) -> Terms:
    """Return the terms of a matrix, row by row."""
    return Terms(matrix.row, matrix.column, matrix.value)


def matrix_of(terms: Sequence[Terms], lower: Floats, upper: Floats, columns: int, unit: Floats | None = None) -> Matrix:
    """Build the matrix of all terms, adding up those in one place; `unit` is that of the first columns."""
    row = np.concatenate([one.row for one in terms])
    column = np.concatenate([one.column for one in terms])
    value = np.concatenate([one.value for one in terms])
    place, inverse = np.unique(row * columns + column, return_inverse=True)
    summed = np.bincount(inverse, weights=value, minlength=len(place))
    start = np.searchsorted(place, np.arange(len(lower) + 1) * columns)
    known = np.zeros(0) if unit is None else unit
    return Matrix(start, place % columns, np.asarray(summed, dtype=np.float64), lower, upper, columns, known)


def one_row(coefficient: Floats, row: int) -> Terms:
    """Make a row whose terms are the non-zero coefficients."""
    used = np.flatnonzero(coefficient)
    return Terms(np.full(len(used), row, dtype=np.int64), used, coefficient[used])


def widened(objective: Objective, columns: int) -> Objective:
    """Return the same priority for a programme with more columns, on which it has no cost."""
    more = np.zeros(columns - len(objective.coefficient))
    return Objective(objective.name, np.concatenate([objective.coefficient, more]), objective.constant)


def one_column(name: str, column: int, columns: int) -> Objective:
    """Make the priority that is one column's value."""
    coefficient = np.zeros(columns)
    coefficient[column] = 1.0
    return Objective(name, coefficient, 0.0)
