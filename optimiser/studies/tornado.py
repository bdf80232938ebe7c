"""Solves again with each assumption low and high, and ranks the assumptions by what they move."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from optimiser.inputs.settings import Settings
from optimiser.plan.frame import Frame
from optimiser.plan.totals import priority_column
from optimiser.studies.assumptions import Assumption
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.points import Point, Result, solve_point
from optimiser.studies.regret import first_value
from optimiser.text.wording import fte, money, table

NOW = "as it stands"
_CLOSE = 1e-3
"""Share of the way to an end within which a switching value is found."""
_MOST_STEPS = 12


@dataclass(frozen=True)
class Effect:
    """Hold the measures with one assumption low and high; None without a plan."""

    assumption: Assumption
    unmet: tuple[float | None, float | None]
    cost: tuple[float | None, float | None]
    values: tuple[Mapping[str, float], Mapping[str, float]] = ({}, {})
    """Of each priority; empty without a plan."""

    def size(self, measure: str, now: float) -> float:
        """Return the larger of the two moves away from the unchanged plan; infinite where a side has no plan."""
        sides = self.unmet if measure == "unmet" else self.cost
        return max(math.inf if value is None else abs(value - now) for value in sides)


@dataclass(frozen=True)
class Switch:
    """Hold where another option becomes best as one assumption moves; None if nowhere within the range."""

    assumption: Assumption
    value: float | None
    better: str


def tornado_points(opened: Opened, assumptions: Sequence[Assumption]) -> list[Point]:
    """Return the point without a change, then those with each assumption low and high."""
    option, scenarios = opened.case.option.stem, opened.case.scenarios
    points = [Point(opened.case, option, f"{option} {NOW}", scenarios)]
    for one in assumptions:
        for side, value in (("low", one.low), ("high", one.high)):
            points.append(Point(opened.case, option, f"{option} {one.name} {side}", scenarios, one.at(value)))
    return points


def measure(result: Result, name: str) -> float | None:
    """Return unmet FTE-years or cost over the reported years, as `solve` gives them. None without a plan."""
    if result.totals is None:
        return None
    return result.totals.unmet_fte_years if name == "unmet" else result.totals.cost


def effects(assumptions: Sequence[Assumption], results: Sequence[Result]) -> list[Effect]:
    """Return the effect of each assumption, the largest on unmet demand first, then on cost."""
    now = {name: measure(results[0], name) for name in ("unmet", "cost")}
    found = []
    for number, one in enumerate(assumptions):
        low, high = results[1 + 2 * number], results[2 + 2 * number]
        sides = {name: (measure(low, name), measure(high, name)) for name in ("unmet", "cost")}
        found.append(Effect(one, sides["unmet"], sides["cost"], (low.values, high.values)))
    return sorted(found, key=lambda one: [-_rank(one, name, now[name]) for name in ("unmet", "cost")])


def _rank(effect: Effect, name: str, now: float | None) -> float:
    # To nine digits, so that two effects that differ by rounding alone are ranked by cost.
    size = effect.size(name, 0.0 if now is None else now)
    return float(f"{size:.9g}") if size > 1e-6 else 0.0


def tornado_frame(found: Sequence[Effect]) -> Frame:
    """Lay out tornado.csv: low and high are multiples of the assumption, or its values with --ranges.

    Unmet demand and cost are the totals of points.csv; the values of the priorities come after them.
    """
    columns: dict[str, list[str] | np.ndarray] = {"assumption": [one.assumption.name for one in found]}
    columns["low"] = np.array([one.assumption.low for one in found])
    columns["high"] = np.array([one.assumption.high for one in found])
    for name in ("unmet", "cost"):
        for place, side in enumerate(("low", "high")):
            values = [(one.unmet if name == "unmet" else one.cost)[place] for one in found]
            columns[f"{name}_{side}"] = np.array([np.nan if value is None else value for value in values])
    for name in dict.fromkeys(name for one in found for side in one.values for name in side):
        for place, side in enumerate(("low", "high")):
            columns[f"{priority_column(name)}_{side}"] = np.array(
                [one.values[place].get(name, np.nan) for one in found]
            )
    return Frame("tornado", columns)


def switches(
    one: Opened, other: Opened, assumptions: Sequence[Assumption], results: Sequence[Result], others: Sequence[Result]
) -> list[Switch]:
    """Find how far each assumption must move before the other option has the better first priority."""
    found = []
    for number, assumption in enumerate(assumptions):
        found.append(Switch(assumption, *_switch(one, other, assumption, (
            _gap(results[0], others[0]), _gap(results[1 + 2 * number], others[1 + 2 * number]),
            _gap(results[2 + 2 * number], others[2 + 2 * number]),
        ))))  # fmt: skip
    return found


def _gap(one: Result, other: Result) -> float:
    """Return how much worse one option is than the other; infinitely, without a plan that keeps the rules."""
    values = [first_value(result) for result in (one, other)]
    mine, theirs = (math.inf if math.isnan(value) else value for value in values)
    return 0.0 if math.isinf(mine) and math.isinf(theirs) else mine - theirs


def _switch(
    one: Opened, other: Opened, assumption: Assumption, gaps: tuple[float, float, float]
) -> tuple[float | None, str]:
    now, low, high = gaps
    better = other.case.option.stem if now < 0 else one.case.option.stem
    if now == 0 or math.isnan(assumption.now):
        return None, ""

    def gap(value: float) -> float:
        point = (f"{value:.12g}", one.case.scenarios, assumption.at(value))
        return _gap(*(solve_point(case, Point(case.case, case.case.option.stem, *point)) for case in (one, other)))

    ends = [(end, far) for end, far in ((assumption.low, low), (assumption.high, high)) if now * far < 0]
    if not ends:
        return None, ""
    crossings = [_crossing(gap, (assumption.now, now), end) for end in ends]
    return min(crossings, key=lambda value: abs(value - assumption.now)), better


def _crossing(gap: Callable[[float], float], near: tuple[float, float], far: tuple[float, float]) -> float:
    """Return where the gap changes sign between two values, by the line through both or, without one, by halving."""
    width = abs(far[0] - near[0])
    for step in range(_MOST_STEPS):
        line = math.isfinite(near[1]) and math.isfinite(far[1]) and step % 3 != 2
        share = near[1] / (near[1] - far[1]) if line else 0.5
        middle = near[0] + share * (far[0] - near[0])
        value = gap(middle)
        if value == 0 or abs(far[0] - near[0]) <= _CLOSE * width:
            return middle
        if (
            min(abs(middle - near[0]), abs(middle - far[0])) <= _CLOSE * width
            and line
            and _is_crossing(gap, middle, width)
        ):
            return middle
        if value * near[1] > 0:
            near = (middle, value)
        else:
            far = (middle, value)
    return (near[0] + far[0]) / 2


def _is_crossing(gap: Callable[[float], float], middle: float, width: float) -> bool:
    return gap(middle - _CLOSE * width) * gap(middle + _CLOSE * width) <= 0


def switches_frame(found: Sequence[Switch]) -> Frame:
    """Lay out switching.csv: where in each assumption's range another option becomes best; blank if nowhere."""
    return Frame(
        "switching",
        {
            "assumption": [one.assumption.name for one in found],
            "value": np.array([np.nan if one.value is None else one.value for one in found]),
            "better": [one.better for one in found],
        },
    )


def tornado_lines(
    found: Sequence[Effect], results: Sequence[Result], shown: int, settings: Settings, folder: Path
) -> Iterator[str]:
    """Write the largest effects as a table: FTE-years and money of the reported years, as `solve` gives them."""
    now = results[0].totals
    if now is None:
        yield f"As it stands: {results[0].reason}."
    else:
        yield (
            f"As it stands: unmet demand {fte(now.unmet_fte_years)} FTE-years, cost "
            f"{money(now.cost, settings.currency)}. Change when one assumption moves:"
        )

    def pounds(amount: float) -> str:
        return money(amount, settings.currency)

    rows = []
    for one in found[:shown]:
        unmet = [_move(value, None if now is None else now.unmet_fte_years, fte) for value in one.unmet]
        cost = [_move(value, None if now is None else now.cost, pounds) for value in one.cost]
        rows.append([one.assumption.name, f"{one.assumption.low:.4g}", f"{one.assumption.high:.4g}", *unmet, *cost])
    header = ["assumption", "low", "high", "FTE-years, low", "FTE-years, high", "cost, low", "cost, high"]
    yield from table(header, rows, indent="")
    if len(found) > shown:
        yield f"… and {len(found) - shown} more that matter less."
    yield f"All are in {folder}: tornado.csv."


def switch_lines(found: Sequence[Switch], other: str) -> Iterator[str]:
    """Write the switching values, one on a line."""
    near = [one for one in found if one.value is not None]
    yield ""
    if not near:
        yield f"Nothing within its range makes another option best (against {other})."
    for one in near:
        yield f"{one.assumption.name} at {one.value:.4g} makes {one.better} best."


def _move(value: float | None, now: float | None, words: Callable[[float], str]) -> str:
    """Write the change against the unchanged plan, with its sign; the value itself if there is no such plan."""
    if value is None:
        return "no plan"
    if now is None:
        return words(value)
    said = words(value - now)
    if said in (words(0.0), words(-0.0)):
        return "0"
    return said if said.startswith("−") else f"+{said}"
