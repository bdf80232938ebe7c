"""Holds a table as text, just as it is in its file, with its place, whatever the file's format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimiser.text.faults import Place


@dataclass(frozen=True)
class RawTable:
    """Hold a header and rows of text, with the line (or sheet row) that each is on.

    `file` is the path as the user wrote it. Every row has as many cells as the header. In a
    workbook `sheet` is set and `letters` names the spreadsheet column of each header cell.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    header_line: int = 1
    sheet: str = ""
    letters: tuple[str, ...] = ()
    incomplete: bool = False
    """True where rows had to be left out: then nothing is said about rows that seem to be missing."""

    @property
    def line_word(self) -> str:
        """Return what a line is called: a row of a sheet, a line of a file."""
        return "row" if self.sheet else "line"

    def place(self, line: int = 0, position: int | None = None) -> Place:
        """Return where a line is, or the cell in the column at `position` of that line."""
        if not self.sheet:
            column = "" if position is None else self.header[position].strip().lower()
            return Place(self.file, line, column)
        if position is None:
            return Place(self.file, line, cell=f"{self.sheet}!{line}" if line else self.sheet)
        return Place(
            self.file, line, self.header[position].strip().lower(), f"{self.sheet}!{self.letters[position]}{line}"
        )
