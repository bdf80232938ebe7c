"""Scaling: £100 million, a million reports and half an FTE in one matrix, brought near 1 by powers of two.

Powers of two change no digit, so what comes out of the solver is exactly what it found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix


@dataclass(frozen=True)
class Scaling:
    """scaled value = value × row × column; a scaled decision is the decision ÷ column."""

    row: Floats
    column: Floats

    def matrix(self, matrix: Matrix) -> Floats:
        """The scaled coefficients, in the order of the matrix."""
        return np.asarray(matrix.value * self.row[matrix.row] * self.column[matrix.column])


def scaling_of(matrix: Matrix, integer: Flags) -> Scaling:
    """Rows by their largest term, then columns by theirs, so that the largest term of each is near 1.

    Gentler than geometric means, which cost the interior point half as many iterations again (docs/performance.md).
    Whole-number columns keep their own unit.
    """
    row = _power(_largest(np.abs(matrix.value), matrix.row, len(matrix.lower)))
    column = _power(_largest(np.abs(matrix.value) * row[matrix.row], matrix.column, matrix.columns))
    column[integer] = 1.0
    return Scaling(row, column)


def cost_scale(coefficient: Floats) -> float:
    """A power of two that brings the typical cost of a column near 1."""
    used = np.abs(coefficient[coefficient != 0.0])
    return float(np.exp2(-np.round(np.log2(used).mean()))) if len(used) else 1.0


def _largest(size: Floats, place: Integers, length: int) -> Floats:
    found = np.zeros(length)
    np.maximum.at(found, place, size)
    return np.where(found > 0, found, 1.0)


def _power(largest: Floats) -> Floats:
    """The power of two nearest to 1 ÷ largest."""
    return np.asarray(np.exp2(-np.round(np.log2(largest))))
