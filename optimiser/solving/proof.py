"""Proves an optimum in natural units: from the duals alone, how much better any other plan could be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Flags, Floats
from optimiser.model.programme import Matrix

PROVED = 1e-7
"""The most by which, relative to its value, a priority that is called optimal might still be improved."""


@dataclass(frozen=True)
class Face:
    """List what is held where it is, because an earlier priority would lose by leaving it."""

    columns: Flags
    rows: Flags


def possible_gain(
    matrix: Matrix, upper: Floats, coefficient: Floats, decisions: Floats, duals: Floats, face: Face
) -> float:
    """Return the most that Σ coefficient × decision could still fall, by weak duality: 0 at an optimum.

    Whatever the duals are, no plan is better by more whose decisions stay within their `_reach`. Every dual that its
    row contradicts counts as none; what is left over are rows with a dual and room, columns with a reduced cost away
    from their bound, and columns that would gain by growing. Nothing here knows of the solver's scaling.
    """
    value = matrix.times(decisions)
    wrong = ((duals > 0) & np.isinf(matrix.lower)) | ((duals < 0) & np.isinf(matrix.upper))
    dual = np.where(wrong & ~face.rows, 0.0, duals)
    tight = np.where(dual > 0, matrix.lower, matrix.upper)
    room = np.where((dual == 0.0) | face.rows, 0.0, np.abs(value - np.where(np.isfinite(tight), tight, value)))
    passed_on = np.bincount(matrix.column, weights=matrix.value * dual[matrix.row], minlength=matrix.columns)
    reduced = np.where(face.columns, 0.0, coefficient - passed_on)
    most = np.where(np.isfinite(upper), upper, _reach(matrix, decisions))
    away = np.where(reduced > 0, np.abs(decisions), np.abs(most - decisions))
    return float(np.abs(dual) @ room + np.abs(reduced) @ away)


def _reach(matrix: Matrix, decisions: Floats) -> Floats:
    """Return [column]: how far a decision without an upper bound might go: until it equals a row it is in."""
    number = np.where(np.isfinite(matrix.lower), matrix.lower, matrix.upper)
    row = matrix.row
    terms = np.abs(matrix.value * decisions[matrix.column])
    size = np.abs(number)
    np.maximum.at(size, row, terms)
    reach = np.abs(decisions)
    np.maximum.at(reach, matrix.column, size[row] / np.abs(matrix.value))
    return reach
