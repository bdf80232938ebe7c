"""Holds a number's price: what each unit does on both sides, up to where, and what then takes over."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimiser.explain.candidates import Push


@dataclass(frozen=True)
class Side:
    """Hold one side of a number: what each unit does, up to where, and what then takes over."""

    slope: float
    """How much the priority grows with each unit more of the number."""
    end: float
    """How far from today's number it holds (never negative); infinite where no end was found."""
    next_limit: str = ""
    """The limit that holds the plan back beyond the end; empty where none is told from the others."""
    possible: bool | None = True
    """False where there is no plan at all beyond the end; None where nobody looked."""
    beyond: float = math.nan
    """The slope beyond the end; NaN where it is not known."""
    looked: float = math.nan
    """Where no end was found: how far was looked."""
    half: float = math.nan
    """How far a unit buys at least half as much; infinite beyond what was looked at, NaN where it is not known."""


@dataclass(frozen=True)
class Price:
    """Hold a number's price on both sides, for one priority."""

    push: Push
    priority: str
    more: Side
    less: Side
    one_percent: float
    """What 1 % in the better direction buys, at today's price."""

    @property
    def gain(self) -> float:
        """Return how much better the priority gets with one unit in the better direction."""
        better = self.push.better or self.direction
        return -self.more.slope if better > 0 else self.less.slope

    @property
    def loss(self) -> float:
        """Return how much worse the priority gets with one unit in the other direction."""
        better = self.push.better or self.direction
        return self.less.slope * -1.0 if better > 0 else self.more.slope

    @property
    def direction(self) -> int:
        """Return which way helps, +1 or −1, where either might."""
        return 1 if self.more.slope <= 0 else -1
