"""A frontier in sentences: what each extra million buys, where money stops helping, and where plans begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from optimiser.studies.frontier import Frontier, Spot
from optimiser.text.wording import money, percent, table

_BENDS = 0.02
"""Pieces whose slopes differ by less than this share are told as one."""


def frontier_lines(
    frontier: Frontier, budget: str, priority: str, asked: float | None, tolerance: float, folder: Path
) -> Iterator[str]:
    """What the frontier says, in sentences, with a table of its pieces."""
    settings = frontier.factor.programme.evidence.settings
    currency, a_year = settings.currency, frontier.factor.a_year

    def pounds(factor: float) -> str:
        return _in_millions(factor * a_year, a_year, currency)

    yield f"The budget {budget}: {money(a_year, currency)} a year on average now, every year in proportion."
    below = [spot for spot in frontier.spots if not spot.keeps]
    if frontier.least is None and below:
        yield "No amount of this budget gives a plan that keeps every rule; nothing is known between these budgets."
        yield from _broken(below, priority, pounds)
        return
    if frontier.least is None:
        yield "No amount of this budget gives a plan: other limits clash."
        return
    least = f"Below {pounds(frontier.least)} a year ({percent(frontier.least)} of now)"
    if below:
        yield f"{least} some rule has to be broken; nothing is known between these budgets."
        yield from _broken(below, priority, pounds)
    else:
        yield f"{least} there is no plan."
    if frontier.enough is not None:
        most = f"{pounds(frontier.enough)} a year ({percent(frontier.enough)})"
        yield f"From {most} more money does not lower {priority}."
    if asked is not None:
        words = "no amount of this budget gives it" if frontier.wanted is None else (
            f"{pounds(frontier.wanted)} a year is the least that gives it ({percent(frontier.wanted)})"
        )  # fmt: skip
        yield f"A service level of {percent(asked)}: {words}."
    yield ""
    if frontier.whole:
        yield "With whole numbers the curve is not convex: these are points, and nothing is known between them."
        yield from table(
            ["a year", priority], [[pounds(spot.factor), f"{spot.value:,.6g}"] for spot in frontier.spots if spot.keeps]
        )
    else:
        unit = "FTE-years" if priority == "unmet" else priority
        for left, right in _told(tuple(spot for spot in frontier.spots if spot.keeps)):
            bought = (left.value - right.value) / ((right.factor - left.factor) * a_year) * 1e6
            said = money(1e6, currency).replace(".0", "")
            yield (
                f"Between {pounds(left.factor)} and {pounds(right.factor)} a year each extra {said} a year buys "
                f"{_amount(bought)} {'weighted ' if priority == 'unmet' else ''}{unit} less ({priority} "
                f"{left.value:,.6g} to {right.value:,.6g})."
            )
    yield ""
    bracket = "" if frontier.whole else f", within {100 * tolerance:g} % everywhere"
    yield f"{frontier.solves} solves{bracket}."
    yield f"The curve is in {folder}: frontier.csv; the cost at the solved points: points.csv."


def _broken(spots: Sequence[Spot], priority: str, pounds: Callable[[float], str]) -> Iterator[str]:
    """What each budget that is too small leaves unmet, and what it breaks."""
    for spot in spots:
        yield f"  {pounds(spot.factor)} a year: {priority} {spot.value:,.6g}, breaks {'; '.join(spot.result.broken)}"


def _in_millions(amount: float, size: float, currency: str) -> str:
    """Millions with a decimal more where the whole budget is small, so that its pieces can be told apart."""
    if size >= 1e8:
        return money(amount, currency)
    return f"{money(0, currency).rstrip('0')}{amount / 1e6:,.3f}m"


def _amount(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 10 else f"{number:,.3g}"


def _told(spots: tuple[Spot, ...]) -> list[tuple[Spot, Spot]]:
    """Neighbouring pieces of almost one slope as one piece."""
    pieces: list[tuple[Spot, Spot]] = []
    for left, right in pairwise(spots):
        if pieces:
            before = pieces[-1]
            slopes = [_slope(*before), _slope(left, right)]
            if abs(slopes[0] - slopes[1]) <= _BENDS * max(map(abs, slopes)):
                pieces[-1] = (before[0], right)
                continue
        pieces.append((left, right))
    return pieces


def _slope(left: Spot, right: Spot) -> float:
    return (right.value - left.value) / (right.factor - left.factor)
