"""A query: a figure that can be read and is doubted beside its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Fault, Place

Queries = Iterator[Fault]


def query(code: str, place: Place, found: str, expected: str, mend: str) -> Fault:
    """A warning with its code, its place, what was found beside what, and what to do."""
    return Fault(code, place, found, expected, mend, "warning")


def only(table: Table, **cells: object) -> list[int]:
    """The rows of a table with these cells."""
    columns = [(table.column(name), cell) for name, cell in cells.items()]
    return [row for row in range(len(table)) if all(column[row] == cell for column, cell in columns)]


def place_of(evidence: Evidence, table: str, column: str, **cells: object) -> Place:
    """Where the first row with these cells stands; the table itself where there is none."""
    rows = only(evidence.tables[table], **cells)
    return evidence.tables[table].place(rows[0] if rows else None, column if rows else "")


def times_beyond(value: float, others: Sequence[float]) -> float:
    """How many times a number lies above the largest, or below the smallest, of the others; 1 between them.

    Numbers that are not above 0 count for nothing.
    """
    known = [other for other in others if other > 0]
    if value <= 0 or not known:
        return 1.0
    return max(value / max(known), min(known) / value, 1.0)


def middle(numbers: Sequence[float]) -> float:
    """The median."""
    return float(np.median(numbers))


def here(evidence: Evidence, area: int) -> str:
    """` in area north`; empty where there is one area."""
    return f" in area {evidence.areas[area]}" if len(evidence.areas) > 1 else ""
