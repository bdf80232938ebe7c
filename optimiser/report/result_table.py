"""Reads a result table from its CSV file; each column is typed when it is asked for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.text.faults import Faults, Place, did_you_mean


@dataclass(frozen=True)
class ResultTable:
    """Hold the rows of one result file as text; columns are typed on request, and a wrong cell is named."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, *names: str) -> bool:
        """Return whether the table has all these columns."""
        return set(names) <= set(self.header)

    def text(self, name: str) -> list[str]:
        """Return a column as text. Raises FaultsFound where the table does not have it."""
        place = self._position(name)
        return [row[place] for row in self.rows]

    def numbers(self, name: str) -> Floats:
        """Return a column as numbers; an empty cell is unknown (NaN), never 0. Raises FaultsFound."""
        known = self._numbers
        if name not in known:
            known[name] = self._typed(name)
        return known[name]

    def years(self, name: str = "year") -> list[int | None]:
        """Return a column of years; an empty cell is None. Raises FaultsFound."""
        return [None if np.isnan(year) else int(year) for year in self.numbers(name).tolist()]

    @cached_property
    def _numbers(self) -> dict[str, Floats]:
        return {}

    def _typed(self, name: str) -> Floats:
        cells, faults, values = self.text(name), Faults(), []
        for line, cell in enumerate(cells, 2):
            try:
                values.append(float(cell) if cell else np.nan)
            except ValueError:
                place = Place(str(self.path), line, name)
                faults.add("not-a-number", place, f'"{cell}"', "a number", "Make the results again.")
        faults.stop_if_any()
        return np.array(values, dtype=float)

    def _position(self, name: str) -> int:
        if name not in self.header:
            faults = Faults()
            mend = f"{did_you_mean(name, self.header)} Make the results again."
            faults.add("missing-column", Place(str(self.path)), "a table without it", f"a column {name}", mend)
            faults.stop_if_any()
        return self.header.index(name)


def read_result_table(path: Path) -> ResultTable:
    """Read a result table from its file. Raises FaultsFound where it cannot be read as a table."""
    faults, rows = Faults(), list[list[str]]()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeError, csv.Error) as error:
        faults.add(
            "not-a-table", Place(str(path)), f"a file that cannot be read ({error})", "", "Make the results again."
        )
    if not rows and not faults.errors:
        faults.add("empty-table", Place(str(path)), "an empty file", "a header and rows", "Make the results again.")
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            found = f"{len(row)} cells"
            faults.add("ragged-row", Place(str(path), line), found, f"{len(rows[0])}", "Make the results again.")
    faults.stop_if_any()
    return ResultTable(path, tuple(rows[0]), tuple(map(tuple, rows[1:])))


def summed(keys: Sequence[Any], values: Floats) -> dict[Any, float]:
    """Sum the values for each key, in the order in which keys first appear."""
    totals: dict[Any, float] = {}
    for key, value in zip(keys, values.tolist(), strict=True):
        totals[key] = totals.get(key, 0.0) + value
    return totals
