"""Works out volumes and numbers of patients year by year from the growth rows of demand and patients."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from optimiser.inputs.read.table import Table


class Point(NamedTuple):
    """Hold one row of a growth path: from `year` on it grows by `growth` a year; NaN as value keeps the path so far."""

    year: int
    value: float
    growth: float
    row: int


def grown(value: float, growth: float, years: int) -> float:
    """Return a value after so many years of growth; infinity where that is too large for a number."""
    try:
        return value * (1.0 + growth) ** years
    except OverflowError:
        return math.inf


def follow(points: Sequence[Point], years: Sequence[int]) -> list[float]:
    """Return the values of a growth path in the given years, which are in order and not before its first point.

    A row with a value sets it in its year; a row without one keeps the path (in its year the old
    growth still applies). Either way its growth holds from then on.
    """
    values = []
    since, start, growth, _ = points[0]
    coming = 1
    for year in years:
        while coming < len(points) and points[coming].year <= year:
            changed, value, new_growth, _ = points[coming]
            start = grown(start, growth, changed - since) if math.isnan(value) else value
            since, growth = changed, new_growth
            coming += 1
        values.append(start if year == since else grown(start, growth, year - since))
    return values


def points_by_key(table: Table, keys: tuple[str, str], value: str) -> dict[tuple[str, str], list[Point]]:
    """Return the points of every growth path of a table, in order of years, by its two keys (area first)."""
    paths: dict[tuple[str, str], list[Point]] = {}
    areas, codes = (table.column(name) for name in keys)
    numbers = (table.column(name) for name in ("year", value, "growth"))
    for key, *point in zip(zip(areas, codes, strict=True), *numbers, range(len(table)), strict=True):
        paths.setdefault(key, []).append(Point._make(point))
    for points in paths.values():
        points.sort()
    return paths


def earliest_rows(table: Table, keys: tuple[str, str]) -> list[int]:
    """Return the row of the earliest year of every growth path, where years and keys could be read."""
    earliest: dict[tuple[str, str], int] = {}
    areas, codes = (table.column(name) for name in keys)
    years = table.column("year")
    for row, key in enumerate(zip(areas, codes, strict=True)):
        if key not in earliest or years[row] < years[earliest[key]]:
            if table.unsound and not table.sound(row, *keys, "year"):
                continue
            earliest[key] = row
    return list(earliest.values())
