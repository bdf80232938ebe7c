"""Every table of the answer on the screen: budgets by year, all services and routes, the entries that bind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimiser.plan.binding import Binding, binding
from optimiser.plan.budget_screen import budgets_screen
from optimiser.plan.frame import Frame, numbers
from optimiser.plan.holding_back import at_most
from optimiser.plan.make import Plan
from optimiser.text.wording import amount, fte, money, percent, table, whole_shares

_LIMITS_SHOWN = 3
_YEARS_OF_COMMISSIONS = 3


def full_tables(plan: Plan) -> Iterator[str]:
    """Each budget by year, unmet demand by service, commissions of all routes, and the entries that bind."""
    yield from budgets_screen(plan)
    yield from _unmet(plan)
    yield from _commissions(plan)
    yield from _holding_back(plan)


def _unmet(plan: Plan) -> Iterator[str]:
    """Unmet demand in the first and the last year by service, in FTE and per cent of what was asked for."""
    evidence, demand = plan.programme.evidence, plan.reported("demand")
    settings = evidence.settings
    service = dict(zip(evidence.tasks, evidence.services, strict=True))
    named = np.array([service[task] or task for task in demand.columns["task"]], dtype=object)
    year = np.array(demand.columns["year"])
    yardstick = dict(zip(evidence.tasks, evidence.yardstick.tolist(), strict=True))
    asked = numbers(demand, "volume") / np.array([yardstick[task] for task in demand.columns["task"]])
    short = numbers(demand, "unmet_fte")
    rows = []
    for name in [*sorted(set(named.tolist())), "all services"]:
        mine = np.ones(len(year), dtype=bool) if name == "all services" else named == name
        cells = [name]
        for when in (settings.first_year, settings.last_year):
            here = mine & (year == when)
            total = float(asked[here].sum())
            cells += [fte(float(short[here].sum())), percent(float(short[here].sum()) / total) if total else "–"]
        rows.append(cells)
    first, last = settings.label(settings.first_year), settings.label(settings.last_year)
    yield from table(["unmet demand, FTE", first, "share", last, "share"], rows, indent="")
    yield ""


def _commissions(plan: Plan) -> Iterator[str]:
    """Commissions of the first years by route, in whole numbers that add up over areas, beside the last intake's."""
    evidence, starts = plan.programme.evidence, plan.reported("starts")
    settings = evidence.settings
    years = settings.reported_years[:_YEARS_OF_COMMISSIONS]
    route, year = np.array(starts.columns["route"], dtype=object), np.array(starts.columns["year"])
    commissioned = numbers(starts, "commissions")
    past = evidence.past_starts[:, :, 0] / evidence.past_fill_rate
    rows = []
    for place, name in enumerate(evidence.routes):
        known = evidence.has_past_starts[:, place].any()
        cells = [name, f"{sum(whole_shares(past[:, place].tolist())):,}" if known else "–"]
        cells += [f"{sum(whole_shares(commissioned[(route == name) & (year == when)].tolist())):,}" for when in years]
        rows.append(cells)
    header = ["commissions", f"last: {settings.label(settings.first_year - 1)}"]
    yield from table([*header, *(settings.label(when) for when in years)], rows, indent="")
    yield ""


def _holding_back(plan: Plan) -> Iterator[str]:
    """The entries where 1 % more buys most of the first priority they can move, and where most of that is."""
    if not plan.outcome.answer or not plan.outcome.answer.prices:
        yield "Whole numbers have no prices: compare options to see what holds the plan back."
        return
    limits, settings = plan.frames["limits"], plan.programme.evidence.settings
    years = [None if year == "" else int(year) for year in limits.columns["year"]]
    bounds = numbers(limits, "bound").tolist()
    for objective in plan.programme.objectives:
        prices = numbers(limits, f"price_{objective.name}").tolist()
        found = binding(list(limits.columns["limit"]), years, bounds, prices, settings.last_year)[:_LIMITS_SHOWN]
        if found:
            yield "What holds the plan back: 1 % more in every year of"
            for one in found:
                yield f"  “{one.entry}” {at_most(objective.name, one.gain, settings)}"
                yield f"    {_most_of_it(plan, limits, one)}"
            yield ""
            return


def _most_of_it(plan: Plan, limits: Frame, one: Binding) -> str:
    """`most of it in 2028, north (1 % is £12,000)`; the row where one per cent more counts most."""
    settings, columns = plan.programme.evidence.settings, limits.columns
    year, area, unit = (columns[name][one.row] for name in ("year", "area", "unit"))
    where = [settings.label(int(year))] if year != "" else []
    where += [area] if area and len(plan.programme.evidence.areas) > 1 else []
    step = abs(float(columns["bound"][one.row])) / 100
    size = money(step, settings.currency) if unit == settings.currency else amount(step, unit)
    return f"most of it in {', '.join(where)} (1 % is {size})" if where else f"1 % is {size}"
