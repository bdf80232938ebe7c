"""Reads a workbook as text: every sheet's cells as a person sees them, formulas as their stored values."""

from __future__ import annotations

import datetime
import io
import re
import struct
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from optimiser.text.faults import Faults, Place
from optimiser.text.xlsx_structure import Look, NotAWorkbook, looks_of

SUFFIXES = (".xlsx", ".xlsm")
"""Workbooks by their endings; macros are never run."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_ROW = 1_048_576
_ESCAPED = re.compile(r"_x00([01][0-9A-F])_")
_DAMAGE = (
    BadZipFile, zlib.error, struct.error, NotAWorkbook, SyntaxError, ValueError, TypeError, AttributeError, LookupError,
    ArithmeticError, OSError, EOFError, AssertionError, RuntimeError,
)  # fmt: skip
"""Whatever the library that reads workbooks raises for damaged ones."""


@dataclass(frozen=True)
class Sheet:
    """Hold one sheet: its rows that hold anything, as text by row number, and its look."""

    name: str
    rows: Mapping[int, Sequence[str]]
    """Cells from column A on; rows differ in length."""
    look: Look

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell; empty where there is none."""
        cells = self.rows.get(row, ())
        return cells[column - 1] if column <= len(cells) else ""


def is_workbook(path: Path) -> bool:
    """Return True for a path that names a workbook rather than a folder."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def read_sheets(path: Path, faults: Faults, shown: str) -> list[Sheet] | None:
    """Read every worksheet of a workbook; None where it cannot be read (the fault is recorded).

    `shown` is the path as the user wrote it. The file is read once and never written. Formulas are not calculated.
    """
    place = Place(shown)
    try:
        data = path.read_bytes()
    except OSError as error:
        why = (error.strerror or "it cannot be opened").lower()
        mend = "Close it in Excel or wherever it is open, or allow access."
        faults.add("cannot-read", place, f"this workbook cannot be read ({why})", "", mend)
        return None
    if data.startswith(_OLE):
        _refuse_ole(data, faults, place)
        return None
    _warn_if_open(path, faults, place)
    try:
        return _sheets(data)
    except _DAMAGE as error:
        why = f" ({error})" if isinstance(error, NotAWorkbook) else ""
        mend = "Open it in Excel, and save it again as an Excel workbook (.xlsx)."
        faults.add("bad-workbook", place, f"a workbook that cannot be read{why}", "an Excel workbook", mend)
        return None


def _refuse_ole(data: bytes, faults: Faults, place: Place) -> None:
    """Refuse a file in Excel's older container: an old workbook, or one with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        mend = "Open it in Excel, remove the password (File, Info, Protect Workbook), and save it."
        faults.add("workbook-locked", place, "a workbook with a password", "one without", mend)
    else:
        mend = "Open it in Excel, and save it as an Excel workbook (.xlsx)."
        faults.add("bad-workbook", place, "a workbook in an older format of Excel", "an .xlsx workbook", mend)


def _warn_if_open(path: Path, faults: Faults, place: Place) -> None:
    """Warn where Excel or LibreOffice left the file that shows that somebody has the workbook open."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            found = "a workbook that somebody has open, read as it was last saved"
            faults.warn("workbook-open", place, found, "", "Save it there first, if the last changes matter.")
            return


def _sheets(data: bytes) -> list[Sheet]:
    import openpyxl

    looks = looks_of(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            return [Sheet(sheet.title, _rows(sheet), looks.get(sheet.title, Look())) for sheet in book.worksheets]
        finally:
            book.close()


def _rows(sheet: Any) -> dict[int, list[str]]:
    """Return the rows of a sheet that hold anything; the size that the file gives is not trusted."""
    sheet.reset_dimensions()
    rows = {}
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _LAST_ROW:
            raise NotAWorkbook(f"more than {_LAST_ROW:,} rows")
        if any(value is not None for value in values):
            cells = [text_of(value) for value in values]
            if any(cell.strip() for cell in cells):
                rows[number] = cells
    return rows


def text_of(value: object) -> str:
    """Write a cell's value as text: numbers in full, dates as 2026-04-01, true and false as yes and no."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x00" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
