"""Traces figures to the decisions they follow from, so that the audit's formulas give how they move with each.

The audit works out every figure from the decisions by sums and multiples. Done with `Traced` numbers the same formulas
leave a trail, and walking it once backwards gives the slope of any of them along every decision: the rows of the linear
programme as the audit reads them, with nothing of the optimiser's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

Name = tuple[str, ...]
NONE = -1


@dataclass
class Trail:
    """Keep every traced figure in the order it was made: the one or two it was made from, and how much of each."""

    one: list[int] = field(default_factory=list)
    much: list[float] = field(default_factory=list)
    other: list[int] = field(default_factory=list)
    much_other: list[float] = field(default_factory=list)
    decisions: dict[Name, Decision] = field(default_factory=dict)

    def step(self, one: int, much: float, other: int = NONE, much_other: float = 0.0) -> int:
        """Note one figure and return its position."""
        self.one.append(one)
        self.much.append(much)
        self.other.append(other)
        self.much_other.append(much_other)
        return len(self.one) - 1

    def decision(self, name: Name, value: float, most: float = math.inf, reach: float = math.inf) -> Traced:
        """Note a figure that was decided: at least 0, at most `most`, and in no plan beyond `reach`."""
        traced = Traced.made(value, self, self.step(NONE, 0.0))
        self.decisions[name] = Decision(traced.at, value, most, reach)
        return traced

    def slopes(self, weights: Iterable[tuple[float, float]]) -> dict[Name, tuple[float, float]]:
        """Return how Σ weight × figure moves with each decision, and the size of the terms of that slope."""
        slope, size = [0.0] * len(self.one), [0.0] * len(self.one)
        for weight, figure in weights:
            if isinstance(figure, Traced):
                slope[figure.at] += weight
                size[figure.at] += abs(weight)
        one, much, other, much_other = self.one, self.much, self.other, self.much_other
        for at in range(len(one) - 1, -1, -1):
            if not size[at]:
                continue
            for place, factor in ((one[at], much[at]), (other[at], much_other[at])):
                if place != NONE:
                    slope[place] += slope[at] * factor
                    size[place] += size[at] * abs(factor)
        return {name: (slope[one.at], size[one.at]) for name, one in self.decisions.items()}


@dataclass(frozen=True)
class Decision:
    """Hold a decision: its position on the trail, its value in the plan, and how far it may go."""

    at: int
    value: float
    most: float
    reach: float


class Traced(float):
    """Hold a number with its position on a trail; sums and multiples of it are traced as well."""

    __slots__ = ("at", "trail")
    trail: Trail
    at: int

    @classmethod
    def made(cls, value: float, trail: Trail, at: int) -> Traced:
        """Make a figure at a position of a trail."""
        figure = cls(value)
        figure.trail, figure.at = trail, at
        return figure

    def _sum(self, mine: float, other: float, its: float) -> Traced:
        value = mine * float(self) + its * float(other)
        if isinstance(other, Traced):
            return Traced.made(value, self.trail, self.trail.step(self.at, mine, other.at, its))
        return self if mine == 1.0 and other == 0.0 else Traced.made(value, self.trail, self.trail.step(self.at, mine))

    def __add__(self, other: float) -> Traced:
        return self._sum(1.0, other, 1.0)

    __radd__ = __add__

    def __sub__(self, other: float) -> Traced:
        return self._sum(1.0, other, -1.0)

    def __rsub__(self, other: float) -> Traced:
        return self._sum(-1.0, other, 1.0)

    def __mul__(self, other: float) -> Traced:
        if isinstance(other, Traced):
            raise TypeError("a decision times a decision is not linear")
        return Traced.made(float(self) * other, self.trail, self.trail.step(self.at, float(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: float) -> Traced:
        return self * (1.0 / other)

    def __neg__(self) -> Traced:
        return self * -1.0
