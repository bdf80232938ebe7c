"""Prices a number at a corner, where easing it is worth something else than the duals say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimiser.errors import BrokenRow, NotProved
from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.augmented import Extended, Terms, matrix_of
from optimiser.model.objective import Objective
from optimiser.model.programme import Programme
from optimiser.solving.corner import Corner, Response
from optimiser.solving.priorities import Priced, Session
from optimiser.solving.solvable import Arrays

_ROUNDING = 1e-9
"""A condition is not violated by less than this share of what adds up to it."""


@dataclass(frozen=True)
class Moves:
    """List what one unit more of each number adds: to bounds of rows, and to upper bounds of full columns.

    A number of a limit has the position of its row, eased; after all rows come the volumes, one unit more of each, by
    cell and year.
    """

    number: Integers
    row: Integers
    amount: Floats
    column_number: Integers
    column: Integers
    column_amount: Floats


def wanted(prices: Sequence[Priced]) -> Flags:
    """Return [column]: True where more of it would help, because the first priority it touches gains."""
    found = np.zeros(len(prices[0].columns))
    for priced in prices:
        found = np.where(found == 0.0, priced.columns, found)
    return np.asarray(found < 0)


def full(programme: Programme, decisions: Floats, wanted: Flags) -> Flags:
    """Return [column]: True where it is at its upper bound and would rise with it, from 0 too where wanted."""
    return np.asarray((decisions >= programme.upper) & ((programme.upper > 0) | wanted))


def moves_of(programme: Programme, decisions: Floats, wanted: Flags) -> Moves:
    """List the moves of every number of every limit, with what follows it, and of every volume."""
    found: list[tuple[Integers, Integers, Floats]] = []
    first_of = {rows.name: (rows, offset) for _, rows, offset in programme.limits()}
    for limit, rows, offset in programme.limits():
        way = -1.0 if rows.sense == "at_least" else 1.0
        row = offset + np.arange(len(rows))
        found.append((row, row, np.full(len(rows), way)))
        if limit.follows is None:
            continue
        leader, first = first_of[limit.follows[0]]
        share = way * np.array(limit.follows[1])[rows.keys["year"]]
        led = np.ones((len(leader), len(rows)), dtype=bool)
        if "year" in leader.keys:
            led = leader.keys["year"][:, None] == rows.keys["year"][None, :]
        by, of = np.nonzero(led)
        found.append((first + by, row[of], share[of]))
    behind = int(programme.offsets[-1])
    for block, offset in zip(programme.blocks, programme.offsets.tolist(), strict=False):
        found += [(behind + one.point, offset + one.row, one.values(decisions)) for one in block.slopes]
    laid = programme.quantities.decisions
    bounded = [
        (behind + np.arange(columns.size), columns.ravel(), np.full(columns.size, width))
        for columns, width in zip(laid.unmet, laid.tier_share, strict=True)
        if np.isfinite(width)
    ]
    number, column, amount = _joined(bounded)
    moves = full(programme, decisions, wanted)[column]
    return Moves(*_joined(found), number[moves], column[moves], amount[moves])


def _joined(entries: Sequence[tuple[Integers, Integers, Floats]]) -> tuple[Integers, Integers, Floats]:
    nothing = np.zeros(0, dtype=np.int64)
    numbers, places, amounts = zip(*entries, strict=True) if entries else ((nothing,), (nothing,), (np.zeros(0),))
    return np.concatenate(numbers), np.concatenate(places), np.concatenate(amounts)


def corrections(moves: Moves, corner: Corner, prices: Sequence[Priced]) -> dict[int, Floats]:
    """Return, by number, how much each priority changes beyond its duals when the number moves by one unit.

    Only the numbers whose move the basis cannot follow are in it. Where there is no plan on that side, the rate is
    that of the other side; where there is none there either, the duals' is as good as any.
    """
    pushed = _pushed(moves, corner)
    if not pushed:
        return {}
    local = _Local.at(corner, prices)
    return {number: found for number, push in pushed.items() if (found := local.rate(push)) is not None}


def _pushed(moves: Moves, corner: Corner) -> dict[int, Floats]:
    """Return, by number that pushes some condition the wrong way, what one unit of it adds to each condition."""
    own = np.full(len(corner.column_side), -1)
    own[corner.column[corner.column >= 0]] = np.flatnonzero(corner.column >= 0)
    kept = own[moves.column] >= 0
    kept[kept] = corner.sign[own[moves.column[kept]]] < 0
    parts = [
        _through(corner.by_row, moves.number, moves.row, moves.amount),
        _through(corner.by_column, moves.column_number, moves.column, moves.column_amount),
        (moves.column_number[kept], own[moves.column[kept]], -moves.column_amount[kept]),
    ]
    number, condition, amount = _joined(parts)
    size = len(corner.sign)
    place, at = np.unique(number * size + condition, return_inverse=True)
    total = np.bincount(at, weights=amount, minlength=len(place))
    rounding = _ROUNDING * np.bincount(at, weights=np.abs(amount), minlength=len(place))
    sign = corner.sign[place % size]
    wrong = np.where(sign == 0, np.abs(total), -sign * total) > rounding
    pushed = {int(one): np.zeros(size) for one in np.unique(place[wrong] // size)}
    for one, where, value in zip((place // size).tolist(), (place % size).tolist(), total.tolist(), strict=True):
        if one in pushed:
            pushed[one][where] = value
    return pushed


def _through(
    response: Response, number: Integers, variable: Integers, amount: Floats
) -> tuple[Integers, Integers, Floats]:
    """Follow numbers through the variables they move to the conditions that respond to these."""
    order = np.argsort(response.variable, kind="stable")
    low = np.searchsorted(response.variable[order], variable, side="left")
    length = np.searchsorted(response.variable[order], variable, side="right") - low
    entry = np.repeat(np.arange(len(variable)), length)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(length) - length, length)
    at = order[low[entry] + within]
    return number[entry], response.condition[at], response.amount[at] * amount[entry]


@dataclass(frozen=True)
class _Local:
    """Hold the programme of one corner: the cheapest moves that set its conditions right again.

    What moves are variables outside the basis, off their bounds; the cost is to the priorities in their order.
    """

    programme: Extended
    sign: Floats
    session: Session

    @classmethod
    def at(cls, corner: Corner, prices: Sequence[Priced]) -> _Local:
        """Build the programme of one corner, with nothing pushed yet."""
        by_row = corner.by_row.only(corner.row_side != 0)
        by_column = corner.by_column.only(corner.column_side != 0)
        rows, row_at = np.unique(by_row.variable, return_inverse=True)
        columns, column_at = np.unique(by_column.variable, return_inverse=True)
        side = np.concatenate([corner.row_side[rows], corner.column_side[columns]])
        terms = [
            Terms(by_row.condition, row_at, by_row.amount * side[row_at]),
            Terms(by_column.condition, len(rows) + column_at, by_column.amount * side[len(rows) + column_at]),
        ]
        matrix = matrix_of(terms, *_bounds(corner.sign, np.zeros(len(corner.sign))), len(side))
        objectives = [
            Objective(str(place), side * np.concatenate([priced.rows[rows], priced.columns[columns]]), 0.0)
            for place, priced in enumerate(prices)
        ]
        programme = Extended(matrix, np.full(len(side), np.inf), np.zeros(len(side), dtype=bool), tuple(objectives))
        return cls(programme, corner.sign, Session(programme, Arrays(matrix)))

    def rate(self, push: Floats) -> Floats | None:
        """Return [priority]: its change for one unit of a number, beyond the duals; None where no way is found."""
        for way in (1.0, -1.0):
            size = float(np.abs(push).max())
            lower, upper = _bounds(self.sign, way * push / size)
            changed = replace(self.programme, matrix=replace(self.programme.matrix, lower=lower, upper=upper))
            try:
                answer = self.session.again(changed).answer
            except (NotProved, BrokenRow):
                return None
            if answer is not None:
                return way * size * np.array(answer.values)
        return None


def _bounds(sign: Floats, push: Floats) -> tuple[Floats, Floats]:
    """Return what moves must add to each condition, so that with the push it is not violated."""
    return np.where(sign < 0, -np.inf, -push), np.where(sign > 0, np.inf, -push)
