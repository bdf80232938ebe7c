"""Finds the option one would least regret, and what is commissioned whatever the future brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.model.breaking import BROKEN
from optimiser.plan.broken import NOTHING
from optimiser.plan.frame import Frame
from optimiser.studies.engine.case import Opened
from optimiser.studies.engine.futures import Future
from optimiser.studies.engine.points import Result
from optimiser.text.faults import Faults, Place


@dataclass(frozen=True)
class Regret:
    """Hold how much worse an option is, under one future, than the best option; value is NaN without a plan."""

    option: str
    scenario: str
    value: float
    regret: float
    """Infinite without a plan, where another option has one."""
    unmet: float = math.nan
    """FTE-years over the reported years, as `solve` gives them; NaN without a plan."""
    more: float = math.nan
    """By how much `unmet` is more than the least any option leaves there; NaN without a plan."""


def check_comparable(opened: Sequence[Opened]) -> None:
    """Check that the first priority means the same in all options, as regrets need. Raises FaultsFound."""
    faults = Faults()
    first = opened[0].policy
    for one in opened[1:]:
        policy = one.policy
        if policy.priorities[0] != first.priorities[0]:
            found = f"first priority {policy.priorities[0].name}"
        elif policy.priorities[0].quantity == "unmet" and policy.tiers != first.tiers:
            found = "other tiers of shortage"
        elif (policy.unmet == "priced" or first.unmet == "priced") and policy.price_per_fte != first.price_per_fte:
            found = "another price of shortage"
        else:
            continue
        mend = "Regret compares one measure: make the first priority alike."
        faults.add("not-comparable", Place(str(policy.path)), found, f"the same as in {first.path}", mend)
    faults.stop_if_any()


def regrets(results: Sequence[Result], options: Sequence[str], futures: Sequence[Future]) -> list[Regret]:
    """Return the regrets by option and then future."""
    value = {(one.option, one.scenario): first_value(one) for one in results}
    unmet = {(one.option, one.scenario): _unmet(one) for one in results}
    found = []
    for option in options:
        for future in futures:
            scenario = "+".join(future)
            known = [value[other, scenario] for other in options if not math.isnan(value[other, scenario])]
            mine = value[option, scenario]
            # Nothing can be regretted in a future for which no option has a plan.
            regret = math.nan if not known else math.inf if math.isnan(mine) else mine - min(known)
            short = unmet[option, scenario]
            least = min((unmet[other, scenario] for other in options if unmet[other, scenario] >= 0), default=math.nan)
            found.append(Regret(option, scenario, mine, regret, short, short - least))
    return found


def first_value(result: Result) -> float:
    """Return the option's first priority; NaN without a plan that keeps every rule."""
    if not result.solved or result.values.get(BROKEN, 0.0) > NOTHING:
        return math.nan
    return next(value for name, value in result.values.items() if name != BROKEN)


def _unmet(result: Result) -> float:
    """Return the unmet FTE-years of a plan that keeps every rule; NaN without one."""
    if result.totals is None or math.isnan(first_value(result)):
        return math.nan
    return result.totals.unmet_fte_years


def largest(found: Sequence[Regret]) -> dict[str, float]:
    """Return each option's largest regret; NaN where no future can be judged."""
    worst: dict[str, float] = {}
    for one in found:
        worst.setdefault(one.option, math.nan)
        if not math.isnan(one.regret):
            before = worst[one.option]
            worst[one.option] = one.regret if math.isnan(before) else max(before, one.regret)
    return worst


def least_regret(found: Sequence[Regret]) -> str | None:
    """Return the option of least largest regret, the first of equals; None if none has a plan in every future."""
    worst = {option: value for option, value in largest(found).items() if math.isfinite(value)}
    return min(worst, key=lambda option: worst[option]) if worst else None


def regret_frame(found: Sequence[Regret]) -> Frame:
    """Lay out regret.csv; where the value is blank there is no plan and no finite regret.

    `value` and `regret` are of the first priority, by which the option is chosen; the unmet FTE-years of the same plan,
    and how many more they are than the least of any option, come after them.
    """
    regret = np.array([one.regret for one in found])
    return Frame(
        "regret",
        {
            "option": [one.option for one in found],
            "scenario": [one.scenario for one in found],
            "value": np.array([one.value for one in found]),
            "regret": np.where(np.isfinite(regret), regret, np.nan),
            "unmet_fte_years": np.array([one.unmet for one in found]),
            "unmet_more": np.array([one.more for one in found]),
        },
    )


def no_regret_frame(results: Sequence[Result], options: Sequence[str]) -> Frame:
    """Lay out no_regret.csv: the commissions of a route and year that all futures' plans have, and the most of any."""
    rows: list[tuple[str, str, int, float, float]] = []
    for option in options:
        mine = [one for one in results if one.option == option]
        if not all(one.solved for one in mine):
            continue
        plans = [
            {(f.keys.removeprefix("route="), f.year): f.value for f in one.figures if f.table == "commissions"}
            for one in mine
        ]
        for (route, year), first in plans[0].items():
            amounts = [first, *(plan[route, year] for plan in plans[1:])]
            rows.append((option, route, year or 0, min(amounts), max(amounts)))
    names = ("option", "route", "year", "commissions", "most")
    return Frame("no_regret", {name: [row[place] for row in rows] for place, name in enumerate(names)})
