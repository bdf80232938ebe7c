"""Joins all reported years of an entry into one number, to price a pound or place more in every year."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from optimiser.explain.candidates import Push
from optimiser.inputs.evidence import Floats


def grouped(pushes: Iterable[Push], bounds: Floats, worth: Callable[[Push], float]) -> list[Push]:
    """Join the pushes of each entry over years and areas; one that has no year, or one year, stays.

    A unit is one more in every year: where areas have numbers of their own it is shared out among them as their
    bounds are. `bounds` are by row of the programme; `worth` what one per cent of a push buys, which says in which year
    the entry holds most.
    """
    together: dict[tuple[object, ...], list[Push]] = {}
    for push in pushes:
        by_row = math.isnan(push.number) or push.of_a_row
        together.setdefault((push.name, push.family, push.unit, push.better, by_row), []).append(push)
    return [_one(group, bounds, worth, bool(key[-1])) for key, group in together.items()]


def _one(group: Sequence[Push], bounds: Floats, worth: Callable[[Push], float], by_row: bool) -> Push:
    years = sorted({push.year for push in group if push.year is not None})
    if len(group) == 1 or not years:
        return group[0]
    rows = np.concatenate([push.rows for push in group])
    most = max(group, key=worth).year
    keys = {key: code for key, code in group[0].keys.items() if all(one.keys.get(key) == code for one in group)}
    if by_row:
        size = np.abs(bounds[rows])
        number = float(size.sum()) / len(years)
        # One more a year in all, shared out as the bounds are; alike where they are nothing.
        slope: Floats = size / number if number > 0 else np.full(len(rows), len(years) / len(rows))
        slope = slope * np.concatenate([np.sign(push.slope) for push in group])
    else:
        number = float(np.mean([push.number for push in group]))
        slope = np.concatenate([push.slope for push in group])
    year = years[0] if len(years) == 1 else None
    return replace(group[0], year=year, keys=keys, number=number, rows=rows, slope=slope, years=len(years), most=most)
