"""Traces what money buys: the first priority by one budget, between tangents from prices and chords of plans."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from optimiser.constraints.context import Context
from optimiser.constraints.families import service_levels
from optimiser.constraints.policy import Entry
from optimiser.errors import Undecided as Undecided
from optimiser.model.breaking import breakable, first_named, is_broken_open
from optimiser.model.programme import Programme, build
from optimiser.plan.frame import Frame
from optimiser.solving.priorities import NotProved
from optimiser.solving.status import Status
from optimiser.solving.verify import BrokenRow
from optimiser.studies.budget_factor import Factor, factor_on
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.points import Point, Result, failed, result_from
from optimiser.studies.engine.runner import Progress
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Faults, Place

_NUDGES = (0.0, 1e-9, 1e-7, 1e-6, 1e-5)
"""Shares by which the least budget is exceeded, one after another, until rounding lets a plan through."""
_NOTHING = 1e-6
"""Shortage below this share of the largest one found counts as none: there the tolerance is of that."""
_FEW = 7
"""Pieces up to which an interval is taken for a smooth one."""
_HALF = 0.5
"""The share of a budget from which it is followed where rules may be broken."""
_STEPS_BELOW = 5
"""Even steps over budgets at which some rule has to be broken."""
_STEPS = 10
"""Even steps between the two ends, with whole numbers."""


@dataclass(frozen=True)
class Spot:
    """Hold one solved budget: its factor, the first priority there, and what one more of the factor changes."""

    factor: float
    value: float
    slope: float
    """NaN without prices, and where rules are broken: nothing is claimed of what lies beside such a budget."""
    result: Result
    keeps: bool = True
    """True where the plan keeps to every rule."""

    @property
    def totals(self) -> tuple[float, float]:
        """Return what the plan leaves unmet, in FTE-years, and its cost, both over the reported years."""
        found = self.result.totals
        return (math.nan, math.nan) if found is None else (found.unmet_fte_years, found.cost)

    def line(self, factor: float) -> float:
        """Return the tangent at a factor: no plan of a convex programme lies below it."""
        return self.value + self.slope * (factor - self.factor)


@dataclass
class Tracer:
    """Solve budgets one after another and count the solves."""

    opened: Opened
    factor: Factor
    budget: str
    tolerance: float
    progress: Progress = lambda _done, _all: None
    solves: int = 0
    results: list[Result] = field(default_factory=list)

    def spot(self, factor: float) -> Spot | None:
        """Solve the budget at one factor; None without a plan (which is recorded among the results)."""
        name = f"{self.budget} {100 * factor:.8g}%"
        point = Point(self.opened.case, self.opened.case.option.stem, name, self.opened.case.scenarios)
        programme = self.factor.at(factor)
        self.solves += 1
        self.progress(self.solves, 0)
        try:
            programme, outcome = self.opened.solve_or_break(programme)
        except (NotProved, BrokenRow) as error:
            self.results.append(failed(point, str(error)))
            return None
        self.results.append(result_from(point, programme, outcome))
        if outcome.answer is None:
            return None
        place, answer = first_named(programme), outcome.answer
        keeps = not is_broken_open(programme)
        slope = self.factor.slope(answer.prices[place]) if answer.prices and keeps else float("nan")
        return Spot(factor, answer.values[place], slope, self.results[-1], keeps)

    def least(self, programme: Programme | None = None, first: bool = False) -> float | None:
        """Find the least factor with a plan or, with `first`, the least where the first priority is at its best.

        `programme` may ask for more than the option does. None where no amount of money gives a plan. Raises Undecided.
        """
        factor = self.factor if programme is None else replace(self.factor, programme=programme)
        self.solves += 1
        outcome = self.opened.solve_extended(factor.free([0] if first else []), None)
        if outcome.answer is None and outcome.status is not Status.INFEASIBLE:
            raise Undecided(f"an end of the frontier could not be found: {outcome.ended.value}")
        return None if outcome.answer is None else float(outcome.answer.decisions[-1])

    def refine(self, left: Spot, right: Spot, worst: float) -> Iterator[Spot]:
        """Solve spots between two, left to right, wherever line and chord differ by more than the tolerance."""
        kink = kink_of(left, right)
        if kink is None:
            return
        excess = self._excess(left, right, kink, worst)
        if excess <= 1:
            return
        middle = self.spot(_split(left, kink, excess))
        if middle is None or not middle.keeps:
            return
        yield from self.refine(left, middle, worst)
        yield middle
        yield from self.refine(middle, right, worst)

    def _excess(self, left: Spot, right: Spot, kink: float, worst: float) -> float:
        """Return how many times the tolerance line and chord differ by, where they differ most."""
        low, high = left.line(kink), chord(left, right, kink)
        return (high - low) / (self.tolerance * max(abs(high), _NOTHING * worst))


@dataclass(frozen=True)
class Frontier:
    """Hold the curve of one budget: its spots, the ends of the money that matters, and the number of solves."""

    factor: Factor
    spots: tuple[Spot, ...]
    least: float | None
    """The least factor with a plan; None where no amount gives one."""
    enough: float | None
    """The factor from which more money changes nothing."""
    wanted: float | None
    """The least factor that gives the wanted service level, where one was asked for."""
    whole: bool
    solves: int
    results: tuple[Result, ...]

    def frame(self, priority: str) -> Frame:
        """Lay out frontier.csv: a row for every solved budget, and one where the lines of two of them meet.

        `<priority>_low`, `<priority>_high` and `slope` are of the first priority, whose curve is exact. What a solved
        budget's own plan leaves unmet and costs comes after them; no plan is known where two lines meet.
        """
        rows = list(self._rows())
        names = ("budget", f"{priority}_low", f"{priority}_high", "slope", "unmet_fte_years", "cost")
        return Frame("frontier", {name: np.array([row[place] for row in rows]) for place, name in enumerate(names)})

    def _rows(self) -> Iterator[tuple[float, ...]]:
        money = self.factor.a_year
        for left, right in pairwise(self.spots):
            if not left.keeps:
                yield left.factor * money, left.value, left.value, math.nan, *left.totals
                continue
            yield left.factor * money, left.value, left.value, left.slope / money, *left.totals
            kink = None if self.whole else kink_of(left, right)
            if kink is not None:
                low, high = left.line(kink), chord(left, right, kink)
                yield kink * money, min(low, high), high, right.slope / money, math.nan, math.nan
        if self.spots:
            last = self.spots[-1]
            flat = self.enough is not None and last.factor >= self.enough
            slope = math.nan if not last.keeps else 0.0 if flat else last.slope / money
            yield last.factor * money, last.value, last.value, slope, *last.totals


def _split(left: Spot, kink: float, excess: float) -> float:
    """Choose where to solve next: at the kink or, if several solves are needed, where none is wasted.

    On a smooth curve n equal pieces differ by 1 ÷ n² of the whole, so √excess pieces are enough; a half on either side
    would make them a power of two. Far from the tolerance the kink may be a corner of the curve itself.
    """
    pieces = math.ceil(math.sqrt(excess))
    share = (pieces // 2) / pieces if 2 < pieces <= _FEW else 0.5
    return left.factor + (kink - left.factor) * 2 * share


def kink_of(left: Spot, right: Spot) -> float | None:
    """Return where the tangents of two spots meet; None where they are one line, or meet at an end."""
    if not right.slope - left.slope > 1e-12 * max(abs(left.slope), abs(right.slope)):
        return None
    kink = (left.value - left.slope * left.factor - right.value + right.slope * right.factor) / (
        right.slope - left.slope
    )
    margin = 1e-9 * max(abs(right.factor), right.factor - left.factor)
    return kink if left.factor + margin < kink < right.factor - margin else None


def chord(left: Spot, right: Spot, factor: float) -> float:
    """Return the chord at a factor: a mixture of the two plans is a plan, so no optimum lies above it."""
    share = (factor - left.factor) / (right.factor - left.factor)
    return left.value + share * (right.value - left.value)


def trace(
    opened: Opened,
    budget: str,
    tolerance: float,
    ends: tuple[float | None, float | None] = (None, None),
    level: Entry | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Frontier:
    """Trace the frontier of a budget between two factors, by default over all the money that matters.

    Raises FaultsFound and Undecided.
    """
    factor = factor_on(opened.programme, opened.policy, budget)
    wanting = None if level is None else with_level(opened, level)
    opened.start()
    tracer = Tracer(opened, factor, budget, tolerance, progress, solves=1)
    whole = bool(opened.programme.integer.any())
    least = tracer.least()
    below = _below(tracer, least, ends)
    if least is None and below:
        return Frontier(factor, tuple(below), None, None, None, whole, tracer.solves, tuple(tracer.results))
    if least is None:
        return Frontier(factor, (), None, None, None, whole, tracer.solves, ())
    enough = tracer.least(first=True)
    wanted = None if wanting is None else tracer.least(wanting)
    first = least if ends[0] is None else max(ends[0], least)
    last = (enough if enough is not None else max(2.0, 2 * first)) if ends[1] is None else ends[1]
    last = max(first, last)
    spots = [*below, *(_even(tracer, first, last) if whole else _refined(tracer, first, last))]
    return Frontier(factor, tuple(spots), least, enough, wanted, whole, tracer.solves, tuple(tracer.results))


def _below(tracer: Tracer, least: float | None, ends: tuple[float | None, float | None]) -> list[Spot]:
    """Solve budgets too small for a plan that keeps every rule, evenly spaced, if rules may be broken.

    From half the budget, or where the user begins, to the least with such a plan (to all of it where there is none).
    """
    if not breakable(tracer.factor.programme):
        return []
    end = math.inf if least is None else least
    last = min(end, 1.0 if ends[1] is None else ends[1]) if least is None else min(end, ends[1] or end)
    first = min(_HALF, last) if ends[0] is None else ends[0]
    if first >= last:
        return []
    wanted = np.linspace(first, last, _STEPS_BELOW + 1).tolist()
    spots = [tracer.spot(factor) for factor in (wanted if least is None else wanted[:-1])]
    return [spot for spot in spots if spot is not None]


def _refined(tracer: Tracer, first: float, last: float) -> list[Spot]:
    left = None
    for nudge in _NUDGES:
        left = tracer.spot(first + nudge * max(1.0, first))
        if left is not None and left.keeps:
            break
        tracer.results.pop()
        left = None
    right = tracer.spot(last) if last > first else None
    if left is None or right is None or right.factor <= left.factor:
        return [spot for spot in (left,) if spot is not None]
    return [left, *tracer.refine(left, right, max(abs(left.value), abs(right.value))), right]


def _even(tracer: Tracer, first: float, last: float) -> list[Spot]:
    """Solve evenly spaced budgets, because with whole numbers the curve is not convex."""
    wanted = np.linspace(first, last, _STEPS + 1).tolist() if last > first else [first]
    return [spot for spot in map(tracer.spot, wanted) if spot is not None]


def with_level(opened: Opened, level: Entry) -> Programme:
    """Build the option's programme with a service level beside its own constraints. Raises FaultsFound."""
    faults = Faults()
    policy, evidence = opened.policy, opened.programme.evidence
    context = Context(evidence, faults, (*policy.entries, level), policy.whole_numbers)
    made = tuple(service_levels.expand(level, context))
    faults.stop_if_any()
    return build(evidence, replace(policy, limits=(*policy.limits, *made)))


def level_entry(share: float, tasks: tuple[str, ...], first_year: int | None) -> Entry:
    """Write a service level as an entry: at least this share of the tasks' volume in every area from a year on."""
    values: dict[str, object] = {"task": tasks, "at_least": ByYear.of(share)}
    if first_year is not None:
        values["from"] = first_year
    return Entry("the wanted service level", service_levels.FAMILY.name, Place("--service-level"), "", "", values)
