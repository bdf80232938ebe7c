"""Writes an inputs workbook that a person can fill in: units above the headers, lists to choose from, messages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES
from optimiser.inputs.write.cell_help import input_message, validation
from optimiser.text.sheets import text_of

HEADER_ROW = 4
"""Title, what the table is, and units stand above it."""

AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Text stays the text it is."""

SPARE_ROWS = 1000
"""Rows below the last one that have drop-down lists too."""

READ_ME = "read me"
MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The same workbook is the same bytes whenever it is made."""


Sheets = Callable[[Any, Mapping[str, Any]], None]
"""What adds sheets to a workbook: it is given the book and the styles of its cells."""


@dataclass(frozen=True)
class Filled:
    """Hold a table as its sheet will show it: every cell as text."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Content:
    """Hold all that a workbook has: settings (key, value, source, note), tables, and text files line by line."""

    settings: Filled
    tables: Mapping[str, Filled]
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)


def blank_content() -> Content:
    """Return every table with every column and no rows, and every key of the settings without a value."""
    keys = [(column.name, "", "", "") for column in SETTINGS]
    header = ("key", "value", "source", "note")
    tables = {name: Filled([column.name for column in (*table.columns, *ANYWHERE)]) for name, table in TABLES.items()}
    return Content(Filled(header, keys), tables)


def write_workbook(path: Path, content: Content, more: Sheets | None = None) -> None:
    """Write a new workbook: a read-me sheet, the settings, a sheet for each table. Raises OSError.

    `more` adds sheets of its own: it is given the workbook and its styles.
    """
    import xlsxwriter

    # By way of memory: where the disk fills up, xlsxwriter would raise an error of its own, twice.
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {**AS_WRITTEN, "in_memory": True})
    try:
        book.set_properties({"title": "Inputs of the workforce optimiser", "created": MADE})
        styles = styles_of(book)
        _read_me(book.add_worksheet(READ_ME), styles)
        _settings(book.add_worksheet("settings"), content.settings, styles)
        for name in (name for name in TABLES if name in content.tables):
            _table(book.add_worksheet(name), TABLES[name], content, styles)
        if more is not None:
            more(book, styles)
        for name, lines in content.texts.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 120)
            for row, line in enumerate(lines):
                if line:
                    sheet.write_string(row, 0, line)
    finally:
        book.close()
    path.write_bytes(made.getvalue())


def styles_of(book: Any) -> dict[str, Any]:
    """Return the formats of titles, help, units, headers and long texts."""
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "help": book.add_format({"font_color": "#4C6272"}),
        "unit": book.add_format({"italic": True, "font_color": "#4C6272"}),
        "required": book.add_format({"bold": True, "bottom": 1, "bg_color": "#D8DDE0"}),
        "header": book.add_format({"bold": True, "bottom": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _table(sheet: Any, declaration: TableDeclaration, content: Content, styles: Mapping[str, Any]) -> None:
    """Write one sheet: what the table is, the units, the header, the rows."""
    filled = content.tables[declaration.name]
    by_header = {word: column for column in (*declaration.columns, *ANYWHERE) for word in column.headers}
    columns = [by_header.get(header.strip().lower()) for header in filled.header]
    may_be_left_out = " (may be left out)" if declaration.optional else ""
    sheet.write_string(0, 0, f"{declaration.title}{may_be_left_out}", styles["title"])
    sheet.write_string(1, 0, declaration.help, styles["help"])
    last = HEADER_ROW + len(filled.rows) + SPARE_ROWS
    headers = {name: table.header for name, table in content.tables.items()}
    for at, (header, column) in enumerate(zip(filled.header, columns, strict=True)):
        if column is not None and column.unit:
            sheet.write_string(2, at, column.unit, styles["unit"])
        sheet.write_string(HEADER_ROW - 1, at, header, styles["required" if column and column.required else "header"])
        if column is not None:
            sheet.data_validation(HEADER_ROW, at, last - 1, at, validation(column, filled.header, headers))
        sheet.set_column(at, at, _width(header, column, [row[at] for row in filled.rows[:200]]))
    _rows(sheet, filled.rows, len(filled.header))


def _rows(sheet: Any, rows: Sequence[Sequence[str]], width: int) -> None:
    for number, row in enumerate(rows, HEADER_ROW):
        for at, text in enumerate(row):
            write_cell(sheet, number, at, text)
    sheet.freeze_panes(HEADER_ROW, 0)
    if rows:
        sheet.ignore_errors({"number_stored_as_text": f"A{HEADER_ROW + 1}:XFD{HEADER_ROW + len(rows)}"})
    if rows and width:
        sheet.autofilter(HEADER_ROW - 1, 0, HEADER_ROW + len(rows) - 1, width - 1)


def write_cell(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a number where it reads back as the same text, and the text itself everywhere else."""
    number = exact_number(text)
    if number is not None:
        sheet.write_number(row, column, number)
    elif text:
        sheet.write_string(row, column, text)


def exact_number(text: str) -> float | None:
    """Return the number of a text, where a workbook holds it so exactly that the same text is read back."""
    if not text or not (text[-1].isascii() and text[-1].isdigit()) or len(text) > 24:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    # 16 digits is what is written to the file.
    return number if text_of(number) == text and float(f"{number:.16G}") == number else None


def _settings(sheet: Any, filled: Filled, styles: Mapping[str, Any]) -> None:
    """Write the keys of the settings, each with a message that explains it."""
    sheet.write_string(0, 0, "Settings", styles["title"])
    sheet.write_string(1, 0, "The years this evidence speaks of, its prices, its name.", styles["help"])
    for at, header in enumerate(filled.header):
        sheet.write_string(HEADER_ROW - 1, at, header, styles["required" if at < 2 else "header"])
        sheet.set_column(at, at, (20, 40, 50, 50)[min(at, 3)])
    declared = {column.name: column for column in SETTINGS}
    for number, row in enumerate(filled.rows, HEADER_ROW):
        if row[0] in declared:
            column = declared[row[0]]
            sheet.data_validation(number, 1, number, 1, {"validate": "any", **input_message(column)})
    _rows(sheet, filled.rows, 0)


def _width(header: str, column: Column | None, texts: Sequence[str]) -> int:
    longest = max([len(header), len(column.unit) if column else 0, *(len(text) for text in texts)])
    return min(max(longest + 2, 8), 45)


def _read_me(sheet: Any, styles: Mapping[str, Any]) -> None:
    """Write how to fill the workbook in, and what every sheet is."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    lines = [
        "Each sheet is one table of the evidence: what you believe about staff, routes, demand and cost.",
        "Write below the header row. Headers with a grey ground must be filled in; blank elsewhere means the default.",
        "A cell shows what it wants when you select it; code columns offer the codes of the other sheets.",
        "Numbers may be written as 1200, 1,200, 12%, £1.2m; years as 2026 or, with financial_years, 2026/27.",
        "[x] and [z] count as blank. Do not merge cells. Formulas count with the value last saved.",
        "source begins with published:, derived:, recalled: or assumed:, the weakest that applies, then says where.",
        "Delete sheets that may be left out, or leave them without rows.",
        "Then run:  optimiser check THIS-FILE.xlsx   (every fault names its cell)",
    ]
    sheet.write_string(0, 0, "How to fill in this workbook", styles["title"])
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line)
    start = len(lines) + 3
    for row, (name, table) in enumerate(TABLES.items(), start):
        sheet.write_string(row, 0, name)
        optional = " May be left out." if table.optional else ""
        sheet.write_string(row, 1, f"{table.help}{optional}", styles["wrap"])
