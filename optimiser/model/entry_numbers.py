"""Finds the numbers in a user's file that set bounds: which rows each sets, and what one more of it adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimiser.constraints.limit import VOLUMES, EntryNumber, Limit
from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows, rows_of

POINTS = "percentage points"


@dataclass(frozen=True)
class NumberInRows:
    """Hold an entry's number in one year, or for all years, with every row whose bound it sets."""

    number: EntryNumber
    year: int | None
    """The year it holds for (calendar); None where it holds for all."""
    value: float
    """What it is now, in its own unit; money is real."""
    unit: str
    """places, FTE, a currency …; percentage points where it is a share."""
    rows: Integers
    slope: Floats
    """[row]: what one unit more of the number adds to the bound."""


def of_decision(limit: Limit) -> bool:
    """Return True where the entry's number multiplies a decision.

    Moving it then changes a coefficient and no bound.
    """
    return limit.number is not None and limit.number.acts_on == "decision"


def numbers_in_rows(programme: Programme, limit: Limit, rows: Rows, first: int) -> Iterator[NumberInRows]:
    """Yield the numbers of a limit that set its bounds, alone or times a volume; none where none does.

    Rows that share a number (areas in one year) come together; limits that follow the number move along.
    """
    number = limit.number
    if number is None or number.acts_on == "decision":
        return
    t = rows.keys.get("year", np.zeros(len(rows), dtype=np.int64))
    slope = number.adds(t)
    unit = number.unit or limit.unit
    if number.acts_on == "volume":
        slope, unit = slope * _volume(programme, limit, rows), POINTS
    years = programme.evidence.settings.years
    for at in np.unique(t).tolist():
        here = (slope != 0) & (t == at)
        if here.any():
            year = years[at] if "year" in rows.keys else None
            yield _with_followers(
                programme, rows, NumberInRows(number, year, number.values[at], unit, first + np.flatnonzero(here),
                                              slope[here]), np.where(here, slope, 0.0))  # fmt: skip


def _volume(programme: Programme, limit: Limit, rows: Rows) -> Floats:
    """Return [row]: the volume that the number is a share of."""
    of = next(part for part in limit.parts if part.quantity in VOLUMES)
    ones = tuple(1.0 for _ in programme.evidence.settings.years)
    volume = rows_of(replace(limit, parts=(replace(of, factor=ones),)), programme.quantities)
    if len(volume) == len(rows):
        return np.asarray(volume.bound.constant)
    # A limit may have fewer rows: none where last year's volume was 0.
    names = sorted(rows.keys)
    where = {key: row for row, key in enumerate(zip(*(volume.keys[name].tolist() for name in names), strict=True))}
    order = [where[key] for key in zip(*(rows.keys[name].tolist() for name in names), strict=True)]
    return np.asarray(volume.bound.constant[order])


def _with_followers(programme: Programme, rows: Rows, one: NumberInRows, slope: Floats) -> NumberInRows:
    """Return the number with the rows of the limits that follow it."""
    for follower in followers(programme):
        if follower.leader is rows:
            added = follower.moved_by(slope)
            moved = np.flatnonzero(added)
            one = replace(
                one, rows=np.concatenate([one.rows, follower.first + moved]),
                slope=np.concatenate([one.slope, added[moved]]),
            )  # fmt: skip
    return one
