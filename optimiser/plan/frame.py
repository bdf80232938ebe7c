"""A result table: named columns of equal length, sorted by its keys, written in full."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers

Column = Sequence[Any] | Floats | Integers


@dataclass(frozen=True)
class Frame:
    """A tidy table of results; columns are lists of text or whole numbers, or arrays of numbers."""

    name: str
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def only(self, keep: Flags) -> Frame:
        """The rows for which `keep` is true."""
        places = np.flatnonzero(keep).tolist()
        return Frame(
            self.name,
            {
                name: column[keep] if isinstance(column, np.ndarray) else [column[place] for place in places]
                for name, column in self.columns.items()
            },
        )

    def text(self) -> str:
        """The table as CSV; numbers in full, an unknown number as an empty cell."""
        out = StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(zip(*(_cells(column) for column in self.columns.values()), strict=True))
        return out.getvalue()

    def write(self, folder: Path) -> None:
        """Write `<name>.csv` into the folder."""
        (folder / f"{self.name}.csv").write_text(self.text(), encoding="utf-8", newline="")


def _cells(column: Column) -> Sequence[Any]:
    if not isinstance(column, np.ndarray):
        return column
    cells: list[Any] = (column + 0.0 if column.dtype.kind == "f" else column).tolist()
    if column.dtype.kind == "f" and np.isnan(column).any():
        return ["" if cell != cell else cell for cell in cells]
    return cells


def numbers(frame: Frame, name: str) -> Floats:
    """A column as an array of numbers."""
    return np.asarray(frame.columns[name], dtype=float)


def read_frame(path: Path) -> dict[str, list[str]]:
    """A result table back from its file, as text by column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
