"""Shows how far each route's commissions can move while every priority stays nearly as good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import titles
from optimiser.report.palette import BLUE, EDGE, INK, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material
from optimiser.report.solved_points import option_of
from optimiser.text.wording import counted, fte

if TYPE_CHECKING:
    from altair.typing import ChartType

_ROWS = 14
Row = tuple[str, str, float, float, float]
"""Route, block of years, least, the plan's own, most."""


def make(material: Material) -> Picture | None:
    """Draw the first block of years, widest range first; the table has every block."""
    table = material.table("alternatives")
    if table is None or not len(table):
        return None
    named = titles(material.facts, "routes") if material.facts else {}
    cells = zip(
        table.text("route"), table.text("years"), *(table.numbers(name).tolist() for name in ("least", "best", "most")),
        strict=True,
    )  # fmt: skip
    rows: list[Row] = [(named.get(route, route), *rest) for route, *rest in cells]
    first = [row for row in rows if row[1] == rows[0][1] and all(number == number for number in row[2:])]
    drawn = sorted(first, key=lambda row: (row[2] - row[4], row[0]))[:_ROWS]
    if not drawn:
        return None
    fixed = [row for row in first if row[4] - row[2] < 0.5]
    columns = (
        Column("Route"), Column("Years"), Column("Least", "count"), Column("The plan", "count"),
        Column("Most", "count"),
    )  # fmt: skip
    top = drawn[0]
    return Picture(
        "room",
        f"{top[0]} can move furthest, from {fte(top[2])} to {fte(top[4])} commissions in {top[1]}; "
        f"{counted(len(fixed), 'route')} of {len(first)} cannot move by one",
        f"Least and most commissions of each route in {top[1]} with every priority nearly at its best."
        f"{option_of(material, table)}",
        (DataTable("Commissions that may be changed", columns, (*drawn, *(row for row in rows if row not in drawn))),),
        "Bars from the least to the most, with a mark at the plan. "
        + " ".join(f"{row[0]}: {fte(row[2])} to {fte(row[4])}, the plan {fte(row[3])}." for row in drawn),
        lambda size: _draw(drawn, size),
        Native("bar", 0, (2, 3, 4), axis="Commissions", rows=len(drawn)),
        note="Each range is by itself: moving one route uses up what another could have moved.",
    )


def _draw(rows: list[Row], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import data, keyed, names_y, plot_width, row_step

    names = [row[0] for row in rows]
    cells = [
        {"name": name, "least": least, "best": best, "most": most, "text": f"{fte(least)} to {fte(most)}"}
        for name, _, least, best, most in rows
    ]
    scale = alt.Scale(domain=[0, max(row[4] for row in rows) * (1.2 if size == "wide" else 1.6)], nice=False)
    chart = alt.Chart(data(cells)).encode(y=names_y(names, size))
    bar = chart.mark_bar(color=TEAL, height=10, stroke=EDGE).encode(
        x=alt.X("least:Q", axis=None, scale=scale), x2="most:Q"
    )
    mark = chart.mark_point(shape="diamond", filled=True, color=BLUE, size=120, opacity=1)
    text = chart.mark_text(align="left", dx=10, color=INK).encode(
        x=alt.X("most:Q", scale=scale), text=alt.Text("text:N")
    )
    layers = (bar, mark.encode(x=alt.X("best:Q", scale=scale)), text)
    drawn = alt.layer(*layers).properties(width=plot_width(size, 0.8), height=row_step(names, size, 28))
    return keyed([("least to most", TEAL, "square"), ("the plan", BLUE, "diamond")], size, drawn)
