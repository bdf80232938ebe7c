"""Regret, common starts and what is safe to commission, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from optimiser.inputs.settings import Settings
from optimiser.plan.frame import Frame
from optimiser.studies.compare import total
from optimiser.studies.engine.points import Result
from optimiser.studies.regret import Regret, largest, least_regret
from optimiser.studies.robust import Decided
from optimiser.text.wording import fte, money, table


def regret_lines(
    found: Sequence[Regret], results: Sequence[Result], priority: str, settings: Settings
) -> Iterator[str]:
    """The regret of each option under each future, the cost beside it, and the option of least maximum regret."""
    cost = {(one.option, one.scenario): total(one, "total", "cost=discounted") for one in results}
    scenarios = list(dict.fromkeys(one.scenario for one in found))
    options = list(dict.fromkeys(one.option for one in found))
    regret = {(one.option, one.scenario): one.regret for one in found}
    worst = largest(found)
    header = [f"regret of {priority}", *(scenario or "none" for scenario in scenarios), "largest"]
    rows = [
        [option, *(_number(regret[option, name]) for name in scenarios), _number(worst[option])] for option in options
    ]
    yield from table(header, rows, indent="")
    yield ""
    rows = [[option, *(_money(cost[option, name], settings) for name in scenarios)] for option in options]
    yield from table(["cost, discounted", *(scenario or "none" for scenario in scenarios)], rows, indent="")
    yield ""
    chosen = least_regret(found)
    if chosen is None:
        yield "No option has a plan in every future, so none can be recommended."
    else:
        yield f"Least maximum regret: {chosen} ({_number(worst[chosen])} of {priority} at most)."


def decided_lines(decided: Decided, option: str, settings: Settings) -> Iterator[str]:
    """What the one set of starts is worth."""
    yield ""
    aim = "for the worst future" if decided.worst_case else "by weights"
    if decided.starts is None:
        until = settings.label(decided.until)
        yield f"{option}: no one set of starts up to {until} fits every future ({decided.reason})."
        return
    yield f"{option}: one set of starts up to {settings.label(decided.until)} for all futures, {aim}; later ones adapt."
    rows = [
        [measure.replace("_", " "), name, "no plan" if value is None else _value(name, value, settings)]
        for measure, name, value in decided.measures()
    ]
    yield from table(["measure", "priority", "value"], rows)


def no_regret_lines(frame: Frame) -> Iterator[str]:
    """What is commissioned in every future, over the reported years together."""
    columns = frame.columns
    if not len(frame):
        return
    yield ""
    yield "Commissioned in every future (year by year, summed), and in the future with most:"
    sums: dict[tuple[str, str], tuple[float, float]] = {}
    for option, route, low, high in zip(
        columns["option"], columns["route"], columns["commissions"], columns["most"], strict=True
    ):
        before = sums.get((option, route), (0.0, 0.0))
        sums[option, route] = (before[0] + low, before[1] + high)
    rows = [[f"{option} {route}", fte(low), fte(high)] for (option, route), (low, high) in sums.items()]
    yield from table(["option and route", "in every future", "at most"], rows)


def where_lines(folder: Path) -> Iterator[str]:
    """Where the rest is."""
    yield ""
    yield f"Everything is in {folder}: regret.csv, no_regret.csv, points.csv and tables.csv."


def _number(value: float) -> str:
    if math.isnan(value):
        return "no plan"
    return "no plan" if math.isinf(value) else f"{value:,.0f}" if value >= 10 else f"{value:,.3g}"


def _money(value: float | None, settings: Settings) -> str:
    return "no plan" if value is None else money(value, settings.currency)


def _value(name: str, value: float, settings: Settings) -> str:
    if name == "cost":
        return money(value, settings.currency)
    return f"{value:,.6g}" if abs(value) > 1e-6 else "0"
