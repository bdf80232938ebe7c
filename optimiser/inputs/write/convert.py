"""Turns an inputs folder into a workbook and back; what was written is read again and compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.check.source_kinds import KINDS, kind_of
from optimiser.inputs.declare.tables import TABLES
from optimiser.inputs.read.folder import SETTINGS_FILE, Sources, read_folder
from optimiser.inputs.read.settings_reader import settings_of
from optimiser.inputs.read.workbook import read_workbook, table_name
from optimiser.inputs.settings import RawSettings
from optimiser.inputs.write.settings_text import comments_of, flow, settings_yaml
from optimiser.inputs.write.workbook import READ_ME, Content, Filled, Sheets, write_workbook
from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import quoted
from optimiser.text.rawtable import RawTable
from optimiser.text.sheets import is_workbook, read_sheets
from optimiser.text.yamltext import parse_yaml

CARRIED = {"README.md": "README.md", SETTINGS_FILE: f"{SETTINGS_FILE} (not read)"}
"""Text files of a folder that a workbook carries line by line, and the sheets they are on."""
_ON_SHEETS = {sheet: name for name, sheet in CARRIED.items()} | {name: name for name in CARRIED}
"""The file of a sheet; older workbooks have sheets of the files' own names."""


@dataclass(frozen=True)
class Converted:
    """Hold what a conversion wrote, and what it could not take along."""

    tables: Mapping[str, int]
    """Rows by table."""
    left_behind: tuple[str, ...]
    """Files or sheets that are no part of the inputs."""


def folder_to_workbook(
    folder: Path, target: Path, faults: Faults, more: Callable[[Content], Sheets] | None = None
) -> Converted:
    """Write the tables and settings of a folder as a new workbook. Raises FaultsFound and OSError.

    `more` takes what the workbook holds and returns the function that adds further sheets.
    """
    sources = read_folder(folder, faults)
    faults.stop_if_any()
    content = content_of(sources, folder)
    write_workbook(target, content, None if more is None else more(content))
    _compare(sources, target, faults)
    known = {path.name for path in sources.files}
    others = [path.name for path in sorted(folder.iterdir()) if path.name not in known and path.name not in CARRIED]
    return Converted(_rows(sources), tuple(name for name in others if not name.startswith(".")))


def workbook_to_folder(workbook: Path, target: Path, faults: Faults) -> Converted:
    """Write the tables and settings of a workbook as CSV files into an empty folder. Raises FaultsFound, OSError."""
    sources = read_workbook(workbook, faults)
    faults.stop_if_any()
    sheets = read_sheets(workbook, Faults(), str(workbook)) or []
    texts = {
        _ON_SHEETS[sheet.name]: [sheet.text(row, 1) for row in range(1, max(sheet.rows, default=0) + 1)]
        for sheet in sheets if sheet.name in _ON_SHEETS
    }  # fmt: skip
    for name in TABLES:
        if name in sources.tables:
            raw = sources.tables[name]
            _write(target / f"{name}.csv", csv_text([raw.header, *raw.rows]))
    if sources.settings is not None:
        _write(target / SETTINGS_FILE, _settings_text(sources.settings, texts.get(SETTINGS_FILE, ())))
    if "README.md" in texts:
        _write(target / "README.md", "\n".join(texts["README.md"]) + "\n")
    _compare(sources, target, faults)
    used = {*_ON_SHEETS, READ_ME, "settings", *(raw.sheet for raw in sources.tables.values())}
    others = [sheet.name for sheet in sheets if sheet.name not in used and table_name(sheet.name) not in TABLES]
    return Converted(_rows(sources), tuple(others))


def content_of(sources: Sources, folder: Path) -> Content:
    """Return what a workbook of a folder's tables, settings and text files holds."""
    rows = [] if sources.settings is None else [_key_row(*key) for key in _keys(sources.settings)]
    tables = {name: Filled(raw.header, raw.rows) for name, raw in sources.tables.items()}
    texts = {sheet: lines for name, sheet in CARRIED.items() if (lines := _lines(folder / name)) is not None}
    return Content(Filled(("key", "value", "source", "note"), rows), tables, texts)


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as the text of a CSV file."""
    out = io.StringIO()
    plain = csv.writer(out, lineterminator="\n")
    # A lone carriage return ends a line for most readers, and the writer does not quote it.
    quoted_all = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        (quoted_all if any("\r" in cell for cell in row) else plain).writerow(row)
    return out.getvalue()


def _keys(settings: RawSettings) -> list[tuple[str, str, str]]:
    """Return each key of the settings with its value and its source."""
    return [(key, flow(node), settings.sources.get(key, "")) for key, (node, _) in settings.values.items()]


def _key_row(key: str, value: str, said: str) -> tuple[str, str, str, str]:
    return (key, value, said, "") if kind_of(said) in KINDS else (key, value, "", said)


def _lines(path: Path) -> list[str] | None:
    """Return the lines of a text file that a sheet can hold and give back; None for any other file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    lines = text.removesuffix("\n").split("\n")
    plain = text.endswith("\n") and lines[-1].strip() and not any(sign in text for sign in "\r\0\x0b\x0c\ufeff")
    return lines if plain and max(map(len, lines)) < 32_000 else None


def _settings_text(settings: RawSettings, carried: Sequence[str]) -> str:
    """Return settings.yaml: the workbook's copy where the sheet still agrees with it, else written anew."""
    keys = _keys(settings)
    if carried:
        text = "\n".join(carried) + "\n"
        node = parse_yaml(text, Faults(), Place(SETTINGS_FILE))
        before = None if node is None else settings_of(node, SETTINGS_FILE, Faults(), comments_of(text))
        if before is not None and _keys(before) == keys:
            return text
    return settings_yaml([(key, value) for key, value, _ in keys], {key: said for key, _, said in keys})


def _compare(sources: Sources, target: Path, faults: Faults) -> None:
    """Read back what was written; a text that comes back different is a fault. Raises FaultsFound."""
    again = (read_workbook if is_workbook(target) else read_folder)(target, Faults())
    for name, raw in sources.tables.items():
        _compare_table(raw, again.tables.get(name), faults)
    if sources.settings is not None:
        back = {} if again.settings is None else {key: value for key, value, _ in _keys(again.settings)}
        for key, value, _ in _keys(sources.settings):
            if back.get(key) != value:
                _lost(sources.settings.values[key][1], value, faults)
    faults.stop_if_any()


def _compare_table(raw: RawTable, back: RawTable | None, faults: Faults) -> None:
    header, rows = (back.header, back.rows) if back is not None else ((), ())
    for at, text in enumerate(raw.header):
        if at >= len(header) or header[at] != text:
            _lost(raw.place(raw.header_line, at), text, faults)
    for number, row in enumerate(raw.rows):
        there = rows[number] if number < len(rows) else ()
        for at, text in enumerate(row):
            if at >= len(there) or there[at] != text:
                _lost(raw.place(raw.lines[number], at), text, faults)


def _lost(place: Place, text: str, faults: Faults) -> None:
    mend = "Shorten it, or take out special characters."
    faults.add("cannot-carry", place, f"{quoted(text)}, which would not come back the same", "plain text", mend)


def _rows(sources: Sources) -> dict[str, int]:
    return {name: len(sources.tables[name].rows) for name in TABLES if name in sources.tables}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
