"""Works out a row's bound for the keys of the row, in each way in which the contract words one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from optimiser.audit.amounts import Amounts, Group
from optimiser.audit.option import Number

Keys = Mapping[str, str]
Bound = Callable[[Keys], float]
"""From the keys of a row (area, year …) to its bound; NaN where there is no such row."""


class Bounds:
    """Give bounds at the figures of a plan."""

    def __init__(self, amounts: Amounts) -> None:
        """Take the plan's quantities."""
        self.amounts, self.book, self.replay = amounts, amounts.book, amounts.replay

    def number(self, by_year: Number, times: float = 1.0) -> Bound:
        """Bound by a number of the row's year (of the first, where the row is about all years)."""

        def bound(keys: Keys) -> float:
            year = int(keys["year"]) if "year" in keys else self.book.first
            return times * by_year.at(year)

        return bound

    def filled(self, places: Number, route: str) -> Bound:
        """Bound by the places of the row's year that are filled."""
        number = self.number(places)
        return lambda keys: self.book.filled(route, int(keys["year"])) * number(keys)

    def portion(self, by_year: Number, base: Mapping[Group, float], each: Sequence[str]) -> Bound:
        """Bound by a share of another quantity in the same group."""
        number = self.number(by_year)
        return lambda keys: number(keys) * base.get(tuple(keys[key] for key in each), 0.0)

    def of_volume(self, task: str, share: Number, of_rest: bool = False) -> Bound:
        """Bound by a share of the volume in the row's area and year, or (`of_rest`) by all but that share."""

        def bound(keys: Keys) -> float:
            year = int(keys["year"])
            part = 1.0 - share.at(year) if of_rest else share.at(year)
            return part * self.book.volume(keys["area"], task, year)

        return bound

    def moved_share(self, role: str, task: str, change: Number, sign: float) -> Bound:
        """Bound by last year's share, with what it may grow (or fall) by, of this year's volume.

        There is no row where either year's volume is nothing.
        """

        def bound(keys: Keys) -> float:
            area, year = keys["area"], int(keys["year"])
            if not self.book.volume(area, task, year):
                return math.nan
            share = float(self.book.pairs[role, task]["current_share"])
            if year > self.book.first:
                before = self.book.volume(area, task, year - 1)
                done = self.amounts.results.column("work", (role, task, area, str(year - 1)), "units")
                share = done / before if before else math.nan
            return (share + sign * change.at(year)) * self.book.volume(area, task, year)

        return bound

    def paced(self, route: str, change: Number, sign: float, seed: Number | None) -> Bound:
        """Bound by last year's starts and a share of them more, or less, with a seed on top."""

        def bound(keys: Keys) -> float:
            year = int(keys["year"])
            before = self.replay.started(route, keys["area"], year - 1)
            return (1.0 + sign * change.at(year)) * before + (seed.at(year) if seed is not None else 0.0)

        return bound

    def grown_staff(self, role: str, growth: Number, seed: Number | None) -> Bound:
        """Bound by last year's staff and a share of them more, with a seed on top."""

        def bound(keys: Keys) -> float:
            year, area = int(keys["year"]), keys["area"]
            if year == self.book.first:
                before = self.book.in_post(area, role)
            else:
                before = self.amounts.results.column("staff", (role, area, str(year - 1)), "fte")
            return (1.0 + growth.at(year)) * before + (seed.at(year) if seed is not None else 0.0)

        return bound

    def as_before(self, route: str) -> Bound:
        """Bound by the starts of the year before the first."""
        return lambda keys: self.book.past(route, keys["area"], self.book.first - 1)
