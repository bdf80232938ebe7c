"""Plain numbers and values by year, read the simplest way that works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads YAML in C where it can."""


def number(found: Any, default: float | None = None) -> float:
    """A cell or a YAML scalar as a number; blank gives the default, and an error where there is none."""
    if isinstance(found, Mapping):
        inherited = number(found["inherited"])
        return inherited * number(found["times"]) if "times" in found else inherited + number(found["plus"])
    if found is None or str(found).strip() == "":
        if default is None:
            raise ValueError("a number is missing")
        return default
    return float(str(found).replace("_", ""))


def by_year(value: Any, year: int) -> float:
    """A value by year in one year: a number, steps that hold, or a ramp that runs straight between its years."""
    if not isinstance(value, Mapping):
        return number(value)
    if "inherited" in value:
        return relative(value, year)
    if "ramp" in value:
        return on_line({int(key): number(given) for key, given in value["ramp"].items()}, year)
    given = {int(key): number(amount) for key, amount in value.items()}
    before = [key for key in given if key <= year]
    if not before:
        raise ValueError(f"a value by year starts after {year}")
    return given[max(before)]


def relative(value: Mapping[str, Any], year: int) -> float:
    """What is inherited, times or plus an amount by year; as inherited before the amount's first year."""
    inherited = by_year(value["inherited"], year)
    (how,) = {"times", "plus"} & set(value)
    amount = value[how]
    if isinstance(amount, Mapping) and year < min(int(key) for key in amount.get("ramp", amount)):
        return inherited
    return inherited * by_year(amount, year) if how == "times" else inherited + by_year(amount, year)


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
