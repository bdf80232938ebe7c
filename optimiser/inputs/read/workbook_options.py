"""Reads options from a workbook: a sheet `option` for the top of a file, and one for each family of entries."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.read.option_value import Written, over_years, value_of
from optimiser.inputs.read.sheet_table import raw_table
from optimiser.inputs.read.workbook import NEAR, Located, table_name
from optimiser.text import yamltext
from optimiser.text.faults import Faults, Place, did_you_mean, nearest
from optimiser.text.numbers import quoted
from optimiser.text.rawtable import RawTable
from optimiser.text.sheets import SUFFIXES, Sheet, read_sheets
from optimiser.text.yamltext import Node, Scalar

TOP_SHEET = "option"
KEY, VALUE, OPTION = "key", "value", "option"
IN_DEMAND = ("unmet", "price_per_fte", "tiers")
"""Keys of `demand` that have a row of their own on the sheet of the option."""
UNMET = ("allowed", "forbidden", "priced")
_YEAR = re.compile(r"(.+?)[ _]+(\d{4}(?:/\d{2}|/\d{4})?)")


@dataclass(frozen=True)
class Book:
    """Hold a workbook of options, and the name of the option that is meant (empty where it holds one)."""

    file: Path
    option: str


@dataclass(frozen=True)
class Layout:
    """Hold which sheets have entries, with their keys, and which keys have a list or keys of their own."""

    families: Mapping[str, Collection[str]]
    lists: Collection[str]
    mappings: Collection[str]


def in_workbook(path: Path) -> Book | None:
    """Return the workbook and option a path means: `mine.xlsx`, `options.xlsx/mine`; None for any other file."""
    if path.suffix.lower() in SUFFIXES and not path.is_dir():
        return Book(path, "")
    if path.parent.suffix.lower() in SUFFIXES and path.parent.is_file():
        return Book(path.parent, path.name)
    return None


def extended(path: Path, given: str) -> Path:
    """Return the option that `extends` names, as a path; in a workbook a bare name is one of its own options."""
    book = in_workbook(path)
    if book is None:
        return Path(os.path.normpath(path.parent / given))
    if "/" not in given and Path(given).suffix.lower() not in (*SUFFIXES, ".yaml", ".yml"):
        return book.file / given
    return Path(os.path.normpath(book.file.parent / given))


def read_option_book(book: Book, layout: Layout, faults: Faults) -> Written | None:
    """Read an option of a workbook as a tree of text; None where it cannot be read (the faults are recorded)."""
    shown = str(book.file)
    if not book.file.is_file():
        faults.add("cannot-read", Place(shown), "no such file", "a workbook", "Check the path.")
        return None
    sheets = read_sheets(book.file, faults, shown)
    if sheets is None:
        return None
    before = len(faults.errors)
    tables = _tables(sheets, layout, shown, faults)
    if not tables:
        if len(faults.errors) == before:
            mend = f"Add a sheet {TOP_SHEET} with the columns key and value, or a sheet for each family of entries."
            faults.add("no-option", Place(shown), "a workbook without an option", "a sheet of an option", mend)
        return None
    options = _options(tables.get(TOP_SHEET))
    chosen = _chosen(book, options, shown, faults)
    if chosen is None:
        return None
    written = Written()
    items = list(_top(tables.get(TOP_SHEET), chosen, written, faults))
    for family in layout.families:
        if family in tables:
            entries = list(_entries(tables[family], chosen, options, layout, written, faults))
            there = [name for name, _, _ in items]
            if entries and family not in there:
                items.append((family, entries[0].line, yamltext.Sequence(tuple(entries), entries[0].line)))
            elif entries:
                place = written.places[entries[0].line]
                faults.add("both-ways", place, f"entries beside {family}: none", "one of them", "Remove one.")
    written.node = yamltext.Mapping(tuple(items), 0)
    written.places[0] = Place(shown, cell=TOP_SHEET)
    return written if written.readable else None


def _tables(sheets: Sequence[Sheet], layout: Layout, shown: str, faults: Faults) -> dict[str, RawTable]:
    """Return the tables of the option's sheets by name; a sheet may be an Excel table."""
    found: dict[str, RawTable] = {}
    for sheet in sheets:
        name = table_name(sheet.name)
        if name != TOP_SHEET and name not in layout.families:
            _refuse_nearly(sheet, name, layout, shown, faults)
            continue
        where = Located(sheet, sheet.look.tables[0]) if len(sheet.look.tables) == 1 else Located(sheet)
        headers = (KEY, VALUE) if name == TOP_SHEET else (*layout.families[name], OPTION)
        raw = raw_table(shown, name, where.sheet, where.table, headers, faults)
        if raw is not None:
            found[name] = raw
    return found


def _refuse_nearly(sheet: Sheet, name: str, layout: Layout, shown: str, faults: Faults) -> None:
    """Refuse a sheet whose name is nearly a family's: passed over, its entries would limit nothing."""
    near = nearest(name, layout.families, NEAR) if name not in TABLES else None
    if near is not None:
        mend = f"Rename it {near}, or give it a name that is less like a family's."
        found = f"the sheet {sheet.name}, which is no family of entries"
        faults.add("unknown-table", Place(shown, cell=sheet.name), found, f"perhaps {near}", mend)


def _options(top: RawTable | None) -> dict[str, int]:
    """Return each option's column on the option sheet; `value` is the option without a name."""
    if top is None:
        return {"": -1}
    heads = [header.strip() for header in top.header]
    named = {head: at for at, head in enumerate(heads) if head and head.lower() not in (KEY, "note", "source")}
    return {"" if head.lower() == VALUE else head: at for head, at in named.items()}


def _chosen(book: Book, options: Mapping[str, int], shown: str, faults: Faults) -> str | None:
    """Return the name of the option that is meant; None where that is not clear, or there is none of the name."""
    if book.option in options:
        return book.option
    if not book.option and len(options) == 1:
        return next(iter(options))
    names = [name for name in options if name]
    if book.option:
        place = Place(f"{shown}/{book.option}")
        faults.add("no-such-option", place, quoted(book.option), "an option of the workbook",
                   did_you_mean(book.option, names))  # fmt: skip
    else:
        mend = f"Name one, as in {shown}/{names[0]}." if names else "Add a column value."
        faults.add("which-option", Place(shown), f"the options {', '.join(names)}", "one option", mend)
    return None


def _top(top: RawTable | None, chosen: str, written: Written, faults: Faults) -> Iterator[tuple[str, int, Node]]:
    """Read the keys of the option sheet; those of `demand` and `steady` together."""
    if top is None:
        return
    heads = [header.strip().lower() for header in top.header]
    if KEY not in heads:
        faults.add("missing-column", top.place(top.header_line), "no column key", "the columns key and value", "")
        return
    at, key_at = _options(top)[chosen], heads.index(KEY)
    inside: dict[str, list[tuple[str, int, Node]]] = {}
    seen: set[str] = set()
    for line, row in zip(top.lines, top.rows, strict=True):
        said, text = row[key_at].strip(), row[at].replace("\xa0", " ").strip()
        if not said or not text:
            continue
        group, _, key = said.rpartition(" ")
        group = group or ("demand" if key in IN_DEMAND else "")
        number = written.number(top.place(line, at))
        if said in seen:
            place = top.place(line, key_at)
            faults.add("duplicate-key", place, f"the key {quoted(said)} a second time", "every key once", "Remove one.")
            continue
        seen.add(said)
        node = value_of(key, text, key in ("priorities", "tiers"), key == "steady", number, written, faults)
        if said == "demand" and text in UNMET:
            inside.setdefault("demand", []).append(("unmet", number, Scalar(text, number)))
        elif group:
            inside.setdefault(group, []).append((key, number, node))
        else:
            yield key, number, node
    for group, items in inside.items():
        yield group, items[0][1], yamltext.Mapping(tuple(items), items[0][1])


def _entries(
    table: RawTable, chosen: str, options: Mapping[str, int], layout: Layout, written: Written, faults: Faults
) -> Iterator[yamltext.Mapping]:
    """Read the rows of a family's sheet that belong to the option, each as an entry."""
    heads = ["_".join(header.strip().lower().split()) for header in table.header]
    at = heads.index(OPTION) if OPTION in heads else None
    several = len(options) > 1
    if several and at is None and table.rows:
        mend = "Add a column option that says for each row which option it belongs to."
        faults.add("missing-column", table.place(table.header_line), "no column option", ", ".join(options), mend)
        return
    for line, row in zip(table.lines, table.rows, strict=True):
        belongs = row[at].strip() if at is not None else ""
        if several and belongs not in options:
            mend = did_you_mean(belongs, options)
            faults.add("no-such-option", table.place(line, at), quoted(belongs), "an option of the workbook", mend)
        elif not belongs or belongs == chosen or not several:
            yield _entry(table, heads, line, row, layout, written, faults)


def _entry(
    table: RawTable, heads: Sequence[str], line: int, row: Sequence[str], layout: Layout, written: Written,
    faults: Faults,
) -> yamltext.Mapping:  # fmt: skip
    """Read one row: the value of each key, with the columns of its years."""
    own: dict[str, tuple[int, str]] = {}
    points: dict[str, list[tuple[str, int, Node]]] = {}
    first: dict[str, int] = {}
    for position, (head, cell) in enumerate(zip(heads, row, strict=True)):
        text = cell.replace("\xa0", " ").strip()
        if not text or not head or head == OPTION:
            continue
        number = written.number(table.place(line, position))
        by_year = _YEAR.fullmatch(head)
        key = by_year[1] if by_year else head
        first.setdefault(key, number)
        if by_year:
            points.setdefault(key, []).append((by_year[2], number, Scalar(text, number)))
        else:
            own[key] = (number, text)
    items = []
    for key, number in first.items():
        if key in points:
            node = over_years(own.get(key), points[key], written, faults)
        else:
            node = value_of(key, own[key][1], key in layout.lists, key in layout.mappings, number, written, faults)
        items.append((key, number, node))
    whole = written.number(table.place(line))
    return yamltext.Mapping(tuple(items), whole)
