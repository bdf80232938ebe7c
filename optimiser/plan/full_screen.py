"""Every table of the answer on the screen: budgets by year, all services and routes, the entries that bind."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.plan.binding import Binding, binding
from optimiser.plan.budget_screen import budgets_screen
from optimiser.plan.frame import Frame, numbers
from optimiser.plan.holding_back import at_most
from optimiser.plan.make import Plan
from optimiser.plan.screen_sums import commissions_by_route, short_by_service
from optimiser.text.wording import amount, money, table

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
    settings = plan.programme.evidence.settings
    by_service, together = short_by_service(plan, (settings.first_year, settings.last_year))
    rows = [[name, *one.cells()] for name, one in [*by_service.items(), ("all services", together)]]
    first, last = settings.label(settings.first_year), settings.label(settings.last_year)
    yield from table(["unmet demand, FTE", first, "share", last, "share"], rows, indent="")
    yield ""


def _commissions(plan: Plan) -> Iterator[str]:
    """Commissions of the first years by route, in whole numbers that add up over areas, beside the last intake's."""
    settings = plan.programme.evidence.settings
    years = settings.reported_years[:_YEARS_OF_COMMISSIONS]
    rows = [
        [one.route, "–" if one.before is None else f"{one.before:,}", *(f"{number:,}" for number in one.by_year)]
        for one in commissions_by_route(plan, years)
    ]
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
