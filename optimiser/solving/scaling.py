"""Scaling: £100 million and half an FTE in one matrix, brought near 1 by powers of two, so exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Flags, Floats
from optimiser.model.programme import Matrix

_ROUNDS = 3


@dataclass(frozen=True)
class Scaling:
    """scaled value = value × row × column; a scaled decision is the decision ÷ column."""

    row: Floats
    column: Floats

    def matrix(self, matrix: Matrix) -> Floats:
        """The scaled coefficients, in the order of the matrix."""
        return np.asarray(matrix.value * self.row[matrix.row] * self.column[matrix.column])


def scaling_of(matrix: Matrix, integer: Flags) -> Scaling:
    """Geometric-mean scaling of rows and columns; whole-number columns keep their own unit."""
    size = np.log2(np.abs(matrix.value))
    row, column = np.zeros(len(matrix.lower)), np.zeros(matrix.columns)
    in_row = np.maximum(np.bincount(matrix.row, minlength=len(row)), 1)
    in_column = np.maximum(np.bincount(matrix.column, minlength=len(column)), 1)
    for _ in range(_ROUNDS):
        weights = size + column[matrix.column]
        row = -np.bincount(matrix.row, weights=weights, minlength=len(row)) / in_row
        weights = size + row[matrix.row]
        column = -np.bincount(matrix.column, weights=weights, minlength=len(column)) / in_column
        column[integer] = 0.0
    return Scaling(np.exp2(np.round(row)), np.exp2(np.round(column)))


def cost_scale(coefficient: Floats) -> float:
    """A power of two that brings the typical cost of a column near 1."""
    used = np.abs(coefficient[coefficient != 0.0])
    return float(np.exp2(-np.round(np.log2(used).mean()))) if len(used) else 1.0
