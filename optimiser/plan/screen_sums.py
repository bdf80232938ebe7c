"""Adds a plan's tables up as the screens show them: unmet demand by service, whole commissions by route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.plan.frame import numbers
from optimiser.plan.make import Plan
from optimiser.text.wording import fte, percent, whole_shares


@dataclass(frozen=True)
class Short:
    """Hold what is unmet and what was asked for, in FTE: [year], of the years asked about."""

    unmet: tuple[float, ...]
    asked: tuple[float, ...]

    def cells(self) -> list[str]:
        """Write FTE and share of each year; a dash where nothing was asked for."""
        pairs = zip(self.unmet, self.asked, strict=True)
        return [text for unmet, asked in pairs for text in (fte(unmet), percent(unmet / asked) if asked else "–")]


@dataclass(frozen=True)
class Commissions:
    """Hold the whole commissions of a route, all areas together; `before` is None where no intake is on record."""

    route: str
    before: int | None
    by_year: tuple[int, ...]


def short_by_service(plan: Plan, years: Sequence[int]) -> tuple[dict[str, Short], Short]:
    """Return what is short of each service, by name (a task without a service is one), and of all together."""
    evidence, demand = plan.programme.evidence, plan.reported("demand")
    service = dict(zip(evidence.tasks, evidence.services, strict=True))
    named = np.array([service[task] or task for task in demand.columns["task"]], dtype=object)
    year = np.array(demand.columns["year"])
    yardstick = dict(zip(evidence.tasks, evidence.yardstick.tolist(), strict=True))
    asked = numbers(demand, "volume") / np.array([yardstick[task] for task in demand.columns["task"]])
    unmet = numbers(demand, "unmet_fte")

    def total(name: str | None) -> Short:
        mine = np.ones(len(year), dtype=bool) if name is None else named == name
        there = [mine & (year == when) for when in years]
        return Short(*(tuple(float(one[here].sum()) for here in there) for one in (unmet, asked)))

    return {name: total(name) for name in sorted(set(named.tolist()))}, total(None)


def commissions_by_route(plan: Plan, years: Sequence[int]) -> list[Commissions]:
    """Return every route's commissions in whole numbers that add up over areas, beside the last intake's."""
    evidence, starts = plan.programme.evidence, plan.reported("starts")
    of_route, year = np.array(starts.columns["route"], dtype=object), np.array(starts.columns["year"])
    commissioned = numbers(starts, "commissions")
    past = evidence.past_starts[:, :, 0] / evidence.past_fill_rate
    return [
        Commissions(
            name,
            sum(whole_shares(past[:, place].tolist())) if evidence.has_past_starts[:, place].any() else None,
            tuple(sum(whole_shares(commissioned[(of_route == name) & (year == when)].tolist())) for when in years),
        )
        for place, name in enumerate(evidence.routes)
    ]
