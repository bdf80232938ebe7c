"""Shows where the gap falls: the share of demand unmet by area and year, with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import asked_by, label, largest, measured, services, titles, unmet_by, years
from optimiser.report.palette import ramp
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import fte, percent

if TYPE_CHECKING:
    from altair.typing import ChartType

_ROWS = 50


def make(material: Material) -> Picture | None:
    """Draw the gap by area, or by service where there is only one area."""
    plan = material.focus
    if plan is None or not len(plan.table("demand")):
        return None
    areas = len(plan.facts.areas) > 1
    named = titles(plan.facts, "areas")
    group = [named[code] for code in plan.table("demand").text("area")] if areas else services(plan)
    what = "area" if areas else "service"
    short, asked = unmet_by(plan, group), asked_by(plan, group)
    last = years(plan)[-1]
    order = largest({name: _share(short, asked, name, last) for name in set(group)}, len(set(group)))
    shown = order[:_ROWS]
    return Picture(
        "where",
        _headline(plan, order, short, asked, what),
        measured(plan, f"Unmet demand, per cent of demand in FTE, by {what},"),
        (_table(plan, order, short, asked, what, True), _table(plan, order, short, asked, what, False)),
        f"A table shaded by share, one row for each {what}. In {label(plan, last)}: " + " ".join(
            f"{name} {percent(_share(short, asked, name, last))}." for name in shown
        ),
        lambda size: _draw(plan, shown, short, asked, size),
        Native("line", 0, tuple(range(1, 1 + len(years(plan)))), by_rows=True, axis="Share of demand unmet"),
        note="" if len(shown) == len(order) else f"The {len(shown)} largest are drawn; all are in the table.",
    )  # fmt: skip


Sums = dict[tuple[str, int], float]


def _share(short: Sums, asked: Sums, name: str, year: int) -> float:
    total = asked.get((name, year), 0.0)
    return short.get((name, year), 0.0) / total if total else 0.0


def _headline(plan: PlanResult, order: list[str], short: Sums, asked: Sums, what: str) -> str:
    last = years(plan)[-1]
    worst, best = order[0], order[-1]
    if _share(short, asked, worst, last) < 0.0005:
        return f"No {what} has unmet demand in {label(plan, last)}"
    most = largest({name: short.get((name, last), 0.0) for name in order}, 1)[0]
    said = (
        f"In {label(plan, last)} {worst} goes shortest, {percent(_share(short, asked, worst, last))} of its demand; "
        f"{best} is at {percent(_share(short, asked, best, last))}"
    )
    return said if most == worst else f"{said}; in FTE the most is in {most} ({fte(short[most, last])})"


def _table(plan: PlanResult, order: list[str], short: Sums, asked: Sums, what: str, shares: bool) -> DataTable:
    rows = tuple(
        (name, *(_share(short, asked, name, year) if shares else short.get((name, year), 0.0) for year in years(plan)))
        for name in order
    )
    caption = f"Share of demand unmet by {what}" if shares else f"Unmet demand by {what}, FTE"
    kind = "percent" if shares else "fte"
    columns = (Column(what.capitalize()), *(Column(label(plan, year), kind) for year in years(plan)))  # type: ignore[arg-type]
    return DataTable(caption, columns, rows)


def _draw(plan: PlanResult, shown: list[str], short: Sums, asked: Sums, size: Size) -> ChartType:
    from optimiser.report.charts import matrix

    top = max((_share(short, asked, name, year) for name in shown for year in years(plan)), default=0.0) or 1.0
    cells = [
        {"name": name, "year": label(plan, year), "text": f"{100 * share:.0f}", "colour": ramp(share / top)}
        for name in shown
        for year in years(plan)
        for share in (_share(short, asked, name, year),)
    ]
    return matrix(cells, shown, [label(plan, year) for year in years(plan)], size)
