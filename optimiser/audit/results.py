"""Reads the tables of a results folder: rows by key, numbers as numbers, both parts together."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimiser.audit.difference import Difference, Key

KEYS: Mapping[str, tuple[str, ...]] = {
    "starts": ("route", "area", "year"),
    "staff": ("role", "area", "year"),
    "work": ("role", "task", "area", "year"),
    "patterns": ("pattern", "area", "year"),
    "demand": ("task", "area", "year"),
    "spend": ("budget", "line", "item", "area", "year"),
    "budgets": ("budget", "year"),
}
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "starts": ("starts", "commissions", "in_training"),
    "staff": ("fte", "joiners", "leavers", "moved_out", "transitions_in", "transitions_out", "idle"),
    "work": ("fte", "units"),
    "patterns": ("fte",),
    "demand": ("volume", "waiting", "by_staff", "received", "outsourced", "unmet", "unmet_fte"),
    "spend": ("amount", "committed"),
    "budgets": ("limit", "carried_in", "spend", "carried_out"),
    "limits": ("level", "bound", "slack", "broken"),
}
LIMIT_COLUMNS = ("limit", "family", "area", "role", "route", "task", "year", "sense", "unit")
NOT_NEGATIVE: Mapping[str, tuple[str, ...]] = {
    "starts": ("starts",), "staff": ("fte", "idle"), "work": ("fte",), "patterns": ("fte",),
    "demand": ("outsourced", "unmet"), "budgets": ("carried_out",),
}  # fmt: skip

Numbers = dict[str, float]


class Results:
    """Hold every table of a plan; what cannot be read is a difference, and its rows are left out."""

    def __init__(self, folder: Path, plan: Mapping[str, Any], last_year: int) -> None:
        """Read the tables of `folder`; those of `run_out/` belong to the years after `last_year`."""
        self.folder, self.plan, self._last = folder, plan, last_year
        self.broken: list[Difference] = []
        self.tables: dict[str, dict[Key, Numbers]] = {name: self._table(name) for name in KEYS}
        self.budget_rows: list[tuple[Key, Numbers]] = self._budget_rows
        self.limits = list(self._limits())
        self._refuse_negative()

    def column(self, table: str, key: Key, name: str) -> float:
        """Return a figure of a table; NaN where its row is missing (the missing row is a difference already)."""
        row = self.tables[table].get(key)
        return math.nan if row is None else row[name]

    @property
    def within(self) -> float:
        """Return the share of its value that each priority could give up, to be near another plan's starts."""
        near = self.plan.get("near")
        share = near.get("within") if isinstance(near, dict) else 0.0
        return float(share) if isinstance(share, int | float) and 0 <= share < math.inf else 0.0

    def _table(self, name: str) -> dict[Key, Numbers]:
        found: dict[Key, Numbers] = {}
        listed: list[tuple[Key, Numbers]] = []
        for file, cells in self._rows(name):
            key = tuple(cells.get(column, "") for column in KEYS[name])
            numbers = self._numbers(file, name, dict(zip(KEYS[name], key, strict=True)), cells)
            listed.append((key, numbers))
            if key in found and name != "budgets":
                where = dict(zip(KEYS[name], key, strict=True))
                self.broken.append(Difference(file, where, "row", "a second row", "one row"))
            found[key] = numbers
        if name == "budgets":
            self._budget_rows = listed
        return found

    def _limits(self) -> Iterator[tuple[dict[str, str], Numbers]]:
        """Yield the rows of limits.csv in their order: words, and numbers (prices where there are any)."""
        for file, cells in self._rows("limits"):
            words = {name: text for name, text in cells.items() if not _is_number_of_limits(name)}
            numbers = self._numbers(file, "limits", {key: words.get(key, "") for key in LIMIT_COLUMNS[:7]}, cells)
            # Of a plan that has given up some of the optimum the prices are those of the optimum.
            prices = {name: cells[name] for name in cells if name.startswith("price_") and not self.within}
            yield words, numbers | self._prices(file, words, prices)

    def _prices(self, file: str, words: Mapping[str, str], prices: Mapping[str, str]) -> Numbers:
        found = {}
        for name, text in prices.items():
            if text:
                found[name] = self._number(file, {key: words.get(key, "") for key in LIMIT_COLUMNS[:7]}, name, text)
        return found

    def _rows(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield every row of both parts of a table, with the file it is in."""
        for part in ("", "run_out/"):
            path = self.folder / part / f"{name}.csv"
            file = f"{part}{name}.csv"
            if not path.is_file():
                if not part or self.plan.get("years", {}).get("run_out", 0):
                    self.broken.append(Difference(file, {}, "", None, "a table"))
                continue
            with path.open(encoding="utf-8-sig", newline="") as opened:
                rows = csv.DictReader(opened)
                wanted = {*KEYS.get(name, LIMIT_COLUMNS), *NUMBERS[name]} - {"area", "role", "route", "task"}
                missing = wanted - set(rows.fieldnames or ())
                if missing:
                    self.broken.append(Difference(file, {}, "columns", f"none called {', '.join(sorted(missing))}", ""))
                    continue
                for row in rows:
                    cells = {key: text or "" for key, text in row.items() if key is not None}
                    yield file, cells
                    self._check_part(file, part, cells)

    def _check_part(self, file: str, part: str, cells: Mapping[str, str]) -> None:
        """Check that a row is in the part its year belongs to."""
        year = cells.get("year", "")
        late = year.lstrip("-").isdigit() and int(year) > self._last
        if late != bool(part):
            expected = "a year of the run-out" if part else f"a year up to {self._last}"
            self.broken.append(Difference(file, {}, "year", year, expected))

    def _numbers(self, file: str, name: str, where: Mapping[str, str], cells: Mapping[str, str]) -> Numbers:
        return {column: self._number(file, where, column, cells.get(column, "")) for column in NUMBERS[name]}

    def _number(self, file: str, where: Mapping[str, str], column: str, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.broken.append(Difference(file, dict(where), column, text, "a number"))
        return number

    def _refuse_negative(self) -> None:
        """Refuse every decision below 0."""
        for name, columns in NOT_NEGATIVE.items():
            for key, row in self.tables[name].items():
                for column in columns:
                    if row[column] < -1e-9:
                        where = dict(zip(KEYS[name], key, strict=True))
                        found = Difference(f"{name}.csv", where, column, row[column], 0.0, "It cannot be negative.")
                        self.broken.append(found)


def _is_number_of_limits(name: str) -> bool:
    return name in NUMBERS["limits"] or name.startswith("price_")


def hash_differences(folder: Path, hashes: Mapping[str, str]) -> Iterator[Difference]:
    """Yield copies in `used/` without the hash that plan.json gives, and hashes without a copy."""
    used = folder / "used"
    held = {path.relative_to(used).as_posix(): path for path in sorted(used.rglob("*")) if path.is_file()}
    for name in sorted({*held, *hashes}):
        real = hashlib.sha256(held[name].read_bytes()).hexdigest() if name in held else None
        if real != hashes.get(name):
            yield Difference(f"used/{name}", {}, "SHA-256", hashes.get(name), real)
