"""Puts the options side by side, whether they come as plans or as the points of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from optimiser.plan.cost_effectiveness import CostEffectiveness, Sums, cost_effectiveness
from optimiser.report.figures import asked_by, period, place, prices, services
from optimiser.report.report_inputs import Material, PlanResult, ranked
from optimiser.report.solved_points import Run, SolvedPoint, runs


@dataclass(frozen=True)
class Choice:
    """Hold one option and its totals over the reported years."""

    name: str
    status: str
    unmet: float | None = None
    """FTE-years, unweighted; None without a plan."""
    share: float | None = None
    """Unmet as a share of demand in FTE."""
    cost: float | None = None
    discounted: float | None = None
    unmet_discounted: float | None = None
    """FTE-years, discounted as costs are."""
    values: Mapping[str, float] = field(default_factory=dict)
    """Of each priority, in order."""
    ranked: bool = False
    """True where it may be measured against the others: a plan on the same evidence and scenarios."""


@dataclass(frozen=True)
class Choices:
    """Hold every option; the others are measured against the first one named that is ranked."""

    all: tuple[Choice, ...]
    currency: str
    about: str
    """Place, period and prices."""
    wanted: str | None
    discount_rate: float

    @cached_property
    def worth(self) -> Mapping[str, CostEffectiveness]:
        """Return what an FTE-year less unmet costs, by option; empty if business as usual has no discounted figure."""
        known = [
            Sums(one.name, one.discounted, one.unmet_discounted)
            for one in (self.base, *(one for one in self.all if one.ranked and one is not self.base))
            if one.discounted is not None and one.unmet_discounted is not None
        ]
        if not known or known[0].name != self.base.name:
            return {}
        return {one.sums.name: one for one in cost_effectiveness(known)}

    @property
    def base(self) -> Choice:
        """Return business as usual."""
        return next(choice for choice in self.all if choice.ranked)

    @property
    def ranked(self) -> tuple[Choice, ...]:
        """Rank from best to worst by the options' own priorities; see `ranked` in report_inputs."""
        found = [one for one in self.all if one.ranked]
        return tuple(ranked([(one.values, (one.unmet or 0.0, one.discounted or 0.0), one) for one in found]))

    @property
    def best(self) -> Choice | None:
        """Return the option the authors want; None where they name none."""
        return next((choice for choice in self.ranked if choice.name == self.wanted), None)


def choices(material: Material) -> Choices | None:
    """Return the plans named, or else the first comparison; None if there are not two options to choose from."""
    found = _of_plans(material) if len(material.comparable) > 1 else _of_comparison(material)
    return found if found is not None and sum(choice.ranked for choice in found.all) > 1 else None


def _of_plans(material: Material) -> Choices:
    first = material.comparable[0]
    made = tuple(_of_plan(plan, plan in material.comparable) for plan in material.plans)
    about = f"{place(first)}, {period(first)}, {prices(first) or 'real prices'}."
    return Choices(made, material.currency, about, material.wanted, first.facts.settings.discount_rate)


def _of_plan(plan: PlanResult, same: bool) -> Choice:
    if not plan.solved:
        return Choice(plan.name, f"no plan: {plan.record['status']}")
    asked = sum(asked_by(plan, services(plan)).values())
    status = "optimal" if same else "other evidence or scenario: not ranked"
    return Choice(
        plan.name,
        status,
        plan.unmet,
        plan.unmet / asked if asked else None,
        plan.cost,
        plan.discounted,
        plan.unmet_discounted,
        plan.values,
        same,
    )


def _of_comparison(material: Material) -> Choices | None:
    rate = 0.0 if material.facts is None else material.facts.settings.discount_rate
    for run in runs(material):
        if len({point.option for point in run.points}) > 1:
            return Choices(_of_points(run), material.currency, _about(material), None, rate)
    return None


def _about(material: Material) -> str:
    facts = material.facts
    if facts is None:
        return "Real prices."
    settings = facts.settings
    ends = [settings.label(year) for year in (settings.first_year, settings.last_year)]
    return f"{settings.title or facts.folder.name}, {ends[0]} to {ends[1]}, real prices."


def _of_points(run: Run) -> tuple[Choice, ...]:
    first = run.points[0].scenario
    return tuple(_of_point(point, point.scenario == first) for point in run.points)


def _of_point(point: SolvedPoint, same: bool) -> Choice:
    name = f"{point.option} ({point.scenario})" if point.scenario else point.option
    if point.status != "optimal":
        return Choice(name, f"no plan: {point.reason or point.status}")
    unmet, asked = point.unmet, point.total("demand_fte")
    return Choice(
        name, "optimal" if same else "another scenario: not ranked", unmet,
        unmet / asked if unmet is not None and asked else None, point.cost,
        point.discounted, point.total("total", unmet="fte_years_discounted"), point.values, same and unmet is not None,
    )  # fmt: skip
