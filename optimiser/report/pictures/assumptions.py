"""Shows what the answer rests on: every figure's source, the weakest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.report.figures import place
from optimiser.report.palette import BLUE, INK, ORANGE, PLUM, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.text.wording import counted, percent

if TYPE_CHECKING:
    from altair.typing import ChartType

STRENGTHS = ("assumed", "recalled", "derived", "published")
"""Weakest first."""
_UNSAID = "assumed"
"""A row that says nothing of where it comes from is no better than assumed."""
_COLOUR = dict(zip(STRENGTHS, (ORANGE, PLUM, TEAL, BLUE), strict=True))
_ROWS = 60
_SETTINGS = {"discount_rate", "unmet_discount_rate", "inflation", "first_year_part"}
"""Settings that are figures of evidence; the others say what the run is about."""


def make(material: Material) -> Picture | None:
    """Draw how many rows of each table are published, derived, recalled or assumed; list the sources."""
    plan = material.focus
    if plan is None:
        return None
    counts, sources = counted_sources(plan)
    if not counts:
        return None
    kinds = [kind for kind in STRENGTHS if any(kind in row for row in counts.values())]
    total = {kind: sum(row.get(kind, 0) for row in counts.values()) for kind in kinds}
    everything = sum(total.values())
    rows = tuple((table, *(counts[table].get(kind, 0) for kind in kinds)) for table in counts)
    heads = (Column("Table"), *(Column(kind.capitalize(), "count") for kind in kinds))
    listed = sources[:_ROWS]
    more = (
        f"The {counted(len(listed), 'source')} that come first; {len(sources) - len(listed):,} more are in the inputs."
    )
    weak = sum(total.get(kind, 0) for kind in ("assumed", "recalled"))
    return Picture(
        "assumptions",
        f"{percent(weak / everything)} of the {everything:,} rows of evidence are assumed or recalled; "
        f"{percent(total.get('published', 0) / everything)} are published",
        f"Rows of evidence by the strength of their source. {place(plan)}.",
        (
            DataTable("Rows of each table by source", heads, rows),
            DataTable(
                "Sources, weakest first",
                (Column("Strength"), Column("Table"), Column("Rows", "count"), Column("Source")),
                tuple(listed),
            ),
        ),
        "A bar for each table, divided by the strength of its sources. " + ". ".join(
            f"{table}: {', '.join(f'{number} {kind}' for kind, number in counts[table].items())}" for table in counts
        ) + ".",
        lambda size: _draw(counts, kinds, size),
        Native("bar", 0, tuple(range(1, 1 + len(kinds))), stacked=True, axis="Rows"),
        note=more if len(sources) > len(listed) else "",
    )  # fmt: skip


def counted_sources(plan: PlanResult) -> tuple[dict[str, dict[str, int]], list[tuple[str, str, int, str]]]:
    """Count rows by table and strength, and by source; the weakest and most used sources come first."""
    counts: dict[str, dict[str, int]] = {}
    uses: dict[tuple[str, str, str], int] = {}
    for table, source in _every(plan):
        kind = next((kind for kind in STRENGTHS if source.startswith(kind)), _UNSAID)
        row = counts.setdefault(table, {})
        row[kind] = row.get(kind, 0) + 1
        said = source.partition(":")[2].strip() if source.startswith(kind) else source
        key = (kind, table, said or "no source given")
        uses[key] = uses.get(key, 0) + 1
    listed = sorted(uses, key=lambda key: (STRENGTHS.index(key[0]), -uses[key], key[1], key[2]))
    return counts, [(key[0], key[1], uses[key], key[2]) for key in listed]


def _every(plan: PlanResult) -> list[tuple[str, str]]:
    facts = plan.facts
    found = [
        (name.replace("_", " "), str(text))
        for name, table in facts.tables.items()
        for text in table.columns.get("source", [])
    ]
    settings = facts.settings
    return found + [("settings", settings.sources.get(key, "")) for key in sorted(_SETTINGS & set(settings.places))]


def _draw(counts: dict[str, dict[str, int]], kinds: list[str], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import data, keyed, names_y, plot_width, row_step

    cells, ends = [], []
    for table, row in counts.items():
        total, level = sum(row.values()), 0.0
        for kind in kinds:
            part = row.get(kind, 0) / total
            cells.append({"name": table, "low": level, "high": level + part, "colour": _COLOUR[kind]})
            level += part
        ends.append({"name": table, "text": f"{total:,}", "at": 1.0})
    names = list(counts)
    scale = alt.Scale(domain=[0, 1.14 if size == "wide" else 1.3], nice=False)
    x = alt.X("low:Q", scale=scale, axis=None)
    bar = alt.Chart(data(cells)).mark_bar(stroke="white", strokeWidth=1.5)
    drawn = bar.encode(y=names_y(names, size), x=x, x2=alt.X2("high:Q"), color=alt.Color("colour:N", scale=None))
    text = alt.Chart(data(ends)).mark_text(align="left", dx=6, color=INK)
    numbers = text.encode(y=names_y(names, size), x=alt.X("at:Q", scale=scale), text=alt.Text("text:N"))
    width = plot_width(size, 0.85 if size == "wide" else 0.7)
    chart = alt.layer(drawn, numbers).properties(width=width, height=row_step(names, size, 24))
    return keyed([(kind, _COLOUR[kind], "square") for kind in kinds], size, chart)
