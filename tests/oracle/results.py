"""A results folder as plain numbers: every table, reported and run-out years together, by name and keys."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEYS = {
    "starts": ("route", "area", "year"),
    "staff": ("role", "area", "year"),
    "work": ("role", "task", "area", "year"),
    "patterns": ("pattern", "area", "year"),
    "demand": ("task", "area", "year"),
    "spend": ("budget", "line", "item", "area", "year"),
}
Key = tuple[Any, ...]


@dataclass(frozen=True, order=True)
class Difference:
    """One disagreement: where it stands, what the folder says and what the replay says."""

    table: str
    keys: Key
    column: str
    found: float
    expected: float


class Results:
    """The tables of a results folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.plan: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        self.tables = {name: self._read(name) for name in KEYS}
        self.budgets = [{column: _figure(cell) for column, cell in row.items()} for row in self.rows("budgets")]

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table, reported years first."""
        rows = []
        for path in (self.folder / f"{name}.csv", self.folder / "run_out" / f"{name}.csv"):
            if path.exists():
                with path.open(encoding="utf-8-sig", newline="") as file:
                    rows += list(csv.DictReader(file))
        return rows

    def _read(self, name: str) -> dict[Key, dict[str, float]]:
        table: dict[Key, dict[str, float]] = {}
        for row in self.rows(name):
            key = tuple(int(row[c]) if c == "year" and row[c] else row[c] for c in KEYS[name])
            if key in table:
                raise ValueError(f"{name} has {key} twice")
            table[key] = {column: float(cell) for column, cell in row.items() if column not in KEYS[name] and cell}
        return table


def _figure(cell: str) -> Any:
    """A cell as a number where it is one."""
    try:
        return float(cell)
    except ValueError:
        return cell


def differs(found: float, expected: float) -> bool:
    """Whether two figures disagree by more than 1e-6 relative (absolute below 1)."""
    return not abs(found - expected) <= 1e-6 * max(1.0, abs(found), abs(expected))


def compare(name: str, found: dict[Key, dict[str, float]], expected: dict[Key, dict[str, float]]) -> list[Difference]:
    """Every figure that differs, and every row that one side lacks."""
    nothing = float("nan")
    differences = []
    for key in sorted(found.keys() | expected.keys(), key=str):
        if key not in found or key not in expected:
            differences.append(Difference(name, key, "row", float(key in found), float(key in expected)))
            continue
        for column, value in expected[key].items():
            if differs(found[key].get(column, nothing), value):
                differences.append(Difference(name, key, column, found[key].get(column, nothing), value))
    return differences
