"""The answer on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from optimiser.constraints.limit import QUANTITY_UNITS
from optimiser.model.breaking import BROKEN
from optimiser.model.steady import changes_of
from optimiser.plan.broken import broken_rows, broken_sentences
from optimiser.plan.budget_screen import budgets_screen
from optimiser.plan.frame import Frame, numbers
from optimiser.plan.make import Plan
from optimiser.text.invocation import command_line
from optimiser.text.wording import amount, fte, money, percent, table, whole_shares

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
        *_broken(plan),
        "",
        *budgets_screen(plan),
        *_unmet(plan),
        *_commissions(plan),
        *_steadiness(plan),
        *_holding_back(plan),
        f"The plan is in {folder}: read demand.csv, starts.csv and limits.csv first.",
        _next(folder),
    ]


def _next(folder: Path) -> str:
    explain, report = command_line("explain", folder), command_line("report", folder)
    return f"Next: {explain} (what holds it back), or {report} (a page for the board)."


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


def _broken(plan: Plan) -> Iterator[str]:
    """What the plan breaks, where its option lets rules be broken and no plan keeps to all of them."""
    answer, settings = plan.outcome.answer, plan.programme.evidence.settings
    if answer is None:
        return
    said = broken_sentences(broken_rows(plan.programme, answer.decisions), settings)
    if said:
        yield "No plan keeps to every rule. Of those that may be broken, this one breaks the least, by weight:"
        yield from (f"  {one}" for one in said)


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


def _steadiness(plan: Plan) -> Iterator[str]:
    """By how many people a year the intakes change that are to be kept steady."""
    answer, policy = plan.outcome.answer, plan.programme.policy
    if answer is not None and policy.steady is not None:
        change = changes_of(plan.programme.quantities, answer.decisions)
        yield (
            f"Intakes that are to be steady change by {fte(change.a_year)} people a year, {fte(change.total)} in all; "
            f"each weighs {policy.steady.weight:g}."
        )
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
