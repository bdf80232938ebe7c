"""The appraisal page: all England options under all futures, from the results folder of one comparison.

    optimiser compare inputs/england constraints/do-nothing.yaml … --scenario none … --out results/appraisal
    uv run --group dev python -m tools.appraisal results/appraisal

The page takes every number from the folder's tables. It is not made anew in the tests: England takes minutes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.assemble import read_evidence
from optimiser.plan.cost_effectiveness import CostEffectiveness, Sums, cost_effectiveness, meaning, per_fte_year
from optimiser.text.faults import Faults

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "appraisal.md"
Words = Callable[[float], str]


INTRODUCTION = """Made by `python -m tools.appraisal` from the tables of one comparison, which is
`{command}`.

The evidence is described in [inputs/england](../inputs/england/README.md); much of it is assumed, so read differences
between options rather than levels. Every option is measured against the first, business as usual. Shortage is in
FTE-years of the most productive role of each task; money is real, and discounted where it says so."""


@dataclass(frozen=True)
class Compared:
    """The tables of one comparison, as text."""

    points: list[dict[str, str]]
    figures: dict[tuple[str, str, str, str], float]
    """(point, table, keys, year) → value."""
    constraints: list[dict[str, str]]
    command: str
    discount_rate: float

    @property
    def options(self) -> list[str]:
        """In the order of the command; the first is business as usual."""
        return list(dict.fromkeys(row["option"] for row in self.points))

    @property
    def futures(self) -> list[str]:
        """In the order of the command."""
        return list(dict.fromkeys(row["scenario"] for row in self.points))

    def point(self, option: str, future: str) -> dict[str, str]:
        """The row of one point."""
        return next(row for row in self.points if (row["option"], row["scenario"]) == (option, future))

    def total(self, option: str, future: str, table: str, keys: str = "", year: str = "") -> float | None:
        """The sum over what is not named; None without a plan."""
        point = self.point(option, future)
        if point["status"] != "optimal":
            return None
        return sum(
            value
            for (name, which, key, when), value in self.figures.items()
            if name == point["point"] and which == table and keys in ("", key) and year in ("", when)
        )

    def keys(self, table: str) -> list[str]:
        """The keys of a table, in order of first sight."""
        return list(dict.fromkeys(key for _, which, key, _ in self.figures if which == table))

    def years(self) -> list[str]:
        """The reported years."""
        return sorted({year for _, _, _, year in self.figures if year})


def read(folder: Path) -> Compared:
    """The results folder of a comparison."""
    figures = {
        (row["point"], row["table"], row["keys"], row["year"]): float(row["value"]) for row in _rows(folder, "tables")
    }
    command = json.loads((folder / "run.json").read_text(encoding="utf-8"))["command"]
    rate = read_evidence(folder / "used" / "inputs", (), Faults()).settings.discount_rate
    return Compared(_rows(folder, "points"), figures, _rows(folder, "constraints"), command, rate)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(compared: Compared) -> str:
    """The whole page."""
    future, last = compared.futures[0], compared.years()[-1]
    span = f"{_year(compared.years()[0])} to {_year(last)}"
    parts = [
        "# The appraisal of all options under all futures",
        INTRODUCTION.format(command=re.sub(r" --(?:out|jobs) \S+", "", compared.command)),
        f"## {span}, {_future(future)}\n\n" + _headline(compared, future),
        "## Under each future\n\nUnmet demand, FTE-years, and its change against business as usual in that future:\n\n"
        + _grid(compared, "unmet=fte_years", _fte),
        "Cost, real and discounted:\n\n" + _grid(compared, "cost=discounted", _money),
        "Regret: how much more is unmet (weighted, the first priority) than with the best option of that future:\n\n"
        + _regret(compared),
        f"## By service\n\nUnmet demand in {_year(last)}, share of what is asked for:\n\n"
        + _services(compared, future, last),
        f"## Staff in {_year(last)}, FTE\n\n" + _table(compared, future, "staff", _fte, last),
        "## Commissions, all years together\n\n" + _table(compared, future, "commissions", _fte, ""),
        "## Cost by year, cash\n\n" + _by_year(compared, future, "cost_cash"),
        "## Cost by year, real, discounted\n\n" + _by_year(compared, future, "cost_discounted"),
        "## Cost by budget and line\n\n" + _table(compared, future, "cost", _money, ""),
        "## What holds each option back\n\n" + _binding(compared, future),
        "## How the options differ\n\n" + _differences(compared),
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _headline(compared: Compared, future: str) -> str:
    first = compared.options[0]
    worth = {one.sums.name: one for one in _worth(compared, future)}
    rows = []
    for option in compared.options:
        unmet, cost, discounted, demand = (
            compared.total(option, future, table, keys)
            for table, keys in (("total", "unmet=fte_years"), ("total", "cost=undiscounted"),
                                ("total", "cost=discounted"), ("demand_fte", ""))
        )  # fmt: skip
        base = compared.total(first, future, "total", "unmet=fte_years")
        if unmet is None or cost is None or discounted is None or demand is None:
            rows.append([option, compared.point(option, future)["reason"], *[""] * 8])
            continue
        change = "–" if base is None or option == first else _signed(unmet - base, _fte)
        mine, share = worth.get(option), f"{100 * unmet / demand:.1f} %"
        steps = ["–"] * 4 if mine is None else [
            per_fte_year(mine.average, "GBP"), per_fte_year(mine.incremental, "GBP"), mine.after or "–",
            mine.dominated or "–",
        ]  # fmt: skip
        rows.append([option, _fte(unmet), share, change, _money(cost), _money(discounted), *steps])
    header = ["option", "unmet FTE-years", "of demand", "change", "cost", "discounted", "cost per FTE-year, average",
              "each step", "from", "dominated by"]  # fmt: skip
    return f"{_markdown(header, rows)}\n\n{meaning(first, compared.discount_rate)}"


def _worth(compared: Compared, future: str) -> tuple[CostEffectiveness, ...]:
    """What an FTE-year less unmet costs with each option that has a plan; nothing where the first has none."""
    found = []
    for option in compared.options:
        cost, unmet = (
            compared.total(option, future, "total", keys) for keys in ("cost=discounted", "unmet=fte_years_discounted")
        )
        if cost is not None and unmet is not None:
            found.append(Sums(option, cost, unmet))
    return cost_effectiveness(found) if found and found[0].name == compared.options[0] else ()


def _grid(compared: Compared, keys: str, words: Words) -> str:
    rows = []
    for option in compared.options:
        cells = [option]
        for future in compared.futures:
            value = compared.total(option, future, "total", keys)
            base = compared.total(compared.options[0], future, "total", keys)
            if value is None:
                cells.append("no plan")
            elif base is None or option == compared.options[0]:
                cells.append(words(value))
            else:
                cells.append(f"{words(value)} ({_signed(value - base, words)})")
        rows.append(cells)
    return _markdown(["option", *map(_future, compared.futures)], rows)


def _regret(compared: Compared) -> str:
    priority = next(name for name in compared.points[0] if name.startswith("priority_") and name != "priority_broken")
    value = {(row["option"], row["scenario"]): row[priority] for row in compared.points}
    rows = []
    for option in compared.options:
        cells, largest = [option], 0.0
        for future in compared.futures:
            known = [float(value[other, future]) for other in compared.options if value[other, future]]
            mine = value[option, future]
            regret = float(mine) - min(known) if mine else float("inf")
            largest = max(largest, regret)
            cells.append(f"{regret:,.0f}" if mine else "no plan")
        rows.append([*cells, f"{largest:,.0f}" if largest < float("inf") else "no plan"])
    return _markdown(["option", *map(_future, compared.futures), "largest"], rows)


def _services(compared: Compared, future: str, year: str) -> str:
    rows = []
    for keys in compared.keys("unmet_fte"):
        cells = [keys.partition("=")[2]]
        for option in compared.options:
            unmet = compared.total(option, future, "unmet_fte", keys, year)
            asked = compared.total(option, future, "demand_fte", keys, year)
            cells.append("–" if unmet is None or not asked else f"{100 * unmet / asked:.1f} %")
        rows.append(cells)
    return _markdown(["service", *compared.options], rows)


def _table(compared: Compared, future: str, table: str, words: Words, year: str) -> str:
    rows = [
        [" ".join(part.partition("=")[2] for part in keys.split(";")),
         *(_or_dash(compared.total(option, future, table, keys, year), words) for option in compared.options)]
        for keys in compared.keys(table)
    ]  # fmt: skip
    return _markdown([table, *compared.options], rows)


def _by_year(compared: Compared, future: str, table: str) -> str:
    if table not in {which for _, which, _, _ in compared.figures}:
        return "The settings give no inflation, so there is no cash."
    rows = [
        [_year(year), *(_or_dash(compared.total(o, future, table, "", year), _money) for o in compared.options)]
        for year in compared.years()
    ]
    return _markdown(["year", *compared.options], rows)


def _binding(compared: Compared, future: str) -> str:
    lines = []
    for option in compared.options:
        point = compared.point(option, future)["point"]
        found = sorted(
            ((value, keys.partition("=")[2]) for (name, table, keys, _), value in compared.figures.items()
             if name == point and table == "binding" and value > 0), reverse=True,
        )[:5]  # fmt: skip
        said = "; ".join(f"{name} ({value:,.3g})" for value, name in found) or "no limit that money could ease"
        lines.append(f"- **{option}**: {said}")
    head = (
        "In brackets: what 1 % more of the limit takes off the first priority at most (its price today), "
        "weighted FTE-years.\n\n"
    )
    return head + "\n".join(lines)


def _differences(compared: Compared) -> str:
    rows = [
        [row["option"], row["entry"], row["key"], row["first"] or "–", row["this"] or "–"]
        for row in compared.constraints
    ]
    return _markdown(["option", "entry", "key", compared.options[0], "this option"], rows)


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in (header, rule, *rows))


def _or_dash(value: float | None, words: Words) -> str:
    return "–" if value is None else words(value)


def _signed(value: float, words: Words) -> str:
    return words(value) if value < 0 else f"+{words(value)}"


def _fte(value: float) -> str:
    text = f"{abs(value):,.0f}" if abs(value) >= 9.95 else f"{abs(value):,.1f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def _money(value: float) -> str:
    size = f"£{abs(value) / 1e6:,.1f}m" if abs(value) >= 999_950 else f"£{abs(value):,.0f}"
    return f"−{size}" if value < 0 else size


def _year(year: str) -> str:
    return f"{year}/{(int(year) + 1) % 100:02d}"


def _future(name: str) -> str:
    return name.replace("_", " ") or "the evidence as it stands"


if __name__ == "__main__":
    PAGE.write_text(page(read(Path(sys.argv[1]))), encoding="utf-8")
