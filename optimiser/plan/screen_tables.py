"""The two tables of the first screen: what to commission, and what stays short."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.plan.frame import numbers
from optimiser.plan.make import Plan
from optimiser.text.wording import counted, fte, percent, table, whole_shares

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
    evidence, starts = plan.programme.evidence, plan.reported("starts")
    settings = evidence.settings
    of_route, year = np.array(starts.columns["route"], dtype=object), np.array(starts.columns["year"])
    commissioned = numbers(starts, "commissions")
    past = evidence.past_starts[:, :, 0] / evidence.past_fill_rate
    read = evidence.tables["routes"].columns
    titles = dict(zip(read["route"], read.get("title", read["route"]), strict=True))

    def whole(name: str, when: int) -> int:
        return sum(whole_shares(commissioned[(of_route == name) & (year == when)].tolist()))

    return [
        _Route(
            str(titles.get(name) or name),
            sum(whole_shares(past[:, place].tolist())) if evidence.has_past_starts[:, place].any() else None,
            tuple(whole(name, when) for when in settings.reported_years[:_YEARS]),
            whole(name, settings.last_year),
        )
        for place, name in enumerate(evidence.routes)
    ]


def short(plan: Plan, most: int, width: int) -> list[str]:
    """Unmet demand by service in the first and the last year, in FTE and as a share: the shortest services, and all."""
    evidence, demand = plan.programme.evidence, plan.reported("demand")
    settings = evidence.settings
    service = dict(zip(evidence.tasks, evidence.services, strict=True))
    named = np.array([service[task] or task for task in demand.columns["task"]], dtype=object)
    year = np.array(demand.columns["year"])
    yardstick = dict(zip(evidence.tasks, evidence.yardstick.tolist(), strict=True))
    asked = numbers(demand, "volume") / np.array([yardstick[task] for task in demand.columns["task"]])
    lacking = numbers(demand, "unmet_fte")
    ends = (settings.first_year, settings.last_year)

    def cells(name: str | None) -> list[str]:
        mine = np.ones(len(year), dtype=bool) if name is None else named == name
        found = [_short(name or "all services", width - _FIGURES)]
        for when in ends:
            here = mine & (year == when)
            total, missing = float(asked[here].sum()), float(lacking[here].sum())
            found += [fte(missing), percent(missing / total) if total else "–"]
        return found

    services = sorted(
        set(named.tolist()), key=lambda name: (-float(lacking[(named == name) & (year == ends[1])].sum()), name)
    )
    shown = services if len(services) <= most - 1 else services[: most - 1]
    rows = [*(cells(name) for name in shown), cells(None)]
    if len(services) > len(shown):
        rows[-1][0] = f"all {len(services)} services"
    return table(["Short, FTE", settings.label(ends[0]), "share", settings.label(ends[1]), "share"], rows, indent="")


def _short(text: str, most: int) -> str:
    return text if len(text) <= max(most, 12) else f"{text[: max(most, 12) - 1].rstrip()}…"
