"""Shows demand and supply by service, with the gap between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimiser.report.figures import (
    asked_by,
    by_year,
    demand_fte,
    label,
    largest,
    measured,
    services,
    unmet_by,
    years,
)  # fmt: skip
from optimiser.report.palette import BLUE, GREY, INK, MOST_CATEGORIES, PLUM
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import fte, percent

if TYPE_CHECKING:
    from altair.typing import ChartType

_OTHERS = "all other services"


def make(material: Material) -> Picture | None:
    """Draw the three services with the largest gap in the last year, and the others together."""
    plan = material.focus
    if plan is None:
        return None
    rows = _rows(plan)
    return Picture(
        "demand",
        _headline(plan),
        measured(plan, "Work asked for and work done, in FTE of whoever does it fastest,"),
        (_all_services(plan), _by_service(plan)),
        _alternative(plan, rows),
        lambda size: _draw(plan, rows, size),
        Native("line", 0, (1, 2), axis="FTE"),
        note="An FTE of demand is what one FTE of the fastest role does in a year. Work asked for includes what "
        "waits from the year before, if anything does.",
    )


def _sums(plan: PlanResult, group: list[str]) -> dict[str, dict[tuple[str, int], float]]:
    staff = by_year(plan, "demand", group, demand_fte(plan, "by_staff"))
    bought = by_year(plan, "demand", group, np.nan_to_num(demand_fte(plan, "outsourced")))
    return {"asked": asked_by(plan, group), "staff": staff, "bought": bought, "unmet": unmet_by(plan, group)}


def _rows(plan: PlanResult) -> list[dict[str, object]]:
    """Return one row for each service shown and year: asked, met, unmet."""
    named, last = services(plan), years(plan)[-1]
    gaps = {name: total for (name, year), total in unmet_by(plan, named).items() if year == last}
    keep = largest(gaps, MOST_CATEGORIES if len(gaps) <= MOST_CATEGORIES else MOST_CATEGORIES - 1)
    group = [name if name in keep else _OTHERS for name in named]
    sums = _sums(plan, group)
    return [
        {
            "service": name, "year": label(plan, year), "asked": sums["asked"].get((name, year), 0.0),
            "met": sums["asked"].get((name, year), 0.0) - sums["unmet"].get((name, year), 0.0),
            "unmet": sums["unmet"].get((name, year), 0.0),
        }
        for name in [*keep, *([_OTHERS] if _OTHERS in group else [])]
        for year in years(plan)
    ]  # fmt: skip


def _headline(plan: PlanResult) -> str:
    first, last = years(plan)[0], years(plan)[-1]
    everything = unmet_by(plan, [""] * len(plan.table("demand")))
    here = {name: total for (name, year), total in unmet_by(plan, services(plan)).items() if year == last}
    before, after = everything[("", first)], everything[("", last)]
    if after < 0.05:
        return f"All demand is met in {label(plan, last)}; {fte(before)} FTE were unmet in {label(plan, first)}"
    worst = largest(here, 1)[0]
    moves = "grows" if after > before * 1.005 else "shrinks" if after < before * 0.995 else "stays"
    return (
        f"The gap {moves} from {fte(before)} FTE in {label(plan, first)} to {fte(after)} in {label(plan, last)}; "
        f"{percent(here[worst] / after)} of what is then unmet is in {worst}"
    )


def _alternative(plan: PlanResult, rows: list[dict[str, object]]) -> str:
    last = label(plan, years(plan)[-1])
    said = [
        f"{row['service']}: {fte(float(str(row['asked'])))} FTE asked for, {fte(float(str(row['met'])))} done, "
        f"{fte(float(str(row['unmet'])))} unmet."
        for row in rows
        if row["year"] == last
    ]
    return f"Lines of work asked for and work done over the years, with the gap shaded. In {last}: {' '.join(said)}"


def _all_services(plan: PlanResult) -> DataTable:
    sums = _sums(plan, [""] * len(plan.table("demand")))
    rows = [
        (
            label(plan, year), sums["asked"][("", year)], sums["asked"][("", year)] - sums["unmet"][("", year)],
            sums["staff"][("", year)], sums["bought"][("", year)], sums["unmet"][("", year)],
        )
        for year in years(plan)
    ]  # fmt: skip
    heads = ("Asked for", "Done", "Done by staff", "Outsourced", "Unmet")
    columns = (Column("Year"), *(Column(head, "fte") for head in heads))
    return DataTable("All services, FTE", columns, tuple(rows))


def _by_service(plan: PlanResult) -> DataTable:
    sums = _sums(plan, services(plan))
    rows = [
        (
            name, label(plan, year), sums["asked"][(name, year)], sums["staff"][(name, year)],
            sums["bought"][(name, year)], short,
            short / sums["asked"][(name, year)] if sums["asked"][(name, year)] else None,
        )
        for (name, year), short in sorted(sums["unmet"].items())
    ]  # fmt: skip
    heads = ("Asked for", "Done by staff", "Outsourced", "Unmet")
    columns = (
        Column("Service"),
        Column("Year"),
        *(Column(head, "fte") for head in heads),
        Column("Unmet, share", "percent"),
    )
    return DataTable("Each service, FTE", columns, tuple(rows))


def _draw(plan: PlanResult, rows: list[dict[str, object]], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import amounts_y, data, plot_width, years_x

    labels = [label(plan, year) for year in years(plan)]
    columns = 2 if size == "wide" else 1
    share = 0.36 if size == "wide" else 0.75
    panels = []
    for name in dict.fromkeys(row["service"] for row in rows):
        mine = [row for row in rows if row["service"] == name]
        chart = alt.Chart(data(mine)).encode(x=years_x(labels, size, share))
        gap = chart.mark_area(color=GREY, opacity=0.8).encode(y=amounts_y("met", "FTE"), y2=alt.Y2("asked:Q"))
        asked = chart.mark_line(color=PLUM, strokeWidth=2.5, strokeDash=[6, 3]).encode(y=alt.Y("asked:Q"))
        met = chart.mark_line(color=BLUE, strokeWidth=2.5).encode(y=alt.Y("met:Q"))
        top, done = (float(str(mine[-1][key])) for key in ("asked", "met"))
        apart = 8 if top - done < 0.15 * top else 0
        ends = ((top, f"{fte(top)} asked for", PLUM, -apart), (done, f"{fte(done)} done", BLUE, apart))
        words = [
            alt.Chart(data([{"year": labels[-1], "at": at, "text": text}]))
            .mark_text(align="left", dy=down, dx=10, color=colour, fontWeight="bold")
            .encode(x=alt.X("year:O", sort=labels), y=alt.Y("at:Q"), text=alt.Text("text:N"))
            for at, text, colour, down in ends
        ]
        panels.append(
            alt.layer(gap, asked, met, *words).properties(
                title=alt.TitleParams(str(name), color=INK, offset=18), width=plot_width(size, share), height=150
            )
        )
    return alt.concat(*panels, columns=columns)
