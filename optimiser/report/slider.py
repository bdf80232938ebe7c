"""Makes the budget slider from the solved budgets of a frontier or a sweep, every figure already in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optimiser.report.figures import titles
from optimiser.report.picture import Column, DataTable
from optimiser.report.report_inputs import Material
from optimiser.report.solved_points import Curve, Spot, curve
from optimiser.text.wording import fte, money, money_close

_ROUTES = 12


@dataclass(frozen=True)
class Slider:
    """Hold one stop for each solved budget; `table` shows the same without a slider."""

    budget: str
    option: str
    what: str
    """`limit` or `spend`."""
    start: int
    """The stop shown first."""
    routes: tuple[str, ...]
    stops: tuple[dict[str, Any], ...]
    """money, unmet, cost as text; commissions as [text, share of the largest] by route."""
    table: DataTable


def slider(material: Material) -> Slider | None:
    """Make the slider of the first frontier or sweep of one budget; None where there is none."""
    found = curve(material)
    if found is None:
        return None
    currency = material.currency
    named = titles(material.facts, "routes") if material.facts else {}
    mean = [_commissions(spot) for spot in found.spots]
    most = {route: max(one.get(route, 0.0) for one in mean) for one in mean for route in one}
    routes = sorted((route for route in most if most[route] > 0), key=lambda route: (-most[route], route))
    drawn = routes[:_ROUTES]
    top = max(most.values(), default=0.0) or 1.0
    stops = tuple(
        {
            "label": spot.label, "money": f"{money_close(spot.money, currency)} a year",
            "unmet": f"{fte(spot.unmet)} FTE-years", "cost": money(spot.cost, currency),
            "commissions": [[_number(one.get(route, 0.0)), round(one.get(route, 0.0) / top, 4)] for route in drawn],
        }
        for spot, one in zip(found.spots, mean, strict=True)
    )  # fmt: skip
    return Slider(
        found.budget, found.option, "limit" if found.limits else "spend", _start(found),
        tuple(named.get(route, route) for route in drawn), stops, _table(found, mean, routes, named, currency),
    )  # fmt: skip


def _commissions(spot: Spot) -> dict[str, float]:
    """Return the mean commissions a year over the reported years, by route."""
    return {route: sum(years.values()) / len(years) for route, years in spot.point.by("commissions", "route").items()}


def _start(found: Curve) -> int:
    """Return the stop at 100 %, or the nearest to it."""

    def distance(stop: int) -> float:
        try:
            return abs(float(found.spots[stop].label.removesuffix(" %")) - 100)
        except ValueError:
            return abs(stop - len(found.spots) // 2)

    return min(range(len(found.spots)), key=distance)


def _number(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 9.95 else f"{amount:,.1f}"


def _table(
    found: Curve, mean: list[dict[str, float]], routes: list[str], named: dict[str, str], currency: str
) -> DataTable:
    what = "limit" if found.limits else "spend"
    columns = (
        Column("Budget"), Column(f"{found.budget} {what} a year", "money"), Column("Unmet demand, FTE-years", "fte"),
        Column("Cost", "money"),
        *(Column(f"{named.get(route, route)}, commissions a year", "count") for route in routes),
    )  # fmt: skip
    rows = tuple(
        (spot.label, spot.money, spot.unmet, spot.cost, *(one.get(route, 0.0) for route in routes))
        for spot, one in zip(found.spots, mean, strict=True)
    )
    return DataTable(f"Solved budgets for {found.budget}", columns, rows, currency)
