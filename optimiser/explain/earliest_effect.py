"""Finds the first year in which a start made now changes a role, and what the run-out hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.model.programme import Programme
from optimiser.plan.reload import Reloaded


@dataclass(frozen=True)
class RoleInTime:
    """Hold when starts decided now first change the number of a role's staff."""

    role: str
    first: int | None
    """The first year; None where no open route leads to or from the role."""
    routes: tuple[tuple[str, int], ...]
    """Every open route to the role, with the first year its new starters join (sorted by year)."""
    held: tuple[str, ...]
    """Routes whose starts the option fixes, so that they decide nothing."""
    in_training: float
    """People on their way to the role at the beginning of first_year, from earlier starts."""


@dataclass(frozen=True)
class RunOut:
    """Hold what happens after the last reported year, and what even the run-out does not show."""

    years: int
    hidden: tuple[tuple[str, int, int], ...]
    """(route, years, last year whose starts still join within the model) for routes longer than the run-out."""
    unmet: float
    """FTE-years nobody works in the run-out."""
    spend: float
    """Money spent in the run-out."""


def in_time(programme: Programme) -> Iterator[RoleInTime]:
    """Yield for each role the first year in which what is decided now can change its staff."""
    evidence = programme.evidence
    first, held = evidence.settings.first_year, _held(programme)
    past = _on_their_way(programme)
    for role, code in enumerate(evidence.roles):
        into = np.flatnonzero(evidence.to_role == role).tolist()
        out_of = np.flatnonzero(evidence.from_role == role).tolist()
        there = [route for route in (*into, *out_of) if evidence.routes[route] not in held]
        routes = sorted(
            ((evidence.routes[route], first + int(evidence.years[route])) for route in into if route in there),
            key=lambda one: (one[1], one[0]),
        )
        earliest = min((first + int(evidence.years[route]) for route in there), default=None)
        fixed = tuple(evidence.routes[route] for route in into if evidence.routes[route] in held)
        yield RoleInTime(code, earliest, tuple(routes), fixed, past[role])


def _held(programme: Programme) -> set[str]:
    """Return the routes whose starts are fixed in every year and area."""

    def fixes(limit: Limit) -> bool:
        by_decision = any(part.when != "before_first_year" for part in limit.parts)
        everywhere = set(limit.where) == {"route"} and len(limit.where["route"]) == 1
        always = len(limit.years) == len(programme.evidence.settings.years)
        as_before = limit.sense == "exactly" and bool(limit.parts)
        nothing = limit.sense == "at_most" and not limit.parts and not any(limit.constant)
        return limit.quantity == "starts" and everywhere and always and not by_decision and (nothing or as_before)

    return {limit.where["route"][0] for limit, _, _ in programme.limits() if fixes(limit)}


def _on_their_way(programme: Programme) -> list[float]:
    evidence = programme.evidence
    before = programme.quantities.in_training_before
    people = [0.0] * len(evidence.roles)
    for route, number in zip(before.keys["route"].tolist(), before.constant.tolist(), strict=True):
        if evidence.to_role[route] >= 0:
            people[int(evidence.to_role[route])] += number
    return people


def run_out(plan: Reloaded) -> RunOut:
    """Sum what happens after the last reported year, as far as it is modelled."""
    evidence = plan.programme.evidence
    settings = evidence.settings
    hidden = tuple(
        (evidence.routes[route], int(evidence.years[route]), settings.years[-1] - int(evidence.years[route]))
        for route in np.argsort(evidence.years, kind="stable").tolist()
        if evidence.years[route] > settings.run_out_years
    )
    return RunOut(settings.run_out_years, hidden, _late(plan, "demand", "unmet_fte"), _late(plan, "spend", "amount"))


def _late(plan: Reloaded, table: str, column: str) -> float:
    cells = plan.table(table)
    last = plan.programme.evidence.settings.last_year
    return sum(float(value) for year, value in zip(cells["year"], cells[column], strict=True) if int(year) > last)
