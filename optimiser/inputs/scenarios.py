"""Works out what the chosen scenarios multiply each figure by in each year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from optimiser.inputs.read.table import Table
from optimiser.text.faults import Faults, did_you_mean
from optimiser.text.numbers import quoted

Floats = npt.NDArray[np.float64]


def check_chosen(chosen: Sequence[str], table: Table, faults: Faults) -> None:
    """Check that every scenario the user names is in the table, and is named once."""
    known = set(table.column("scenario"))
    for position, name in enumerate(chosen):
        if name not in known:
            found = f"the scenario {quoted(name)}"
            faults.add("unknown-scenario", table.place(), found, "a scenario of the inputs", did_you_mean(name, known))
        elif name in chosen[:position]:
            found = f"the scenario {quoted(name)} named twice"
            faults.add("scenario-twice", table.place(), found, "every scenario once", "Name it once.")


class Multipliers:
    """Hold the multipliers of the chosen scenarios, by the figures that they apply to.

    Each runs in a straight line from 1 in the first year through the years given and then stays.
    All that apply to a figure multiply: rows for all items and for one, and several scenarios.
    """

    def __init__(self, table: Table, chosen: Sequence[str], years: Sequence[int]) -> None:
        self._ones: Floats = np.ones(len(years))
        self._by_subject: dict[tuple[str, str, str, str], Floats] = {}
        points: dict[tuple[str, str, str, str, str], list[tuple[int, float]]] = {}
        names = ("scenario", "table", "item", "task", "area", "year", "multiplier")
        for scenario, kind, item, task, area, year, multiplier in zip(*map(table.column, names), strict=True):
            if scenario in chosen:
                points.setdefault((scenario, kind, item, task, area), []).append((year, multiplier))
        for (_, *subject), given in sorted(points.items()):
            kind, item, task, area = subject
            before = self._by_subject.get((kind, item, task, area), self._ones)
            self._by_subject[kind, item, task, area] = before * line_through(given, years)

    def factor(self, table: str, item: str, task: str = "", area: str = "") -> Floats:
        """Return [year]: the multiplier of the figures of an item (of a task, in an area); 1 where no row applies."""
        if not self._by_subject:
            return self._ones
        factor = self._ones
        for subject in product(_or_all(item), _or_all(task), _or_all(area)):
            applies = self._by_subject.get((table, *subject))
            if applies is not None:
                factor = factor * applies
        return factor


def _or_all(code: str) -> tuple[str, ...]:
    """Return the blank that means all, then the code; a fixed order, so that products come out the same."""
    return ("", code) if code else ("",)


def line_through(given: Sequence[tuple[int, float]], years: Sequence[int]) -> Floats:
    """Return [year]: a line from 1 in the first of `years` through the given points, constant after the last.

    A point given for the first year itself takes the place of the 1.
    """
    points = sorted({years[0]: 1.0, **dict(given)}.items())
    return np.interp(years, [year for year, _ in points], [value for _, value in points])
