"""Finds how far a price holds by linear programmes in which the number is a decision: no search, few steps.

The first priority is convex and straight in pieces along any number that bounds follow linearly. So the least of
value − worth × number lies where one more unit has come to change the value by `worth`: one solve from the basis at
hand finds where a price has changed by a per cent, or where a pound buys half as much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optimiser.errors import NotProved
from optimiser.explain.candidates import Push
from optimiser.explain.side import Side
from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.solving.highs import Solver
from optimiser.solving.status import Status

_NOTHING = 1e-9
"""A step below this share of a number's own step is none: the price at hand is not that of this side."""
_ASIDE = 1e-3
"""How far beside a place, in steps of the number, the price there is taken."""
_STEP = 0.01
"""A step of a number, as a share of it."""
_MOST_STEPS = 1_500
"""Steps of the simplex method after which nobody waits for where a unit buys half as much: 3 s on England."""
_FROM_STEP = 1e3
"""How many times larger or smaller than a step the solver's own unit may be."""
_SEEN = 1e-5
"""The least change of a price that the solver tells from none, as a share of what is one for it."""


@dataclass
class Line:
    """Follow a programme's first priority along one number after another, each from the same basis."""

    programme: Programme
    coefficient: Floats
    """Of the priority: no other before it weighs anything."""
    start: Any
    """A basis at which it is least."""
    change: float
    """The share by which a price must change to count as another."""
    look_beyond: bool = True
    """False leaves open whether there is a plan beyond an end: on England that takes more steps than the end itself."""
    _solver: Solver = field(init=False)
    _basis: Any = field(init=False)
    _least: float = field(init=False, default=0.0)
    """The least change of a price that counts, for the number at hand."""
    duals: Floats = field(init=False)
    """[row]: of the optimum at hand."""

    def __post_init__(self) -> None:
        self._solver = Solver(self.programme.matrix, self.programme.upper, self.programme.integer)
        self._solver.use_basis(self.start)
        self._solver.minimise(self.coefficient, "warm")
        self._basis = self._solver.basis()
        self.duals = self._solver.row_duals()

    def side(self, push: Push, sign: float, most: float, half: bool) -> Side:
        """Price one side of a number, up to `most` away; with `half`, also find where a unit buys half as much."""
        number = 0.0 if math.isnan(push.number) else abs(push.number)
        step = max(number * _STEP, 1e-6 * push.one) if number else push.one
        adds = sign * push.slope
        rows, places = np.unique(push.rows, return_inverse=True)
        summed: Floats = np.bincount(places, weights=adds, minlength=len(rows)).astype(np.float64)
        self._solver.add_number(rows, summed, self._unit(float(self.duals[rows] @ summed), step))
        try:
            return self._found(rows, summed, sign, step, most, half)
        finally:
            self._solver.drop_number(self._basis)

    def _unit(self, slope: float, step: float) -> float:
        """Choose the solver's unit: what changes its costs by one, so that its tolerance hides no change."""
        telling = self._solver.natural(1.0) / abs(slope) if slope else step
        unit = min(max(telling, step / _FROM_STEP), step * _FROM_STEP)
        self._least = _SEEN * self._solver.natural(1.0) / unit
        return unit

    def _found(self, rows: Any, adds: Floats, sign: float, step: float, most: float, half: bool) -> Side:
        slope = float(self.duals[rows] @ adds)
        end = self._until(slope, most)
        if end <= _NOTHING * step:
            # A corner: this side has a price of its own.
            aside = self._at(rows, adds, _ASIDE * step)
            if aside is None:
                return Side(math.nan, 0.0, possible=False)
            slope = aside
            end = self._until(slope, most)
        if end >= most * (1 - 1e-9):
            return Side(sign * slope, math.inf, looked=most)
        next_limit = "" if self.look_beyond else self._takes_over()
        halved = self._half(slope, most) if half else math.nan
        if not self.look_beyond:
            return Side(sign * slope, end, next_limit, possible=None, half=halved)
        beyond = self._at(rows, adds, end + _ASIDE * step)
        if beyond is None:
            return Side(sign * slope, end, possible=False, half=halved)
        return Side(sign * slope, end, self._takes_over(), beyond=sign * beyond, half=halved)

    def _until(self, slope: float, most: float) -> float:
        """Find how far the number goes before a unit changes the value noticeably more than by `slope`."""
        worth = slope + max(self.change * abs(slope), self._least)
        ending = self._solver.grow(worth, 0.0, most)
        if ending.status is not Status.OPTIMAL:
            raise NotProved(f"how far a price holds could not be found: {ending.ended.value}")
        return self._solver.grown()

    def _half(self, slope: float, most: float) -> float:
        """Find how far it goes before a unit buys half as much; infinite beyond `most`, NaN where not found."""
        if slope >= 0 or self._solver.grow(slope / 2, 0.0, most, _MOST_STEPS).status is not Status.OPTIMAL:
            return math.nan
        found = self._solver.grown()
        return math.inf if found >= most * (1 - 1e-9) else found

    def _at(self, rows: Any, adds: Floats, amount: float) -> float | None:
        """Return what a unit changes with the number moved by an amount; None where there is no plan."""
        if self._solver.grow(0.0, amount, amount).status is not Status.OPTIMAL:
            return None
        return float(self._solver.row_duals()[rows] @ adds)

    def _takes_over(self) -> str:
        """Return the limit whose price appears where the solver is now: the largest by 1 % of its bound."""
        return takes_over(self.programme, self.duals, self._solver.row_duals(), self._solver.decisions())


def takes_over(programme: Programme, before: Floats, after: Floats, decisions: Floats) -> str:
    """Return `name|year` of the limit with the largest price after and none before; empty where there is none."""
    best, name = 1e-9, ""
    for limit, rows, first in programme.limits():
        here = slice(first, first + len(rows))
        new = np.where(np.abs(before[here]) < 1e-12, np.abs(after[here]), 0.0)
        worth = new * np.maximum(np.abs(rows.bound.values(decisions)), 1e-6)
        if len(worth) and worth.max() > best:
            row = int(np.argmax(worth))
            year = "" if "year" not in rows.keys else rows.labels["year"][rows.keys["year"][row]]
            best, name = float(worth.max()), f"{limit.name}|{year}"
    return name
