"""Draws the few forms all charts share: bars with their numbers, lines with their names, years along the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType

from optimiser.report.palette import BLUE, EDGE, GREY, INK, text_on
from optimiser.report.picture import Size

Row = dict[str, Any]
_PLOT = {"wide": 600, "narrow": 215}
_LABEL = 58
"""Pixels a year's label needs."""


_ROWS_APART = alt.Scale(paddingInner=0.25, paddingOuter=0.15)
Mark = tuple[str, str, str]
"""What a mark stands for, its colour, and its shape (a hollow one has the shape `hollow`)."""


def data(rows: Iterable[Row]) -> alt.InlineData:
    """Return rows as a chart takes them; in a tuple, because altair copies lists anew at every step."""
    return alt.InlineData(values=tuple(rows))


def plot_width(size: Size, share: float = 1.0) -> int:
    """Return the width of the plot in pixels, without the labels beside it."""
    return round(_PLOT[size] * share)


def years_x(labels: Sequence[str], size: Size, share: float = 1.0) -> alt.X:
    """Put years along the bottom, with as many labels as there is room for, always the first."""
    room = max(2, plot_width(size, share) // _LABEL)
    step = -(-len(labels) // room)
    return alt.X(
        "year:O",
        sort=list(labels),
        axis=alt.Axis(title=None, labelAngle=0, values=list(labels[::step]), ticks=True, grid=False),
    )


def amounts_y(name: str, title: str, **more: Any) -> alt.Y:
    """Put amounts along the left, from nought."""
    axis = alt.Axis(title=title, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-12, tickCount=5)
    return alt.Y(f"{name}:Q", axis=axis, **more)


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines of at most so many letters, with words kept whole."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def names_y(names: Sequence[str], size: Size, letters: int = 0) -> alt.Y:
    """Put names down the left in the order given, broken into lines where they are long."""
    width = letters or {"wide": 36, "narrow": 19}[size]
    broken = {name: wrapped(name, width) for name in names}
    cases = "".join(f"datum.value=={_quoted(name)}?{_list(lines)}:" for name, lines in broken.items())
    axis = alt.Axis(
        title=None, labelExpr=f"{cases}datum.value", domain=False, ticks=False, labelLineHeight=15, labelPadding=6
    )
    return alt.Y("name:N", sort=list(names), axis=axis, scale=_ROWS_APART)


def row_step(names: Sequence[str], size: Size, least: int = 30) -> alt.Step:
    """Return the height of a row in pixels, enough for the longest name's lines."""
    lines = max((len(wrapped(name, {"wide": 36, "narrow": 19}[size])) for name in names), default=1)
    return alt.Step(max(least, 16 * lines + 8))


def bars(rows: Sequence[Row], size: Size, share: float = 1.0, names: bool = True) -> ChartType:
    """Draw horizontal bars with numbers at the end; rows: name, value, text, and loud for the one that matters."""
    order = [row["name"] for row in rows]
    y = names_y(order, size) if names else alt.Y("name:N", sort=order, axis=None, scale=_ROWS_APART)
    low = min(0.0, *(row["value"] for row in rows))
    high = max(0.0, *(row["value"] for row in rows))
    room = (high - low or 1.0) * {"wide": 0.22, "narrow": 0.42}[size]
    x = alt.X(
        "value:Q",
        axis=None,
        scale=alt.Scale(domain=[low - (room if low < 0 else 0), high + (room if high > 0 else 0)], nice=False),
    )
    chart = alt.Chart(data(rows)).encode(y=y, x=x)
    colour = alt.condition("datum.loud", alt.value(BLUE), alt.value(GREY))
    drawn = chart.mark_bar(stroke=EDGE, strokeWidth=0.6).encode(color=colour)
    right = (
        chart.transform_filter("datum.value >= 0")
        .mark_text(align="left", dx=6, color=INK)
        .encode(text=alt.Text("text:N"))
    )
    left = (
        chart.transform_filter("datum.value < 0")
        .mark_text(align="right", dx=-6, color=INK)
        .encode(text=alt.Text("text:N"))
    )
    return alt.layer(drawn, right, left).properties(width=plot_width(size, share), height=row_step(order, size))


def key(marks: Sequence[Mark], size: Size) -> ChartType:
    """Show what each mark means, in a line above the drawing (two or more where it is narrow)."""
    width, left, line = plot_width(size, 1.1), 0, 0
    spots: list[Row] = []
    for name, colour, shape in marks:
        room = 30 + 7 * len(name)
        if left and left + room > width:
            left, line = 0, line + 1
        hollow = shape == "hollow"
        look = {"shape": "circle" if hollow else shape, "fill": "white" if hollow else colour, "stroke": colour}
        spots.append({"name": name, "x": left + 8, "beside": left + 20, "y": 9 + 19 * line, **look})
        left += room
    down = alt.Y("y:Q", scale=None, axis=None)
    chart = alt.Chart(data(spots))
    drawn = chart.mark_point(size=110, opacity=1, strokeWidth=2).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=down,
        **{name: getattr(alt, name.capitalize())(f"{name}:N", scale=None) for name in ("shape", "fill", "stroke")},
    )  # fmt: skip
    words = chart.mark_text(align="left").encode(
        x=alt.X("beside:Q", scale=None, axis=None), y=down, text=alt.Text("name:N")
    )
    return alt.layer(drawn, words).properties(width=width, height=19 * (line + 1))


def keyed(marks: Sequence[Mark], size: Size, chart: Any) -> ChartType:
    """Put a drawing under its key."""
    return alt.vconcat(key(marks, size), chart, spacing=4)


def matrix(rows: Sequence[Row], names: Sequence[str], labels: Sequence[str], size: Size) -> ChartType:
    """Draw cells with their numbers; rows: name, year, text and colour. A narrow one shows about four years."""
    kept = list(labels) if size == "wide" else list(labels[:: -(-len(labels) // 4)])
    if size == "narrow" and labels[-1] not in kept:
        kept = [*kept[:-1], labels[-1]] if len(kept) > 3 else [*kept, labels[-1]]
    shown = [row for row in rows if row["year"] in kept]
    halves = "split(datum.value, '/')"
    broken = f"{halves}.length > 1 ? [{halves}[0], '/' + {halves}[1]] : datum.value"
    axis = alt.Axis(
        title=None, orient="top", labelAngle=0, domain=False, ticks=False, labelExpr=broken, labelPadding=20
    )
    coloured = [{**row, "ink": text_on(row["colour"])} for row in shown]
    chart = alt.Chart(data(coloured)).encode(x=alt.X("year:O", sort=kept, axis=axis), y=names_y(names, size))
    cells = chart.mark_rect(stroke="white", strokeWidth=2).encode(color=alt.Color("colour:N", scale=None))
    text = chart.mark_text(fontSize=13).encode(text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None))
    width = {"wide": min(max(300, 44 * len(kept)), 560), "narrow": 200}[size]
    return alt.layer(cells, text).properties(width=width, height=row_step(names, size, 26))


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _list(lines: Sequence[str]) -> str:
    return f"[{','.join(map(_quoted, lines))}]"
