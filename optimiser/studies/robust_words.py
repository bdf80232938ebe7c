"""Puts regret, common starts and what is safe to commission into sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from optimiser.inputs.settings import Settings
from optimiser.plan.frame import Frame
from optimiser.studies.engine.futures import AS_THE_EVIDENCE
from optimiser.studies.engine.points import Result
from optimiser.studies.regret import Regret, largest, least_regret
from optimiser.studies.robust import Decided
from optimiser.studies.totals_words import meanings
from optimiser.text.wording import fte, money, priority_amount, table


def regret_lines(
    found: Sequence[Regret], results: Sequence[Result], priority: str, settings: Settings
) -> Iterator[str]:
    """Write each option's unmet demand, cost and regret under each future, and the option of least maximum regret."""
    scenarios = list(dict.fromkeys(one.scenario for one in found))
    options = list(dict.fromkeys(one.option for one in found))
    futures = [scenario or AS_THE_EVIDENCE for scenario in scenarios]
    point = {(one.option, one.scenario): one.totals for one in results}
    regret = {(one.option, one.scenario): one for one in found}
    worst = largest(found)

    def section(title: str, words: Callable[[str, str], str]) -> Iterator[str]:
        rows = [[option, *(words(option, name) for name in scenarios)] for option in options]
        yield from table([title, *futures], rows, indent="")
        yield ""

    def pounds(option: str, name: str) -> str:
        totals = point[option, name]
        return "no plan" if totals is None else money(totals.cost_discounted, settings.currency)

    yield from section("unmet FTE-years", lambda option, name: _number(regret[option, name].unmet))
    yield from section("more than the least", lambda option, name: _number(regret[option, name].more))
    yield from section("cost, discounted", pounds)
    measured = "weighted unmet" if priority == "unmet" else priority
    rows = [
        [option, *(_regret(priority, regret[option, name].regret, settings) for name in scenarios),
         _regret(priority, worst[option], settings)]
        for option in options
    ]  # fmt: skip
    yield from table([f"regret of {measured}", *futures, "largest"], rows, indent="")
    yield ""
    chosen = least_regret(found)
    if chosen is None:
        yield "No option has a plan in every future, so none can be recommended."
    else:
        most = max(one.more for one in found if one.option == chosen)
        yield (
            f"Least maximum regret: {chosen}, at most {priority_amount(priority, worst[chosen], settings)} and "
            f"{fte(most)} FTE-years unmet more than the best option of a future."
        )
    yield "Regret: how much worse the first priority is than that of the best option under the same future."
    yield from meanings([priority])


def decided_lines(decided: Decided, option: str, settings: Settings) -> Iterator[str]:
    """Write what the one set of starts is worth."""
    yield ""
    aim = "for the worst future" if decided.worst_case else "by weights"
    if decided.starts is None:
        until = settings.label(decided.until)
        yield f"{option}: no one set of starts up to {until} fits every future ({decided.reason})."
        return
    yield f"{option}: one set of starts up to {settings.label(decided.until)} for all futures, {aim}; later ones adapt."
    rows = [
        [measure.replace("_", " "), name, "no plan" if value is None else priority_amount(name, value, settings)]
        for measure, name, value in decided.measures()
    ]
    yield from table(["measure", "priority", "value"], rows)


def no_regret_lines(frame: Frame) -> Iterator[str]:
    """Write what is commissioned in every future, over the reported years together."""
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
    """Write where the rest of the results is."""
    yield ""
    yield f"Everything is in {folder}: regret.csv, no_regret.csv, points.csv and tables.csv."


def _number(value: float) -> str:
    return "no plan" if math.isnan(value) else fte(value)


def _regret(priority: str, value: float, settings: Settings) -> str:
    if not math.isfinite(value):
        return "no plan"
    said = priority_amount(priority, value, settings)
    return said if priority == "cost" else said.partition(" ")[0]
