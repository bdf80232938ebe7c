"""Chooses one of several equally good plans, so that neither the solver nor its version decides which is shown."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from optimiser.inputs.evidence import Floats

MOST_ROWS = 4_000
"""Rows up to which the tie is broken. Beyond that it would cost a fifth of the whole run (docs/performance.md), and a
page shows totals only, which are the same in every optimal plan."""


def weights(names: Sequence[str], unit: Floats) -> Floats:
    """Return [column]: what a unit of each column weighs, between 1 and 2, different for each, by name alone.

    `unit` is how large one unit is, in the column's own. With weights that have nothing to do with each other one plan
    is the lightest, in whatever order rows and columns come.
    """
    told_apart = np.array([zlib.crc32(name.encode()) for name in names], dtype=np.float64)
    return np.asarray((1.0 + told_apart / 2.0**32) / unit)
