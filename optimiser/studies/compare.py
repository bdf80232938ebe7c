"""Compares each option with the first one, under each future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from optimiser.constraints.keys import MAY_BREAK
from optimiser.constraints.policy import Entry, Policy
from optimiser.plan.cost_effectiveness import CostEffectiveness, Sums, cost_effectiveness, frame
from optimiser.plan.frame import Frame
from optimiser.plan.option_words import value_words
from optimiser.studies.engine.bounds import family_of
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.futures import Future, called
from optimiser.studies.engine.point_figures import Figure
from optimiser.studies.engine.points import Point, Result

NOTICED = 0.5
"""Commissions by which two plans must differ in a year before it counts as a difference."""


@dataclass(frozen=True)
class Comparison:
    """Hold every option under every future; the others are measured against the first option."""

    opened: tuple[Opened, ...]
    options: tuple[str, ...]
    futures: tuple[Future, ...]
    results: tuple[Result, ...]
    """By option, then future."""

    def result(self, option: str, future: Future) -> Result:
        """Return the result of one option under one future."""
        return self._results[option, "+".join(future)]

    @cached_property
    def _results(self) -> dict[tuple[str, str], Result]:
        return {(result.option, result.scenario): result for result in self.results}

    def frames(self) -> list[Frame]:
        """Lay out constraints.csv, first_years.csv and cost_effectiveness.csv."""
        worth = frame([("+".join(future), self.cost_effectiveness(future)) for future in self.futures])
        return [constraints_frame(self.opened, self.options), first_years_frame(self), worth]

    def cost_effectiveness(self, future: Future) -> tuple[CostEffectiveness, ...]:
        """Return what an FTE-year less unmet costs with each option that has a plan; nothing if the first has none."""
        sums = [
            Sums(option, result.totals.cost_discounted, result.totals.unmet_fte_years_discounted)
            for option in self.options
            if (result := self.result(option, future)).totals is not None
        ]
        return cost_effectiveness(sums) if sums and sums[0].name == self.options[0] else ()


def points_of(opened: Sequence[Opened], options: Sequence[str], futures: Sequence[Future]) -> list[Point]:
    """Return a point for every option under every future."""
    return [
        Point(one.case, option, option if len(futures) == 1 else f"{option} {called(future)}", future)
        for one, option in zip(opened, options, strict=True)
        for future in futures
    ]


def total(result: Result, table: str, keys: str = "", year: int | None = None) -> float | None:
    """Sum a figure over every key and year that is not named; None without a plan."""
    if not result.solved:
        return None
    return sum(
        figure.value
        for figure in result.figures
        if figure.table == table and keys in ("", figure.keys) and (year is None or figure.year == year)
    )


def keys_of(results: Sequence[Result], table: str) -> list[str]:
    """Return the keys of a table that some plan has, in the order in which they first appear."""
    return list(dict.fromkeys(figure.keys for one in results for figure in one.figures if figure.table == table))


def first_years_frame(comparison: Comparison) -> Frame:
    """Lay out first_years.csv: the first year in which an option commissions a route otherwise than the first."""
    rows: list[tuple[object, ...]] = []
    for option in comparison.options[1:]:
        for future in comparison.futures:
            first = comparison.result(comparison.options[0], future)
            this = comparison.result(option, future)
            rows += [(option, this.scenario, *found) for found in first_years(first, this)]
    names = ("option", "scenario", "route", "year", "first", "this")
    return Frame("first_years", {name: [row[place] for row in rows] for place, name in enumerate(names)})


def first_years(first: Result, this: Result) -> list[tuple[str, int, float, float]]:
    """Return (route, year, the first option's commissions, this option's), by year and then route."""
    if not (first.solved and this.solved):
        return []
    before, now = _commissions(first), _commissions(this)
    found: dict[str, tuple[str, int, float, float]] = {}
    for (route, year), amount in sorted(now.items(), key=lambda one: one[0][1]):
        if route not in found and abs(amount - before.get((route, year), 0.0)) > NOTICED:
            found[route] = (route, year, before.get((route, year), 0.0), amount)
    return sorted(found.values(), key=lambda one: (one[1], one[0]))


def commissions_apart(first: Result, this: Result) -> float:
    """Sum |commissions − the first option's| over routes and reported years, all areas of a route together."""
    if not (first.solved and this.solved):
        return 0.0
    before, now = _commissions(first), _commissions(this)
    return sum(abs(now.get(key, 0.0) - before.get(key, 0.0)) for key in {*before, *now})


def _commissions(result: Result) -> dict[tuple[str, int], float]:
    mine: list[Figure] = [figure for figure in result.figures if figure.table == "commissions"]
    return {(one.keys.removeprefix("route="), one.year): one.value for one in mine if one.year is not None}


def constraints_frame(opened: Sequence[Opened], options: Sequence[str]) -> Frame:
    """Lay out constraints.csv: how each option's constraints differ from the first one's."""
    first = _statements(opened[0].policy)
    rows: list[tuple[str, str, str, str, str]] = []
    for one, option in zip(opened[1:], options[1:], strict=True):
        this = _statements(one.policy)
        for entry, key in dict.fromkeys([*first, *this]):
            before, now = first.get((entry, key), ""), this.get((entry, key), "")
            if before != now:
                rows.append((option, entry, key, before, now))
    names = ("option", "entry", "key", "first", "this")
    return Frame("constraints", {name: [row[place] for row in rows] for place, name in enumerate(names)})


def _statements(policy: Policy) -> dict[tuple[str, str], str]:
    """Return everything that an option sets, in words, by entry and key."""
    said = {
        ("priorities", ""): ", ".join(priority.name for priority in policy.priorities),
        ("demand", "unmet"): policy.unmet,
        ("demand", "price_per_fte"): "" if policy.price_per_fte is None else f"{policy.price_per_fte:,.10g}",
        ("demand", "tiers"): value_words(policy.tiers),
        ("whole_numbers", ""): "yes" if policy.whole_numbers else "no",
    }
    if policy.steady is not None:
        said["steady", "weight"] = f"{policy.steady.weight:,.10g}"
        said["steady", "where"] = "; ".join(f"{key} {', '.join(codes)}" for key, codes in policy.steady.where.items())
    for entry in policy.entries:
        said |= {(entry.name, key): words for key, words in _entry(entry)}
    return said


def _entry(entry: Entry) -> list[tuple[str, str]]:
    declared = [key.name for key in (*family_of(entry).keys, MAY_BREAK) if key.name in entry.values]
    return [(name, value_words(entry.values[name])) for name in declared]
