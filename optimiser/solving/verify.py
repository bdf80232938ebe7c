"""Checks the answer against every row and bound in its own unit, whatever the solver says."""

from __future__ import annotations

import numpy as np

from optimiser.errors import BrokenRow as BrokenRow
from optimiser.inputs.evidence import Floats
from optimiser.solving.scaling import row_sizes, scaling_of
from optimiser.solving.solvable import Solvable

TOLERANCE = 1e-6
"""Largest breach of a row or bound, relative to the size of the row's terms (at least what goes with one FTE)."""

NOISE = 1e-12
"""Less than this share of what goes with one FTE is nothing: a decision that the solver left beside its bound."""


def verify(programme: Solvable, decisions: Floats) -> Floats:
    """Check every row and bound, and return the decisions with rounding noise at their bounds removed.

    A value that lies outside its bound, or off a whole number, by no more than the solver's tolerance is put on it;
    the rows are checked with the values that will be written. Raises BrokenRow.
    """
    cleaned = np.clip(decisions, 0.0, programme.upper)
    whole = programme.integer
    one = scaling_of(programme.matrix, whole).column
    cleaned[cleaned < NOISE * one] = 0.0
    cleaned[whole] = np.round(cleaned[whole])
    moved = np.abs(cleaned - decisions)
    size = np.maximum(one, np.abs(decisions))
    if (moved > TOLERANCE * size * 10).any():
        worst = int(np.argmax(moved / size))
        raise BrokenRow(f"column {worst} is {decisions[worst]!r}, outside its bound by {moved[worst]:g}")
    _check_rows(programme, cleaned)
    return cleaned


def _check_rows(programme: Solvable, decisions: Floats) -> None:
    matrix = programme.matrix
    terms = np.abs(matrix.value * decisions[matrix.column])
    number = np.where(np.isfinite(matrix.lower), matrix.lower, matrix.upper)
    size = np.maximum(row_sizes(matrix), np.abs(number))
    np.maximum.at(size, matrix.row, terms)
    value = matrix.times(decisions)
    breach = np.maximum(matrix.lower - value, value - matrix.upper) / size
    if len(breach) and breach.max() > TOLERANCE:
        worst = int(np.argmax(breach))
        raise BrokenRow(f"row {worst} ({programme.row_name(worst)}) is broken by {breach[worst] * size[worst]:g}")
