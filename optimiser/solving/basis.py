"""Reads a basis: which rows and columns hold the optimum where it is, and itself as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers


def tight(dual: Any, status: Any, tolerance: float) -> tuple[Integers, Integers]:
    """Return what is at its lower and at its upper bound and would make the optimum worse by leaving it.

    Both the basis and the sign of the dual must show it: a basic variable, or a dual of the wrong sign, is noise
    within the solver's tolerance, and holding it would cut optima off or make the face empty.
    """
    value = np.asarray(dual)
    place = np.fromiter((int(one) for one in status), dtype=np.int64, count=len(value))
    lower, upper = int(highspy.HighsBasisStatus.kLower), int(highspy.HighsBasisStatus.kUpper)
    return np.flatnonzero((place == lower) & (value > tolerance)), np.flatnonzero(
        (place == upper) & (value < -tolerance)
    )


def meant(dual: Any, status: Any, fixed: Flags, tolerance: float) -> Floats:
    """Return the duals without noise: those of what is `tight`, and of what cannot move at all, whose sign is free.

    The rest may leave its bound on the way to another plan as good, and a limit with room has no price.
    """
    value = np.asarray(dual, dtype=np.float64)
    kept = fixed & (np.abs(value) > tolerance)
    for held in tight(dual, status, tolerance):
        kept[held] = True
    return np.where(kept, value, 0.0)


def as_codes(basis: Any) -> tuple[bytes, bytes] | None:
    """Write a basis as bytes, one for each column and row, so that it can be sent to other processes."""
    if basis is None:
        return None
    return bytes(int(one) for one in basis.col_status), bytes(int(one) for one in basis.row_status)


def joined_codes(bases: Sequence[tuple[bytes, bytes]], columns: int, rows: int) -> tuple[bytes, bytes]:
    """Put bases side by side, with more columns (at their lower bound) and rows (slack) behind them."""
    at_lower, slack = int(highspy.HighsBasisStatus.kLower), int(highspy.HighsBasisStatus.kBasic)
    return (
        b"".join(columns_ for columns_, _ in bases) + bytes([at_lower]) * columns,
        b"".join(rows_ for _, rows_ in bases) + bytes([slack]) * rows,
    )


def from_codes(codes: tuple[bytes, bytes]) -> Any:
    """Return the basis that the bytes describe."""
    status = {int(one): one for one in highspy.HighsBasisStatus.__members__.values()}
    basis = highspy.HighsBasis()
    basis.col_status = [status[code] for code in codes[0]]
    basis.row_status = [status[code] for code in codes[1]]
    basis.valid = True
    return basis
