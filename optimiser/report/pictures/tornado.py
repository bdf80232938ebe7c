"""Shows what matters most: each assumption low and high, by how far it moves unmet demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import titles
from optimiser.report.palette import EDGE, INK, ORANGE, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material
from optimiser.report.solved_points import option_of
from optimiser.text.wording import fte

if TYPE_CHECKING:
    from altair.typing import ChartType

_ROWS = 12
Row = tuple[str, str, str, float, float]
"""Assumption, its low and its high value as written, unmet at each."""


def make(material: Material) -> Picture | None:
    """Draw the assumptions that move unmet demand furthest; those that gave no plan are only in the table."""
    table = material.table("tornado")
    if table is None or not len(table):
        return None
    cells = zip(
        [_called(material, text) for text in table.text("assumption")], table.text("low"), table.text("high"),
        *(table.numbers(name).tolist() for name in ("unmet_low", "unmet_high", "cost_low", "cost_high")), strict=True,
    )  # fmt: skip
    every = sorted(cells, key=lambda row: (-_swing(row[3], row[4]), row[0]))
    drawn: list[Row] = [row[:5] for row in every if row[3] == row[3] and row[4] == row[4]][:_ROWS]
    if not drawn:
        return None
    currency = material.currency
    columns = (
        Column("Assumption"), Column("Low"), Column("High"), Column("Unmet FTE-years when low", "fte"),
        Column("Unmet FTE-years when high", "fte"), Column("Cost when low", "money"), Column("Cost when high", "money"),
    )  # fmt: skip
    top = drawn[0]
    return Picture(
        "tornado",
        f"“{top[0]}” matters most: between {top[1]} and {top[2]}, unmet demand goes from "
        f"{fte(min(top[3:5]))} to {fte(max(top[3:5]))} FTE-years",
        "Unmet demand, FTE-years of the reported years, with each assumption low and high, all others as they are."
        f"{option_of(material, table)}",
        (DataTable("Assumptions low and high", columns, tuple(every), currency),),
        "Bars from the lower to the higher outcome, one for each assumption, the longest on top. "
        + " ".join(f"{row[0]}: {fte(row[3])} when low, {fte(row[4])} when high." for row in drawn),
        lambda size: _draw(drawn, size),
        Native("bar", 0, (3, 4), axis="Unmet demand, FTE-years", rows=len(drawn)),
    )


def _called(material: Material, said: str) -> str:
    """Name an assumption with titles for codes: `roles radiologist leaver_rate` and the like."""
    known: dict[str, str] = {}
    for table in ("areas", "roles", "routes", "tasks", "patterns"):
        known |= titles(material.facts, table) if material.facts else {}
    words = (known.get(word) or word.replace("_", " ").replace("fte", "FTE") for word in said.split())
    return ", ".join(words)


def _swing(low: float, high: float) -> float:
    return abs(high - low) if low == low and high == high else -1.0


def _draw(rows: list[Row], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import data, keyed, names_y, plot_width, row_step

    names = [row[0] for row in rows]
    cells = [
        {"name": row[0], "low": row[3], "high": row[4], "left": min(row[3:5]), "right": max(row[3:5]),
         "left_text": fte(min(row[3:5])), "right_text": fte(max(row[3:5]))}
        for row in rows
    ]  # fmt: skip
    least, most = min(float(str(cell["left"])) for cell in cells), max(float(str(cell["right"])) for cell in cells)
    room = (most - least or most or 1.0) * (0.16 if size == "wide" else 0.4)
    scale = alt.Scale(domain=[least - room, most + room], nice=False, zero=False)
    chart = alt.Chart(data(cells)).encode(y=names_y(names, size))
    bar = chart.mark_rule(strokeWidth=6, color=EDGE).encode(
        x=alt.X("left:Q", axis=None, scale=scale), x2=alt.X2("right:Q")
    )
    low = chart.mark_point(shape="circle", filled=True, size=130, color=TEAL, stroke=INK, opacity=1)
    high = chart.mark_point(shape="diamond", filled=True, size=150, color=ORANGE, stroke=INK, opacity=1)
    left = chart.mark_text(align="right", dx=-11, color=INK).encode(
        x=alt.X("left:Q", scale=scale), text=alt.Text("left_text:N")
    )
    right = chart.mark_text(align="left", dx=11, color=INK).encode(
        x=alt.X("right:Q", scale=scale), text=alt.Text("right_text:N")
    )
    layers = (
        bar, low.encode(x=alt.X("low:Q", scale=scale)), high.encode(x=alt.X("high:Q", scale=scale)), left, right,
    )  # fmt: skip
    drawn = alt.layer(*layers).properties(width=plot_width(size, 0.8), height=row_step(names, size))
    return keyed([("assumption low", TEAL, "circle"), ("assumption high", ORANGE, "diamond")], size, drawn)
