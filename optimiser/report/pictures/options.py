"""Shows options at a glance: what each leaves unmet and what it costs, beside business as usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimiser.plan.cost_effectiveness import CostEffectiveness, meaning
from optimiser.report.choices import Choice, Choices, choices
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material
from optimiser.text.wording import fte, joined, money

if TYPE_CHECKING:
    from altair.typing import ChartType


def make(material: Material) -> Picture | None:
    """Draw the options, least unmet demand first; the table marks those with no plan or on other evidence."""
    found = choices(material)
    if found is None:
        return None
    ranked = found.ranked
    said = " ".join(
        f"{one.name}: {fte(one.unmet or 0.0)} FTE-years unmet at {money(one.cost or 0.0, found.currency)}."
        for one in ranked
    )
    return Picture(
        "options",
        _headline(found),
        f"Unmet demand (FTE-years) and cost, each option. {found.about}",
        (_table(found),),
        f"Two sets of bars, one bar for each option. {said}",
        lambda size: _draw(found, size),
        Native("bar", 0, (2,), axis="Unmet demand, FTE-years", rows=len(ranked)),
        note=f"The best by the options' own priorities stands first; all are measured against “{found.base.name}”, the "
        f"first one named. Cost is not discounted in the drawing; the table has both.{_beaten(found)}",
    )


def _beaten(found: Choices) -> str:
    """Name the options that others beat on cost and on unmet demand, and explain a cost per FTE-year."""
    beaten = [f"“{one.sums.name}” (by {_quoted(one)})" for one in found.worth.values() if one.dominated_by]
    said = f" Less is unmet for less money than under {joined(beaten)}." if beaten else ""
    return f"{said} {meaning(found.base.name, found.discount_rate)}" if found.worth else said


def _quoted(one: CostEffectiveness) -> str:
    """Write `“more”`, or `a mixture of “less” and “more”`."""
    names = joined([f"“{name}”" for name in one.dominated_by])
    return f"a mixture of {names}" if len(one.dominated_by) > 1 else names


def _headline(found: Choices) -> str:
    best, base = found.ranked[0], found.base
    extra = (best.cost or 0.0) - (base.cost or 0.0)
    if best is base:
        return f"No option does better than “{base.name}”, which leaves {fte(base.unmet or 0.0)} FTE-years unmet"
    more = "more" if extra >= 0 else "less"
    return (
        f"“{best.name}” leaves {fte(best.unmet or 0.0)} FTE-years unmet against {fte(base.unmet or 0.0)} under "
        f"“{base.name}”, for {money(abs(extra), found.currency)} {more}"
    )


def _table(found: Choices) -> DataTable:
    columns = (
        Column("Option"), Column("Status"), Column("Unmet demand, FTE-years", "fte"),
        Column("Share of demand", "percent"), Column("Cost", "money"), Column("Cost, discounted", "money"),
        Column("Extra cost", "money"), Column("FTE-years unmet, fewer", "fte"),
        Column("Cost per FTE-year, average", "money"), Column("Cost per FTE-year, each step", "money"),
        Column("Step from"), Column("Dominated by"), Column("Unmet demand, discounted, FTE-years", "fte"),
        *(Column(f"Priority: {name}", "number") for name in found.base.values),
    )  # fmt: skip
    others = tuple(one for one in found.all if not one.ranked)
    rows = tuple(
        (*_row(one, found), *(one.values.get(name) for name in found.base.values)) for one in (*found.ranked, *others)
    )
    return DataTable(f"Options against “{found.base.name}”", columns, rows, found.currency)


def _row(one: Choice, found: Choices) -> tuple[object, ...]:
    base, worth = found.base, found.worth.get(one.name)
    figures = (one.name, one.status, one.unmet, one.share, one.cost, one.discounted)
    extra = fewer = None
    if one.ranked and one is not base and None not in (one.cost, one.unmet, base.cost, base.unmet):
        extra, fewer = (one.cost or 0.0) - (base.cost or 0.0), (base.unmet or 0.0) - (one.unmet or 0.0)
    if worth is None:
        return (*figures, extra, fewer, None, None, None, None, one.unmet_discounted)
    steps = (worth.average, worth.incremental, worth.after or None, worth.dominated or None)
    return (*figures, extra, fewer, *steps, one.unmet_discounted)


def _draw(found: Choices, size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import bars

    def panel(heading: str, share: float, names: bool, cost: bool) -> ChartType:
        rows = [
            {
                "name": one.name, "value": (one.cost if cost else one.unmet) or 0.0,
                "text": money(one.cost or 0.0, found.currency) if cost else fte(one.unmet or 0.0),
                "loud": one is found.best,
            }
            for one in found.ranked
        ]  # fmt: skip
        return bars(rows, size, share, names).properties(title=heading)

    if size == "narrow":
        return alt.vconcat(panel("Unmet demand, FTE-years", 0.85, True, False), panel("Cost", 0.85, True, True))
    return alt.hconcat(panel("Unmet demand, FTE-years", 0.45, True, False), panel("Cost", 0.45, False, True))
