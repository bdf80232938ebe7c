"""Explains why a route is not used more: what one more start takes and brings, at the plan's prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats
from optimiser.model.programme import Programme
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, read_year

_NOTHING = 1e-9
"""A share of what a start takes below which the balance is none: a route in use is worth just what it takes."""


@dataclass(frozen=True)
class WhyNot:
    """Hold what one more start of a route, area and year does, in units of the first priority limits can move."""

    route: str
    area: str
    year: int
    starts: float
    """What the plan starts there."""
    brings: float
    """What the people trained take off the priority, net of what the course takes of others' time."""
    takes: tuple[tuple[str, float], ...]
    """What each limit's room is worth that the start uses up, most first; below 0 where it makes room."""
    cost: float
    """Spending from budgets that bind, £, undiscounted, all years together."""
    worth_of_cost: float
    """What that money is worth elsewhere."""

    @property
    def short(self) -> float:
        """Return by how much a start is worth less than what it takes: 0 where the route is in use."""
        return sum(amount for _, amount in self.takes) - self.brings

    @property
    def price(self) -> float | None:
        """Return the spending on a start at which it is worth what it takes; None where no price would do."""
        if self.worth_of_cost <= 0 or self.short >= self.worth_of_cost:
            return None
        return self.cost * (1 - self.short / self.worth_of_cost)

    @property
    def used(self) -> bool:
        """Return whether a start is worth just what it takes."""
        size = abs(self.brings) + sum(abs(amount) for _, amount in self.takes)
        return self.short <= _NOTHING * max(size, 1.0)


@dataclass(frozen=True)
class Asked:
    """Hold a route, and the area and year it is asked about, as positions in the evidence."""

    route: int
    area: int | None
    """None: the area where a start lacks least."""
    year: int


def asked(text: str, evidence: Evidence) -> Asked:
    """Read `route=radiology_training[,area=north][,year=2028]`; without a year, the first. Raises FaultsFound."""
    settings, faults, place = evidence.settings, Faults(), Place("--why-not")
    words = {key.strip(): value.strip() for key, _, value in (part.partition("=") for part in text.split(",")) if key}
    allowed = ("route", "area", "year")
    for key in words:
        if key not in allowed:
            faults.add("unknown-key", place, f'"{key}"', "route, area or year", did_you_mean(key, allowed))
    if "route" not in words:
        faults.add("missing-key", place, "no route", "route=…", "Add route=….")
    for key, known in (("route", evidence.routes), ("area", evidence.areas)):
        if key in words and words[key] not in known:
            mend = did_you_mean(words[key], known)
            faults.add(f"unknown-{key}", place, f'"{words[key]}"', f"a code of {key}s.csv", mend)
    year = settings.first_year
    try:
        year = read_year(words["year"], settings.financial_years) if "year" in words else year
    except NotReadable as error:
        faults.add(error.code, place, error.found, error.expected, error.mend)
    if year not in settings.reported_years:
        span = f"a year from {settings.label(settings.first_year)} to {settings.label(settings.last_year)}"
        faults.add("year-outside", place, settings.label(year), span)
    faults.stop_if_any()
    area = evidence.areas.index(words["area"]) if "area" in words else None
    return Asked(evidence.routes.index(words["route"]), area, year - settings.first_year)


def why_not(programme: Programme, coefficient: Floats, duals: Floats, decisions: Floats, about: Asked) -> WhyNot:
    """Balance one more start. `duals`: [row], what the priority gains as the row's number grows by one."""
    starts = programme.quantities.starts
    mine = (starts.keys["route"] == about.route) & (starts.keys["year"] == about.year)
    if about.area is not None:
        mine &= starts.keys["area"] == about.area
    column_of = np.full(len(starts), -1, dtype=np.int64)
    column_of[starts.entry] = starts.column
    found = [
        _balance(programme, coefficient, duals, decisions, entry, int(column_of[entry]))
        for entry in np.flatnonzero(mine).tolist()
    ]
    return min(found, key=lambda one: one.short)


def _balance(
    programme: Programme, coefficient: Floats, duals: Floats, decisions: Floats, entry: int, column: int
) -> WhyNot:
    matrix, starts = programme.matrix, programme.quantities.starts
    terms = np.flatnonzero(matrix.column == column)
    rows, values = matrix.row[terms], matrix.value[terms]
    worth = -values * duals[rows]
    brings, cost, worth_of_cost = -float(coefficient[column]), 0.0, 0.0
    takes: dict[str, float] = {}
    limits = {first: limit for limit, _, first in programme.limits()}
    for row, value, amount in zip(rows.tolist(), values.tolist(), worth.tolist(), strict=True):
        block = int(np.searchsorted(programme.offsets, row, side="right")) - 1
        limit = limits.get(int(programme.offsets[block]))
        if limit is None:
            brings -= amount
            continue
        takes[limit.name] = takes.get(limit.name, 0.0) + amount
        if limit.quantity == "spend" and amount > 0:
            cost, worth_of_cost = cost + value, worth_of_cost + amount
    evidence = programme.evidence
    return WhyNot(
        evidence.routes[int(starts.keys["route"][entry])], evidence.areas[int(starts.keys["area"][entry])],
        evidence.settings.first_year + int(starts.keys["year"][entry]), float(decisions[column]), brings,
        tuple(sorted((one for one in takes.items() if abs(one[1]) > _NOTHING), key=lambda one: -one[1])),
        cost, worth_of_cost,
    )  # fmt: skip
