"""Counts how intakes change from year to year: two columns and a row for each start that is to be kept steady."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Sum, of_columns
from optimiser.model.rows import Rows


def changes_of_starts(quantities: Quantities) -> Iterator[Rows]:
    """Require starts[t] − starts[t−1] = more − fewer, for each start kept steady, in the reported years."""
    change, evidence = quantities.decisions.change, quantities.evidence
    if change is None:
        return
    size = len(change.more)
    row_of = np.full((len(evidence.areas), len(evidence.routes), len(evidence.settings.years)), -1, dtype=np.int64)
    row_of[change.keys["area"], change.keys["route"], change.keys["year"]] = np.arange(size)
    level, bound = Sum(size), Sum(size)
    for quantity, sign in ((quantities.starts, 1.0), (quantities.year_before("starts"), -1.0)):
        keys = quantity.keys
        level.add(quantity, row_of[keys["area"], keys["route"], keys["year"]], sign)
    for columns, sign in ((change.more, 1.0), (change.fewer, -1.0)):
        bound.add(of_columns("starts_change", columns, change.keys), np.arange(size), sign)
    labels = {
        "area": evidence.areas, "route": evidence.routes, "year": [str(year) for year in evidence.settings.years]
    }  # fmt: skip
    yield Rows("starts_change", "exactly", change.keys, labels, level, bound)


def weighed(quantities: Quantities, weight: float) -> Floats:
    """Return [column]: what a start more or fewer than the year before weighs."""
    found = np.zeros(quantities.decisions.columns.size)
    change = quantities.decisions.change
    if change is not None:
        found[change.more] = found[change.fewer] = weight
    return found


def changed_starts(quantities: Quantities, decisions: Floats) -> Floats:
    """Return [start kept steady]: starts more (above 0) or fewer than the year before."""
    found = [rows.level.values(decisions) for rows in changes_of_starts(quantities)]
    return found[0] if found else np.zeros(0)


@dataclass(frozen=True)
class Changes:
    """Hold by how many people the intakes that are to be kept steady change over the reported years."""

    total: float
    years: int
    """Years in which a change is counted."""

    @property
    def a_year(self) -> float:
        """Return the mean of those years."""
        return self.total / self.years if self.years else 0.0


def changes_of(quantities: Quantities, decisions: Floats) -> Changes:
    """Add up what `steady` weighs in a plan, unweighted."""
    change = quantities.decisions.change
    years = 0 if change is None else len(np.unique(change.keys["year"]))
    return Changes(float(np.abs(changed_starts(quantities, decisions)).sum()), years)


def netted(quantities: Quantities, decisions: Floats) -> Floats:
    """Return the same decisions with each change counted on one side only: no more starts and fewer at once."""
    change = quantities.decisions.change
    if change is None:
        return decisions
    netted_ = decisions.copy()
    net = changed_starts(quantities, decisions)
    netted_[change.more], netted_[change.fewer] = np.maximum(net, 0.0), np.maximum(-net, 0.0)
    return netted_
