"""The answer on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from optimiser.constraints.limit import QUANTITY_UNITS
from optimiser.inputs.evidence import Floats
from optimiser.plan.frame import Frame
from optimiser.plan.make import Plan
from optimiser.plan.words import fte, money, percent, table, whole_shares

_LIMITS_SHOWN = 3
_YEARS_OF_COMMISSIONS = 3


def one_screen(plan: Plan, folder: Path) -> list[str]:
    """What to commission, what it costs, what stays unmet, what holds it back, and where the rest is."""
    evidence, policy = plan.programme.evidence, plan.programme.policy
    title = f"{evidence.settings.title or evidence.folder.name}: {policy.title}"
    if evidence.scenarios:
        title += f" (scenarios: {', '.join(evidence.scenarios)})"
    return [
        title,
        *_worth(plan),
        "",
        *_budgets(plan),
        *_unmet(plan),
        *_commissions(plan),
        *_holding_back(plan),
        f"The plan is in {folder}: read demand.csv, starts.csv and limits.csv first.",
    ]


def _worth(plan: Plan) -> Iterator[str]:
    content = plan.content("")
    settings = plan.programme.evidence.settings
    cost = content["cost"]
    prices = f", {settings.label(settings.price_year)} prices" if settings.price_year is not None else ""
    ended = "optimal" if not content["gap"] else f"optimal within {percent(content['gap'])}"
    yield (
        f"Status: {ended}. {settings.label(settings.first_year)} to {settings.label(settings.last_year)}: "
        f"cost {money(cost['undiscounted'], settings.currency)} ({money(cost['discounted'], settings.currency)} "
        f"discounted{prices}); unmet demand {fte(content['unmet_fte_years'])} FTE-years."
    )


def _budgets(plan: Plan) -> Iterator[str]:
    """Each budget by year, in millions: what is owed already, what is new, what is left, and the limit."""
    settings = plan.programme.evidence.settings
    spend, limits = plan.reported("spend"), plan.reported("budgets")
    names = sorted({name for name in spend.columns["budget"] if name})
    if not names:
        return
    years = list(settings.reported_years)
    label = f"{settings.currency} million" if settings.currency != "GBP" else "£ million"
    rows: list[list[str]] = []
    for name in names:
        owed = _by_year(spend, "committed", "budget", name, years)
        spent = _by_year(spend, "amount", "budget", name, years)
        limited = limits.only(_is(limits, "budget", name) & _has_year(limits))
        rows.append([name] + [""] * len(years))
        rows.append(["  committed", *(_millions(value) for value in owed)])
        rows.append(["  new", *(_millions(value) for value in spent - owed)])
        if len(limited):
            limit, carried = (_by_year(limited, column, "budget", name, years) for column in ("limit", "carried_in"))
            rows.append(["  unspent", *(_millions(value) for value in limit + carried - spent)])
            rows.append(["  limit", *(_millions(value) for value in limit)])
        else:
            rows.append(["  limit", *("none" for _ in years)])
    yield from table([label, *(settings.label(year) for year in years)], rows, indent="")
    yield ""


def _unmet(plan: Plan) -> Iterator[str]:
    """Unmet demand in the first and the last year by service, in FTE and per cent of what was asked for."""
    evidence, demand = plan.programme.evidence, plan.reported("demand")
    settings = evidence.settings
    service = dict(zip(evidence.tasks, evidence.services, strict=True))
    named = np.array([service[task] or task for task in demand.columns["task"]], dtype=object)
    year = np.array(demand.columns["year"])
    yardstick = dict(zip(evidence.tasks, evidence.yardstick.tolist(), strict=True))
    asked = _numbers(demand, "volume") / np.array([yardstick[task] for task in demand.columns["task"]])
    short = _numbers(demand, "unmet_fte")
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
    """Commissions of the first years by route, in whole numbers that add up over areas, beside the last intake."""
    evidence, starts = plan.programme.evidence, plan.reported("starts")
    settings = evidence.settings
    years = settings.reported_years[:_YEARS_OF_COMMISSIONS]
    route, year = np.array(starts.columns["route"], dtype=object), np.array(starts.columns["year"])
    amount = _numbers(starts, "commissions")
    past = evidence.past_starts[:, :, 0]
    rows = []
    for place, name in enumerate(evidence.routes):
        known = evidence.has_past_starts[:, place].any()
        cells = [name, f"{past[:, place].sum():,.0f}" if known else "–"]
        cells += [f"{sum(whole_shares(amount[(route == name) & (year == when)].tolist())):,}" for when in years]
        rows.append(cells)
    header = ["commissions", f"started {settings.label(settings.first_year - 1)}"]
    yield from table([*header, *(settings.label(when) for when in years)], rows, indent="")
    yield ""


def _holding_back(plan: Plan) -> Iterator[str]:
    """The limits where 1 % more buys most of the first priority they can move."""
    if not plan.outcome.answer or not plan.outcome.answer.prices:
        yield "Whole numbers have no prices: compare options to see what holds the plan back."
        return
    limits = plan.frames["limits"]
    for objective in plan.programme.objectives:
        gain = _numbers(limits, f"price_{objective.name}") * np.abs(_numbers(limits, "bound")) / 100
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
    amount = money(step, settings.currency) if unit == settings.currency else f"{step:,.3g} {unit}"
    return f"{said} ({amount})"


def _buys(plan: Plan, priority: str, gain: float) -> str:
    if priority == "unmet":
        return f"cuts unmet demand by {fte(gain)} weighted FTE-years"
    if priority == "cost":
        return f"saves {money(gain, plan.programme.evidence.settings.currency)}, discounted"
    return f"cuts {priority} by {gain:,.3g} {QUANTITY_UNITS.get(priority, '')}".rstrip()


def _numbers(frame: Frame, name: str) -> Floats:
    return np.asarray(frame.columns[name], dtype=float)


def _is(frame: Frame, name: str, value: str) -> Any:
    return np.array([cell == value for cell in frame.columns[name]], dtype=bool)


def _has_year(frame: Frame) -> Any:
    return np.array([year != "" for year in frame.columns["year"]], dtype=bool)


def _by_year(frame: Frame, column: str, key: str, value: str, years: Sequence[int]) -> Floats:
    mine = frame.only(_is(frame, key, value))
    when = np.array([int(year) for year in mine.columns["year"]], dtype=np.int64)
    amount = _numbers(mine, column)
    return np.array([amount[when == year].sum() for year in years])


def _millions(value: float) -> str:
    return f"{value / 1e6 + 0.0:,.1f}" if abs(value) >= 50_000 else f"{abs(value) / 1e6:,.1f}"
