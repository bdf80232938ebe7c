"""Reads CSV as Excel writes it into rows of text with their true line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from optimiser.text.faults import Faults, Place
from optimiser.text.rawtable import RawTable
from optimiser.text.textfile import read_text

csv.field_size_limit(1_000_000)


def read_csv(path: Path, faults: Faults, shown: str) -> RawTable | None:
    """Return the header and rows of a CSV file, or None where it cannot be read (the fault is recorded).

    `shown` is the path as the user wrote it. Blank lines and blank columns after the last header are
    passed over; cells may hold line breaks inside quotation marks; a row with more or fewer cells
    than the header is a fault and is left out.
    """
    text = read_text(path, faults, shown)
    return None if text is None else parse_csv(text, faults, shown)


def parse_csv(text: str, faults: Faults, shown: str) -> RawTable | None:
    """Return the header and rows of CSV text, as `read_csv` does for a file."""
    before = len(faults.errors)
    numbered = _numbered_rows(text, faults, shown)
    header_line, header = next(numbered, (0, []))
    if not header:
        mend = "Write the column names in the first line."
        faults.add("empty-file", Place(shown), "an empty file", "a header row", mend)
        return None
    while header and not header[-1].strip():
        header.pop()
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        mend = "Save it as CSV with commas between the columns."
        faults.add("not-commas", Place(shown, header_line), "columns not separated by commas", "commas", mend)
        return None
    width = len(header)
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in numbered:
        if len(row) != width:
            extra = len(row) > width and not any(cell.strip() for cell in row[width:])
            if not extra:
                _ragged(row, width, faults, Place(shown, line))
                continue
            row = row[:width]
        rows.append(row)
        lines.append(line)
    return RawTable(shown, tuple(header), rows, lines, header_line, incomplete=len(faults.errors) > before)


def _numbered_rows(text: str, faults: Faults, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not blank, with the line it starts on."""
    # newline="" keeps the line ends inside quotation marks; the reader counts physical lines.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for row in reader:
            if row and (row[0].strip() or any(cell.strip() for cell in row)):
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        mend = "Check the quotation marks from this line on: each needs its partner, and a doubled one inside."
        faults.add("bad-csv", Place(shown, start), f"CSV that cannot be read ({error})", "", mend)


def _ragged(row: list[str], width: int, faults: Faults, place: Place) -> None:
    """Record a row that has more or fewer cells than the header."""
    if len(row) > width:
        mend = "Put text that holds a comma in quotation marks, or remove the extra cells."
    else:
        mend = "Add the missing cells (a comma for each blank one)."
    found = f"{len(row)} cell{'s' if len(row) > 1 else ''}"
    faults.add("ragged-row", place, found, f"{width} as in the header", mend)
