"""Compares two figures that ought to be one, and holds where they differ."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Figure = float | str | None
Key = tuple[str, ...]

TOLERANCE = 1e-6
"""Figures that follow from each other through a row of the model may differ by so much, relative to their size
(absolute below 1): what a solver may leave open in a row."""
EXACT = 1e-9
"""Figures that are sums and products of others in the tables may differ by rounding alone; absolute below 1,000 it
is TOLERANCE."""


@dataclass(frozen=True)
class Difference:
    """Hold one figure of the results beside what the replay makes of it."""

    file: str
    where: Mapping[str, str]
    """The key of the row, column by column; empty for a figure without a row."""
    figure: str
    found: Figure
    expected: Figure
    meaning: str = ""
    """What is wrong, where two figures beside each other do not show it."""

    def sentence(self) -> str:
        """Write `staff.csv, role nurse, year 2027, fte: the results say 12, the replay gives 11.5 (0.5 apart).`"""
        keys = ", ".join(f"{name} {value}" for name, value in self.where.items() if value)
        at = ", ".join(part for part in (self.file, keys, self.figure) if part)
        said = f"{at}: the results say {shown(self.found)}, the replay gives {shown(self.expected)}"
        if isinstance(self.found, float) and isinstance(self.expected, float):
            said += f" ({abs(self.found - self.expected):.6g} apart)"
        return f"{said}. {self.meaning}".strip() if self.meaning else f"{said}."

    def as_json(self) -> dict[str, object]:
        """Return the same as keys and values."""
        found, expected = (
            None if isinstance(figure, float) and not math.isfinite(figure) else figure
            for figure in (self.found, self.expected)
        )
        return {
            "file": self.file, "where": dict(self.where), "figure": self.figure, "found": found, "expected": expected,
            "sentence": self.sentence(),
        }  # fmt: skip


def shown(figure: Figure) -> str:
    """Write a figure for a sentence; numbers in full, as the tables have them."""
    if figure is None:
        return "nothing"
    return repr(figure + 0.0) if isinstance(figure, float) else f'"{figure}"'


def apart(found: float, expected: float, exact: bool = False, among: float = 0.0) -> bool:
    """Return True where two figures differ by more than rounding (`exact`) or than a solver may leave open.

    `among` is the size of the figures they are sums and differences of, where those are larger.
    """
    if not (math.isfinite(found) and math.isfinite(expected)):
        return True
    size = max(abs(found), abs(expected), among)
    most = max(TOLERANCE, EXACT * size) if exact else TOLERANCE * max(1.0, size)
    return abs(found - expected) > most


def compared(
    file: str, names: tuple[str, ...], found: Mapping[Key, Mapping[str, float]],
    expected: Mapping[Key, Mapping[str, float]], loose: frozenset[str] = frozenset(),
) -> Iterator[Difference]:  # fmt: skip
    """Compare every figure of a table with its replay, row by row; rows too many and too few are named as well.

    `loose` are the columns that follow through a row of the model, as close as the largest figure of their row
    allows; the others follow by arithmetic alone.
    """
    for key, row in expected.items():
        where = dict(zip(names, key, strict=True))
        if key not in found:
            total = next(iter(row.values()), 0.0)
            yield Difference(file, where, "row", None, total, "The row is missing.")
            continue
        largest = max((abs(value) for value in row.values()), default=0.0)
        for column, value in row.items():
            given, exact = found[key][column], column not in loose
            if apart(given, value, exact, 0.0 if exact else largest):
                yield Difference(file, where, column, given, value)
    for key in found:
        if key not in expected:
            total = next(iter(found[key].values()), 0.0)
            where = dict(zip(names, key, strict=True))
            yield Difference(
                file, where, "row", total, None, "Nothing in the evidence or the policy calls for this row."
            )
