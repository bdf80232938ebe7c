"""The numbers of an entry that could be negotiated: each moves the bounds of some rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimiser.constraints.limit import VOLUMES, Limit, Part
from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows, rows_of

POINTS = "percentage points"
_BY_ROW = ("hold", "demand")
"""Families without a number of their own: each row is eased by itself."""


_NO_NUMBER = ("carry", "common_share")
"""Decisions that stand in a bound without a number of the entry before them."""


@dataclass(frozen=True)
class Lever:
    """One number of an entry: what one unit more of it adds to the bound of each of its rows."""

    label: str
    """The limit it belongs to."""
    year: int | None
    """The year it holds for (calendar); None where it holds for all."""
    rows: Integers
    slope: Floats
    unit: str
    """Unit of the entry's own number: places, £, FTE, percentage points (then the number is a share)."""
    bound: Floats
    """[row]: the size of the bound it moves, in the limit's unit."""
    keys: tuple[tuple[str, str], ...] = ()
    """What a single row is about, where each row is eased by itself."""


def is_factor(limit: Limit) -> bool:
    """True where the entry's number multiplies a decision, so that easing it changes a coefficient."""
    by_decision = any(part.quantity not in VOLUMES and not part.as_share_of_volume for part in limit.parts)
    known = any(part.when == "before_first_year" or part.quantity in _NO_NUMBER for part in limit.parts)
    return by_decision and not known and limit.sense != "exactly"


def levers(programme: Programme, limit: Limit, rows: Rows, first: int) -> Iterator[Lever]:
    """Every number of a limit whose bound is a number, or a share of a volume.

    A number that several rows share (areas in one year) is one lever; followers of the limit move along.
    """
    slope, unit = _slope(programme, limit, rows)
    place = np.arange(first, first + len(rows))
    size = np.abs(rows.bound.constant)
    years = programme.evidence.settings.years
    moved = slope > 0
    if limit.family in _BY_ROW:
        for row in range(len(rows)):
            one = np.array([row])
            year = years[rows.keys["year"][row]]
            yield Lever(limit.label, year, place[one], slope[one], unit, size[one], _keys(rows, row))
        return
    if "year" not in rows.keys:
        yield _with_followers(programme, Lever(limit.label, None, place[moved], slope[moved], unit, size[moved]))
        return
    for year in np.unique(rows.keys["year"]).tolist():
        here = moved & (rows.keys["year"] == year)
        if here.any():
            lever = Lever(limit.label, years[year], place[here], slope[here], unit, size[here])
            yield _with_followers(programme, lever)


def with_factor(programme: Programme, limit: Limit, more: float) -> Programme:
    """The programme with a limit's factor eased by so much: a maximum raised, a minimum lowered (never below 0)."""
    parts = tuple(_eased_part(part, limit, more) for part in limit.parts)
    eased = rows_of(replace(limit, parts=parts), programme.quantities)
    blocks = tuple(
        replace(eased, limit=limit) if block.limit is not None and block.name == limit.label else block
        for block in programme.blocks
    )
    return replace(programme, blocks=blocks)


def _eased_part(part: Part, limit: Limit, more: float) -> Part:
    if part.quantity in VOLUMES or part.when == "before_first_year":
        return part
    sign = 1.0 if limit.sense == "at_most" else -1.0
    return replace(part, factor=tuple(max(0.0, factor + sign * more) for factor in part.factor))


def _slope(programme: Programme, limit: Limit, rows: Rows) -> tuple[Floats, str]:
    """[row]: what one unit of the entry's number moves the bound by, and the unit of that number."""
    of_volume = [part for part in limit.parts if part.quantity in VOLUMES]
    if of_volume:
        ones = tuple(1.0 for _ in programme.evidence.settings.years)
        volume = rows_of(replace(limit, parts=(replace(of_volume[0], factor=ones),)), programme.quantities)
        return _aligned(volume, rows), POINTS
    if limit.family == "training_capacity":
        (route,) = limit.where["route"]
        rates = programme.evidence.fill_rate[programme.evidence.routes.index(route)]
        return rates[rows.keys["year"]], "places"
    return np.ones(len(rows)), limit.unit


def _aligned(volume: Rows, rows: Rows) -> Floats:
    """The volumes in the order of a limit's rows, which may be fewer (no row where last year's volume was 0)."""
    if len(volume) == len(rows):
        return np.asarray(volume.bound.constant)
    names = sorted(rows.keys)
    where = {key: place for place, key in enumerate(zip(*(volume.keys[name].tolist() for name in names), strict=True))}
    order = [where[key] for key in zip(*(rows.keys[name].tolist() for name in names), strict=True)]
    return np.asarray(volume.bound.constant[order])


def _with_followers(programme: Programme, lever: Lever) -> Lever:
    """The lever with the rows of limits that follow its number: what may be carried, a total's run-out years."""
    first_year = programme.evidence.settings.first_year
    for limit, rows, first in programme.limits():
        if limit.follows is None or limit.follows[0] != lever.label:
            continue
        year = rows.keys["year"]
        here = np.ones(len(rows), dtype=bool) if lever.year is None else year == lever.year - first_year
        more = np.arange(first, first + len(rows))[here]
        share = np.array(limit.follows[1])[year[here]]
        zero = np.zeros(len(more))
        lever = replace(
            lever, rows=np.concatenate([lever.rows, more]), slope=np.concatenate([lever.slope, share]),
            bound=np.concatenate([lever.bound, zero]),
        )  # fmt: skip
    return lever


def _keys(rows: Rows, row: int) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(rows.labels[name][codes[row]])) for name, codes in rows.keys.items() if name != "year")
