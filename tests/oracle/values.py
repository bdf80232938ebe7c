"""Plain numbers and values by year, read the simplest way that works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def number(found: Any, default: float | None = None) -> float:
    """A cell or a YAML scalar as a number; blank gives the default, and an error where there is none."""
    if found is None or str(found).strip() == "":
        if default is None:
            raise ValueError("a number is missing")
        return default
    return float(str(found).replace("_", ""))


def by_year(value: Any, year: int) -> float:
    """A value by year in one year: a number, steps that hold, or a ramp that runs straight between its years."""
    if not isinstance(value, Mapping):
        return number(value)
    if "ramp" in value:
        return on_line({int(key): number(given) for key, given in value["ramp"].items()}, year)
    given = {int(key): number(amount) for key, amount in value.items()}
    before = [key for key in given if key <= year]
    if not before:
        raise ValueError(f"a value by year starts after {year}")
    return given[max(before)]


def on_line(points: Mapping[int, float], year: int) -> float:
    """The straight line through the points; after the last of them it stays."""
    years = sorted(points)
    if year < years[0]:
        raise ValueError(f"a line starts after {year}")
    if year >= years[-1]:
        return points[years[-1]]
    left = max(key for key in years if key <= year)
    right = min(key for key in years if key > year)
    return points[left] + (points[right] - points[left]) * (year - left) / (right - left)
