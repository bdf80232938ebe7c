"""Puts a frontier into sentences: what each extra million buys, where money stops helping, where plans begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from optimiser.plan.cost_effectiveness import Sums, cost_effectiveness
from optimiser.studies.frontier import Frontier, Spot
from optimiser.studies.totals_words import TOTALS, meanings, priority_cell, priority_header, total_cells
from optimiser.text.wording import fte, money, percent, priority_amount, table

_BENDS = 0.02
"""Pieces whose slopes differ by less than this share are told as one."""


def frontier_lines(
    frontier: Frontier, budget: str, priority: str, asked: float | None, tolerance: float, folder: Path
) -> Iterator[str]:
    """Write what the frontier shows in sentences, with a table of its pieces."""
    settings = frontier.factor.programme.evidence.settings
    currency, a_year = settings.currency, frontier.factor.a_year

    def pounds(factor: float) -> str:
        return _in_millions(factor * a_year, a_year, currency)

    yield f"The budget {budget}: {money(a_year, currency)} a year on average now, every year in proportion."
    below = [spot for spot in frontier.spots if not spot.keeps]
    if frontier.least is None and below:
        yield "No amount of this budget gives a plan that keeps every rule; nothing is known between these budgets."
        yield from _broken(below, pounds)
        return
    if frontier.least is None:
        yield "No amount of this budget gives a plan: other limits clash."
        return
    least = f"Below {pounds(frontier.least)} a year ({percent(frontier.least)} of now)"
    if below:
        yield f"{least} some rule has to be broken; nothing is known between these budgets."
        yield from _broken(below, pounds)
    else:
        yield f"{least} there is no plan."
    if frontier.enough is not None:
        most = f"{pounds(frontier.enough)} a year ({percent(frontier.enough)})"
        yield f"From {most} more money does not lower {'unmet demand' if priority == 'unmet' else priority}."
    if asked is not None:
        words = (
            "no amount of this budget gives it"
            if frontier.wanted is None
            else (f"{pounds(frontier.wanted)} a year is the least that gives it ({percent(frontier.wanted)})")
        )
        yield f"A service level of {percent(asked)}: {words}."
    yield ""
    if frontier.whole:
        yield "With whole numbers the curve is not convex: these are points, and nothing is known between them."
        yield from table(
            ["a year", *TOTALS, priority_header(priority)],
            [
                [
                    pounds(spot.factor),
                    *total_cells(spot.result, settings),
                    priority_cell(priority, spot.result, settings),
                ]
                for spot in frontier.spots
                if spot.keeps
            ],
        )
    else:
        for left, right in _told(tuple(spot for spot in frontier.spots if spot.keeps)):
            between = f"Between {pounds(left.factor)} and {pounds(right.factor)} a year"
            yield f"{between} {_piece(left, right, priority, frontier)}"
    yield ""
    yield from meanings([priority])
    what = "the weighted priority" if priority == "unmet" else priority
    bracket = "" if frontier.whole else f"; {what} is known within {100 * tolerance:g} % everywhere"
    yield f"{frontier.solves} solves{bracket}."
    yield f"The curve is in {folder}: frontier.csv; the cost at the solved points: points.csv."


def _broken(spots: Sequence[Spot], pounds: Callable[[float], str]) -> Iterator[str]:
    """Write what each budget that is too small leaves unmet, and what it breaks."""
    for spot in spots:
        left = "" if spot.result.totals is None else f"{fte(spot.result.totals.unmet_fte_years)} FTE-years unmet, "
        yield f"  {pounds(spot.factor)} a year: {left}breaks {'; '.join(spot.result.broken)}"


def _in_millions(amount: float, size: float, currency: str) -> str:
    """Write millions, with a decimal more for a small budget, so that its pieces look different."""
    if size >= 1e8:
        return money(amount, currency)
    return f"{money(0, currency).rstrip('0')}{amount / 1e6:,.3f}m"


def _piece(left: Spot, right: Spot, priority: str, frontier: Frontier) -> str:
    """Write what a piece buys in FTE-years of the reported years, with the first priority in brackets."""
    settings = frontier.factor.programme.evidence.settings
    millions = (right.factor - left.factor) * frontier.factor.a_year / 1e6
    each = f"each extra {money(1e6, settings.currency).replace('.0', '')} a year"
    bought = priority_amount(priority, (left.value - right.value) / millions, settings)
    ends = [priority_amount(priority, spot.value, settings) for spot in (left, right)]
    if priority == "unmet":
        short = [spot.totals[0] for spot in (left, right)]
        ends = [end.partition(" ")[0] for end in ends]
        return (
            f"{each} buys {fte((short[0] - short[1]) / millions)} FTE-years less unmet ({fte(short[0])} to "
            f"{fte(short[1])}; weighted priority {ends[0]} to {ends[1]})"
            f"{_cost_of_each(left, right, settings.currency)}."
        )
    return f"{each} lowers the priority {priority} by {bought} ({ends[0]} to {ends[1]})."


def _cost_of_each(left: Spot, right: Spot, currency: str) -> str:
    """Write what an FTE-year less unmet costs along a piece, with the pay of those who are trained."""
    ends = [
        Sums(name, spot.result.totals.cost_discounted, spot.result.totals.unmet_fte_years_discounted)
        for name, spot in (("less", left), ("more", right))
        if spot.result.totals is not None
    ]
    cost = cost_effectiveness(ends)[1].average if len(ends) == 2 else None
    return "" if cost is None else f"; {money(cost, currency)} an FTE-year, all costs counted and both discounted"


def _told(spots: tuple[Spot, ...]) -> list[tuple[Spot, Spot]]:
    """Join neighbouring pieces of almost one slope into one piece."""
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
