"""Collects the assumptions that a tornado moves: leaver rates, demand, prices and others, or those of a file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.folder import Sources
from optimiser.studies.engine.changed_cells import NoSuchCell, selected_values
from optimiser.studies.engine.point_changes import Amount, Cell
from optimiser.studies.engine.vary_syntax import cell_of
from optimiser.text.csvtext import read_csv
from optimiser.text.faults import Faults
from optimiser.text.numbers import NotReadable, read_number


@dataclass(frozen=True)
class Assumption:
    """Hold cells that move together, by multiples of what they are or to values of their own."""

    name: str
    cells: tuple[Cell, ...]
    """Their amounts are those of the assumption as it stands: × 1, or the present value."""
    now: float
    """1 where low and high are multiples; else the present value, NaN where the cells differ."""
    low: float
    high: float

    def at(self, value: float) -> tuple[Cell, ...]:
        """Return the changes to the cells that set the assumption to a value."""
        how = self.cells[0].amount.how
        text = f"×{value:.12g}" if how == "times" else repr(value)
        return tuple(replace(cell, amount=Amount(how, value, text)) for cell in self.cells)


def default_assumptions(evidence: Evidence, sources: Sources, spread: float) -> list[Assumption]:
    """Return every assumption of the kinds that matter most, each moved by the same share of what it is.

    A share that would exceed 1 is moved to 1 and no further, and its multiple says so. What is 0 cannot be moved by a
    share, and is left out.
    """
    found = []
    for name, cells in _groups(evidence):
        there = [cell for cell in cells if _has_rows(sources, cell)]
        values = [value for cell in there for value in selected_values(sources, cell)]
        if any(values):
            most = min(_most(cell) for cell in there)
            low, high = 1 - spread, min(1 + spread, _multiple(most, max(values)))
            found.append(Assumption(name, tuple(there), 1.0, low, high))
    return found


def _groups(evidence: Evidence) -> Iterator[tuple[str, list[Cell]]]:
    """Yield each assumption's name and the cells that may hold it."""
    tables = evidence.tables
    for role in evidence.roles:
        yield f"leaver_rate {role}", [_cell(table, "leaver_rate", role=role) for table in ("roles", "leavers")]
    for route in evidence.routes:
        yield f"completion {route}", [_cell("routes", "completion", route=route)]
    for pair_role, pair_task in zip(evidence.pair_role.tolist(), evidence.pair_task.tolist(), strict=True):
        role, task = evidence.roles[pair_role], evidence.tasks[pair_task]
        yield f"units_per_fte {role} {task}", [_cell("productivity", "units_per_fte", role=role, task=task)]
    for task in evidence.tasks:
        parts = [_cell("demand", "volume", task=task), _cell("care", "units_per_patient", task=task)]
        yield f"demand {task}", parts
        yield f"growth {task}", [_cell("demand", "growth", task=task)]
    for group in sorted(set(tables["patients"].column("group"))):
        yield f"growth {group}", [_cell("patients", "growth", group=group)]
    for item in sorted(set(evidence.cost_item)):
        yield f"cost {item}", [_cell("costs", "amount", item=item)]


def _cell(table: str, column: str, **key: str) -> Cell:
    return Cell(table, tuple(key.items()), column, Amount("times", 1.0, "×1"))


def _has_rows(sources: Sources, cell: Cell) -> bool:
    """Return whether the table has such rows with numbers; a later demand row without a volume has none."""
    if cell.table not in sources.tables:
        return False
    try:
        selected_values(sources, cell)
    except NoSuchCell:
        return False
    return True


def _most(cell: Cell) -> float:
    return TABLES[cell.table].column(cell.column).most


def _multiple(most: float, value: float) -> float:
    """Return the largest multiple of a value that stays within its most."""
    if math.isinf(most) or value <= 0:
        return math.inf
    multiple = most / value
    while multiple * value > most:
        multiple = math.nextafter(multiple, 0)
    return multiple


def read_ranges(path: Path, sources: Sources, faults: Faults) -> list[Assumption]:
    """Read the assumptions of a CSV file (table, key, column, low, high) and record its faults."""
    raw = read_csv(path, faults, str(path))
    if raw is None:
        return []
    wanted = ("table", "key", "column", "low", "high")
    header = [name.strip().lower() for name in raw.header]
    missing = [name for name in wanted if name not in header]
    if missing:
        faults.add("missing-column", raw.place(raw.header_line), f"no column {missing[0]}", ", ".join(wanted), "")
        return []
    found = []
    for line, row in zip(raw.lines, raw.rows, strict=True):
        table, key, column, *ends = (row[header.index(name)].strip() for name in wanted)
        cell = cell_of((table, key, column), Amount("set", math.nan, ""), raw.place(line), faults)
        if cell is None:
            continue
        try:
            low, high = (read_number(text) for text in ends)
            values = [math.nan] if table == "settings" else selected_values(sources, cell)
        except (NotReadable, NoSuchCell) as error:
            faults.add("no-such-range", raw.place(line), error.found, error.expected, error.mend)
            continue
        now = values[0] if len(set(values)) == 1 else math.nan
        found.append(Assumption(cell.words.rpartition("=")[0], (cell,), now, low, high))
    return found
