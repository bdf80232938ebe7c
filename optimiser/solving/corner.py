"""Describes an optimum that lies on more bounds than it needs: what may move there, and what each move costs.

At such a corner a number has one rate when it is eased and another when it is tightened, for every priority, and the
solver's duals need be neither: in the order of priorities they lie between the two, but a later priority's dual may lie
outside both of its own rates where an earlier priority's differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix
from optimiser.solving.scaling import Scaling

_AT_BOUND = 1e-7
"""A decision or level within this of its bound, in scaled units, is at it."""
MOST = 1_000_000
"""Extra bounds × rows up to which a corner is looked at: each takes one solve with the basis (docs/performance.md)."""


@dataclass(frozen=True)
class Corner:
    """Hold an optimal basis whose basic variables in `row` or `column` are at a bound, in natural units.

    `row` and `column`: [condition] the basic row or column, −1 for the other kind. `sign`: [condition] 1 where it must
    not fall, −1 where it must not rise, 0 where it must not move. The rest are entries of a sparse table, what one
    unit more of a variable outside the basis adds to a condition: `by_row` entries for a level, `by_column` for a
    decision. `row_side` and `column_side`: where each row and column is: 1 at its lower bound, −1 at its upper,
    0 where it is basic or cannot move.
    """

    row: Integers
    column: Integers
    sign: Floats
    by_row: Response
    by_column: Response
    row_side: Floats
    column_side: Floats


@dataclass(frozen=True)
class Response:
    """Hold a sparse table, with arrays by entry: what one unit more of `variable` adds to `condition`."""

    condition: Integers
    variable: Integers
    amount: Floats

    def only(self, kept: Flags) -> Response:
        """Keep the entries of some variables; `kept` is by variable."""
        here = kept[self.variable]
        return Response(self.condition[here], self.variable[here], self.amount[here])


def corner(solver: Any, matrix: Matrix, upper: Floats, scaling: Scaling) -> Corner | None:
    """Return the corner at the solver's basis; None where every basic variable has room, or too many have none.

    `solver` is the Highs object at an optimal basis of the scaled matrix; `upper` the columns' own bounds.
    """
    basic = np.asarray(solver.getBasicVariables()[1], dtype=np.int64)
    row, column = np.where(basic < 0, -basic - 1, -1), np.where(basic < 0, -1, basic)
    solution = solver.getSolution()
    rows = _sides(np.asarray(solution.row_value), matrix.lower * scaling.row, matrix.upper * scaling.row)
    columns = _sides(np.asarray(solution.col_value), np.zeros(matrix.columns), upper / scaling.column)
    at_lower = np.where(row >= 0, rows[0][row], columns[0][column])
    at_upper = np.where(row >= 0, rows[1][row], columns[1][column])
    here = np.flatnonzero(at_lower | at_upper)
    # What another file's cap has added behind the matrix has no number of its own.
    if not len(here) or len(here) * len(matrix.lower) > MOST or solver.getNumRow() != len(matrix.lower):
        return None
    inverse = _inverse(solver, here, row, column, scaling)
    row_side, column_side = _side(*rows), _side(*columns)
    row_side[row[row >= 0]] = 0.0
    column_side[column[column >= 0]] = 0.0
    return Corner(
        row[here], column[here], at_lower[here].astype(float) - at_upper[here],
        inverse, _by_column(inverse, matrix, column), row_side, column_side,
    )  # fmt: skip


def _sides(value: Floats, lower: Floats, upper: Floats) -> tuple[Flags, Flags]:
    """Return whether each is at its lower and whether it is at its upper bound."""
    return value - lower <= _AT_BOUND, upper - value <= _AT_BOUND


def _side(at_lower: Flags, at_upper: Flags) -> Floats:
    return at_lower.astype(float) - at_upper


def _inverse(solver: Any, here: Integers, row: Integers, column: Integers, scaling: Scaling) -> Response:
    """Return what a level outside the basis adds to each condition, from those rows of the basis's inverse."""
    condition, variable, amount = [], [], []
    for number, place in enumerate(here.tolist()):
        _, values, count, index = solver.getBasisInverseRowSparse(place)
        used = np.asarray(index[:count], dtype=np.int64)
        # The solver's own variable of a row is minus its level.
        unit = scaling.column[column[place]] if column[place] >= 0 else -1.0 / scaling.row[row[place]]
        condition.append(np.full(len(used), number))
        variable.append(used)
        amount.append(np.asarray(values)[used] * scaling.row[used] * unit)
    return Response(np.concatenate(condition), np.concatenate(variable), np.concatenate(amount))


def _by_column(inverse: Response, matrix: Matrix, column: Integers) -> Response:
    """Return what a column outside the basis adds to each condition, through the rows it is in."""
    length = np.diff(matrix.start)[inverse.variable]
    entry = np.repeat(np.arange(len(length)), length)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(length) - length, length)
    term = matrix.start[inverse.variable][entry] + within
    place, at = np.unique(inverse.condition[entry] * matrix.columns + matrix.column[term], return_inverse=True)
    amount = -np.bincount(at, weights=inverse.amount[entry] * matrix.value[term], minlength=len(place))
    variable = place % matrix.columns
    basic = np.zeros(matrix.columns, dtype=bool)
    basic[column[column >= 0]] = True
    kept = ~basic[variable] & (np.abs(amount) > 1e-12)
    return Response((place // matrix.columns)[kept], variable[kept], np.asarray(amount[kept]))
