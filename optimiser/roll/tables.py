"""The tables of evidence moved forward: every figure that counts from the first year, counted from the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence
from optimiser.inputs.growth import grown
from optimiser.inputs.read.folder import Sources
from optimiser.inputs.scenarios import line_through
from optimiser.inputs.settings import RawSettings
from optimiser.inputs.write.settings_text import flow, settings_yaml
from optimiser.roll.between import Between
from optimiser.text.faults import Faults, Place

GROWN: Mapping[str, str] = {"productivity": "units_per_fte", "costs": "amount", "care": "units_per_patient"}
"""Tables whose figures grow from the first year, and the column that does."""
Row = dict[str, str]


@dataclass(frozen=True)
class Written:
    """A table as text."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def settings_text(settings: RawSettings, year: int, before: str) -> str:
    """settings.yaml with another first year; every other key as it was."""
    values = [(key, str(year) if key == "first_year" else flow(node)) for key, (node, _) in settings.values.items()]
    return settings_yaml(values, {**settings.sources, "first_year": f"derived: rolled from {before}"})


def carried_tables(
    evidence: Evidence, sources: Sources, year: int, between: Between, faults: Faults
) -> dict[str, Written]:
    """Every table of the inputs, by name, so that no figure of `year` or later changes."""
    return _Carrier(evidence, sources, year, between, faults).tables()


class _Carrier:
    """Rewrites the rows of one inputs folder for a later first year."""

    def __init__(self, evidence: Evidence, sources: Sources, year: int, between: Between, faults: Faults) -> None:
        self.evidence, self.sources, self.year, self.between, self.faults = evidence, sources, year, between, faults
        self.first, self.label = evidence.settings.first_year, evidence.settings.label
        self.derived = f"derived: rolled from {self.label(self.first)} to {self.label(year)}, {between.words}"

    def tables(self) -> dict[str, Written]:
        """Those that change beside those that stay as they are."""
        made = {name: self._rows(name) for name in self.sources.tables}
        for name, column in GROWN.items():
            if name in made:
                self._grow(made[name], name, column)
        self._shares(made["productivity"])
        if "leavers" in made:
            years = self.evidence.tables["leavers"].column("year")
            made["leavers"] = [row for row, when in zip(made["leavers"], years, strict=True) if when >= self.year]
        if "scenarios" in made:
            made["scenarios"] = self._scenarios(made["scenarios"])
        made["staff_in_post"] = self._staff(made["staff_in_post"])
        intakes = self._past_starts(made.get("past_starts", []))
        if intakes or "past_starts" in made:
            made["past_starts"] = intakes
        self._waiting(made)
        self._warn_of_yardsticks()
        return {name: self._written(name, rows) for name, rows in made.items()}

    def _rows(self, name: str) -> list[Row]:
        """Return the rows of a table as text by declared column."""
        raw, table = self.sources.tables[name], self.evidence.tables[name]
        at = {position: column for column, position in table.positions.items()}
        return [{at[n]: cell for n, cell in enumerate(row) if n in at} for row in raw.rows]

    def _written(self, name: str, rows: Sequence[Row]) -> Written:
        table = self.evidence.tables[name]
        there = [column for column, _ in sorted(table.positions.items(), key=lambda item: item[1])]
        header = list(dict.fromkeys([*there, *(column for row in rows for column in row)]))
        return Written(header, [[row.get(column, "") for column in header] for row in rows])

    def _change(self, row: Row, column: str, value: float) -> None:
        """A figure of a row made anew, and its source, which names the one it was made from."""
        row[column] = repr(float(value))
        before = row.get("source", "").strip()
        if not before.startswith(self.derived):
            row["source"] = f"{self.derived}; before: {before}" if before else self.derived

    def _grow(self, rows: list[Row], name: str, column: str) -> None:
        values, growth = (self.evidence.tables[name].column(key) for key in (column, "growth"))
        for row, value, rate in zip(rows, values, growth, strict=True):
            if rate:
                self._change(row, column, grown(value, rate, self.year - self.first))

    def _shares(self, rows: list[Row]) -> None:
        """The shares of the year before the new first one, as in the plan."""
        evidence, table, share = self.evidence, self.evidence.tables["productivity"], self.between.share
        keys = list(zip(*map(table.column, ("role", "task")), strict=True))
        pairs = [
            (evidence.roles[r], evidence.tasks[t]) for r, t in zip(evidence.pair_role, evidence.pair_task, strict=True)
        ]
        kept = False
        for number, (row, key) in enumerate(zip(rows, keys, strict=True)):
            if np.isnan(table.column("current_share")[number]):
                continue
            if share is None:
                kept = True
                continue
            mine = share[pairs.index(key)]
            mine = mine[~np.isnan(mine)]
            if not len(mine):
                continue
            volume = evidence.volume[:, evidence.tasks.index(key[1]), self.year - 1 - self.first]
            mean = float(np.nansum(share[pairs.index(key)] * volume) / volume.sum())
            self._change(row, "current_share", min(mean, 1.0))
            if np.ptp(mine) > 1e-6:
                found = f"shares of {key[0]} in {key[1]} from {mine.min():.4g} to {mine.max():.4g} in the areas"
                self.faults.warn(
                    "shares-differ",
                    table.place(number, "current_share"),
                    found,
                    "one share of every area",
                    f"The mean, {mean:.4g}, is written.",
                )
        if kept:
            place = table.place(None, "current_share")
            self.faults.warn(
                "share-kept",
                place,
                "current_share, without a plan to bring it up to date",
                "",
                "It is as it was: correct it where shares have changed.",
            )

    def _scenarios(self, rows: list[Row]) -> list[Row]:
        """Each line of multipliers begins where it has got to by the new first year."""
        table = self.evidence.tables["scenarios"]
        subjects = list(zip(*map(table.column, ("scenario", "table", "item", "task", "area")), strict=True))
        points = list(zip(*map(table.column, ("year", "multiplier")), strict=True))
        made: list[Row] = []
        seen = set()
        for row, subject, (when, _) in zip(rows, subjects, points, strict=True):
            if subject not in seen:
                seen.add(subject)
                given = [point for other, point in zip(subjects, points, strict=True) if other == subject]
                if self.year not in dict(given):
                    value = line_through(given, range(self.first, self.year + 1))[-1]
                    start = {**row, "year": str(self.year)}
                    self._change(start, "multiplier", float(value))
                    made.append(start)
            if when >= self.year:
                made.append(row)
        return made

    def _staff(self, rows: list[Row]) -> list[Row]:
        evidence, table = self.evidence, self.evidence.tables["staff_in_post"]
        keys = zip(*map(table.column, ("area", "role")), strict=True)
        for row, (area, role) in zip(rows, keys, strict=True):
            at = evidence.areas.index(area), evidence.roles.index(role)
            self._change(row, "fte", float(self.between.staff[at]))
        return rows

    def _past_starts(self, rows: list[Row]) -> list[Row]:
        """A row for each year a route is long before the new first year: those still needed, and the years between."""
        evidence, table = self.evidence, self.evidence.tables["past_starts"]
        keys = zip(*map(table.column, ("route", "area", "year")), strict=True)
        before = dict(zip(keys, rows, strict=True))
        made = []
        for at_route, route in enumerate(evidence.routes):
            for at_area, area in enumerate(evidence.areas):
                if not (self.between.every_pair or evidence.has_past_starts[at_area, at_route]):
                    continue
                for when in range(self.year - max(1, int(evidence.years[at_route])), self.year):
                    new = {"route": route, "area": area, "year": str(when)}
                    if when >= self.first:
                        self._change(new, "starts", float(self.between.starts[at_area, at_route, when - self.first]))
                    elif (route, area, when) in before:
                        new = before[route, area, when]
                    else:
                        self._change(new, "starts", 0.0)
                    made.append(new)
        return made

    def _waiting(self, made: dict[str, list[Row]]) -> None:
        """What comes back of the plan's shortage; without a plan, the list as it was."""
        evidence, unmet = self.evidence, self.between.unmet
        if unmet is None:
            if "waiting_list" in made or (evidence.returns > 0).any():
                place = (
                    Place(str(evidence.folder))
                    if "waiting_list" not in made
                    else evidence.tables["waiting_list"].place()
                )
                self.faults.warn(
                    "list-kept",
                    place,
                    "a waiting list, without a plan to bring it up to date",
                    "",
                    "It is as it was: name the results of a plan with --starts, or correct it.",
                )
            return
        rows: list[Row] = []
        for area, task in np.argwhere(evidence.has_demand & (evidence.returns > 0)).tolist():
            row = {"area": evidence.areas[area], "task": evidence.tasks[task]}
            self._change(row, "volume", float(evidence.returns[task] * unmet[area, task]))
            rows.append(row)
        if rows:
            made["waiting_list"] = rows
        else:
            made.pop("waiting_list", None)

    def _warn_of_yardsticks(self) -> None:
        """Shortage in FTE is counted at the productivity of the first year, so it moves with it."""
        table = self.evidence.tables["productivity"]
        for number, rate in enumerate(table.column("growth")):
            task, units = table.column("task")[number], table.column("units_per_fte")[number]
            if rate and units == self.evidence.yardstick[self.evidence.tasks.index(task)]:
                now = grown(units, rate, self.year - self.first)
                self.faults.warn(
                    "yardstick-moves",
                    table.place(number, "units_per_fte"),
                    f"a yardstick of {task} that goes from {units:.6g} to {now:.6g}",
                    "",
                    "Shortage of it in FTE-years is counted against the new one.",
                )
