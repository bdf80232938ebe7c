"""Reads the structure of a workbook's sheets: merged cells, hidden rows, formulas, Excel tables."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree

LARGEST = 300_000_000
"""Bytes, unpacked, beyond which a workbook is refused: a national data set takes a hundredth of it."""

_WORTH_PARSING = re.compile(rb'<(?:\w+:)?(?:f|mergeCell)[\s/>]|hidden="')
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class NotAWorkbook(ValueError):
    """Is raised for a file that is not made as a workbook is; says why in a few words."""


class Bounds(NamedTuple):
    """Hold a rectangle of cells, all ends included; 1 is column A and row 1."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def words(self) -> str:
        """Write it as a spreadsheet does: `B3:B5`."""
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"

    def meets(self, other: Bounds) -> bool:
        """Return True where the two have a cell in common."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


@dataclass(frozen=True)
class ExcelTable:
    """Hold a real Excel table: its name, the cells it covers, and whether it has header and totals."""

    name: str
    bounds: Bounds
    header: bool
    totals: int


@dataclass(frozen=True)
class Look:
    """Hold what a sheet has beside its values: what is hidden or merged, formulas without a value, Excel tables."""

    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last column of each hidden stretch."""
    merged: tuple[Bounds, ...] = ()
    unvalued: tuple[tuple[int, int], ...] = ()
    """(row, column) of every formula that has no stored value."""
    tables: tuple[ExcelTable, ...] = ()


@dataclass
class _Found:
    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Bounds] = field(default_factory=list)
    unvalued: list[tuple[int, int]] = field(default_factory=list)


def letters(column: int) -> str:
    """Return the letters of a spreadsheet column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell_at(reference: str) -> tuple[int, int]:
    """Return (row, column) of a reference such as F12. Raises NotAWorkbook for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise NotAWorkbook(f"a cell reference {reference[:20]!r}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def bounds_of(reference: str) -> Bounds:
    """Return the rectangle of a reference such as B3:D9, or of a single cell."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = cell_at(first), cell_at(last or first)
    return Bounds(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def looks_of(data: bytes) -> dict[str, Look]:
    """Return the look of each sheet of a workbook, by its name.

    Raises NotAWorkbook where parts are missing, too large or refused, and whatever zipfile and the XML parser raise
    for a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _refuse_bombs(package)
        main = next((name for _, name in _related(package, "", "officeDocument")), None)
        if main is None:
            raise NotAWorkbook("no workbook inside")
        parts = dict(_related(package, main, "worksheet"))
        looks = {}
        for node in ElementTree.fromstring(package.read(main)).iter():  # noqa: S314
            if _local(node.tag) == "sheet":
                part = parts.get(next((value for key, value in node.items() if _local(key) == "id"), ""))
                if part is not None:
                    hidden = node.get("state", "visible") != "visible"
                    looks[node.get("name", "")] = _look(package, part, hidden)
        return looks


def _refuse_bombs(package: zipfile.ZipFile) -> None:
    """Refuse a workbook whose parts define entities, or are absurdly large together."""
    if sum(entry.file_size for entry in package.infolist()) > LARGEST:
        raise NotAWorkbook(f"more than {LARGEST / 1e6:.0f} MB of content")
    for entry in package.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            content = package.read(entry)
            if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
                raise NotAWorkbook("XML entities inside")


def _related(package: zipfile.ZipFile, part: str, kind: str) -> Iterator[tuple[str, str]]:
    """Return (id, path) of the parts of one kind that a part refers to."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.namelist():
        return
    for node in ElementTree.fromstring(package.read(relations)):  # noqa: S314
        if node.get("Type", "").endswith(f"/{kind}") and node.get("TargetMode") != "External":
            target = node.get("Target", "")
            yield node.get("Id", ""), posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _look(package: zipfile.ZipFile, part: str, hidden: bool) -> Look:
    content = package.read(part)
    found = _Found()
    if _WORTH_PARSING.search(content):
        _parse(content, found)
    tables = tuple(_table(package.read(path)) for _, path in _related(package, part, "table"))
    return Look(hidden, frozenset(found.rows), tuple(found.columns), tuple(found.merged), tuple(found.unvalued), tables)


def _parse(content: bytes, found: _Found) -> None:
    """Read everything that a sheet's XML has beside values; rows are forgotten as soon as they are read."""
    row = 0
    for event, node in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314
        name = _local(node.tag)
        if event == "start":
            if name == "row":
                row = int(node.get("r") or row + 1)
                if _is_true(node.get("hidden")):
                    found.rows.add(row)
        elif name == "c":
            if _is_unvalued(node):
                found.unvalued.append(cell_at(node.get("r", "")))
        elif name == "col" and _is_true(node.get("hidden")):
            found.columns.append((int(node.get("min", "0")), int(node.get("max", "0"))))
        elif name == "mergeCell":
            found.merged.append(bounds_of(node.get("ref", "")))
        elif name == "row":
            node.clear()


def _is_unvalued(cell: ElementTree.Element) -> bool:
    """Return True for a formula whose result the file does not hold; an empty text is a result."""
    inside: Mapping[str, ElementTree.Element] = {_local(node.tag): node for node in cell}
    if "f" not in inside:
        return False
    value = inside.get("v")
    return value is None or (not value.text and cell.get("t") != "str")


def _table(content: bytes) -> ExcelTable:
    node = ElementTree.fromstring(content)  # noqa: S314
    name = node.get("displayName") or node.get("name") or ""
    header = node.get("headerRowCount", "1") != "0"
    return ExcelTable(name, bounds_of(node.get("ref", "")), header, int(node.get("totalsRowCount", "0")))


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")


def _local(tag: str) -> str:
    """Return a tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
