"""Defines the one form of every policy: a named linear limit on a quantity, with a unit and an owner.

A limit says, for each group of `each`:

    level = Σ quantity (+ Σ plus)   at_most | at_least | exactly   bound = constant + Σ parts

Every constraint family is a short way to write it, so everything that reads limits (the model, the
prices, the result tables, the explanations) knows this one form and no family by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.text.faults import Place

Sense = Literal["at_most", "at_least", "exactly"]
When = Literal["same_year", "year_before", "before_first_year"]
Where = Mapping[str, tuple[str, ...]]
"""Key (`route`, `kind`, `area` …) → the values selected; an absent key selects all."""

_ROUTE = ("route", "kind", "from_role", "role")
_ROLE = ("role", "staff_group")
_TASK = ("task", "service")

QUANTITY_KEYS: Mapping[str, tuple[str, ...]] = {
    "starts": _ROUTE,
    "in_training": _ROUTE,
    "joiners": _ROUTE,
    "staff": _ROLE,
    "leavers": _ROLE,
    "idle": _ROLE,
    "work": _ROLE + _TASK,
    "activity": _ROLE + _TASK,
    "outsourced": _TASK,
    "unmet": _TASK,
    "received": _TASK,
    "demand": _TASK,
    "pattern": ("pattern", "role"),
    "spend": ("budget", "line", "item"),
}
"""The quantities a policy may name and the keys of each, beside `area`, `region` and `year`."""

VOLUMES = ("demand", "demand_fte")
"""The quantities that are evidence in every year: the volume in a task's unit, and in FTE of the yardstick."""

QUANTITY_UNITS: Mapping[str, str] = {
    "starts": "starts",
    "in_training": "trainees",
    "joiners": "FTE",
    "staff": "FTE",
    "leavers": "FTE",
    "idle": "FTE",
    "work": "FTE",
    "pattern": "FTE",
    "unmet_fte": "FTE",
}
"""Units of the quantities that have one of their own; the others take a task's unit or the currency."""


@dataclass(frozen=True)
class Selection:
    """Name a quantity and the part of it that is meant: `{quantity: joiners, where: {role: radiologist}}`."""

    quantity: str
    where: Where = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """Add a multiple of a quantity to one side of a limit, summed over the limit's own groups.

    `factor` has one number for each modelled year (that of the row). `when` says which year of
    the quantity is meant; the year before first_year is known from the evidence (staff in post,
    past starts, current_share × this year's volume). `as_share_of_volume` turns last year's activity into
    last year's share of this year's volume: × volume[t] ÷ volume[t−1]; a group whose volume is 0 this
    year or was last year makes no row.
    """

    quantity: str
    where: Where
    factor: tuple[float, ...]
    when: When = "same_year"
    as_share_of_volume: bool = False


@dataclass(frozen=True)
class EntryNumber:
    """Declare the number in the user's file that sets a limit's bound, as the family that reads it knows it.

    Whatever moves numbers or prices them (explain, diagnose, the studies) asks this and no family by its name.
    """

    key: str
    """What it is called in the file: limit, places, max_share …"""
    values: tuple[float, ...]
    """By modelled year, in its own unit; money in real terms."""
    acts_on: Literal["bound", "volume", "decision"] = "bound"
    """Whether it sets the bound by itself, as a share of the volume, or as a multiple of a decision: moving the last
    changes a coefficient, so that only solving again can price it."""
    per_one: float | tuple[float, ...] = 1.0
    """What one more of it adds to the bound, or to the share or multiple; the same in every year, or by modelled year.
    Below 0 where a larger number lowers the bound."""
    unit: str = ""
    """The unit of the number; empty for the limit's own."""
    in_file: tuple[float, ...] = ()
    """By modelled year: the number in the file for each unit in which the model counts it (the price level of a
    limit in cash); empty for 1."""

    @property
    def sign(self) -> float:
        """Return −1 where a larger number lowers the bound, 1 elsewhere."""
        per_one = self.per_one if isinstance(self.per_one, tuple) else (self.per_one,)
        return -1.0 if min(per_one) < 0 else 1.0

    def adds(self, t: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what one more of the number adds in each of these modelled years (positions, 0 for the first)."""
        return np.array(self.per_one)[t] if isinstance(self.per_one, tuple) else np.full(len(t), self.per_one)


@dataclass(frozen=True)
class Limit:
    """Limit one quantity as one family entry asks; there is one row for each group of `each`.

    `constant` has one number for each modelled year, in the quantity's own unit; without `year`
    in `each` all of them are equal and the number counts once. `years` are the years that make rows
    (or, without `year` in `each`, the years summed).
    """

    label: str
    """Unique among all limits of a policy: the name, and which of the entry's keys it comes from."""
    name: str
    """The entry's name, as the result tables show it."""
    family: str
    quantity: str
    where: Where
    each: tuple[str, ...]
    sense: Sense
    constant: tuple[float, ...]
    years: tuple[int, ...]
    unit: str
    place: Place
    plus: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    set_by: str = ""
    reference: str = ""
    follows: tuple[str, tuple[float, ...]] | None = None
    """(label of another limit, share by modelled year): this bound is that share of the number that sets the other
    one's bound, in the same year where both have rows by year, so easing the other by one unit eases this one by
    the share."""
    number: EntryNumber | None = None
    """The number that sets the bound; None where no number of the entry does, or another limit's does."""
    entry: str = ""
    """The name of the entry the limit comes from; `name` differs from it for what a budget may carry forward."""
    with_volume: bool = False
    """True where a group without any volume makes no row."""
    may_break: float | None = None
    """What a unit by which a row is broken weighs; None where the rows always hold."""


@dataclass(frozen=True)
class Carry:
    """Let a budget entry carry unspent money into the next year: one column a year in `years`."""

    label: str
    """Label of the entry's main limit; quantity `carry` has the keys entry (this label) and year."""
    budget: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class Cohort:
    """Name a route that runs in cohorts: it has a yes-or-no column for each area and year.

    Quantity `cohort` has the keys entry (this label), area, route and year; the entry's two limits
    (at least `at_least` starts where it is 1, at most the places) are ordinary limits with parts of it.
    """

    label: str
    route: str


@dataclass(frozen=True)
class CommonShare:
    """Name a service whose share of volume unmet in all areas together, in FTE, has a column for each year.

    Quantity `common_share` has the keys entry (this label), area and year; it is the share × the area's own volume.
    """

    label: str
    service: str


@dataclass(frozen=True)
class Tier:
    """Weigh a slice of shortage: from the tier before to the share `up_to` of a volume (None: all beyond)."""

    up_to: float | None
    weight: float


@dataclass(frozen=True)
class Steady:
    """Name the starts to keep steady, with the weight of one more or fewer than the year before."""

    weight: float
    where: Where


@dataclass(frozen=True)
class Priority:
    """Name one objective of the ordered list: `unmet`, `cost` or, with `own`, one of `QUANTITY_KEYS`."""

    name: str
    """Unique: `unmet`, `cost`, or the quantity's name (a second one of the same name gets `_2`)."""
    quantity: str
    own: bool = False
    where: Where = field(default_factory=dict)
