"""Shows who does the work over time: available FTE by staff group, and the share of new roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import by_year, label, largest, measured, titles, years
from optimiser.report.palette import BLUE, FOUR, GREY, INK, MOST_CATEGORIES, ORANGE, PLUM, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import fte, percent

if TYPE_CHECKING:
    from altair.typing import ChartType

_OTHERS = "all others"
_TEXT_ON = {BLUE: "white", TEAL: INK, PLUM: "white", ORANGE: INK, GREY: INK}


def make(material: Material) -> Picture | None:
    """Draw work by staff group where the evidence has groups, else by role; at most four, the others together."""
    plan = material.focus
    if plan is None or not len(plan.table("work")):
        return None
    group = _groups(plan)
    sums = by_year(plan, "work", group, plan.table("work").numbers("fte"))
    order = sorted(set(group))
    last = years(plan)[-1]
    order.sort(key=lambda name: (name == _OTHERS, -sums.get((name, last), 0.0)))
    rows = tuple((label(plan, year), *(sums.get((name, year), 0.0) for name in order)) for year in years(plan))
    return Picture(
        "work",
        _headline(plan),
        measured(plan, "FTE at work, study and supervision taken off,"),
        (
            DataTable("FTE at work, by group", (Column("Year"), *(Column(name, "fte") for name in order)), rows),
            _by_role(plan),
        ),
        f"Stacked columns by year. {_ends(order, rows)}",
        lambda size: _draw(rows, order, size),
        Native("column", 0, tuple(range(1, len(order) + 1)), stacked=True, axis="FTE at work"),
    )


def _groups(plan: PlanResult) -> list[str]:
    """Return the group of each row of work.csv."""
    facts, roles = plan.facts, plan.table("work").text("role")
    named = titles(plan.facts, "roles")
    grouped = dict(zip(facts.roles, facts.staff_groups, strict=True))
    known = {role: grouped[role] or named[role] for role in facts.roles}
    if len(set(grouped.values())) < 2:
        known = named
    rows = [known[role] for role in roles]
    totals: dict[str, float] = {}
    for name, amount in zip(rows, plan.table("work").numbers("fte").tolist(), strict=True):
        totals[name] = totals.get(name, 0.0) + amount
    keep = largest(totals, MOST_CATEGORIES if len(totals) <= MOST_CATEGORIES else MOST_CATEGORIES - 1)
    return [name if name in keep else _OTHERS for name in rows]


def _headline(plan: PlanResult) -> str:
    first, last = years(plan)[0], years(plan)[-1]
    work, roles = plan.table("work"), plan.facts.tables["roles"].columns
    new = {role for role, flag in zip(roles["role"], roles["new_role"], strict=True) if flag == "yes"}
    sums = by_year(plan, "work", [role in new for role in work.text("role")], work.numbers("fte"))
    totals = {year: sums.get((True, year), 0.0) + sums.get((False, year), 0.0) for year in (first, last)}
    span = f"{label(plan, first)} to {label(plan, last)}"
    if new and totals[first] and totals[last]:
        before, after = (sums.get((True, year), 0.0) / totals[year] for year in (first, last))
        return (
            f"New roles do {percent(after)} of the work in {label(plan, last)}, {percent(before)} in "
            f"{label(plan, first)}; the workforce goes from {fte(totals[first])} to {fte(totals[last])} FTE at work"
        )
    return f"FTE at work go from {fte(totals[first])} to {fte(totals[last])}, {span}"


def _by_role(plan: PlanResult) -> DataTable:
    named, work = titles(plan.facts, "roles"), plan.table("work")
    sums = by_year(plan, "work", work.text("role"), work.numbers("fte"))
    roles = sorted(set(work.text("role")), key=lambda role: named[role])
    rows = tuple((named[role], *(sums.get((role, year)) for year in years(plan))) for role in roles)
    columns = (Column("Role"), *(Column(label(plan, year), "fte") for year in years(plan)))
    return DataTable("FTE at work, by role", columns, rows)


def _ends(order: list[str], rows: tuple[tuple[object, ...], ...]) -> str:
    first, last = rows[0], rows[-1]
    said = [
        f"{name} {fte(float(str(first[place])))} FTE in {first[0]}, {fte(float(str(last[place])))} in {last[0]}."
        for place, name in enumerate(order, 1)
    ]
    return " ".join(said)


def _draw(rows: tuple[tuple[object, ...], ...], order: list[str], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import amounts_y, data, plot_width, years_x

    labels = [str(row[0]) for row in rows]
    colours = dict(zip(order, (*FOUR[: len(order) - (_OTHERS in order)], GREY), strict=False))
    cells, words = [], []
    for row in rows:
        level = 0.0
        for name, amount in zip(order, row[1:], strict=True):
            top = level + float(str(amount))
            cells.append({"year": row[0], "low": level, "high": top, "colour": colours[name]})
            level = top
    total, level = sum(float(str(amount)) for amount in rows[-1][1:]), 0.0
    at = -1.0
    for name, amount in zip(order, rows[-1][1:], strict=True):
        middle = level + float(str(amount)) / 2
        at = max(middle, at + total * 0.065)
        level += float(str(amount))
        words.append({"at": at, "text": name, "colour": colours[name]})
    x = years_x(labels, size)
    up = amounts_y("low", "FTE")
    bar = alt.Chart(data(cells)).mark_bar(stroke="white", strokeWidth=1)
    drawn = bar.encode(x=x, y=up, y2=alt.Y2("high:Q"), color=alt.Color("colour:N", scale=None))
    width = plot_width(size, 0.9 if size == "wide" else 0.8)
    beside = alt.Chart(data(words)).encode(y=alt.Y("at:Q"))
    dot = beside.mark_square(size=110, opacity=1).encode(
        x=alt.value(width + 10), color=alt.Color("colour:N", scale=None)
    )
    text = beside.mark_text(align="left", color=INK).encode(x=alt.value(width + 20), text=alt.Text("text:N"))
    return alt.layer(drawn, dot, text).properties(width=width, height=260)
