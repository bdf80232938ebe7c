"""Lists what could be a little more or less: limits, demand and people's time, each as a push on rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.breaking import is_broken_open, with_breaches
from optimiser.model.entry_numbers import POINTS, numbers_in_rows, of_decision
from optimiser.model.moved_bounds import numbers_moved
from optimiser.model.programme import Programme, build
from optimiser.model.rows import Rows

Kind = Literal["limit", "demand", "time", "staff"]


@dataclass(frozen=True)
class Push:
    """Hold one number that could move, and what a unit of it adds to the bounds of rows (or to volumes).

    `better` is the direction in which moving it can only help: +1 for a maximum, −1 for a minimum and for demand, 0
    where either may.
    """

    kind: Kind
    name: str
    family: str
    year: int | None
    keys: Mapping[str, str]
    unit: str
    """Of the number: places, FTE, £, a task's unit; percentage points stand for a share."""
    number: float
    """What it is now; NaN where there is no such number (people's time)."""
    rows: Integers
    slope: Floats
    better: int
    points: tuple[Integers, Integers, Floats] | None = field(default=None, compare=False)
    """demand: areas, tasks and the share of a unit each takes."""
    years: int = 1
    """How many years are moved together, each by as much; `number` is then their average."""
    most: int | None = None
    """Of several years, that in which one per cent buys most."""
    is_money: bool = False
    of_a_row: bool = False
    """True where no number of the entry sets the bound by itself, so that each row is eased alone."""

    @property
    def one(self) -> float:
        """Return the amount that sentences price: a place, an FTE, a percentage point, £1m (£1,000 if small)."""
        if self.unit == POINTS:
            return 0.01
        if self.is_money:
            return 1e6 if self.number >= 1e7 else 1e3 if self.number >= 1e4 else 1.0
        if self.kind == "demand" and self.number >= 1e4:
            return float(10 ** math.floor(math.log10(self.number / 1e3)))
        return 1.0

    @property
    def one_percent(self) -> float:
        """Return one per cent of the number; 0 where there is none."""
        return 0.0 if np.isnan(self.number) else abs(self.number) / 100


def moved(programme: Programme, push: Push, amount: float) -> Programme:
    """Return the programme with the number moved by an amount, in the number's own unit."""
    if push.kind != "demand":
        move = np.zeros(len(programme.matrix.lower))
        np.add.at(move, push.rows, push.slope * amount)
        return numbers_moved(programme, move)
    if push.points is None or push.year is None:
        raise ValueError("a push on demand says whose")
    evidence = programme.evidence
    area, task, share = push.points
    volume = evidence.volume.copy()
    volume[area, task, push.year - evidence.settings.first_year] += share * amount
    changed = build(replace(evidence, volume=np.maximum(volume, 0.0)), programme.policy)
    return with_breaches(changed) if is_broken_open(programme) else changed


def limit_pushes(programme: Programme) -> Iterator[Push]:
    """Yield every number of every limit: one for each year, or for each row where none sets the bound by itself."""
    for limit, rows, first in programme.limits():
        if limit.follows is not None:
            continue
        better = {"at_most": 1, "at_least": -1, "exactly": 0}[limit.sense]
        if limit.number is None or of_decision(limit):
            for row in range(len(rows)):
                yield _of_row(limit, rows, first, row, better)
            continue
        currency = programme.evidence.settings.currency
        for one in numbers_in_rows(programme, limit, rows, first):
            # A larger number may lower the bound: then it is the number, not the bound, whose rise is priced.
            yield Push("limit", limit.name, limit.family, one.year, _codes(limit), one.unit, one.value, one.rows,
                       one.slope, int(one.number.sign) * better, is_money=one.unit == currency)  # fmt: skip


def _of_row(limit: Limit, rows: Rows, first: int, row: int, better: int) -> Push:
    keys = {name: str(rows.labels[name][codes[row]]) for name, codes in rows.keys.items() if name != "year"}
    year = None if "year" not in rows.keys else int(rows.labels["year"][rows.keys["year"][row]])
    number = float(rows.bound.constant[row])
    known = limit.number is None and not len(rows.bound.terms()[0])
    return Push("limit", limit.name, limit.family, year, {**_codes(limit), **keys}, limit.unit,
                number if known else np.nan, np.array([first + row]), np.ones(1), better, of_a_row=True)  # fmt: skip


def _codes(limit: Limit) -> dict[str, str]:
    """Return the keys for which the whole limit has one code."""
    return {key: values[0] for key, values in limit.where.items() if len(values) == 1 and key != "entry"}


def demand_pushes(programme: Programme) -> Iterator[Push]:
    """Yield a unit of each task in each year, shared among areas as the volume is."""
    evidence = programme.evidence
    for task, code in enumerate(evidence.tasks):
        areas = np.flatnonzero(evidence.has_demand[:, task])
        for at, year in enumerate(evidence.settings.years):
            volume = evidence.volume[areas, task, at]
            if volume.sum() > 0:
                tasks = np.full(len(areas), task)
                yield Push("demand", code, "demand", year, {"task": code}, evidence.task_units[task],
                           float(volume.sum()), np.zeros(0, np.int64), np.zeros(0), -1,
                           (areas, tasks, volume / volume.sum()))  # fmt: skip


def people_pushes(programme: Programme) -> Iterator[Push]:
    """Yield a year of every supervisor's time, and one more FTE in post of every role that feeds a route."""
    evidence = programme.evidence
    supervisors = {int(role) for role in evidence.supervisor_role if role >= 0}
    feeders = {int(role) for role in evidence.from_role if role >= 0}
    for kind, block, roles in (
        ("time", "time_balance", sorted(supervisors | feeders)), ("staff", "staff_balance", sorted(feeders)),
    ):  # fmt: skip
        place = next(number for number, rows in enumerate(programme.blocks) if rows.name == block)
        rows, first = programme.blocks[place], int(programme.offsets[place])
        for role in roles:
            share = _share_of_staff(evidence.staff_in_post[:, role])
            for at, year in enumerate(evidence.settings.years):
                mine = np.flatnonzero((rows.keys["role"] == role) & (rows.keys["year"] == at))
                slope = share[rows.keys["area"][mine]]
                yield Push("time" if kind == "time" else "staff", evidence.roles[role], "identities", year,
                           {"role": evidence.roles[role]}, "FTE", np.nan, first + mine, slope, 1)  # fmt: skip


def _share_of_staff(staff: Floats) -> Floats:
    total = float(staff.sum())
    return staff / total if total > 0 else np.full(len(staff), 1.0 / len(staff))
