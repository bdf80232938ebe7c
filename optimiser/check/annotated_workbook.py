"""A copy of a workbook with a comment on each faulty cell; the user's own file is never written."""

from __future__ import annotations

import os
import re
import warnings
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from optimiser.plan.store import CannotWrite, write_whole
from optimiser.text.faults import Fault, FaultsFound

LIST = "faults"
_REFERENCE = re.compile(r"([A-Z]{1,3})?([1-9]\d*)(?::.*)?")


def annotated_copy(workbook: Path, target: Path, faults: Sequence[Fault]) -> int:
    """Write the copy and return the number of cells that have a comment.

    A sheet at the end lists every fault of the workbook, those without a cell too. `target` must be new: raises
    CannotWrite; raises FaultsFound where the workbook cannot be opened at all.
    """
    import openpyxl

    if os.path.lexists(target):
        raise CannotWrite(f"{target} is there already, and nothing is overwritten. Name a new file.")
    # A fault of an option in the workbook may name the option after it: options.xlsx/mine.
    mine = [fault for fault in faults if f"{fault.place.file}/".startswith(f"{workbook}/")]
    if any(fault.code in ("bad-workbook", "workbook-locked", "cannot-read", "no-folder") for fault in mine):
        raise FaultsFound(mine)
    _make_folder(target.parent)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook)
        marked = _comment(book, mine)
        _list(book, mine)
        write_whole(target, lambda fresh: _save(book, fresh))
    return marked


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder} could not be made: {error.strerror or error}. Name another folder.") from error


def _save(book: Any, path: str) -> None:
    """Save by way of memory alone: openpyxl writes each sheet into the temporary folder first, and where that or the
    disk fills up it leaves open what it was writing, which fails again later.
    """
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class InMemory(ExcelWriter):  # type: ignore[misc]
        """Its own method, with memory in the place of a temporary file."""

        def write_worksheet(self, ws: Any) -> None:
            """Write one sheet into the archive."""
            ws._drawing = drawing = SpreadsheetDrawing()  # noqa: SLF001
            drawing.charts, drawing.images = ws._charts, ws._images  # noqa: SLF001
            writer = WorksheetWriter(ws, out=BytesIO())
            writer.write()
            ws._rels = writer._rels  # noqa: SLF001
            self._archive.writestr(ws.path[1:], writer.read())
            self.manifest.append(ws)

    made = BytesIO()
    InMemory(book, ZipFile(made, "w", ZIP_DEFLATED)).save()
    Path(path).write_bytes(made.getvalue())


def _comment(book: Any, faults: Sequence[Fault]) -> int:
    """Put every fault that has a cell on it; several on one cell are one comment."""
    from openpyxl.comments import Comment

    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        sheet, _, reference = fault.place.cell.rpartition("!")
        match = _REFERENCE.fullmatch(reference)
        if sheet in book.sheetnames and match is not None:
            cell = f"{match[1] or _first_column(book[sheet], int(match[2]))}{match[2]}"
            said[sheet, cell].append(_words(fault))
    for (sheet, cell), sentences in said.items():
        text = "\n".join(sentences)
        there = book[sheet][cell].comment
        comment = Comment(f"{there.text}\n{text}" if there else text, "optimiser check")
        comment.width, comment.height = 360, 40 + 18 * (len(text) // 45 + len(sentences))
        book[sheet][cell].comment = comment
    return len(said)


def _first_column(sheet: Any, row: int) -> str:
    """The first cell of a row that holds anything."""
    from openpyxl.utils import get_column_letter

    there = [cell.column for cell in sheet[row] if cell.value is not None]
    return str(get_column_letter(min(there, default=1)))


def _words(fault: Fault) -> str:
    said = f"found {fault.found}, expected {fault.expected}." if fault.expected else f"{fault.found}."
    label = "Warning: " if fault.severity == "warning" else ""
    return f"{label}{said[0].upper()}{said[1:]} {fault.mend} [{fault.code}]"


def _list(book: Any, faults: Sequence[Fault]) -> None:
    """A sheet with every fault, in the order of the check."""
    name = next(
        name for name in (LIST, *(f"{LIST} {number}" for number in range(2, 1000))) if name not in book.sheetnames
    )
    sheet = book.create_sheet(name)
    sheet.append(["where", "kind", "found", "expected", "mend", "code"])
    for fault in faults:
        sheet.append([fault.place.words(), fault.severity, fault.found, fault.expected, fault.mend, fault.code])
    for row in sheet.iter_rows():
        for cell in row:
            cell.data_type = "s"
