"""Turns tables of text into typed tables: matches headers, types cells, fills defaults, checks ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from optimiser.inputs.declare.columns import Column, TableDeclaration
from optimiser.inputs.declare.tables import ANYWHERE
from optimiser.inputs.read.cells import Cells, stripped, type_cells
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Faults, did_you_mean
from optimiser.text.rawtable import RawTable


def type_table(
    declaration: TableDeclaration, raw: RawTable, areas: Sequence[str], financial_years: bool, faults: Faults
) -> Table:
    """Return the typed table; every fault inside it is recorded with its cell.

    With exactly one area in `areas` a blank or absent area is that one.
    """
    declared = declaration.columns + ANYWHERE
    positions = _match_header(declaration, declared, raw, faults)
    texts = list(zip(*raw.rows, strict=True)) if raw.rows else [()] * len(raw.header)
    columns: dict[str, list[Any]] = {}
    unsound: set[tuple[int, str]] = set()
    for column in declared:
        one_area = areas[0] if len(areas) == 1 and column.refers == "areas" else None
        if column.name in positions:
            cells = Cells(stripped(texts[positions[column.name]]), raw, positions[column.name])
            if one_area is not None and column.required:
                cells.texts = [text or one_area for text in cells.texts]
            columns[column.name], bad = type_cells(column, cells, financial_years, faults)
        else:
            blank = one_area if one_area is not None and column.required else None
            columns[column.name] = _absent(column, blank, len(raw.rows))
            bad = set(range(len(raw.rows))) if column.required and blank is None else set()
        unsound.update((row, column.name) for row in bad)
    origin = replace(raw, rows=(), lines=())
    table = Table(declaration.name, columns, list(raw.lines), origin, positions, frozenset(unsound))
    _check_areas_named(declaration, table, areas, faults)
    _check_duplicates(declaration, table, faults)
    return table


def empty_table(declaration: TableDeclaration, file: str) -> Table:
    """Return an optional table that is absent: every column, no rows."""
    columns: dict[str, list[Any]] = {column.name: [] for column in declaration.columns + ANYWHERE}
    return Table(declaration.name, columns, [], RawTable(file, (), (), ()), {})


def _match_header(
    declaration: TableDeclaration, declared: Sequence[Column], raw: RawTable, faults: Faults
) -> dict[str, int]:
    """Return the position of every declared column in the header; unknown, repeated and missing ones are faults."""
    by_header = {name: column.name for column in declared for name in column.headers}
    positions: dict[str, int] = {}
    for position, header in enumerate(raw.header):
        said = header.strip().lower()
        place = raw.place(raw.header_line, position)
        if not said:
            if any(row[position].strip() for row in raw.rows):
                mend = "Give it a name, or remove it."
                faults.add("unknown-column", place, f"a column without a name (column {position + 1})", "a name", mend)
        elif said not in by_header:
            known = [column.name for column in declared]
            faults.add(
                "unknown-column", replace(place, column=""), f'the column "{header.strip()}"',
                f"a column of {declaration.name}", did_you_mean(said, known),
            )  # fmt: skip
        elif by_header[said] in positions:
            faults.add("duplicate-column", place, "this column a second time", "every column once", "Remove one.")
        else:
            positions[by_header[said]] = position
    for column in declared:
        if column.required and column.name not in positions and column.refers != "areas":
            missing = f'no column "{column.name}"'
            mend = f"Add it, for example with {column.example}."
            faults.add(
                "missing-column", raw.place(raw.header_line), missing, f"{column.range_words} in every row", mend
            )
    return positions


def _absent(column: Column, one_area: str | None, rows: int) -> list[Any]:
    """Return the cells of a column that is not in the file."""
    if one_area is not None:
        return [one_area] * rows
    if column.is_number:
        return [float("nan") if column.default is None else column.default] * rows
    if column.is_whole:
        return [0 if column.default is None else column.default] * rows
    return [column.default or ""] * rows


def _check_areas_named(declaration: TableDeclaration, table: Table, areas: Sequence[str], faults: Faults) -> None:
    """Check that with several areas every row names its own, except where blank means all."""
    if declaration.name == "areas" or len(areas) < 2:
        return
    for column in declaration.columns:
        if column.refers == "areas" and column.required and column.name not in table.positions:
            mend = f"Add the column: there are {len(areas)} areas."
            place = table.origin.place(table.origin.header_line)
            faults.add("missing-column", place, f'no column "{column.name}"', "the area of every row", mend)


def _check_duplicates(declaration: TableDeclaration, table: Table, faults: Faults) -> None:
    """Check that no two rows agree in all columns of the table's key."""
    keys = list(zip(*(table.column(name) for name in declaration.key), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(keys):
        if not table.sound(row, *declaration.key):
            continue
        if key in first:
            said = ", ".join(f"{name} {cell}" for name, cell in zip(declaration.key, key, strict=True) if cell != "")
            earlier = f"{table.origin.line_word} {table.lines[first[key]]}"
            found = f"a second row for {said or 'the same'} (the first is {earlier})"
            faults.add("duplicate-row", table.place(row), found, "one row", "Remove one of them.")
        else:
            first[key] = row
