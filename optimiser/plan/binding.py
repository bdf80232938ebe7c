"""What binds: which limits hold a plan back, by what 1 % more of each takes off a priority in the reported years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from optimiser.model.programme import Programme
from optimiser.solving.prices import prices as prices_of
from optimiser.solving.priorities import Answer

WORTH_NAMING = 1e-9
"""A gain below this is a solver's rounding."""


@dataclass(frozen=True)
class Binding:
    """Hold what one entry is worth over its rows of the reported years, and the row where it is worth most."""

    entry: str
    gain: float
    """What 1 % more in every row takes off the priority, in its own unit, by the plan's prices: at most so much."""
    row: int
    """The place of the row where 1 % more takes off most."""
    gain_there: float


def binding(
    entries: Sequence[str],
    years: Sequence[int | None],
    bounds: Iterable[float],
    prices: Iterable[float],
    last_year: int,
) -> list[Binding]:
    """Return the entries that hold the plan back, those that hold most first; equal ones by name.

    One item of each sequence is one row of limits.csv. A row over all years together has no year and counts; one of a
    run-out year does not, for nobody asks what more money buys there.
    """
    gains: dict[str, dict[int, float]] = {}
    for row, (entry, year, bound, price) in enumerate(zip(entries, years, bounds, prices, strict=True)):
        if year is None or year <= last_year:
            gains.setdefault(entry, {})[row] = price * abs(bound) / 100
    found = []
    for entry, by_row in gains.items():
        total = sum(by_row.values())
        best = max(by_row, key=lambda row: by_row[row])
        if total > WORTH_NAMING:
            found.append(Binding(entry, total, best, by_row[best]))
    return sorted(found, key=lambda one: (-one.gain, one.entry))


def binding_of(programme: Programme, answer: Answer, priority: int) -> list[Binding]:
    """As `binding`, of a plan at hand; `priority` is its place in the order. Nothing with whole numbers."""
    if not answer.prices:
        return []
    price = prices_of(programme, answer)[priority].limits
    decisions = answer.decisions if answer.priced_at is None else answer.priced_at
    entries: list[str] = []
    years: list[int | None] = []
    bounds: list[float] = []
    prices: list[float] = []
    for limit, rows, _ in programme.limits():
        labels = [int(label) for label in rows.labels.get("year", [])]
        entries += [limit.name] * len(rows)
        years += [labels[t] for t in rows.keys["year"].tolist()] if "year" in rows.keys else [None] * len(rows)
        bounds += rows.bound.values(decisions).tolist()
        prices += price[rows.name].tolist()
    return binding(entries, years, bounds, prices, programme.evidence.settings.last_year)
