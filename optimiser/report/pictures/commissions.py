"""Shows commissions by route beside this year's intake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from optimiser.report.figures import by_year, label, measured, titles, years
from optimiser.report.palette import BLUE, EDGE, INK
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import counted, joined

if TYPE_CHECKING:
    from altair.typing import ChartType

_SOON = 3
_ROWS = 12


def make(material: Material) -> Picture | None:
    """Draw each route's last intake and its commissions in the plan's third year; the table has every year."""
    plan = material.focus
    if plan is None or not len(plan.table("starts")):
        return None
    rows = _rows(plan)
    soon = min(_SOON, len(years(plan)))
    drawn = [row for row in rows if row[1] or row[1 + soon]][:_ROWS]
    if not drawn:
        return None
    now, then = label(plan, years(plan)[0] - 1), label(plan, years(plan)[soon - 1])
    columns = (
        Column("Route"), Column(f"Started {now}", "count"),
        *(Column(label(plan, year), "count") for year in years(plan)),
    )  # fmt: skip
    left = len(rows) - len(drawn)
    return Picture(
        "commissions",
        _headline(plan, rows, soon),
        measured(plan, f"Places commissioned in {then} beside the intake of {now},"),
        (DataTable("Commissions by route and year", columns, tuple(rows)),),
        f"For each route a hollow mark for the intake of {now} and a filled one for the commissions of {then}. "
        + " ".join(f"{row[0]}: {_before(row[1])}, {_count(row[1 + soon])}." for row in drawn),
        lambda size: _draw(drawn, soon, (now, then), size),
        Native("bar", 0, (1, 1 + soon), axis="Starts and commissions", rows=len(drawn)),
        note=(f"{counted(left, 'smaller route')} only in the table. " if left else "")
        + "Commissions are places to pay for; starts are the places filled.",
    )


def _rows(plan: PlanResult) -> list[tuple[object, ...]]:
    """Return route, last intake (None if unknown) and commissions by year; the largest first."""
    starts, facts, named = plan.table("starts"), plan.facts, titles(plan.facts, "routes")
    sums = by_year(plan, "starts", starts.text("route"), starts.numbers("commissions"))
    rows = []
    for place, route in enumerate(facts.routes):
        known = bool(facts.has_past_starts[:, place].any())
        before = float(facts.past_starts[:, place, 0].sum()) if known else None
        rows.append((named[route], before, *(sums.get((route, year), 0.0) for year in years(plan))))
    return sorted(rows, key=lambda row: (-max(float(cell or 0.0) for cell in row[1:5]), str(row[0])))  # type: ignore[arg-type]


def _headline(plan: PlanResult, rows: Sequence[tuple[object, ...]], soon: int) -> str:
    now, then = label(plan, years(plan)[0] - 1), label(plan, years(plan)[soon - 1])
    moves = {str(row[0]): _number(row[1 + soon]) - _number(row[1]) for row in rows}
    ups = sorted((name for name in moves if moves[name] >= 0.5), key=lambda name: -moves[name])[:2]
    downs = sorted((name for name in moves if moves[name] <= -0.5), key=lambda name: moves[name])[:2]
    ends = {str(row[0]): f"{_count(_number(row[1]))} to {_count(row[1 + soon])}" for row in rows}
    if not ups and not downs:
        return f"Every route stays as it was in {now} until {then}"
    said = []
    if ups:
        said.append(f"up most: {joined([f'{name} ({ends[name]})' for name in ups])}")
    if downs:
        said.append(f"down most: {joined([f'{name} ({ends[name]})' for name in downs])}")
    return f"From {now} to {then}, {'; '.join(said)}"


def _number(cell: object) -> float:
    return float(str(cell)) if cell is not None else 0.0


def _count(cell: object) -> str:
    amount = _number(cell)
    return f"{amount:,.0f}" if amount >= 9.95 or abs(amount - round(amount)) < 0.05 else f"{amount:,.1f}"


def _before(cell: object) -> str:
    return "not known" if cell is None else _count(cell)


def _draw(rows: Sequence[tuple[object, ...]], soon: int, ends: tuple[str, str], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import data, keyed, names_y, plot_width, row_step

    names = [str(row[0]) for row in rows]
    cells = [
        {
            "name": str(row[0]), "before": _number(row[1]), "after": _number(row[1 + soon]),
            "most": max(_number(row[1]), _number(row[1 + soon])),
            "text": f"{_count(row[1])} → {_count(row[1 + soon])}" if row[1] is not None else _count(row[1 + soon]),
        }
        for row in rows
    ]  # fmt: skip
    top = max(float(str(cell["most"])) for cell in cells)
    scale = alt.Scale(domain=[0, top * (1.16 if size == "wide" else 1.5)], nice=False)
    x = alt.X("before:Q", scale=scale, axis=None)
    chart = alt.Chart(data(cells)).encode(y=names_y(names, size))
    rule = chart.mark_rule(color=EDGE, strokeWidth=2).encode(x=x, x2=alt.X2("after:Q"))
    old = chart.mark_point(filled=True, fill="white", stroke=EDGE, strokeWidth=2, size=95, opacity=1).encode(x=x)
    new = chart.mark_point(filled=True, color=BLUE, size=110, opacity=1).encode(x=alt.X("after:Q", scale=scale))
    text = chart.mark_text(align="left", dx=10, color=INK).encode(
        x=alt.X("most:Q", scale=scale), text=alt.Text("text:N")
    )
    width = plot_width(size, 0.8)
    drawn = alt.layer(rule, old, new, text).properties(width=width, height=row_step(names, size, 28))
    return keyed([(f"started {ends[0]}", EDGE, "hollow"), (f"commissioned {ends[1]}", BLUE, "circle")], size, drawn)
