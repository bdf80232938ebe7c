"""Prices by solving again: what one unit more of demand, or of a bound, really does to every priority."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.families import Ease, Row
from tests.oracle.lp import Answer, solve
from tests.oracle.replay_policy import stands_for

STEPS = (1.0, 0.1, 0.01)
"""Sizes of a step: a smaller one where a bigger one may have passed a corner."""


@dataclass(frozen=True)
class WrongPrice:
    """A price outside what solving again gives on both sides."""

    what: str
    priority: str
    price: float
    below: float
    above: float


def wrong_prices(
    solved: Callable[[float], Answer], base: Answer, prices: dict[str, float], what: str, worse: float
) -> list[WrongPrice]:
    """The prices that lie outside the one-sided differences at every step size.

    `solved(step)` solves with `step` units more; `worse` is 1 where a price says how much worse it gets, −1 where it
    says how much better. A side that has no plan sets no bound.
    """
    wrong: dict[str, WrongPrice] = {}
    for step in STEPS:
        more, less = solved(step), solved(-step)
        wrong = {}
        for name, price in prices.items():
            above = worse * (more.values[name] - base.values[name]) / step if more.values else None
            below = worse * (base.values[name] - less.values[name]) / step if less.values else None
            sides = [side for side in (above, below) if side is not None]
            room = 1e-5 * max(1e-3, abs(price), *map(abs, sides)) + 3e-10 * (1 + abs(base.values[name])) / step
            if len(sides) == 2 and not min(sides) - room <= price <= max(sides) + room:
                wrong[name] = WrongPrice(what, name, price, sides[1], sides[0])
        if not wrong:
            return []
    return list(wrong.values())


def check_demand(
    inputs: Path, constraints: Path, scenarios: Sequence[str], base: Answer, row: dict[str, str]
) -> list[WrongPrice]:
    """The prices of one row of demand.csv: one more unit of volume, wherever the volume counts."""
    key = (row["area"], row["task"], int(row["year"]))
    return wrong_prices(
        lambda step: solve(inputs, constraints, scenarios, more={key: step}),
        base,
        {name: float(row[f"price_{name}"]) for name in base.values},
        f"demand {key}",
        1.0,
    )


def check_limit(
    inputs: Path, constraints: Path, scenarios: Sequence[str], base: Answer, given: dict[str, str]
) -> list[WrongPrice]:
    """The prices of one row of limits.csv: its bound eased by one unit; one of the rows it may stand for must fit."""
    wrong = [WrongPrice(f"{given['limit']} is no row of the policy", "", *[float("nan")] * 3)]
    for row in [row for row in base.rows if stands_for(given, row)]:
        wrong = wrong_prices(
            lambda step, row=row: solve(inputs, constraints, scenarios, ease=ease_of(row, step)),
            base,
            {name: float(given[f"price_{name}"]) for name in base.values},
            f"{given['limit']} {row.part} {row.keys}",
            -1.0,
        )
        if not wrong:
            return []
    return wrong


def ease_of(row: Row, step: float) -> Ease:
    """Ease this one row."""
    return {(row.name, row.part, tuple(sorted(row.keys.items()))): step}
