"""Holds a table of the inputs, typed by its declaration: plain lists by column, with the place of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optimiser.text.faults import Place
from optimiser.text.rawtable import RawTable


@dataclass(frozen=True)
class Table:
    """Hold the rows of one table: every declared column, `source` and `note`, as lists of one length.

    Codes and text are str (blank: empty), numbers and shares float (blank without a default: NaN),
    whole numbers and years int. Defaults are filled in. `lines` are the lines in the file, or the
    rows of the sheet.
    """

    name: str
    columns: Mapping[str, list[Any]]
    lines: list[int]
    origin: RawTable
    """The header and file it was read from, without rows."""
    positions: Mapping[str, int]
    """Where in the header each column stands; a column left out has none."""
    unsound: frozenset[tuple[int, str]] = frozenset()
    """(row, column) of cells that could not be read; empty in evidence without faults."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def column(self, name: str) -> list[Any]:
        """Return the cells of a column. Raises KeyError for a column the table does not have."""
        return self.columns[name]

    def place(self, row: int | None = None, column: str = "") -> Place:
        """Return where a row, or one of its cells, is in the user's files; without a row, where the table is."""
        line = 0 if row is None else self.lines[row]
        position = self.positions.get(column)
        return self.origin.place(line, position)

    def source(self, row: int) -> str:
        """Return the text of a row's source column; empty where there is none."""
        return str(self.columns["source"][row])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return every row as a dictionary of its cells."""
        names = list(self.columns)
        for cells in zip(*self.columns.values(), strict=True):
            yield dict(zip(names, cells, strict=True))

    def sound(self, row: int, *columns: str) -> bool:
        """Return True where these cells of a row could be read."""
        return not self.unsound or all((row, column) not in self.unsound for column in columns)
