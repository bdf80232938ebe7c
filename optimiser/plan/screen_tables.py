"""The two tables of the first screen: what to commission, and what stays short."""

from __future__ import annotations

from dataclasses import dataclass

from optimiser.plan.make import Plan
from optimiser.plan.screen_sums import commissions_by_route, short_by_service
from optimiser.text.wording import counted, table

_YEARS = 3
_FIGURES = 62
"""Columns that the figures of a row take."""


@dataclass(frozen=True)
class _Route:
    """Whole commissions of a route, all areas together."""

    title: str
    before: int | None
    """Last year's; None where no intake is on record."""
    first: tuple[int, ...]
    last: int

    @property
    def change(self) -> int:
        """The largest change from last year's intake among the years shown."""
        return max(abs(number - (self.before or 0)) for number in (*self.first, self.last))


def commissions(plan: Plan, most: int, width: int) -> list[str]:
    """Commissions of the routes that change most: last year's, the first years' and the way to the last."""
    settings = plan.programme.evidence.settings
    routes = sorted(_routes(plan), key=lambda one: -one.change)
    moving = [one for one in routes if one.change]
    shown = moving[: most if len(moving) == len(routes) <= most else most - 1]
    years = settings.reported_years[:_YEARS]
    header = ["To commission", f"last, {settings.label(settings.first_year - 1)}", *map(settings.label, years)]
    rows = [
        [_short(one.title, width - _FIGURES), "–" if one.before is None else f"{one.before:,}",
         *(f"{number:,}" for number in one.first), _way(one)]
        for one in shown
    ]  # fmt: skip
    header.append(f"by {settings.label(settings.last_year)}")
    if settings.last_year in years:
        header, rows = header[:-1], [row[:-1] for row in rows]
    lines = table(header, rows, indent="") if rows else []
    rest = len(routes) - len(shown)
    if not rest:
        return lines
    others, same = moving[len(shown) :], len(routes) - len(moving)
    said = [f"{counted(len(others), 'route')} by at most {others[0].change:,} a year"] if others else []
    said += [f"{counted(same, 'route')} as last year"] if same else []
    return [*lines, f"{'and ' if rows else 'To commission: '}{', '.join(said)} (starts.csv)."]


def _way(route: _Route) -> str:
    """`up to 34`, `down to 12`, or the number where it is the first year's."""
    if route.last == route.first[0]:
        return f"{route.last:,}"
    return f"{'up' if route.last > route.first[0] else 'down'} to {route.last:,}"


def _routes(plan: Plan) -> list[_Route]:
    evidence = plan.programme.evidence
    settings = evidence.settings
    read = evidence.tables["routes"].columns
    titles = dict(zip(read["route"], read.get("title", read["route"]), strict=True))
    years = (*settings.reported_years[:_YEARS], settings.last_year)
    return [
        _Route(str(titles.get(one.route) or one.route), one.before, one.by_year[:-1], one.by_year[-1])
        for one in commissions_by_route(plan, years)
    ]


def short(plan: Plan, most: int, width: int) -> list[str]:
    """Unmet demand by service in the first and the last year, in FTE and as a share: the shortest services, and all."""
    settings = plan.programme.evidence.settings
    ends = (settings.first_year, settings.last_year)
    by_service, together = short_by_service(plan, ends)
    services = sorted(by_service, key=lambda name: (-by_service[name].unmet[1], name))
    shown = services if len(services) <= most - 1 else services[: most - 1]
    rows = [[_short(name, width - _FIGURES), *by_service[name].cells()] for name in shown]
    every = "all services" if len(services) == len(shown) else f"all {len(services)} services"
    rows.append([every, *together.cells()])
    return table(["Short, FTE", settings.label(ends[0]), "share", settings.label(ends[1]), "share"], rows, indent="")


def _short(text: str, most: int) -> str:
    return text if len(text) <= max(most, 12) else f"{text[: max(most, 12) - 1].rstrip()}…"
