"""Writes a comparison for the screen, with a column for each option, measured against the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from optimiser.inputs.settings import Settings
from optimiser.model.breaking import BROKEN
from optimiser.plan.cost_effectiveness import meaning, per_fte_year
from optimiser.studies.compare import Comparison, commissions_apart, first_years, keys_of, total
from optimiser.studies.engine.futures import Future, in_words
from optimiser.studies.engine.point_figures import telling
from optimiser.studies.engine.points import Result
from optimiser.studies.totals_words import meanings, priorities_shown, priority_cell, priority_header
from optimiser.text.wording import fte, money, priority_amount, table

_FIRST_YEARS_SHOWN = 4
_BINDING_SHOWN = 3
_WIDTH = 100

Words = Callable[[float], str]


def comparison_lines(comparison: Comparison, folder: Path) -> Iterator[str]:
    """Write the totals under every future, and cost, shortage, staff and commissions under the first."""
    settings = comparison.opened[0].programme.evidence.settings
    for future in comparison.futures:
        yield from _totals(comparison, future, settings)
        yield ""
    future = comparison.futures[0]
    if len(comparison.futures) > 1:
        yield f"In detail, {_under(future)}:"
    yield from _details(comparison, future, settings)
    yield from _against(comparison, future, settings)
    yield f"Everything by year and point is in {folder}: read points.csv, tables.csv and constraints.csv."


def _totals(comparison: Comparison, future: Future, settings: Settings) -> Iterator[str]:
    results = [comparison.result(option, future) for option in comparison.options]
    first = results[0]
    prices = f", {settings.label(settings.price_year)} prices" if settings.price_year is not None else ""
    yield (
        f"{settings.label(settings.first_year)} to {settings.label(settings.last_year)}"
        f"{f', {_under(future)}' if future or len(comparison.futures) > 1 else ''}{prices}"
    )
    rows, names = [], priorities_shown(results)
    for option, result in zip(comparison.options, results, strict=True):
        if not result.solved:
            rows.append([option, result.reason or result.status, "", "", "", "", *("" for _ in names)])
            continue
        cells = [option]
        for name, words in (("unmet=fte_years", fte), ("cost=undiscounted", _pounds(settings)),
                            ("cost=discounted", _pounds(settings))):  # fmt: skip
            value = total(result, "total", name) or 0.0
            cells.append(words(value))
            if name != "cost=discounted":
                cells.append(_change(value, total(first, "total", name), words) if result is not first else "")
        rows.append(cells + [priority_cell(name, result, settings) for name in names])
    header = ["option", "unmet FTE-years", "change", "cost", "change", "discounted", *map(priority_header, names)]
    yield from table(header, rows)
    if future == comparison.futures[0]:
        yield from meanings(names)


def _under(future: Future) -> str:
    return f"under {in_words(future)}" if future else in_words(future)


def _details(comparison: Comparison, future: Future, settings: Settings) -> Iterator[str]:
    """Write sections with one column for each option that has a plan."""
    results = [comparison.result(option, future) for option in comparison.options]
    results = [result for result in results if result.solved]
    if not results:
        return
    last = settings.last_year
    name = settings.label(last)
    yield from _worth(comparison, future, settings)
    yield from _section("cost by year", "cost", results, _pounds(settings), settings, by_year=True)
    if any(figure.table == "cost_cash" for figure in results[0].figures):
        yield from _section("cost by year, cash", "cost_cash", results, _pounds(settings), settings, by_year=True)
    yield from _section(
        "cost by year, discounted", "cost_discounted", results, _pounds(settings), settings, by_year=True
    )
    yield from _section("cost by budget and line", "cost", results, _pounds(settings), settings)
    yield from _section(f"unmet demand in {name}, FTE", "unmet_fte", results, fte, settings, year=last)
    yield from _section(f"staff in {name}, FTE", "staff", results, fte, settings, year=last)
    yield from _section("commissions, all years", "commissions", results, fte, settings)


def _worth(comparison: Comparison, future: Future, settings: Settings) -> Iterator[str]:
    """Write what an FTE-year less unmet costs, where there is more than one option."""
    found = comparison.cost_effectiveness(future)
    if len(found) < 2:
        return
    rows = [
        [
            one.sums.name, money(one.extra_cost, settings.currency) if one is not found[0] else "",
            fte(one.fewer) if one is not found[0] else "", per_fte_year(one.average, settings.currency),
            per_fte_year(one.incremental, settings.currency), one.after, one.dominated,
        ]
        for one in found
    ]  # fmt: skip
    header = ["cost per FTE-year", "extra cost", "fewer unmet", "average", "each step", "from", "dominated by"]
    yield from table(header, rows, indent="")
    yield from wrap(meaning(found[0].sums.name, settings.discount_rate), _WIDTH)
    yield ""


def _section(
    title: str,
    name: str,
    results: Sequence[Result],
    words: Words,
    settings: Settings,
    year: int | None = None,
    by_year: bool = False,
) -> Iterator[str]:
    if by_year:
        rows = [
            [settings.label(when), *(words(total(one, name, year=when) or 0.0) for one in results)]
            for when in settings.reported_years
        ]
    else:
        rows = [
            [_label(keys), *(words(total(one, name, keys, year) or 0.0) for one in results)]
            for keys in keys_of(results, name)
        ]
    yield from table([title, *(one.option for one in results)], rows, indent="")
    yield ""


def _against(comparison: Comparison, future: Future, settings: Settings) -> Iterator[str]:
    """Write when each option first differs from the first, what binds, and how its constraints differ."""
    first = comparison.result(comparison.options[0], future)
    differ = comparison.frames()[0].columns
    for option in comparison.options:
        result = comparison.result(option, future)
        if not result.solved:
            continue
        lines = [f"  first differs in {_when(one, settings)}" for one in first_years(first, result)][
            :_FIRST_YEARS_SHOWN
        ]
        if option != comparison.options[0]:
            apart, made = commissions_apart(first, result), total(first, "commissions") or 0.0
            lines.append(f"  {fte(apart)} commissions differ from {comparison.options[0]}, which makes {fte(made)}")
        lines += [
            f"  the intakes that are to be steady change by {fte(figure.value)} people a year"
            for figure in result.figures
            if figure.keys == "change=people_a_year"
        ]
        lines += [f"  binds: {words}" for words in _binding(result, settings)]
        lines += [f"  breaks {words}" for words in result.broken]
        if option != comparison.options[0]:
            changed = sum(1 for name in differ["option"] if name == option)
            lines.append(f"  {changed} constraint values differ from {comparison.options[0]} (constraints.csv)")
        yield option
        yield from lines
        yield ""


def _when(found: tuple[str, int, float, float], settings: Settings) -> str:
    route, year, before, now = found
    return f"{settings.label(year)}: {route} {fte(now)} instead of {fte(before)}"


def _binding(result: Result, settings: Settings) -> list[str]:
    priority = telling(result.values)
    found = [figure for figure in result.figures if figure.table == "binding" and figure.value > 0]
    found.sort(key=lambda figure: -figure.value)
    return [
        f"{figure.keys.removeprefix('limit=')} (1 % more: at most {priority_amount(priority, figure.value, settings)} "
        f"less{' unmet' if priority == 'unmet' else '' if priority in ('cost', BROKEN) else f' {priority}'})"
        for figure in found[:_BINDING_SHOWN]
    ]


def _change(value: float, before: float | None, words: Words) -> str:
    if before is None:
        return ""
    said = words(value - before)
    return said if said.startswith("−") else f"+{said}"


def _pounds(settings: Settings) -> Words:
    return lambda amount: money(amount, settings.currency)


def _label(keys: str) -> str:
    return " ".join(part.partition("=")[2] or "(no budget)" for part in keys.split(";"))
