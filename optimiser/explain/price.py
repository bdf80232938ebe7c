"""Finds what one more of a number is worth, and how far that holds, by solving again on both sides."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from optimiser.explain.candidates import Push, moved
from optimiser.explain.line import Line, takes_over
from optimiser.explain.side import Price as Price
from optimiser.explain.side import Side as Side
from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.plan.kept_basis import Codes
from optimiser.solving.basis import as_codes, from_codes
from optimiser.solving.highs import SMALL
from optimiser.solving.prices import demand_prices
from optimiser.solving.priorities import Answer, Priced, Session
from optimiser.solving.solvable import Arrays

_SAME = 1e-7
"""Slopes and values that differ by less, relative to their size, are the same."""
NEAR = 0.01
"""On a large model slopes that differ by less than one per cent count as one: with 21 alliances the last digits of a
price change every few thousand pounds, which helps nobody and takes a solve to find."""
_STEPS = 24
_FIRST_LOOK = 50
"""The first look goes a fiftieth of the number away: near plans are found fast, and most pieces end near by."""
_LARGE_FIRST_LOOK = 4_000
"""Where a far look takes half a minute and a near one two seconds, the first is very near and the rest follow it."""
_FARTHER = 2
_FARTHEST = 16
"""How many times the number itself is looked at for an end of what one more is worth."""
_LARGE = SMALL
"""Rows from which every look takes seconds: then the first is much nearer, and none goes beyond a thirtieth."""


@dataclass(frozen=True)
class Point:
    """Hold the priority with the number moved by one amount."""

    at: float
    value: float
    slope: float
    answer: Answer = field(repr=False)


@dataclass(frozen=True)
class Known:
    """Hold the answer to the unchanged programme, and the basis it was found with (none with whole numbers)."""

    base: Answer
    basis: Codes | None


class Pricer:
    """Solve one programme again and again, up to the priority that is asked about."""

    def __init__(
        self, programme: Programme, priority: int, known: Known | None = None, basis: Codes | None = None
    ) -> None:
        """Solve the programme once; every later solve starts from there. Raises ValueError where there is no plan.

        `basis` is one to solve it from, where an earlier solve has left one.
        """
        self.priority = priority
        self.programme = programme.up_to(priority)
        self._session = Session(self.programme, Arrays(programme.matrix))
        self.solves = 0
        self.base = self._solved(basis) if known is None else known.base
        if known is not None and known.basis is not None:
            self._session.resume(from_codes(known.basis))
        self.roughly = len(programme.matrix.lower) > _LARGE
        """True where an end is told only when the slope there changes by a per cent (NEAR)."""
        self._bases: list[tuple[float, Any]] = []

    def _solved(self, basis: Codes | None) -> Answer:
        self.solves += 1
        outcome = self._session.solve() if basis is None else self._session.solve_from(from_codes(basis))
        if outcome.answer is None:
            raise ValueError(f"the plan cannot be solved again: {outcome.ended.value}")
        return outcome.answer

    @property
    def known(self) -> Known:
        """Return what another process needs to go on from here without solving first."""
        return Known(self.base, as_codes(self._session.basis))

    @cached_property
    def bounds(self) -> Floats:
        """Return [row]: the bound that each row's level is held to, under the plan."""
        return np.concatenate([block.bound.values(self.base.decisions) for block in self.programme.blocks])

    @property
    def whole(self) -> bool:
        """Return whether there are whole numbers, and so no prices, only plans to compare."""
        return not self.base.prices

    @property
    def value(self) -> float:
        """Return the priority's value with no number moved."""
        return self.base.values[self.priority]

    def slope(self, push: Push, priced: Priced | None = None, decisions: Floats | None = None) -> float:
        """Return how the priority changes with the number, by the prices of the plan (0 without prices)."""
        if self.whole:
            return 0.0
        given = self.base.prices[self.priority] if priced is None else priced
        if push.points is None:
            return float(given.rows[push.rows] @ push.slope)
        area, task, share = push.points
        here = self.base.decisions if decisions is None else decisions
        cell = self.programme.quantities.decisions.cell_of[area, task]
        at = (push.year or 0) - self.programme.evidence.settings.first_year
        return float(demand_prices(self.programme, here, given)[cell, at] @ share)

    def at(self, push: Push, amount: float) -> Point | None:
        """Return the priority with the number moved; None where there is then no plan."""
        self.solves += 1
        # Columns that were made continuous stay so.
        changed = replace(moved(self.programme, push, amount).up_to(self.priority), integer=self.programme.integer)
        answer = self._session.again(changed, self._nearest(amount)).answer
        if answer is None:
            return None
        self._bases.append((amount, self._session.found))
        priced = answer.prices[self.priority] if answer.prices else None
        slope = self.slope(push, priced, answer.decisions) if priced is not None else math.nan
        return Point(amount, answer.values[self.priority], slope, answer)

    def _nearest(self, amount: float) -> Any:
        """Return the basis of the nearest place of this number that was solved; None for today's."""
        place, basis = min(self._bases, key=lambda one: abs(one[0] - amount), default=(0.0, None))
        return basis if abs(place - amount) < abs(amount) else None

    def price(self, push: Push) -> Price:
        """Price both sides of a number by solving again."""
        self._bases = []
        name = self.programme.objectives[self.priority].name
        reach = self._reach(push)
        if self._line is not None and push.kind != "demand":
            helps = push.better or (1 if self.slope(push) <= 0 else -1)
            sides = [self._along(self._line, push, sign, sign == helps) for sign in (1.0, -1.0)]
        elif self.whole or (self.roughly and push.kind == "demand"):
            sides = [self._whole_side(push, sign) for sign in (1.0, -1.0)]
        else:
            sides = [self._side(push, sign, reach) for sign in (1.0, -1.0)]
        better = push.better or (1 if sides[0].slope <= 0 else -1)
        worth = -sides[0].slope if better > 0 else sides[1].slope
        return Price(push, name, sides[0], sides[1], worth * push.one_percent)

    @cached_property
    def _line(self) -> Line | None:
        """Return the programme along a number; only where no priority before this one weighs anything."""
        before, this = self.programme.objectives[: self.priority], self.programme.objectives[self.priority]
        if self.whole or any(one.coefficient.any() for one in before):
            return None
        return Line(self.programme, this.coefficient, self._session.basis, NEAR, not self.roughly)

    def _along(self, line: Line, push: Push, sign: float, half: bool) -> Side:
        """Price one side of a number on a line; downwards the number itself is an end."""
        far = self._far(push, sign)
        side = line.side(push, sign, far, half)
        bottom = sign < 0 and not math.isnan(push.number) and math.isinf(side.end)
        return replace(side, end=far) if bottom else side

    @staticmethod
    def _far(push: Push, sign: float) -> float:
        """Return how far to look along a number: down to nothing, up to 16 times the number."""
        if math.isnan(push.number):
            return _FARTHEST * push.one
        return max(_FARTHEST * abs(push.number), push.one) if sign > 0 else abs(push.number)

    def _reach(self, push: Push) -> float:
        """Return how far the first look goes."""
        if math.isnan(push.number):
            return push.one
        if self.roughly:
            return abs(push.number) / _LARGE_FIRST_LOOK
        return max(abs(push.number) / _FIRST_LOOK, push.one)

    def _whole_side(self, push: Push, sign: float) -> Side:
        """Solve for one unit: with whole people there is no slope, and demand moves terms as well as bounds."""
        found = self.at(push, sign * push.one)
        if found is None:
            return Side(math.nan, 0.0, possible=False)
        slope = (found.value - self.value) / (sign * push.one)
        return Side(slope, push.one) if self.whole else Side(slope, math.inf, looked=push.one)

    def _side(self, push: Push, sign: float, reach: float) -> Side:
        """Find the first straight piece of the value beside today's number, by tangents that meet.

        The value is convex in the number: where the tangent at some place passes through today's value, all between
        is straight; else it meets today's tangent nearer by, and the search goes on there.
        """
        base, slope = self.value, self.slope(push)
        scale = max(1.0, abs(base))
        point, edge = self._look(push, 0.0, sign * min(reach, self._most(push, sign)))
        beyond: Point | None = None
        for _ in range(_STEPS):
            if point is None:
                return Side(math.nan, 0.0, possible=False)
            chord = (point.value - base) / point.at
            if self._straight(chord, point, scale):
                far = min(_FARTHER * abs(point.at), self._most(push, sign))
                if beyond is not None or edge or far <= abs(point.at) * (1 + 1e-9):
                    return self._piece(push, sign, point, chord, beyond, edge)
                point, edge = self._look(push, point.at, sign * far)
                continue
            beyond, meeting = point, self._meeting(point, base, slope)
            point, edge = self.at(push, meeting), False
            if point is not None and self._on_tangent(point.value - base, slope * meeting, scale):
                return self._piece(push, sign, point, slope, beyond, edge)
        return Side(slope, math.inf, looked=0.0 if point is None else abs(point.at))

    def _look(self, push: Push, inside: float, far: float) -> tuple[Point | None, bool]:
        """Return the priority far away or, without a plan there, at the last place with one, by halving (True)."""
        if far == 0:
            return None, True
        found = self.at(push, far)
        if found is not None:
            return found, False
        low, high, best = inside, far, None
        for _ in range(_STEPS):
            middle = (low + high) / 2
            found = self.at(push, middle)
            low, high, best = (low, middle, best) if found is None else (middle, high, found)
            if abs(high - low) <= 1e-6 * max(push.one, abs(low)):
                break
        return (self.at(push, inside) if best is None and inside else best), True

    def _most(self, push: Push, sign: float) -> float:
        """Return how far to look: down to nothing (half-way for demand: without any there are no shares of it)."""
        if math.isnan(push.number):
            return _FARTHEST * push.one
        if sign > 0 or self.roughly:
            least = push.one if sign > 0 else min(push.one, abs(push.number))
            return max(abs(push.number) * (1 / 30 if self.roughly else _FARTHEST), least)
        return abs(push.number) / (2 if push.kind == "demand" else 1)

    def _straight(self, chord: float, point: Point, scale: float) -> bool:
        """Return whether all between today's number and the point is straight: the tangent there is the chord."""
        room = scale / max(abs(point.at), 1e-9)
        apart, size = abs(chord - point.slope), max(abs(chord), abs(point.slope))
        return apart <= max(_SAME * max(size, room), NEAR * size if self.roughly else 0.0)

    def _on_tangent(self, change: float, foretold: float, scale: float) -> bool:
        """Return whether the value has changed as today's price foretells."""
        return abs(change - foretold) <= max(_SAME * scale, NEAR * abs(foretold) if self.roughly else 0.0)

    @staticmethod
    def _meeting(point: Point, base: float, slope: float) -> float:
        """Return where the tangent at a point meets today's."""
        if abs(point.slope - slope) < 1e-15:
            return math.inf
        return (base - point.value + point.slope * point.at) / (point.slope - slope)

    def _piece(self, push: Push, sign: float, point: Point, slope: float, beyond: Point | None, edge: bool) -> Side:
        """Make a straight piece that ends at a point: at another piece, where plans end, or where looking stopped."""
        end = abs(point.at)
        if beyond is not None:
            return Side(slope, end, self._takes_over(beyond), beyond=beyond.slope)
        if edge:
            return Side(slope, end, possible=False)
        bottom = sign < 0 and end >= abs(push.number) * (1 - 1e-9)
        return Side(slope, end if bottom else math.inf, looked=end)

    def _takes_over(self, beyond: Point) -> str:
        """Return the limit whose price appears beyond the end."""
        before, after = self.base.prices[self.priority].rows, beyond.answer.prices[self.priority].rows
        return takes_over(self.programme, before, after, beyond.answer.decisions)
