"""Each budget by year: what is owed already, what is new, what is left, and the limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from optimiser.inputs.evidence import Flags, Floats
from optimiser.plan.frame import Frame, numbers
from optimiser.text.wording import money, symbol, table

if TYPE_CHECKING:
    from optimiser.plan.make import Plan

_MILLIONS_FROM = 1e7
_WORTH_A_WORD = 1e-3
"""Share of a budget that is too small to be called unspent."""


def budgets_screen(plan: Plan) -> Iterator[str]:
    """Write a block of lines for each budget in costs.csv, in thousands or millions by the largest year's spend."""
    settings = plan.programme.evidence.settings
    spend = plan.reported("spend")
    names = sorted({name for name in spend.columns["budget"] if name})
    if not names:
        return
    years = list(settings.reported_years)
    spent = {name: _by_year(spend.only(_of(spend, name)), "amount", years) for name in names}
    millions = max(float(amounts.max()) for amounts in spent.values()) >= _MILLIONS_FROM
    unit, word = (1e6, "million") if millions else (1e3, "thousand")
    rows: list[list[str]] = []
    for name in names:
        owed = _by_year(spend.only(_of(spend, name)), "committed", years)
        rows += _block(name, owed, spent[name], plan.reported("budgets"), years, unit)
    header = [f"{symbol(settings.currency)} {word}", *(settings.label(year) for year in years)]
    yield from table(header, rows, indent="")
    yield from _totals(plan, names, spent)
    yield ""


def unspent(plan: Plan) -> Iterator[str]:
    """One sentence on the money of the yearly budgets that is neither spent nor carried on, where there is any."""
    budgets, settings = plan.reported("budgets"), plan.programme.evidence.settings
    said = []
    for name in sorted(set(budgets.columns["budget"])):
        mine = budgets.only(_of(budgets, name) & _yearly(budgets))
        left = (
            numbers(mine, "limit") + numbers(mine, "carried_in") - numbers(mine, "spend") - numbers(mine, "carried_out")
        )
        when = np.array([int(year) for year in mine.columns["year"]], dtype=np.int64)
        # Two entries may limit one budget; the one that leaves less is the one that counts.
        by_year = {int(year): float(left[when == year].min()) for year in np.unique(when)}
        total, limit = sum(by_year.values()), float(numbers(mine, "limit").sum())
        if by_year and total > _WORTH_A_WORD * limit:
            most = max(by_year, key=lambda year: by_year[year])
            worst = f"{money(by_year[most], settings.currency)} in {settings.label(most)}"
            said.append(f"{name} {money(total, settings.currency)} (most: {worst})")
    if said:
        yield f"Money not spent: {'; '.join(said)}."


def _block(
    name: str, owed: Floats, spent: Floats, budgets: Frame, years: Sequence[int], unit: float
) -> Iterator[list[str]]:
    mine = budgets.only(_of(budgets, name) & _yearly(budgets))
    yield [name] + [""] * len(years)
    yield ["  committed", *_cells(owed, unit)]
    yield ["  new", *_cells(spent - owed, unit)]
    if not len(mine):
        yield ["  limit", *("none" for _ in years)]
        return
    # Two entries may limit one budget; the one that leaves less is the one that counts.
    room = numbers(mine, "limit") + numbers(mine, "carried_in")
    when = np.array([int(year) for year in mine.columns["year"]])
    places = [int(np.flatnonzero(when == year)[np.argmin(room[when == year])]) for year in years]
    yield ["  unspent", *_cells(room[places] - spent, unit)]
    yield ["  limit", *_cells(numbers(mine, "limit")[places], unit)]


def _totals(plan: Plan, names: Sequence[str], spent: dict[str, Floats]) -> Iterator[str]:
    """Write one sentence for each limit on a budget over all years together."""
    budgets, currency = plan.reported("budgets"), plan.programme.evidence.settings.currency
    for name in names:
        mine = budgets.only(_of(budgets, name) & ~_yearly(budgets))
        for limit in numbers(mine, "limit").tolist():
            total = float(spent[name].sum())
            left = money(limit - total, currency)
            yield f"{name}: {money(total, currency)} of a total of {money(limit, currency)}; {left} unspent."


def _cells(amounts: Floats, unit: float) -> list[str]:
    said = [f"{amount / unit:,.1f}" for amount in amounts.tolist()]
    return ["0.0" if cell == "-0.0" else cell.replace("-", "−") for cell in said]


def _of(frame: Frame, budget: str) -> Flags:
    return np.array([cell == budget for cell in frame.columns["budget"]], dtype=bool)


def _yearly(frame: Frame) -> Flags:
    return np.array([year != "" for year in frame.columns["year"]], dtype=bool)


def _by_year(frame: Frame, column: str, years: Sequence[int]) -> Floats:
    when = np.array([int(year) for year in frame.columns["year"]], dtype=np.int64)
    amounts = numbers(frame, column)
    return np.array([amounts[when == year].sum() for year in years])
