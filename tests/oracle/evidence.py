"""What is believed: an inputs folder read with the csv module, and each number of section 2 looked up by name."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.values import LOADER, by_year, number, on_line

Row = dict[str, str]


class Evidence:
    """One inputs folder under some scenarios. Every method answers for one area, item and year, the slow way."""

    def __init__(
        self, folder: Path, scenarios: Sequence[str] = (), more: dict[tuple[str, str, int], float] | None = None
    ):
        self.folder = Path(folder)
        self.scenarios = tuple(scenarios)
        self.more = more or {}  # (area, task, year) → units demanded on top
        self.settings: dict[str, Any] = yaml.load(
            (self.folder / "settings.yaml").read_text(encoding="utf-8-sig"), Loader=LOADER
        )
        self.first = int(self.settings["first_year"])
        self.last = int(self.settings["last_year"])
        self.reported = list(range(self.first, self.last + 1))
        self.years = list(range(self.first, self.last + int(self.settings.get("run_out_years") or 0) + 1))
        self.discount_rate = number(self.settings["discount_rate"])
        self.first_year_part = number(self.settings.get("first_year_part"), 1.0)
        area_rows = self._raw("areas")
        self.regions = {row["area"]: row.get("region", "") for row in area_rows} or {"all": ""}
        self.areas = sorted(self.regions)
        self.rows = cache(self._rows)
        self.roles = {row["role"]: row for row in self.rows("roles")}
        self.routes = {row["route"]: row for row in self.rows("routes")}
        self.tasks = {row["task"]: row for row in self.rows("tasks")}
        self.patterns = {row["pattern"]: row for row in self.rows("patterns")}
        self.pairs = {(row["role"], row["task"]): row for row in self.rows("productivity")}
        self.costs = self.rows("costs")
        self.volume = cache(self._volume)
        self.leaver_rate = cache(self._leaver_rate)
        self.multiplier = cache(self._multiplier)

    def _raw(self, table: str) -> list[Row]:
        path = self.folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{key: (cell or "").strip() for key, cell in row.items() if key} for row in csv.DictReader(file)]

    def _rows(self, table: str) -> list[Row]:
        """The rows of a table; where the one area is left out, it is written in (in other tables blank means all)."""
        rows = self._raw(table)
        if table in {"staff_in_post", "past_starts", "destinations", "demand", "waiting_list", "patients"}:
            for row in rows:
                row["area"] = row.get("area") or self.areas[0]
                if table == "destinations":
                    row["to_area"] = row.get("to_area") or self.areas[0]
        return rows

    # Staff and routes

    def staff_in_post(self, area: str, role: str) -> float:
        """FTE just before the first year."""
        return sum(number(r["fte"]) for r in self.rows("staff_in_post") if r["area"] == area and r["role"] == role)

    def _leaver_rate(self, area: str, role: str, year: int) -> float:
        rate = number(self.roles[role]["leaver_rate"])
        rows = [r for r in self.rows("leavers") if r["role"] == role and int(r["year"]) == year]
        for named in ("", area):
            for row in rows:
                if row.get("area", "") == named:
                    rate = number(row["leaver_rate"])
        return rate * self.multiplier("leaver_rate", year, role)

    def duration(self, route: str) -> int:
        """Whole years between start and joining."""
        return int(number(self.routes[route]["years"]))

    def of_route(self, route: str, column: str, default: float) -> float:
        """A number of a route, or the contract's default where it is blank."""
        return number(self.routes[route].get(column), default)

    def completion(self, route: str, begun: int) -> float:
        """Share of the starters of a year who complete."""
        share = self.of_route(route, "completion", 1.0)
        return share * self.multiplier("completion", begun, route) if begun >= self.first else share

    def fill_rate(self, route: str, year: int) -> float:
        """Share of the places of a year that are filled."""
        return self.of_route(route, "fill_rate", 1.0) * self.multiplier("fill_rate", year, route)

    def past_starts(self, route: str, area: str, year: int) -> float:
        """Starts of a year before the first; none where the table has no row."""
        rows = self.rows("past_starts")
        return sum(
            number(r["starts"]) for r in rows if (r["route"], r["area"]) == (route, area) and int(r["year"]) == year
        )

    def destination(self, route: str, area: str, to_area: str) -> float:
        """The share of those who complete in an area who join the staff of another."""
        rows = [r for r in self.rows("destinations") if (r["route"], r["area"]) == (route, area)]
        if not rows:
            return 1.0 if area == to_area else 0.0
        return sum(number(r["share"]) for r in rows if r["to_area"] == to_area)

    # Work

    def has_demand(self, area: str, task: str) -> bool:
        """Whether the area has such work at all."""
        groups = {r["group"] for r in self.rows("patients") if r["area"] == area}
        return any((r["area"], r["task"]) == (area, task) for r in self.rows("demand")) or any(
            r["task"] == task and r["group"] in groups for r in self.rows("care")
        )

    def _volume(self, area: str, task: str, year: int) -> float:
        rows = [r for r in self.rows("demand") if (r["area"], r["task"]) == (area, task)]
        units = path(rows, "volume", year)
        for care in self.rows("care"):
            if care["task"] != task:
                continue
            group = care["group"]
            patients = [r for r in self.rows("patients") if (r["area"], r["group"]) == (area, group)]
            people = path(patients, "number", year) * self.multiplier("patients", year, group, area=area)
            growth = (1 + number(care.get("growth"), 0.0)) ** (year - self.first)
            units += people * number(care["units_per_patient"]) * growth
        units *= self.multiplier("demand", year, task, area=area)
        return units + self.more.get((area, task, year), 0.0)

    def waiting_list(self, area: str, task: str) -> float:
        """Units that wait when the first year begins."""
        rows = self.rows("waiting_list")
        return sum(number(r["volume"]) for r in rows if (r["area"], r["task"]) == (area, task))

    def of_task(self, task: str, column: str, default: float) -> float:
        """A number of a task, or the contract's default where it is blank."""
        return number(self.tasks[task].get(column), default)

    def yardstick(self, task: str) -> float:
        """The most units one FTE of any role does in a year, without growth or scenario."""
        return max(number(row["units_per_fte"]) for (_, done), row in self.pairs.items() if done == task)

    def units_per_fte(self, role: str, task: str, year: int) -> float:
        """Units one available FTE does in a year."""
        row = self.pairs[role, task]
        growth = (1 + number(row.get("growth"), 0.0)) ** (year - self.first)
        return number(row["units_per_fte"]) * growth * self.multiplier("productivity", year, role, task=task)

    # Money

    def amount(self, row: Row, year: int) -> float:
        """Real money per unit of what a cost row is paid for."""
        growth = (1 + number(row.get("growth"), 0.0)) ** (year - self.first)
        return number(row["amount"]) * growth * self.multiplier("costs", year, row["item"])

    def deflator(self, year: int) -> float:
        """Cash of a year ÷ this = money of the price year."""
        product = 1.0
        for later in range(int(self.settings["price_year"]) + 1, year + 1):
            product *= 1 + by_year(self.settings["inflation"], later)
        return product

    def discount(self, year: int) -> float:
        """What a pound of that year weighs in the cost."""
        return (1 + self.discount_rate) ** -(year - self.first)

    def unmet_discount(self, year: int) -> float:
        """What a shortage of that year weighs in the priority unmet."""
        rate = number(self.settings.get("unmet_discount_rate"), 0.0)
        return (1 + rate) ** -(year - self.first)

    # Scenarios

    def _multiplier(self, table: str, year: int, item: str, task: str = "", area: str = "") -> float:
        series: dict[tuple[str, ...], dict[int, float]] = {}
        for row in self.rows("scenarios"):
            if row["scenario"] not in self.scenarios or row["table"] != table:
                continue
            wants = (row.get("item", ""), row.get("task", ""), row.get("area", ""))
            if all(want in ("", given) for want, given in zip(wants, (item, task, area), strict=True)):
                series.setdefault((row["scenario"], *wants), {self.first: 1.0})[int(row["year"])] = number(
                    row["multiplier"]
                )
        product = 1.0
        for points in series.values():
            product *= on_line(points, year)
        return product


def path(rows: list[Row], column: str, year: int) -> float:
    """A growth path in one year: set in the years that give a number, growing in between, 0 where there are no rows."""
    given = {int(row["year"]): row for row in rows}
    if not given:
        return 0.0
    value = growth = 0.0
    for now in range(min(given), year + 1):
        row = given.get(now, {})
        value = number(row[column]) if row.get(column) else value * (1 + growth)
        if row:
            growth = number(row.get("growth"), 0.0)
    return value
