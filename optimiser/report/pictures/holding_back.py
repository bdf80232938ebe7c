"""Shows what holds us back: the limits where a little more buys most, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimiser.constraints.families import BY_NAME
from optimiser.constraints.limit import QUANTITY_UNITS
from optimiser.plan.binding import Binding, binding
from optimiser.plan.holding_back import at_most
from optimiser.report.figures import label, measured, titles, years
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import amount, money

if TYPE_CHECKING:
    from altair.typing import ChartType

_MOST = 8


@dataclass(frozen=True)
class Hold:
    """Hold one limit over all its rows: what 1 % more of each buys together, and where it buys most."""

    entry: str
    """The entry's name, as it stands in the constraints file."""
    name: str
    """What a board calls it."""
    gain: float
    """In the priority's own unit, by the prices of the plan."""
    year: int | None
    area: str
    step: float
    """1 % of the bound of the row where it buys most, in the row's unit."""
    unit: str
    gain_there: float


def make(material: Material) -> Picture | None:
    """Draw the limits by what 1 % more in every year buys of the first priority that any of them can move."""
    plan = material.focus
    if plan is None:
        return None
    priority, holds = found(plan)
    if not holds:
        return None
    shown = holds[:_MOST]
    rows = tuple(
        (
            hold.name, hold.entry, hold.gain, label(plan, hold.year) if hold.year is not None else "all years",
            hold.area or "–", _eased(plan, hold), hold.gain_there,
        )
        for hold in holds[:40]
    )  # fmt: skip
    unit = _unit(plan, priority)
    columns = (
        Column("Limit"), Column("Entry"), Column(f"1 % more in every row buys, {unit}", "number"),
        Column("Buys most in"),
        Column("Area"), Column("1 % there is"), Column(f"which buys, {unit}", "number"),
    )  # fmt: skip
    return Picture(
        "holding-back",
        f"“{shown[0].name}” holds the plan back most: 1 % more every year {at_most(priority, shown[0].gain, plan)}",
        measured(plan, f"What 1 % more of each limit buys, {unit},"),
        (DataTable("Limits by what 1 % more buys", columns, rows, plan.currency),),
        "Bars, one for each limit. "
        + " ".join(f"{hold.name}: {at_most(priority, hold.gain, plan)}." for hold in shown),
        lambda size: _draw(plan, priority, shown, size),
        Native("bar", 0, (2,), axis=unit.capitalize(), rows=len(shown)),
        tuple(_sentence(plan, priority, hold) for hold in shown[:5]),
        note="By the plan's prices: the first pound or place is worth most, so all of 1 % buys at most what is said; "
        "“optimiser explain” says how far each price holds. "
        + (
            "Weighted FTE-years: unmet demand of all modelled years, weighted by tier and task."
            if priority == "unmet"
            else ""
        ),
    )


def found(plan: PlanResult) -> tuple[str, list[Hold]]:
    """Return the first priority that some limit can move, and the limits that move it, most first."""
    limits = plan.table("limits")
    for priority in [str(entry["name"]) for entry in plan.record.get("priorities", [])]:
        column = f"price_{priority}"
        if not len(limits) or not limits.has(column):
            continue
        prices = np.nan_to_num(limits.numbers(column)).tolist()
        bounds = limits.numbers("bound").tolist()
        holding = binding(limits.text("limit"), limits.years(), bounds, prices, years(plan)[-1])
        if holding:
            return priority, [_hold(plan, one) for one in holding]
    return "", []


def _hold(plan: PlanResult, one: Binding) -> Hold:
    limits, areas, row = plan.table("limits"), titles(plan.facts, "areas"), one.row
    area = limits.text("area")[row]
    return Hold(
        one.entry,
        _called(plan, one.entry, row),
        one.gain,
        limits.years()[row],
        areas.get(area, area) if len(areas) > 1 else "",
        abs(float(limits.numbers("bound")[row])) / 100,
        limits.text("unit")[row],
        one.gain_there,
    )


def _called(plan: PlanResult, name: str, row: int) -> str:
    """Name an entry by its family and subject, in words; one that the user named keeps that name."""
    limits = plan.table("limits")
    family = BY_NAME.get(limits.text("family")[row])
    if family is None or not family.heading or not name.startswith(f"{family.name} "):
        return f"{name[:1].upper()}{name[1:]}"
    subjects = []
    for table, column in (("routes", "route"), ("tasks", "task"), ("roles", "role")):
        code = limits.text(column)[row]
        if code and code in name.split():
            subjects.append(titles(plan.facts, table).get(code, code))
    area = " by area" if name.endswith(" by area") else ""
    # An entry of several routes may be called `pace of specialty training`: the words then have their `of` already.
    subject = " by ".join(subjects) or name.removeprefix(f"{family.name} ").removeprefix("of ").removeprefix("for ")
    return f"{family.heading} {subject}{area}"


def _unit(plan: PlanResult, priority: str) -> str:
    if priority == "unmet":
        return "weighted FTE-years"
    return f"{plan.currency}, discounted" if priority == "cost" else QUANTITY_UNITS.get(priority, priority)


def _eased(plan: PlanResult, hold: Hold) -> str:
    return money(hold.step, plan.currency) if hold.unit == plan.currency else amount(hold.step, hold.unit)


def _sentence(plan: PlanResult, priority: str, hold: Hold) -> str:
    where = f" in {label(plan, hold.year)}" if hold.year is not None else ""
    area = f", {hold.area}" if hold.area else ""
    return (
        f"{hold.name}: 1 % more every year {at_most(priority, hold.gain, plan)}. It counts most{where}{area}, "
        f"where 1 % ({_eased(plan, hold)}) {at_most(priority, hold.gain_there, plan)}."
    )


def _draw(plan: PlanResult, priority: str, shown: Sequence[Hold], size: Size) -> ChartType:
    from optimiser.report.charts import bars

    rows = [
        {
            "name": hold.name, "value": hold.gain, "loud": place == 0,
            "text": money(hold.gain, plan.currency) if priority == "cost" else amount(hold.gain, ""),
        }
        for place, hold in enumerate(shown)
    ]  # fmt: skip
    return bars(rows, size, 0.8)
