"""Every table of the answer on the screen: budgets by year, all services and routes, the limits one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimiser.constraints.limit import QUANTITY_UNITS
from optimiser.model.breaking import BROKEN
from optimiser.plan.budget_screen import budgets_screen
from optimiser.plan.frame import Frame, numbers
from optimiser.plan.make import Plan
from optimiser.text.wording import amount, fte, money, percent, table, whole_shares

_LIMITS_SHOWN = 3
_YEARS_OF_COMMISSIONS = 3


def full_tables(plan: Plan) -> Iterator[str]:
    """Each budget by year, unmet demand by service, commissions of all routes, and the rows that hold it back most."""
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
    """The limits where 1 % more buys most of the first priority they can move."""
    if not plan.outcome.answer or not plan.outcome.answer.prices:
        yield "Whole numbers have no prices: compare options to see what holds the plan back."
        return
    limits = plan.frames["limits"]
    for objective in plan.programme.objectives:
        gain = numbers(limits, f"price_{objective.name}") * np.abs(numbers(limits, "bound")) / 100
        order = np.argsort(-gain, kind="stable")[:_LIMITS_SHOWN]
        found = [place for place in order.tolist() if gain[place] > 1e-9]
        if found:
            yield "What holds the plan back: 1 % more of"
            for place in found:
                yield f"  {_limit(plan, limits, place)} {_buys(plan, objective.name, float(gain[place]))}"
            yield ""
            return


def _limit(plan: Plan, limits: Frame, place: int) -> str:
    settings = plan.programme.evidence.settings
    columns = limits.columns
    year, area = columns["year"][place], columns["area"][place]
    said = f"“{columns['limit'][place]}”"
    if year != "":
        said += f" in {settings.label(int(year))}"
    if area and len(plan.programme.evidence.areas) > 1:
        said += f", {area}"
    step = abs(float(columns["bound"][place])) / 100
    unit = columns["unit"][place]
    eased = money(step, settings.currency) if unit == settings.currency else amount(step, unit)
    return f"{said} ({eased})"


def _buys(plan: Plan, priority: str, gain: float) -> str:
    """What 1 % more buys at today's price. The first of it is worth most, so all of it buys no more than that."""
    if priority == "unmet":
        return f"cuts unmet demand by at most {amount(gain, 'weighted FTE-years')}"
    if priority == BROKEN:
        return f"lowers what is broken by at most {amount(gain, '')}, by weight"
    if priority == "cost":
        return f"saves at most {money(gain, plan.programme.evidence.settings.currency)}, discounted"
    return f"cuts the priority {priority} by at most {amount(gain, QUANTITY_UNITS.get(priority, ''))}"
