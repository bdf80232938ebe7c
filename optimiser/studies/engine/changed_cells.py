"""Changes cells of the inputs before they are read, so that every check applies to the new values too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from optimiser.errors import NoSuchCell as NoSuchCell
from optimiser.inputs.declare.tables import SETTINGS, TABLES
from optimiser.inputs.read.folder import Sources
from optimiser.studies.engine.point_changes import Cell
from optimiser.text.numbers import NotReadable, read_number
from optimiser.text.rawtable import RawTable
from optimiser.text.yamltext import Scalar


def with_cells(sources: Sources, changes: Sequence[Cell]) -> Sources:
    """Return the inputs with other values in some cells. Raises NoSuchCell where nothing is selected."""
    tables = dict(sources.tables)
    for change in changes:
        if change.table == "settings":
            sources = _with_setting(sources, change)
            continue
        if change.table not in tables:
            raise NoSuchCell(f"the table {change.table}", "a table of the inputs")
        tables[change.table] = _with_cell(tables[change.table], change)
    return replace(sources, tables=tables)


def selected_values(sources: Sources, change: Cell) -> list[float]:
    """Return the numbers now in the cells; a blank cell counts as its declared default, if it has one."""
    raw = sources.tables[change.table]
    rows, column = _rows(raw, change), _position(raw, change.table, change.column)
    return [_number(raw.rows[row][column] if column is not None else "", change) for row in rows]


def _with_setting(sources: Sources, change: Cell) -> Sources:
    known = {column.name for column in SETTINGS}
    if sources.settings is None or change.column not in known or change.column not in sources.settings.values:
        raise NoSuchCell(f"the setting {change.column}", "a setting of the inputs")
    node, place = sources.settings.values[change.column]
    text = node.text if isinstance(node, Scalar) else None
    if text is None:
        raise NoSuchCell(f"{change.column} by year", "a setting with one value")
    values = {**sources.settings.values, change.column: (Scalar(_new_text(text, change), node.line), place)}
    return replace(sources, settings=replace(sources.settings, values=values))


def _with_cell(raw: RawTable, change: Cell) -> RawTable:
    chosen = set(_rows(raw, change))
    position = _position(raw, change.table, change.column)
    header = raw.header
    if position is None:
        header, position = (*raw.header, change.column), len(raw.header)
        raw = replace(raw, rows=[[*row, ""] for row in raw.rows], letters=(*raw.letters, "") if raw.letters else ())
    rows = [
        [*row[:position], _new_text(row[position], change), *row[position + 1 :]] if number in chosen else row
        for number, row in enumerate(raw.rows)
    ]
    return replace(raw, header=header, rows=rows)


def _rows(raw: RawTable, change: Cell) -> list[int]:
    """Return the rows that have every code of the key. Raises NoSuchCell where there are none."""
    declared = {column.name for column in TABLES[change.table].columns}
    if change.column not in declared:
        raise NoSuchCell(f"the column {change.column}", f"a column of {change.table}")
    wanted: dict[int, str] = {}
    for column, code in change.key:
        position = _position(raw, change.table, column)
        if position is None:
            raise NoSuchCell(f"the column {column}", f"a column that {change.table} has")
        wanted[position] = code
    rows = [
        number
        for number, row in enumerate(raw.rows)
        if all(_same(row[position], code) for position, code in wanted.items())
    ]
    if not rows:
        said = ", ".join(f"{column} {code}" for column, code in change.key)
        raise NoSuchCell(f"no row of {change.table} with {said}", "at least one")
    return rows


def _same(cell: str, code: str) -> bool:
    """Return whether two codes agree as text, or two years of which one may be written 2026/27."""
    cell, code = cell.strip(), code.strip()
    return cell == code or (cell[:4] == code[:4] and cell[:4].isdigit() and "/" in (cell[4:5], code[4:5]))


def _position(raw: RawTable, table: str, column: str) -> int | None:
    """Return a column's position in the header, under any of its names; None where it was left out."""
    also = next((known.also_called for known in TABLES[table].columns if known.name == column), ())
    names = [name.strip().lower() for name in raw.header]
    return next((names.index(name) for name in (column, *also) if name in names), None)


def _new_text(text: str, change: Cell) -> str:
    if change.amount.how == "set":
        return change.amount.text
    return repr(change.amount.of(_number(text, change)))


def _number(text: str, change: Cell) -> float:
    if not text.strip():
        defaults: Mapping[str, object] = {column.name: column.default for column in TABLES[change.table].columns}
        default = defaults[change.column]
        if not isinstance(default, int | float):
            raise NoSuchCell(f"a blank cell in {change.column} of {change.table}", "a number to change")
        return float(default)
    try:
        return read_number(text)
    except NotReadable as error:
        raise NoSuchCell(error.found, error.expected, error.mend) from error
