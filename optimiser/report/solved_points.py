"""Reads the solved points of compare, sweep and frontier from points.csv and tables.csv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from optimiser.plan.totals import PRIORITY
from optimiser.report.report_inputs import Material
from optimiser.report.result_table import ResultTable

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SolvedPoint:
    """Hold one point of a study; its figures are by (table, keys, year), with year None for a total."""

    name: str
    option: str
    scenario: str
    status: str
    reason: str
    unmet: float | None
    """FTE-years over the reported years, as `solve` gives them; None without a plan, like the costs."""
    cost: float | None
    discounted: float | None
    values: Mapping[str, float]
    """Of each priority, in order; empty without a plan."""
    figures: Mapping[tuple[str, Keys, int | None], float]

    def total(self, table: str, **keys: str) -> float | None:
        """Sum a table's figures that have these keys over the years; None where there are none."""
        found = [
            value
            for (name, has, _), value in self.figures.items()
            if name == table and all((key, code) in has for key, code in keys.items())
        ]
        return sum(found) if found else None

    def by(self, table: str, key: str) -> dict[str, dict[int, float]]:
        """Return a table's figures by the code of one key, then year."""
        found: dict[str, dict[int, float]] = {}
        for (name, has, year), value in self.figures.items():
            code = dict(has).get(key)
            if name == table and code is not None and year is not None:
                row = found.setdefault(code, {})
                row[year] = row.get(year, 0.0) + value
        return found


@dataclass(frozen=True)
class Run:
    """Hold the points of one folder, in the order of points.csv."""

    folder: Path
    points: tuple[SolvedPoint, ...]
    frontier: ResultTable | None


def option_of(material: Material, table: ResultTable) -> str:
    """Write “ Option “flat-cash”.” if the points beside a table name the option it is about; else nothing."""
    for points in material.extra.get("points", ()):
        if points.path.parent == table.path.parent and len(points):
            return f" Option “{points.text('option')[0]}”."
    return ""


def runs(material: Material) -> list[Run]:
    """Read every folder that has both points.csv and tables.csv."""
    tables = {table.path.parent: table for table in material.extra.get("tables", ())}
    frontiers = {table.path.parent: table for table in material.extra.get("frontier", ())}
    return [
        Run(points.path.parent, _solved(points, tables[points.path.parent]), frontiers.get(points.path.parent))
        for points in material.extra.get("points", ())
        if points.path.parent in tables
    ]


def parsed(keys: str) -> Keys:
    """Split `budget=training;line=fees` into pairs."""
    pairs = (part.partition("=") for part in keys.split(";") if part)
    return tuple((key, code) for key, _, code in pairs)


def _solved(points: ResultTable, tables: ResultTable) -> tuple[SolvedPoint, ...]:
    figures: dict[str, dict[tuple[str, Keys, int | None], float]] = {}
    known: dict[str, Keys] = {}
    columns = (tables.text("point"), tables.text("table"), tables.text("keys"), tables.years())
    for point, table, keys, year, value in zip(*columns, tables.numbers("value").tolist(), strict=True):
        if keys not in known:
            known[keys] = parsed(keys)
        figures.setdefault(point, {})[table, known[keys], year] = value
    said = ("point", "option", "scenario", "status", "reason")
    priorities = {
        name.removeprefix(PRIORITY): points.numbers(name).tolist()
        for name in points.header
        if name.startswith(PRIORITY)
    }
    totals = [_known(points, column) for column in ("unmet_fte_years", "cost", "cost_discounted")]
    found = []
    for row, (name, option, scenario, status, reason) in enumerate(
        zip(*(points.text(column) for column in said), strict=True)
    ):
        values = {key: amounts[row] for key, amounts in priorities.items() if amounts[row] == amounts[row]}
        unmet, cost, discounted = (total[row] for total in totals)
        mine = figures.get(name, {})
        found.append(SolvedPoint(name, option, scenario, status, reason, unmet, cost, discounted, values, mine))
    return tuple(found)


def _known(points: ResultTable, column: str) -> list[float | None]:
    """Return a column of numbers, None where a cell is empty."""
    return [None if number != number else number for number in points.numbers(column).tolist()]


@dataclass(frozen=True)
class Spot:
    """Hold a solved budget: its money a year, its name and its figures."""

    money: float
    label: str
    point: SolvedPoint

    @property
    def unmet(self) -> float:
        """Return unmet FTE-years over the reported years, unweighted; NaN without a plan."""
        return float("nan") if self.point.unmet is None else self.point.unmet

    @property
    def cost(self) -> float:
        """Return the cost over the reported years, undiscounted; NaN without a plan."""
        return float("nan") if self.point.cost is None else self.point.cost


@dataclass(frozen=True)
class Curve:
    """Hold one budget solved at several sums of money, least first."""

    budget: str
    spots: tuple[Spot, ...]
    limits: bool
    """True where money is the limit a year; False where it is what is spent."""
    option: str
    """The option whose budget was varied."""


_FRONTIER = re.compile(r"(.+) ([\d.eE+-]+)%")
_SWEEP = re.compile(r"budgets (\S+)=(\S+)")


def curve(material: Material) -> Curve | None:
    """Return the first frontier, else the first sweep of a budget alone, with at least two plans found."""
    found = runs(material)
    for run in sorted(found, key=lambda run: run.frontier is None):
        made = _of_frontier(run) if run.frontier is not None else _of_sweep(run)
        if made is not None and len(made.spots) > 1:
            return made
    return None


def _of_frontier(run: Run) -> Curve | None:
    named = [(point, _FRONTIER.fullmatch(point.name)) for point in run.points if point.status == "optimal"]
    factors = [(point, float(match[2]), match[1]) for point, match in named if match]
    if not factors or run.frontier is None:
        return None
    # The largest solved factor is in the last row, so money at 100 % follows from the two.
    full = float(run.frontier.numbers("budget").max()) / max(factor for _, factor, _ in factors)
    spots = {factor: Spot(factor * full, f"{factor:.4g} %", point) for point, factor, _ in factors}
    return Curve(factors[0][2], tuple(spots[factor] for factor in sorted(spots)), True, run.points[0].option)


def _of_sweep(run: Run) -> Curve | None:
    named = [(point, _SWEEP.fullmatch(point.name)) for point in run.points if point.status == "optimal"]
    matched = [(point, match[1], match[2]) for point, match in named if match]
    if not matched or len({budget for _, budget, _ in matched}) > 1:
        return None
    budget = matched[0][1]
    spots = [
        Spot(spent, text.replace("%", " %"), point)
        for point, _, text in matched
        if (spent := _spent(point, budget)) is not None
    ]
    return Curve(budget, tuple(sorted(spots, key=lambda spot: spot.money)), False, run.points[0].option)


def _spent(point: SolvedPoint, budget: str) -> float | None:
    """Return what a plan spends on a budget in a year, on average."""
    years = point.by("cost", "budget").get(budget)
    return sum(years.values()) / len(years) if years else None
