"""Shows cost by year and budget against the limit: what is owed already, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimiser.report.figures import by_year, label, measured, prices, years
from optimiser.report.palette import BLUE, EDGE, INK, MOST_CATEGORIES, PLUM, TEAL
from optimiser.report.picture import Column, DataTable, Native, Picture, Size
from optimiser.report.report_inputs import Material, PlanResult
from optimiser.report.result_table import summed
from optimiser.text.wording import joined, money, symbol

if TYPE_CHECKING:
    from altair.typing import ChartType

Row = tuple[str, int, float, float, float | None]
"""Budget, year, committed, new, limit of the year."""


def make(material: Material) -> Picture | None:
    """Draw the budgets that have a limit, or all where none has; at most four."""
    plan = material.focus
    if plan is None or not len(plan.table("spend")):
        return None
    rows = _rows(plan)
    limited = {row[0] for row in rows if row[4] is not None}
    totals = summed([row[0] for row in rows], np.array([row[2] + row[3] for row in rows]))
    order = sorted(totals, key=lambda name: (name not in limited, -totals[name]))
    shown = [name for name in order if name in limited or not limited][:MOST_CATEGORIES]
    return Picture(
        "cost",
        _headline(plan, rows),
        f"{measured(plan, 'Spend by budget, committed before the plan and new,')} {_prices(plan)}",
        (_wide(plan, rows, order), _lines(plan)),
        _alternative(plan, rows, shown),
        lambda size: _draw(plan, [row for row in rows if row[0] in shown], shown, size),
        Native(
            "column",
            1,
            (2, 3),
            stacked=True,
            lines=(4,),
            axis=f"Spend, {plan.currency}",
            rows=sum(row[0] in shown for row in rows),
        ),
        note=_note(plan, totals, shown),
    )


def _prices(plan: PlanResult) -> str:
    said = prices(plan)
    return f"Real, {said}." if said else "Real prices."


def _rows(plan: PlanResult) -> list[Row]:
    spend = plan.table("spend")
    names = [name or "no budget" for name in spend.text("budget")]
    amount = by_year(plan, "spend", names, spend.numbers("amount"))
    owed = by_year(plan, "spend", names, spend.numbers("committed"))
    limits = _limits(plan)
    return [
        (name, year, owed[name, year], amount[name, year] - owed[name, year], limits.get((name, year)))
        for name in sorted(set(names))
        for year in years(plan)
        if (name, year) in amount
    ]


def _limits(plan: PlanResult) -> dict[tuple[str, int], float]:
    """Return the limit of each budget and year; the least of several entries for one budget."""
    budgets = plan.table("budgets")
    limits: dict[tuple[str, int], float] = {}
    for name, year, amount in zip(
        budgets.text("budget"), budgets.years(), budgets.numbers("limit").tolist(), strict=True
    ):
        if year is not None:
            limits[name, year] = min(amount, limits.get((name, year), float("inf")))
    return limits


def _headline(plan: PlanResult, rows: list[Row]) -> str:
    total = f"The plan costs {money(plan.cost, plan.currency)}"
    limited = [row for row in rows if row[4] is not None]
    if not limited:
        return f"{total}; no budget limits any year"
    full = {name: 0 for name, *_ in limited}
    for name, _, owed, new, room in limited:
        full[name] += owed + new >= 0.999 * (room or 0.0)
    spent = [f"{name} ({count} of {len(years(plan))} years)" for name, count in full.items() if count]
    if not spent:
        return f"{total}; no budget is spent to its limit in any year"
    return f"{total}; spent to the limit: {joined(spent)}"


def _wide(plan: PlanResult, rows: list[Row], order: list[str]) -> DataTable:
    cells = [
        (name, label(plan, year), owed, new, room, None if room is None else room - owed - new)
        for name, year, owed, new, room in sorted(rows, key=lambda row: (order.index(row[0]), row[1]))
    ]
    heads = ("Committed", "New", "Limit", "Limit less spend")
    columns = (Column("Budget"), Column("Year"), *(Column(head, "money") for head in heads))
    return DataTable("Spend by budget and year", columns, tuple(cells), plan.currency)


def _lines(plan: PlanResult) -> DataTable:
    spend = plan.table("spend")
    pairs = [
        (budget or "no budget", line) for budget, line in zip(spend.text("budget"), spend.text("line"), strict=True)
    ]
    sums = by_year(plan, "spend", pairs, spend.numbers("amount"))
    found = sorted(set(pairs))
    rows = tuple((*pair, *(sums.get((pair, year)) for year in years(plan))) for pair in found)
    columns = (Column("Budget"), Column("Line"), *(Column(label(plan, year), "money") for year in years(plan)))
    return DataTable("Spend by budget line", columns, rows, plan.currency)


def _alternative(plan: PlanResult, rows: list[Row], shown: list[str]) -> str:
    first, last = years(plan)[0], years(plan)[-1]
    said = []
    for name in shown:
        mine = {year: owed + new for budget, year, owed, new, _ in rows if budget == name}
        ends = [money(mine.get(year, 0.0), plan.currency) for year in (first, last)]
        said.append(f"{name}: {ends[0]} in {label(plan, first)}, {ends[1]} in {label(plan, last)}.")
    return f"Columns for each year, committed below and new above, with a line at the limit. {' '.join(said)}"


def _note(plan: PlanResult, totals: dict[str, float], shown: list[str]) -> str:
    others = [f"{name} ({money(total, plan.currency)})" for name, total in totals.items() if name not in shown]
    said = f"Only in the table, having no limit: {joined(others)}. " if others else ""
    budgets = plan.table("budgets")
    carried = len(budgets) and bool((np.nan_to_num(budgets.numbers("carried_in")) > 0.5).any())
    return said + ("Money carried over from the year before may be spent above the limit." if carried else "")


def _draw(plan: PlanResult, rows: list[Row], shown: list[str], size: Size) -> ChartType:
    import altair as alt

    from optimiser.report.charts import amounts_y, data, keyed, plot_width, years_x

    labels = [label(plan, year) for year in years(plan)]
    share = {"wide": 0.52 if len(shown) > 1 else 1.0, "narrow": 1.0}[size]
    panels = []
    for name in shown:
        mine = [row for row in rows if row[0] == name]
        unit, word = (1e6, "million") if max(row[2] + row[3] for row in mine) >= 1e6 else (1e3, "thousand")
        stack = [
            {"year": label(plan, year), "low": low / unit, "high": (low + amount) / unit, "colour": colour}
            for _, year, owed, new, _ in mine
            for low, amount, colour in ((0.0, owed, BLUE), (owed, new, TEAL))
        ]
        x = years_x(labels, size, share)
        y = amounts_y("low", f"{symbol(plan.currency)} {word}")
        layers = [
            alt.Chart(data(stack)).mark_bar(stroke=EDGE, strokeWidth=0.4)
            .encode(x=x, y=y, y2=alt.Y2("high:Q"), color=alt.Color("colour:N", scale=None)),
        ]  # fmt: skip
        limits = [{"year": label(plan, row[1]), "limit": row[4] / unit} for row in mine if row[4] is not None]
        if limits:
            layers.append(
                alt.Chart(data(limits))
                .mark_tick(
                    color=PLUM,
                    thickness=3,
                    opacity=1,
                    orient="horizontal",
                    bandSize=0.95 * plot_width(size, share) / len(labels),
                )
                .encode(x=x, y=alt.Y("limit:Q"))
            )
        heading = alt.TitleParams(name, color=INK, offset=18)
        panels.append(alt.layer(*layers).properties(title=heading, width=plot_width(size, share), height=150))
    marks = [("committed before the plan", BLUE, "square"), ("new", TEAL, "square")]
    marks += [("limit", PLUM, "stroke")] if any(row[4] is not None for row in rows) else []
    return keyed(marks, size, alt.concat(*panels, columns=2 if share < 1 else 1))
