"""Makes the rows of the linear programme: identities and limits in one form, level against bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import VOLUMES, Limit, Part, Sense
from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.model.in_fte import IN_FTE, demand_fte, moves_with, own_part
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity, Sum
from optimiser.model.selection import Groups, grouped, selected


@dataclass(frozen=True)
class Slope:
    """Describe how a row's bound changes with a volume: d bound / d volume[cell, year] = coefficient × activity.

    `column` is −1 where the slope is the coefficient alone; `point` is cell × years + year.
    """

    row: Integers
    point: Integers
    column: Integers
    coefficient: Floats

    def values(self, decisions: Floats) -> Floats:
        """Return the slope of each entry under the given decisions."""
        return self.coefficient * np.where(self.column >= 0, decisions[self.column], 1.0)


@dataclass(frozen=True)
class Rows:
    """Hold the rows of one identity or one limit: level (sense) bound, both linear in the decisions.

    `keys` and `labels` give the area, role, year … of each row.
    """

    name: str
    sense: Sense
    keys: Mapping[str, Integers]
    labels: Mapping[str, Sequence[str]]
    level: Sum
    bound: Sum
    slopes: tuple[Slope, ...] = ()
    limit: Limit | None = None
    relief: Sum | None = None
    """What breaking a row adds to its bound; None where no row may be broken."""

    def __len__(self) -> int:
        return self.level.size


def rows_of(limit: Limit, quantities: Quantities) -> Rows:
    """Make the rows of a limit: none where no part of its quantity exists."""
    evidence = quantities.evidence
    quantity = _within(_fetch(quantities, limit.quantity, limit.where), limit.where, limit.years, evidence)
    groups = grouped(quantity, limit.each, evidence)
    groups = _with_volume(_with_last_year(groups, limit, quantities), limit, quantities)
    level, bound = Sum(groups.size), Sum(groups.size)
    level.add(quantity, groups.row_of(quantity, evidence))
    bound.constant += _by_row(limit.constant, groups)
    slopes: list[Slope] = []
    for part, side in [(part, level) for part in limit.plus] + [(part, bound) for part in limit.parts]:
        slopes += _add(part, limit, groups, side, quantities)
    return Rows(limit.label, limit.sense, groups.keys, groups.labels, level, bound, tuple(slopes), limit)


def _fetch(quantities: Quantities, name: str, where: Mapping[str, Sequence[str]]) -> Quantity:
    """Return the quantity of that name."""
    if name in OF_ENTRIES:
        (label,) = where["entry"]
        return OF_ENTRIES[name](quantities, label)
    return IN_FTE[name](quantities) if name in IN_FTE else quantities[name]


OF_ENTRIES: Mapping[str, Callable[[Quantities, str], Quantity]] = {
    "carry": Quantities.carry,
    "cohort": Quantities.cohort,
    "common_share": own_part,
}
"""Quantities that are kept apart by the entry they belong to, named in `where`."""


def _within(
    quantity: Quantity, where: Mapping[str, Sequence[str]], years: Sequence[int], evidence: Evidence
) -> Quantity:
    """Keep the entries that `where` selects in the given calendar years."""
    wanted = {key: values for key, values in where.items() if key != "entry"}
    inside = np.isin(quantity.keys["year"], np.array(years, dtype=np.int64) - evidence.settings.first_year)
    return quantity.only(inside & selected(quantity, wanted, evidence))


def _by_row(numbers: Sequence[float], groups: Groups) -> Floats:
    """Return each row's number of the row's year; without a year in `each`, the one number there is."""
    if "year" in groups.keys:
        return np.array(numbers)[groups.keys["year"]]
    return np.full(groups.size, numbers[0])


def _add(part: Part, limit: Limit, groups: Groups, side: Sum, quantities: Quantities) -> list[Slope]:
    """Add a part to its side of the rows, and return how volumes move it."""
    evidence = quantities.evidence
    quantity = _within(_of_year(part, quantities), part.where, limit.years, evidence)
    quantity = quantity.times(np.array(part.factor)[quantity.keys["year"]])
    row = groups.row_of(quantity, evidence)
    side.add(quantity, row)
    if part.quantity in VOLUMES:
        return [_slope_of_demand(part, quantity, row, quantities)]
    if part.quantity == "common_share":
        (label,) = part.where["entry"]
        shape = (len(evidence.areas), len(evidence.settings.years))
        at = np.full(shape, -1, dtype=np.int64)
        at[quantity.keys["area"], quantity.keys["year"]] = row
        return [Slope(*moves_with(quantities, label, at))]
    return _slopes_of_share(quantity, row, quantities) if part.as_share_of_volume else []


def _of_year(part: Part, quantities: Quantities) -> Quantity:
    """Return the part's quantity in the year it is meant for, under the year of the row."""
    if part.when == "before_first_year":
        return quantities.before_first_year(part.quantity)
    if part.when == "same_year":
        return _fetch(quantities, part.quantity, part.where)
    if part.quantity == "carry":
        return _fetch(quantities, "carry", part.where).moved(1, len(quantities.evidence.settings.years) - 1)
    before = quantities.year_before(part.quantity)
    return before.times(_share_factor(before, quantities)) if part.as_share_of_volume else before


def _volumes(quantity: Quantity, evidence: Evidence) -> tuple[Floats, Floats]:
    """Return this year's and last year's volume of each entry's area and task (NaN before the first year)."""
    area, task, year = (quantity.keys[key] for key in ("area", "task", "year"))
    before = np.where(year > 0, evidence.volume[area, task, year - 1], np.nan)
    return evidence.volume[area, task, year], before


def _share_factor(quantity: Quantity, quantities: Quantities) -> Floats:
    """Return volume[t] ÷ volume[t−1]; 1 in the first year, whose share is one of this year's volume already."""
    now, before = _volumes(quantity, quantities.evidence)
    return np.divide(now, before, out=np.ones_like(now), where=(before > 0))


def _with_last_year(groups: Groups, limit: Limit, quantities: Quantities) -> Groups:
    """Leave out the groups whose share of this year or last is not defined, because its volume is 0."""
    for part in limit.parts:
        if part.as_share_of_volume:
            year_before = quantities.year_before(part.quantity)
            now, before = _volumes(year_before, quantities.evidence)
            defined = (now != 0) & (before != 0)
            known = _within(year_before.only(defined), part.where, limit.years, quantities.evidence)
            groups = grouped(known, limit.each, quantities.evidence)
    return groups


def _with_volume(groups: Groups, limit: Limit, quantities: Quantities) -> Groups:
    """Keep the groups that have a volume, where the limit makes rows for those alone."""
    if not limit.with_volume:
        return groups
    demand = _within(demand_fte(quantities), limit.where, limit.years, quantities.evidence)
    return grouped(demand.only(demand.constant > 0), limit.each, quantities.evidence)


def _point(quantity: Quantity, quantities: Quantities, year: Integers) -> Integers:
    cell = quantities.decisions.cell_of[quantity.keys["area"], quantity.keys["task"]]
    return cell * len(quantities.evidence.settings.years) + year


def _slope_of_demand(part: Part, quantity: Quantity, row: Integers, quantities: Quantities) -> Slope:
    inside = row >= 0
    factor = np.array(part.factor)[quantity.keys["year"]]
    if part.quantity == "demand_fte":
        factor = factor / quantities.evidence.yardstick[quantity.keys["task"]]
    point = _point(quantity, quantities, quantity.keys["year"])
    nothing = np.full(int(inside.sum()), -1, dtype=np.int64)
    return Slope(row[inside], point[inside], nothing, factor[inside])


def _slopes_of_share(quantity: Quantity, row: Integers, quantities: Quantities) -> list[Slope]:
    """Return the slopes of activity[t−1] × volume[t] ÷ volume[t−1].

    It moves with both volumes; before the first year with this year's alone.
    """
    now, before = _volumes(quantity, quantities.evidence)
    year = quantity.keys["year"]
    known = (year == 0) & (row >= 0) & (now > 0)
    share = quantity.constant / np.where(now > 0, now, 1.0)
    first = Slope(row[known], _point(quantity, quantities, year)[known], np.full(int(known.sum()), -1), share[known])
    entry = quantity.entry
    inside = (row[entry] >= 0) & (now[entry] > 0)
    entry, column, coefficient = entry[inside], quantity.column[inside], quantity.coefficient[inside]
    this = Slope(row[entry], _point(quantity, quantities, year)[entry], column, coefficient / now[entry])
    last = Slope(row[entry], _point(quantity, quantities, year - 1)[entry], column, -coefficient / before[entry])
    return [first, this, last]
