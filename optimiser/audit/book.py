"""Reads the evidence of `used/inputs` and gives one figure at a time, as the contract words it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from optimiser.inputs.read.tables_read import read_tables
from optimiser.inputs.read.workbook import read_sources
from optimiser.text.faults import Faults

Row = dict[str, Any]


class Book:
    """Hold settings and tables of the inputs, typed and no more; every formula on them is the audit's own."""

    def __init__(self, path: Path, scenarios: Sequence[str]) -> None:
        """Read the inputs. Raises FaultsFound where the copies cannot be read."""
        faults = Faults()
        typed = read_tables(read_sources(path, faults), faults)
        faults.stop_if_any()
        if typed.settings is None:
            raise ValueError("settings without a fault cannot be missing")
        self.settings = typed.settings
        self.first, self.last = typed.settings.first_year, typed.settings.last_year
        self.years = list(range(self.first, self.last + typed.settings.run_out_years + 1))
        self.areas = list(typed.areas)
        self.tables = {name: list(table.rows()) for name, table in typed.tables.items()}
        self.roles = {row["role"]: row for row in self.tables["roles"]}
        self.routes = {row["route"]: row for row in self.tables["routes"]}
        self.tasks = {row["task"]: row for row in self.tables["tasks"]}
        self.patterns = {row["pattern"]: row for row in self.tables["patterns"]}
        self.pairs = {(row["role"], row["task"]): row for row in self.tables["productivity"]}
        self._scenarios = _points(self.tables["scenarios"], scenarios)
        self._past = {(row["route"], row["area"], row["year"]): row["starts"] for row in self.tables["past_starts"]}
        self._staff = {(row["area"], row["role"]): row["fte"] for row in self.tables["staff_in_post"]}
        self._leavers = {(row["area"], row["role"], row["year"]): row["leaver_rate"] for row in self.tables["leavers"]}
        self._waiting = {(row["area"], row["task"]): row["volume"] for row in self.tables["waiting_list"]}
        self._destinations: dict[tuple[str, str], dict[str, float]] = {}
        for row in self.tables["destinations"]:
            self._destinations.setdefault((row["route"], row["area"]), {})[row["to_area"]] = row["share"]
        self.volume = cache(self._volume)
        self.amount = cache(self._amount)
        self.units = cache(self._units)

    @cached_property
    def regions(self) -> dict[str, str]:
        """Return the region of each area; blank where none is given."""
        given = {row["area"]: row["region"] for row in self.tables["areas"]}
        return {area: given.get(area, "") for area in self.areas}

    @cached_property
    def cells(self) -> set[tuple[str, str]]:
        """Return each (area, task) with demand: in demand, or through patients and their care."""
        care: dict[str, set[str]] = {}
        for row in self.tables["care"]:
            care.setdefault(row["group"], set()).add(row["task"])
        found = {(row["area"], row["task"]) for row in self.tables["demand"]}
        for row in self.tables["patients"]:
            found |= {(row["area"], task) for task in care.get(row["group"], ())}
        return found

    @cached_property
    def networks(self) -> dict[tuple[str, str], list[str]]:
        """Return the areas of each network and task."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self.tables["networks"]:
            found.setdefault((row["network"], row["task"]), []).append(row["area"])
        return found

    @cached_property
    def network_of(self) -> set[tuple[str, str]]:
        """Return each (area, task) whose work may be done elsewhere."""
        return {(row["area"], row["task"]) for row in self.tables["networks"]}

    @cached_property
    def bought(self) -> set[str]:
        """Return the tasks of which units can be bought outside, because costs gives them a price."""
        return {row["item"] for row in self.tables["costs"] if row["per"] == "outsourced-unit"}

    @cached_property
    def yardsticks(self) -> dict[str, float]:
        """Return, by task, the most units an FTE of any role delivers."""
        most: dict[str, float] = {}
        for (_, task), row in self.pairs.items():
            most[task] = max(most.get(task, 0.0), row["units_per_fte"])
        return most

    def past(self, route: str, area: str, year: int) -> float:
        """Return the starts of a year before the first; none where nothing is written."""
        return float(self._past.get((route, area, year), 0.0))

    def in_post(self, area: str, role: str) -> float:
        """Return FTE just before the first year."""
        return float(self._staff[area, role])

    def leaver_rate(self, area: str, role: str, year: int) -> float:
        """Return the year's rate: a named area before all areas before the role's own; times the scenarios."""
        rate = self._leavers.get((area, role, year), self._leavers.get(("", role, year)))
        base = self.roles[role]["leaver_rate"] if rate is None else rate
        return float(base) * self.multiplier("leaver_rate", year, role)

    def completion(self, route: str, begun: int) -> float:
        """Return the share of a year's starters who complete; scenarios leave intakes already made alone."""
        share = float(self.routes[route]["completion"])
        return share if begun < self.first else share * self.multiplier("completion", begun, route)

    def filled(self, route: str, year: int) -> float:
        """Return the share of the places commissioned in a year that are filled."""
        return float(self.routes[route]["fill_rate"]) * self.multiplier("fill_rate", year, route)

    def destination(self, route: str, area: str, to_area: str) -> float:
        """Return the share of those who complete in an area that join another; without rows all stay."""
        shares = self._destinations.get((route, area))
        return float(area == to_area) if shares is None else float(shares.get(to_area, 0.0))

    def waiting(self, area: str, task: str) -> float:
        """Return the units that wait before the first year."""
        return float(self._waiting.get((area, task), 0.0))

    def multiplier(self, table: str, year: int, item: str, task: str = "", area: str = "") -> float:
        """Return the product of all multipliers that the chosen scenarios have for a figure in a year."""
        factor = 1.0
        for (_, kind, *subject), points in self._scenarios.items():
            if kind == table and all(said in ("", own) for said, own in zip(subject, (item, task, area), strict=True)):
                factor *= _on_line(points, year, self.first)
        return factor

    def _volume(self, area: str, task: str, year: int) -> float:
        """Return units asked for: the path of demand and what patients need, times the scenarios."""
        rows = [row for row in self.tables["demand"] if row["area"] == area and row["task"] == task]
        volume = path(rows, "volume", year) if rows else 0.0
        groups = {row["group"] for row in self.tables["patients"] if row["area"] == area}
        for care in self.tables["care"]:
            if care["task"] != task or care["group"] not in groups:
                continue
            group = care["group"]
            people = [row for row in self.tables["patients"] if row["area"] == area and row["group"] == group]
            number = path(people, "number", year) * self.multiplier("patients", year, group, area=area)
            volume += number * care["units_per_patient"] * self.grown(care["growth"], year)
        return volume * self.multiplier("demand", year, task, area=area)

    def _units(self, role: str, task: str, year: int) -> float:
        """Return the units an available FTE of the role delivers in the year."""
        row = self.pairs[role, task]
        growth = self.grown(row["growth"], year)
        return float(row["units_per_fte"]) * growth * self.multiplier("productivity", year, role, task=task)

    def _amount(self, cost: int, year: int) -> float:
        """Return real money per unit of a row of costs (by its number in the table)."""
        row = self.tables["costs"][cost]
        return float(row["amount"]) * self.grown(row["growth"], year) * self.multiplier("costs", year, row["item"])

    def grown(self, growth: float, year: int) -> float:
        """Return the growth from the first year to a year."""
        return float((1.0 + growth) ** (year - self.first))

    def discount(self, year: int) -> float:
        """Return what money of a year is worth in the first."""
        return float((1.0 + self.settings.discount_rate) ** (self.first - year))


def path(rows: Iterable[Row], name: str, year: int) -> float:
    """Return a volume or number in a year: the latest row's, grown year by year at the rate then in force.

    A row without a volume changes the growth from its year on; in that year the old growth still applies.
    """
    ordered = sorted(rows, key=lambda row: row["year"])
    value, growth, at = float(ordered[0][name]), float(ordered[0]["growth"]), ordered[0]["year"]
    by_year = {row["year"]: row for row in ordered[1:]}
    while at < year:
        at += 1
        value *= 1.0 + growth
        if at in by_year:
            row = by_year[at]
            value = value if math.isnan(row[name]) else float(row[name])
            growth = float(row["growth"])
    return value


def _points(rows: Iterable[Row], chosen: Sequence[str]) -> dict[tuple[str, ...], list[tuple[int, float]]]:
    """Return the points of each line of multipliers, by scenario, table, item, task and area."""
    points: dict[tuple[str, ...], list[tuple[int, float]]] = {}
    for row in rows:
        if row["scenario"] in chosen:
            key = tuple(row[name] for name in ("scenario", "table", "item", "task", "area"))
            points.setdefault(key, []).append((row["year"], row["multiplier"]))
    return points


def _on_line(points: Sequence[tuple[int, float]], year: int, first: int) -> float:
    """Return a line's value: 1 in the first year, straight through the points, and the last of them ever after."""
    known = dict(points)
    known.setdefault(first, 1.0)
    if year in known:
        return known[year]
    before = max((at for at in known if at < year), default=min(known))
    after = min((at for at in known if at > year), default=None)
    if after is None:
        return known[before]
    return known[before] + (known[after] - known[before]) * (year - before) / (after - before)
