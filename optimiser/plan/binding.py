"""What holds a plan back: its limits, all reported years and areas together, by what a little more of each buys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.model.programme import Programme
from optimiser.solving.prices import limit_prices
from optimiser.solving.priorities import Answer

PART = 0.01
"""The little more: 1 % of every bound."""
_NOTHING = 1e-9


@dataclass(frozen=True)
class Binding:
    """One entry over all its rows of the reported years."""

    entry: str
    family: str
    unit: str
    priority: str
    """The first priority that some limit of the plan can move."""
    gain: float
    """What 1 % more in every row takes off that priority, at the prices of the plan: no more than this, as the first
    of it is worth most."""
    step: float
    """1 % of the bounds of all rows together, in the entry's unit."""
    years: int
    """In how many years it has rows; 0 for a limit over all years together."""

    @property
    def a_year(self) -> float:
        """1 % of the bounds of a year, on average."""
        return self.step / max(self.years, 1)


def binding(programme: Programme, answer: Answer, run_out: bool = False) -> list[Binding]:
    """The entries with a price, the most telling first; none with whole numbers, which have no prices.

    Rows of the run-out years count only with `run_out`: they are no commissioner's question.
    """
    for objective, priced in zip(programme.objectives, answer.prices, strict=False):
        price = limit_prices(programme, priced)
        found = _entries(programme, answer, objective.name, price, run_out)
        if found:
            return sorted(found, key=lambda one: (-one.gain, one.entry))
    return []


def _entries(
    programme: Programme, answer: Answer, priority: str, price: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]],
    run_out: bool,
) -> list[Binding]:  # fmt: skip
    decisions = answer.decisions if answer.priced_at is None else answer.priced_at
    reported = len(programme.evidence.settings.reported_years)
    gains: dict[tuple[str, str, str], list[tuple[float, float, int]]] = {}
    for limit, rows, _ in programme.limits():
        year = rows.keys.get("year")
        counts = np.ones(len(rows), dtype=bool) if year is None or run_out else year < reported
        step = np.abs(rows.bound.values(decisions)) * PART
        gain = float((price[rows.name] * step)[counts].sum())
        years = 0 if year is None else len(np.unique(year[counts]))
        key = (limit.name, limit.family, limit.unit)
        gains.setdefault(key, []).append((gain, float(step[counts].sum()), years))
    return [
        Binding(
            *key, priority, sum(one[0] for one in parts), sum(one[1] for one in parts), max(one[2] for one in parts)
        )
        for key, parts in gains.items()
        if sum(one[0] for one in parts) > _NOTHING
    ]
