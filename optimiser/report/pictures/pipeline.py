"""Shows the training pipeline: who arrives when, and the years too early for anything decided now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimiser.report.figures import by_year, label, measured, titles, years
from optimiser.report.palette import ramp
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import counted, fte, joined

if TYPE_CHECKING:
    from altair.typing import ChartType

_ROWS = 12
_DECIDED = "#DCDFE2"
Row = tuple[str, int, list[float]]
"""Route, its years of training, joiners by reported year."""


def make(material: Material) -> Picture | None:
    """Draw joiners by route and year; until a route's training time is over they come from past intakes."""
    plan = material.focus
    if plan is None:
        return None
    rows = arrivals(plan)
    if not rows:
        return None
    labels = [label(plan, year) for year in years(plan)]
    columns = (
        Column("Route"),
        Column("Years of training"),
        Column("First new arrivals"),
        *(Column(text, "fte") for text in labels),
    )
    cells = tuple((name, str(wait), _first(plan, wait), *amounts) for name, wait, amounts in rows)
    shown = rows[:_ROWS]
    return Picture(
        "pipeline",
        _headline(plan, rows),
        measured(plan, "FTE joining the staff from training, by route,"),
        (DataTable("Joiners by route and year, FTE", columns, cells),),
        "A table of joiners by route and year; the years already decided are shaded grey. " + " ".join(
            f"{name}: nothing new before {_first(plan, wait)}." for name, wait, _ in shown
        ),
        lambda size: _draw(shown, labels, size),
        Native("line", 0, tuple(range(3, 3 + len(labels))), by_rows=True, axis="FTE joining"),
        note="Grey years are already decided: whoever joins then started before the plan."
        + (f" {counted(len(rows) - len(shown), 'smaller route')} only in the table." if len(rows) > len(shown) else ""),
    )  # fmt: skip


def arrivals(plan: PlanResult) -> list[Row]:
    """Return joiners by route and year, largest and longest training first; without routes of no training time."""
    facts, starts, named = plan.facts, plan.table("starts"), titles(plan.facts, "routes")
    sums = by_year(plan, "starts", starts.text("route"), starts.numbers("starts"))
    first = years(plan)[0]
    rows: list[Row] = []
    for place, route in enumerate(facts.routes):
        wait = int(facts.years[place])
        if wait < 1 or facts.to_role[place] < 0:
            continue
        past = facts.past_starts[:, place, :].sum(axis=0)
        begun = [
            sums.get((route, year - wait), 0.0) if year - wait >= first else float(past[first - 1 - (year - wait)])
            for year in years(plan)
        ]
        if any(begun):
            kept = facts.completion_of(place, np.array(years(plan)) - wait - first) * facts.fte_per_completer[place]
            rows.append((named[route], wait, (kept * begun).tolist()))
    return sorted(rows, key=lambda row: (-row[1], -sum(row[2])))


def _first(plan: PlanResult, wait: int) -> str:
    return label(plan, years(plan)[0] + wait)


def _headline(plan: PlanResult, rows: list[Row]) -> str:
    longest = rows[0][1]
    slow = [name for name, wait, _ in rows if wait == longest]
    last = years(plan)[-1]
    when = years(plan)[0] + longest
    names = joined(slow[:2]) if len(slow) <= 2 else f"{slow[0]} and {counted(len(slow) - 1, 'other route')}"
    if when > last:
        return (
            f"{names}: training takes {counted(longest, 'year')}, so nothing decided now arrives by {label(plan, last)}"
        )
    fixed = sum(sum(amounts[:wait]) for _, wait, amounts in rows)
    everything = sum(sum(amounts) for *_, amounts in rows)
    return (
        f"Nothing decided now can arrive before {label(plan, when)} from {names}; {fte(fixed)} of the "
        f"{fte(everything)} FTE that training brings are already on their way"
    )


def _draw(rows: list[Row], labels: list[str], size: Size) -> ChartType:
    from optimiser.report.charts import keyed, matrix

    top = max(max(amounts) for *_, amounts in rows) or 1.0
    cells = [
        {
            "name": name, "year": text, "text": fte(amount),
            "colour": _DECIDED if place < wait else ramp(float(np.sqrt(amount / top))),
        }
        for name, wait, amounts in rows
        for place, (text, amount) in enumerate(zip(labels, amounts, strict=True))
    ]  # fmt: skip
    marks = [("already decided", _DECIDED, "square"), ("open to decision, darker is more", ramp(0.6), "square")]
    return keyed(marks, size, matrix(cells, [name for name, *_ in rows], labels, size))
