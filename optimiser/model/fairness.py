"""Defines a common share of shortage: unmet ÷ volume in all areas together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimiser.constraints.policy import Policy
from optimiser.model.in_fte import moves_with, of_service, unmet_fte, volume_fte
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Sum, of_columns
from optimiser.model.rows import Rows, Slope


def common_shares(quantities: Quantities, policy: Policy) -> Iterator[Rows]:
    """Require Σ unmet = share × Σ volume, in FTE, for each entry and year in which there is a volume."""
    evidence = quantities.evidence
    areas, years = len(evidence.areas), len(evidence.settings.years)
    for one in policy.common_shares:
        unmet = of_service(unmet_fte(quantities), one.service, evidence)
        volume = volume_fte(quantities, one.service).sum(axis=0)
        there = np.flatnonzero(volume > 0)
        row_of = np.full(years, -1, dtype=np.int64)
        row_of[there] = np.arange(len(there))
        level, bound = Sum(len(there)), Sum(len(there))
        level.add(unmet, row_of[unmet.keys["year"]])
        share = of_columns(
            "common_share", quantities.decisions.common_share[one.label].columns, {"year": np.arange(years)}
        )
        bound.add(share, row_of, volume)
        slope = Slope(*moves_with(quantities, one.label, np.broadcast_to(row_of, (areas, years))))
        labels = {"year": [str(year) for year in evidence.settings.years]}
        yield Rows(f"common_share {one.label}", "exactly", {"year": there}, labels, level, bound, (slope,))
