"""Multiplies every year's limit of a budget by one factor, which may be given or be a decision of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimiser.constraints.policy import Entry, Policy
from optimiser.inputs.evidence import Floats
from optimiser.model.augmented import Extended, Terms, matrix_of, one_column, terms_of, widened
from optimiser.model.moved_bounds import eased
from optimiser.model.programme import Programme
from optimiser.solving.prices import limit_prices
from optimiser.solving.priorities import Priced
from optimiser.text.faults import Faults, Place, did_you_mean


@dataclass(frozen=True)
class Factor:
    """Multiply every limit of a budget by one factor; what may be carried forward moves along."""

    programme: Programme
    labels: tuple[str, ...]
    """The limits of the budget's entries: by year, and the total where there is one."""

    @cached_property
    def limits(self) -> dict[str, Floats]:
        """Return, by row label, the limit at factor 1 in real money."""
        return {rows.name: rows.bound.constant for _, rows, _ in self.programme.limits() if rows.name in self.labels}

    @property
    def a_year(self) -> float:
        """Return the budget a year at factor 1, in real money: the mean of the reported years."""
        reported = len(self.programme.evidence.settings.reported_years)
        found = [rows for _, rows, _ in self.programme.limits() if rows.name in self.labels]
        by_year = [rows for rows in found if "year" in rows.keys]
        if by_year:
            return min(float(rows.bound.constant[rows.keys["year"] < reported].mean()) for rows in by_year)
        return min(float(rows.bound.constant.sum()) for rows in found) / reported

    def at(self, factor: float) -> Programme:
        """Return the programme with every limit of the budget multiplied by a factor."""
        return eased(self.programme, {label: limit * (factor - 1) for label, limit in self.limits.items()})

    def slope(self, priced: Priced) -> float:
        """Return what one more of the factor changes the priority by (a subgradient; negative where money helps)."""
        price = limit_prices(self.programme, priced)
        return -float(sum((price[label] * limit).sum() for label, limit in self.limits.items()))

    def free(self, priorities: Sequence[int]) -> Extended:
        """Add the factor as a last column: the programme minimises these priorities (by place), then the factor."""
        programme, none = self.programme, self.at(0.0).matrix
        matrix, column = programme.matrix, programme.matrix.columns
        change = np.zeros(len(matrix.upper))
        bounded = np.isfinite(matrix.upper)
        change[bounded] = matrix.upper[bounded] - none.upper[bounded]
        rows = np.flatnonzero(change)
        terms = [terms_of(matrix), Terms(rows, np.full(len(rows), column, dtype=np.int64), -change[rows])]
        objectives = [widened(programme.objectives[place], column + 1) for place in priorities]
        return Extended(
            matrix_of(terms, none.lower, none.upper, column + 1, none.unit),
            np.append(programme.upper, np.inf),
            np.append(programme.integer, False),
            (*objectives, one_column("factor", column, column + 1)),
        )


def factor_on(programme: Programme, policy: Policy, budget: str) -> Factor:
    """Return the factor on a budget, named by its code or an entry. Raises FaultsFound where no entry limits it."""
    budgets = [entry for entry in policy.entries if "budget" in entry.values]
    chosen = [entry for entry in budgets if budget in (entry.name, _code(entry))]
    if not chosen:
        faults = Faults()
        known = [_code(entry) for entry in budgets]
        place = Place("--budget")
        faults.add(
            "unknown-budget", place, f'"{budget}"', f"a budget {policy.path} limits", did_you_mean(budget, known)
        )
        faults.stop_if_any()
    names = {entry.name for entry in chosen}
    labels = tuple(
        limit.label
        for limit in policy.limits
        if limit.name in names and limit.quantity == "spend" and limit.follows is None
    )
    return Factor(programme, labels)


def _code(entry: Entry) -> str:
    budget = entry.values["budget"]
    return budget if isinstance(budget, str) else str(budget[0])
