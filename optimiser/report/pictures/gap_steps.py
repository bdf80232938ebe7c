"""Shows how the gap closes: the steps from today's shortfall to the plan's, as a waterfall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import largest
from optimiser.report.palette import BLUE, EDGE, INK, ORANGE, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material
from optimiser.report.result_table import ResultTable, summed
from optimiser.text.wording import fte, joined

if TYPE_CHECKING:
    from altair.typing import ChartType

_SEEN = 0.05
"""FTE; smaller changes are only in the table."""
Step = tuple[str, float, float, bool]
"""Name, where it begins, where it ends, and whether it is a level and not a change."""


def make(material: Material) -> Picture | None:
    """Draw all services together; the table has each."""
    table = material.table("steps")
    if table is None or not len(table):
        return None
    steps = waterfall(summed(table.text("step"), table.numbers("fte")))
    drawn = [step for step in steps if step[3] or abs(step[2] - step[1]) >= _SEEN]
    return Picture(
        "steps",
        _headline(steps),
        "Unmet demand, FTE, all services: from today to the plan.",
        (_table(steps), _by_service(table)),
        "A waterfall. " + " ".join(_said(step) for step in drawn),
        lambda size: _draw(drawn, size),
        Native("column", 0, (1,), axis="Unmet demand, FTE"),
    )


def waterfall(sums: dict[str, float]) -> list[Step]:
    """Return levels and changes in order: the first is a level, and so is a last one that repeats the sum.

    What widens the gap comes first, so that the bars do not fall below zero on the way; else the order stays. A change
    begins where the one before ends.
    """
    first, *changes, last = sums if len(sums) > 2 else [*sums, ""]
    ordered = [first, *sorted(changes, key=lambda name: sums[name] < 0), *([last] if last else [])]
    names, amounts = ordered, [sums[name] for name in ordered]
    ends = abs(sum(amounts[:-1]) - amounts[-1]) <= 1e-6 * max(1.0, *map(abs, amounts)) and len(amounts) > 2
    steps: list[Step] = [(names[0], 0.0, amounts[0], True)]
    level = amounts[0]
    for name, amount in list(zip(names, amounts, strict=True))[1 : -1 if ends else None]:
        steps.append((name, level, level + amount, False))
        level += amount
    return [*steps, (names[-1] if ends else "left unmet by the plan", 0.0, level, True)]


def _headline(steps: list[Step]) -> str:
    before, after = steps[0][2], steps[-1][2]
    helps = {name: start - end for name, start, end, level in steps if not level and end < start - 0.05}
    hurts = {name: end - start for name, start, end, level in steps if not level and end > start + 0.05}
    said = f"From {fte(before)} FTE unmet to {fte(after)}"
    if hurts:
        worst = largest(hurts, 1)[0]
        said += f": {worst} +{fte(hurts[worst])}"
    if helps:
        best = largest(helps, 2)
        said += f"{'; ' if hurts else ': '}{joined([f'{name} −{fte(helps[name])}' for name in best])}"
    return said


def _said(step: Step) -> str:
    name, start, end, level = step
    if level:
        return f"{name}: {fte(end)} FTE."
    return f"{name}: {'adds' if end >= start else 'takes away'} {fte(abs(end - start))}."


def _table(steps: list[Step]) -> DataTable:
    rows = tuple((name, end if level else end - start, end) for name, start, end, level in steps)
    columns = (Column("Step"), Column("Level or change, FTE", "fte"), Column("Unmet after it, FTE", "fte"))
    return DataTable("How the gap closes, all services", columns, rows)


def _by_service(table: ResultTable) -> DataTable:
    steps = list(dict.fromkeys(table.text("step")))
    sums = summed(list(zip(table.text("service"), table.text("step"), strict=True)), table.numbers("fte"))
    services = list(dict.fromkeys(table.text("service")))
    rows = tuple((name, *(sums.get((name, step)) for step in steps)) for name in services)
    return DataTable("Each service, FTE", (Column("Service"), *(Column(step, "fte") for step in steps)), rows)


def _draw(steps: list[Step], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import data, names_y, plot_width, row_step

    names = [name for name, *_ in steps]
    rows = [
        {
            "name": name, "low": min(start, end), "high": max(start, end),
            "colour": BLUE if level else ORANGE if end > start else TEAL,
            "text": fte(end) if level else f"{'+' if end >= start else '−'}{fte(abs(end - start))}",
        }
        for name, start, end, level in steps
    ]  # fmt: skip
    top = max(float(str(row["high"])) for row in rows)
    low = min(0.0, *(float(str(row["low"])) for row in rows))
    scale = alt.Scale(domain=[low, top * (1.18 if size == "wide" else 1.4)], nice=False)
    chart = alt.Chart(data(rows)).encode(y=names_y(names, size))
    bar = chart.mark_bar(stroke=EDGE, strokeWidth=0.6).encode(
        x=alt.X("low:Q", axis=None, scale=scale), x2=alt.X2("high:Q"), color=alt.Color("colour:N", scale=None)
    )
    text = chart.mark_text(align="left", dx=6, color=INK).encode(
        x=alt.X("high:Q", scale=scale), text=alt.Text("text:N")
    )
    return alt.layer(bar, text).properties(width=plot_width(size, 0.9), height=row_step(names, size))
