"""Workbooks for tests: the small inputs folders as workbooks, with any cell or sheet changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.write.convert import folder_to_workbook
from optimiser.text.faults import Faults, FaultsFound
from tests.support.tiny import FULL, TINY, write_inputs

Change = Callable[[Any], object]
BASES: Mapping[str, Mapping[str, str]] = {"full": FULL, "tiny": TINY}


@cache
def book_bytes(base: str = "full") -> bytes:
    """A small inputs folder as `convert` writes it: header in row 4, rows from 5 on."""
    with TemporaryDirectory() as work:
        folder = write_inputs(Path(work) / "inputs", BASES[base])
        path = Path(work) / "inputs.xlsx"
        folder_to_workbook(folder, path, Faults())
        return path.read_bytes()


def write_book(path: Path, change: Change | None = None, base: str = "full") -> Path:
    """Write the workbook, changed by a function that is given it as openpyxl sees it."""
    if change is None:
        path.write_bytes(book_bytes(base))
        return path
    book = openpyxl.load_workbook(io.BytesIO(book_bytes(base)))
    change(book)
    book.save(path)
    return path


def change_part(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace bytes that occur in one part of a workbook."""
    before = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == part:
                if old not in content:
                    raise AssertionError(f"{old!r} is not in {part}")
                content = content.replace(old, new, 1)
            after.writestr(entry.filename, content)
    return path


def said_of(path: Path) -> list[str]:
    """Every message about an inputs workbook."""
    faults = Faults()
    with suppress(FaultsFound):
        read_evidence(path, (), faults)
    return [f"{'warning: ' if one.severity == 'warning' else ''}{one.sentence()}" for one in faults.found]


def evidence_or_faults(path: Path) -> None:
    """Read an inputs folder or workbook: evidence, or faults that say something: never anything else."""
    faults = Faults()
    stopped = True
    with suppress(FaultsFound):
        read_evidence(path, (), faults)
        stopped = False
    assert stopped == bool(faults.errors)
    assert all(fault.found and fault.sentence() for fault in faults.found)


def put(**cells: object) -> Change:
    """A change that writes cells, named sheet__cell."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            sheet, _, cell = name.rpartition("__")
            book[sheet][cell] = value

    return change


def both(*changes: Change) -> Change:
    """One change after another."""
    return lambda book: [change(book) for change in changes]
