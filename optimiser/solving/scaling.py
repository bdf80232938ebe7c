"""Scales the matrix: £100 million, a million reports and half an FTE are brought near 1 by powers of two.

Powers of two change no digit, so what comes out of the solver is exactly what it found. Every size is measured in what
goes with one FTE (`Matrix.unit`), so the solver sees the same numbers in pounds, rupiah or millions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix


@dataclass(frozen=True)
class Scaling:
    """Hold the factors: scaled value = value × row × column; a scaled decision is the decision ÷ column."""

    row: Floats
    column: Floats

    def matrix(self, matrix: Matrix) -> Floats:
        """Return the scaled coefficients, in the order of the matrix."""
        return np.asarray(matrix.value * self.row[matrix.row] * self.column[matrix.column])


def scaling_of(matrix: Matrix, integer: Flags) -> Scaling:
    """Scale rows by their largest term for what goes with one FTE, then columns by theirs, so that each is near 1.

    Gentler than geometric means, which cost the interior point half as many iterations again (docs/performance.md).
    Whole-number columns keep their own unit.
    """
    row = 1.0 / row_sizes(matrix)
    column = _power(_largest(np.abs(matrix.value) * row[matrix.row], matrix.column, matrix.columns))
    column[integer] = 1.0
    return Scaling(row, column)


def row_sizes(matrix: Matrix) -> Floats:
    """Return [row]: what one FTE, and what goes with it, makes of a row (£, units or FTE), as a power of two.

    Without it a row of one term says nothing of size: that no more than £1m may be carried would make £1 as weighty as
    one FTE, and the solver's tolerance so many pounds that what is carried no longer mattered.
    """
    unit = np.zeros(matrix.columns)
    unit[: len(matrix.unit)] = matrix.unit
    size, rows = np.abs(matrix.value), len(matrix.lower)
    known = _largest(size * unit[matrix.column], matrix.row, rows, 0.0)
    largest = np.where(known > 0, known, _largest(size, matrix.row, rows))
    return 1.0 / _power(largest)


def cost_scale(coefficient: Floats) -> float:
    """Return a power of two that brings the typical cost of a column near 1."""
    used = np.abs(coefficient[coefficient != 0.0])
    return float(np.exp2(-np.round(np.log2(used).mean()))) if len(used) else 1.0


def _largest(size: Floats, place: Integers, length: int, otherwise: float = 1.0) -> Floats:
    found = np.zeros(length)
    np.maximum.at(found, place, size)
    return np.where(found > 0, found, otherwise)


def _power(largest: Floats) -> Floats:
    """Return the power of two nearest to 1 ÷ largest."""
    return np.asarray(np.exp2(-np.round(np.log2(largest))))
