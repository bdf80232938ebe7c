"""The national figures as read from the CSV files beside this module, each with its flag and source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
CENSUS, BASE, FIRST, SLOWS = 2023, 2025, 2026, 2029
"""Financial years: in which most staff were last counted; the last before the plan, to which staff and volumes are
carried; the first of the plan; the last of the published growth."""
STRENGTH = ("published", "derived", "recalled", "assumed")
"""Flags from the strongest to the weakest."""
Row = dict[str, str]


def read(name: str) -> list[Row]:
    """The rows of one national table."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


class Figures:
    """National figures by table, item, quantity and year. A figure that is asked for and missing is an error."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {(r["table"], r["item"], r["quantity"], int(r["year"])): r for r in rows}

    def by_year(self, table: str, item: str, quantity: str) -> dict[int, Row]:
        """The figure's rows by year, oldest first."""
        return {y: r for (t, i, q, y), r in sorted(self._rows.items()) if (t, i, q) == (table, item, quantity)}

    def find(self, table: str, item: str, quantity: str) -> Row | None:
        """The figure of the latest year; None where there is none."""
        rows = self.by_year(table, item, quantity)
        return rows[max(rows)] if rows else None

    def row(self, table: str, item: str, quantity: str) -> Row:
        """The figure of the latest year. Raises `LookupError` where there is none."""
        found = self.find(table, item, quantity)
        if found is None:
            raise LookupError(f"figures.csv has no {quantity} for {item} in table {table}")
        return found

    def number(self, table: str, item: str, quantity: str) -> float:
        """The figure's number, likewise."""
        return float(self.row(table, item, quantity)["value"])

    def in_year(self, table: str, item: str, quantity: str, year: int) -> float:
        """The number of a year; where that has none, of the nearest year that has, the earlier of two."""
        known = self.by_year(table, item, quantity)
        if not known:
            raise LookupError(f"figures.csv has no {quantity} for {item} in table {table}")
        return float(known[min(known, key=lambda other: (abs(other - year), other))]["value"])

    def items(self, table: str) -> list[str]:
        """The items of a table in the order of the file."""
        return list(dict.fromkeys(item for t, item, _, _ in self._rows if t == table))


FIGURES = Figures(read("figures"))
ALLIANCES, ROLES, ROUTES, TASKS, COSTS, SCENARIOS = (
    read(name) for name in ("alliances", "roles", "routes", "tasks", "costs", "scenarios")
)


def weakest(flags: Iterable[str]) -> str:
    """The weakest of several flags."""
    return max(flags, key=STRENGTH.index)


def said(*rows: Row | None) -> str:
    """The source of a row made of these figures: their weakest flag, then where each was read."""
    known = [row for row in rows if row]
    flag = weakest(row["flag"] for row in known)
    if len(known) == 1:
        return f"{flag}: {known[0]['source']}"
    return f"{flag}: " + "; ".join(f"{r['quantity'].replace('_', ' ')} {r['flag']}, {r['source']}" for r in known)


def text(value: float) -> str:
    """A number as the files have it: no exponent, no trailing zeros, at most ten significant digits."""
    shown = f"{value:.10f}" if abs(value) < 1 else f"{float(f'{value:.10g}'):.9f}"
    return shown.rstrip("0").rstrip(".") or "0"


def as_csv(rows: list[Row]) -> str:
    """A table as a CSV file; columns that are blank in every row are left out."""
    columns = [c for c in rows[0] if any(row[c] for row in rows)]
    handle = io.StringIO()
    writer = csv.DictWriter(handle, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return handle.getvalue()
