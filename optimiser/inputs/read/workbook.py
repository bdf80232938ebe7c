"""Reads an inputs workbook as text: a sheet, or a real Excel table, for each table of the inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES
from optimiser.inputs.read.cells import BLANKS
from optimiser.inputs.read.folder import Sources, read_folder
from optimiser.inputs.read.sheet_table import raw_table
from optimiser.inputs.settings import RawSettings
from optimiser.text.faults import Faults, Place, nearest
from optimiser.text.rawtable import RawTable
from optimiser.text.sheets import Sheet, is_workbook, read_sheets
from optimiser.text.xlsx_structure import ExcelTable
from optimiser.text.yamltext import Node, Scalar, parse_yaml

SETTINGS_SHEET = "settings"
SETTINGS_COLUMNS = ("key", "value", *(column.name for column in ANYWHERE))
NEAR = 0.8
"""How alike a sheet's name and a table's must be for the sheet to be taken for a misspelt table."""

HEADS = 8
"""Rows among which a header is looked for on a sheet that is no table."""

Headers = tuple[str, ...]


@dataclass(frozen=True)
class Located:
    """Hold where in a workbook a table is: its sheet, and the Excel table where it is one."""

    sheet: Sheet
    table: ExcelTable | None = None


def read_sources(path: Path, faults: Faults) -> Sources:
    """Read the tables and settings of an inputs folder or workbook as text, and record the faults of the files."""
    return read_workbook(path, faults) if is_workbook(path) else read_folder(path, faults)


def read_workbook(path: Path, faults: Faults) -> Sources:
    """Read every table and the settings of an inputs workbook as text, and record its faults.

    Sheets that are no tables (notes, charts, a cover) are passed over; one whose name is nearly a table's is a fault.
    """
    shown = str(path)
    nothing = {name: Place(shown, cell=name) for name in TABLES}
    if not path.is_file():
        mend = "Check the path."
        faults.add("no-folder", Place(shown), "no such workbook", "an inputs folder or an .xlsx workbook", mend)
        return Sources(shown, None, {}, frozenset(TABLES), (), nothing)
    sheets = read_sheets(path, faults, shown)
    if sheets is None:
        return Sources(shown, None, {}, frozenset(TABLES), (path,), nothing)
    located = locate(sheets, shown, faults)
    tables: dict[str, RawTable] = {}
    unreadable = set()
    for name, where in located.items():
        headers = SETTINGS_COLUMNS if name == SETTINGS_SHEET else headers_of(name)
        raw = raw_table(shown, name, where.sheet, where.table, headers, faults)
        if raw is None:
            unreadable.add(name)
        elif name != "areas" or raw.rows:
            # A sheet of areas that was left empty says what no sheet says: there is one area.
            tables[name] = raw
    _warn_not_read(sheets, located, shown, faults)
    settings = _settings(tables.pop(SETTINGS_SHEET, None), located, shown, faults)
    return Sources(shown, settings, tables, frozenset(unreadable) - {SETTINGS_SHEET}, (path,), nothing)


def headers_of(name: str) -> Headers:
    """Return every header a table knows, in lower case."""
    columns = (*TABLES[name].columns, *ANYWHERE)
    return tuple(word for column in columns for word in column.headers)


def locate(sheets: Sequence[Sheet], shown: str, faults: Faults) -> dict[str, Located]:
    """Find each table in a workbook: the Excel table of its name, or else the sheet of its name."""
    found: dict[str, Located] = {}
    for name, where in _candidates(sheets):
        there = found.get(name)
        if there is None:
            found[name] = where
        elif there.sheet is not where.sheet or where.table is not None:
            mend = "Remove one of them, or give it another name."
            second = f"a second place for {name} (the first is the sheet {there.sheet.name})"
            faults.add("unknown-table", Place(shown, cell=where.sheet.name), second, "one", mend)
    used = {id(where.sheet) for where in found.values()}
    for sheet in sheets:
        near = nearest(table_name(sheet.name), (SETTINGS_SHEET, *TABLES), NEAR)
        if id(sheet) not in used and near is not None and table_name(sheet.name) != near:
            mend = f"Rename it {near}, or give it a name that is less like a table's."
            found_it = f"the sheet {sheet.name}, which is no table of the inputs"
            faults.add("unknown-table", Place(shown, cell=sheet.name), found_it, f"perhaps {near}", mend)
    return found


def _warn_not_read(sheets: Sequence[Sheet], located: Mapping[str, Located], shown: str, faults: Faults) -> None:
    """Warn of sheets that look like a table and are none: an older copy, or one whose name was never changed."""
    used = {id(where.sheet) for where in located.values()}
    for sheet in (sheet for sheet in sheets if id(sheet) not in used):
        name = table_name(sheet.name)
        if nearest(name, (SETTINGS_SHEET, *TABLES), NEAR) is not None:
            continue  # A fault already.
        table = next(
            (one for one in TABLES if re.fullmatch(rf"{one}_?(old|new|copy|v?\d+|\(\d+\)|final|draft)", name)), None
        )
        table = table or _headed_like(sheet)
        if table is not None:
            found = f"the sheet {sheet.name}, which was not read though it looks like {table}"
            mend = f"If it is meant to count, name it {table}; else give it a name that is less like a table's."
            faults.warn("not-read", Place(shown, cell=sheet.name), found, f"one sheet of {table}", mend)


def _headed_like(sheet: Sheet) -> str | None:
    """Return the table whose needed columns (three at least) are all in a row near the top of a sheet."""
    for row in sorted(sheet.rows)[:HEADS]:
        words = {cell.strip().lower() for cell in sheet.rows[row]}
        for name, table in TABLES.items():
            needed = [column for column in table.columns if column.required and column.name != "area"]
            if len(needed) >= 3 and all(words & set(column.headers) for column in needed):
                return name
    return None


def _candidates(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Located]]:
    """List Excel tables by name first, then sheets by name (with their one Excel table, where they have one)."""
    known = {SETTINGS_SHEET, *TABLES}
    for sheet in sheets:
        for table in sheet.look.tables:
            if table.name.lower() in known:
                yield table.name.lower(), Located(sheet, table)
    for sheet in sheets:
        name = table_name(sheet.name)
        others = [table for table in sheet.look.tables if table.name.lower() not in known]
        if name in known:
            alone = len(sheet.look.tables) == 1 and len(others) == 1
            yield name, Located(sheet, others[0]) if alone else Located(sheet)


def table_name(sheet: str) -> str:
    """Return the table that a sheet's name means: `Staff in post` is staff_in_post."""
    return "_".join(sheet.lower().replace("-", " ").replace("_", " ").split())


def _settings(raw: RawTable | None, located: Mapping[str, Located], shown: str, faults: Faults) -> RawSettings | None:
    """Read the settings from the sheet with the columns key and value."""
    place = Place(shown, cell=SETTINGS_SHEET)
    if raw is None:
        if SETTINGS_SHEET not in located:
            mend = "Add a sheet settings with the columns key and value: first_year, last_year, discount_rate."
            faults.add("missing-table", place, "no such sheet", "the settings of the inputs", mend)
        return None
    headers = [header.strip().lower() for header in raw.header]
    unknown = [header for header in headers if header and header not in SETTINGS_COLUMNS]
    lacking = [name for name in ("key", "value") if name not in headers]
    for header in unknown:
        at = raw.place(raw.header_line, headers.index(header))
        faults.add("unknown-column", at, f'the column "{header}"', f"one of {', '.join(SETTINGS_COLUMNS)}", "")
    for name in lacking:
        mend = "Give the sheet the columns key and value."
        faults.add("missing-column", raw.place(raw.header_line), f'no column "{name}"', "key and value", mend)
    if unknown or lacking:
        return None
    return RawSettings(shown, *_keys(raw, headers, faults))


def _keys(
    raw: RawTable, headers: Sequence[str], faults: Faults
) -> tuple[dict[str, tuple[Node, Place]], dict[str, str]]:
    """Return the value and place, and the source, of every key of the sheet."""
    values: dict[str, tuple[Node, Place]] = {}
    sources: dict[str, str] = {}
    key_at, value_at = headers.index("key"), headers.index("value")
    by_year = {column.name for column in SETTINGS if column.kind == "by_year"}
    for line, row in zip(raw.lines, raw.rows, strict=True):
        key, text, place = row[key_at].strip(), row[value_at].replace("\xa0", " ").strip(), raw.place(line, value_at)
        if key in values:
            found = f'the key "{key}" a second time'
            faults.add("duplicate-key", raw.place(line, key_at), found, "every key once", "Remove one of them.")
            continue
        text = "" if text in BLANKS else text
        node: Node | None = parse_yaml(text, faults, place) if key in by_year and text else Scalar(text, line)
        values[key] = (node if node is not None else Scalar("", line), place)
        said = {name: row[headers.index(name)].strip() for name in headers if name in ("source", "note")}
        sources[key] = said.get("source", "")
    return values, sources
