"""Shows unmet demand against money: the solved budgets, with the options beside the curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimiser.report.palette import BLUE, INK, ORANGE
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.report.solved_points import Curve, Spot, curve
from optimiser.text.wording import counted, fte, money, symbol

if TYPE_CHECKING:
    from altair.typing import ChartType

_NEAR = 3.0
"""Options with more than so many times the curve's largest budget are left to the table."""


def make(material: Material) -> Picture | None:
    """Draw one curve of one budget, with each option where its own limit and its own shortage put it."""
    found = curve(material)
    if found is None or any(spot.unmet != spot.unmet for spot in found.spots):
        return None
    currency = material.currency
    options = [(plan, at) for plan in material.comparable if (at := _a_year(plan, found)) is not None]
    most = found.spots[-1].money
    options = [(plan, at) for plan, at in options if at <= _NEAR * most]
    what = "limit" if found.limits else "spend"
    rows = tuple((f"{found.budget} {spot.label}", spot.money, spot.unmet, spot.cost) for spot in found.spots)
    rows += tuple((f"option {plan.name}", at, plan.unmet, plan.cost) for plan, at in options)
    columns = (
        Column("Budget"), Column(f"{found.budget} {what} a year", "money"), Column("Unmet demand, FTE-years", "fte"),
        Column("Cost", "money"),
    )  # fmt: skip
    return Picture(
        "money-curve",
        _headline(found, currency),
        f"Unmet demand over the reported years against the {found.budget} {what} a year, real. "
        f"The curve varies option “{found.option}”.",
        (DataTable("Solved budgets and options", columns, rows, currency),),
        _alternative(found, options, currency),
        lambda size: _draw(found, options, currency, size),
        Native("scatter", 1, (2,), axis="Unmet demand, FTE-years", rows=len(found.spots)),
        note="Options differ from the curve in more than this budget, so they need not lie on it." if options else "",
    )  # fmt: skip


def _alternative(found: Curve, options: list[tuple[PlanResult, float]], currency: str) -> str:
    first, last = found.spots[0], found.spots[-1]
    said = (
        f"A falling curve through {counted(len(found.spots), 'solved budget')}, from {money(first.money, currency)} a "
        f"year with {fte(first.unmet)} FTE-years unmet to {money(last.money, currency)} with {fte(last.unmet)}."
    )
    return said + "".join(f" {plan.name}: {money(at, currency)}, {fte(plan.unmet)} FTE-years." for plan, at in options)


def _a_year(plan: PlanResult, found: Curve) -> float | None:
    """Return the option's mean limit a year on that budget, or its mean spending, as the curve has it."""
    if not found.limits:
        spend = plan.table("spend")
        mine = [budget == found.budget for budget in spend.text("budget")]
        years = len(plan.facts.settings.reported_years)
        return float(spend.numbers("amount")[np.array(mine, dtype=bool)].sum()) / years if any(mine) else None
    budgets = plan.table("budgets")
    limits: dict[int, float] = {}
    for name, year, limit in zip(
        budgets.text("budget"), budgets.years(), budgets.numbers("limit").tolist(), strict=True
    ):
        if name == found.budget and year is not None:
            limits[year] = min(limit, limits.get(year, float("inf")))
    return sum(limits.values()) / len(limits) if limits else None


def _headline(found: Curve, currency: str) -> str:
    """Say what money buys at the low end and at the high end: the first and the last third of the money."""
    spots = found.spots
    low, high = spots[0], spots[-1]
    third = (high.money - low.money) / 3
    near = min(spots[1:], key=lambda spot: abs(spot.money - low.money - third))
    far = max(spots[:-1], key=lambda spot: -abs(spot.money - high.money + third))
    if len(spots) < 4 or near.money >= far.money:
        return f"{_between(low, high, currency)} each extra {symbol(currency)}1m a year buys {_buys(low, high)}"
    return (
        f"{_between(low, near, currency)} each extra {symbol(currency)}1m a year for {found.budget} buys "
        f"{_buys(low, near)}; {_between(far, high, currency).lower()}, {_buys(far, high)}"
    )


def _between(left: Spot, right: Spot, currency: str) -> str:
    return f"Between {money(left.money, currency)} and {money(right.money, currency)} a year"


def _buys(left: Spot, right: Spot) -> str:
    rate = (left.unmet - right.unmet) / max(right.money - left.money, 1e-9) * 1e6
    return "nothing" if abs(rate) < 0.05 else f"{fte(rate)} FTE-years"


def _draw(found: Curve, options: list[tuple[PlanResult, float]], currency: str, size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import amounts_y, data, plot_width

    unit, word = (1e6, "m") if found.spots[-1].money >= 1e6 else (1e3, "k")
    spots = [{"money": spot.money / unit, "unmet": spot.unmet} for spot in found.spots]
    title = f"{found.budget} {'limit' if found.limits else 'spend'} a year, {symbol(currency)}{word}"
    x = alt.X("money:Q", axis=alt.Axis(title=title, grid=False, tickCount=6), scale=alt.Scale(zero=False, nice=True))
    y = amounts_y("unmet", "FTE-years unmet", scale=alt.Scale(zero=False))
    curve_ = alt.Chart(data(spots)).encode(x=x, y=y)
    layers = [
        curve_.mark_line(color=BLUE, strokeWidth=2.5),
        curve_.mark_point(filled=True, color=BLUE, size=40, opacity=1),
    ]
    named = [{"money": at / unit, "unmet": plan.unmet, "name": plan.name} for plan, at in options]
    if named:
        beside = alt.Chart(data(named)).encode(x=x, y=y)
        layers.append(beside.mark_point(shape="diamond", filled=True, color=ORANGE, stroke=INK, size=150, opacity=1))
        # A white edge beneath keeps the names readable over the line.
        edge = beside.mark_text(align="left", dx=11, dy=-9, stroke="white", strokeWidth=5)
        names = beside.mark_text(align="left", dx=11, dy=-9, color=INK)
        layers += [edge.encode(text=alt.Text("name:N")), names.encode(text=alt.Text("name:N"))]
    return alt.layer(*layers).properties(width=plot_width(size, 1.0 if size == "wide" else 0.95), height=260)
