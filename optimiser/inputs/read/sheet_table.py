"""Finds the table on a sheet, whatever is above it, and returns it as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from optimiser.text.faults import Faults, Place
from optimiser.text.rawtable import RawTable
from optimiser.text.sheets import Sheet
from optimiser.text.xlsx_structure import Bounds, ExcelTable, letters

LOOKED_AT = 60
"""Rows, among those that hold anything, within which the header must stand."""


def raw_table(
    file: str, name: str, sheet: Sheet, table: ExcelTable | None, headers: Iterable[str], faults: Faults
) -> RawTable | None:
    """Return the table of a sheet as text, or None where it cannot be read (every fault is recorded).

    An Excel table gives its own cells. Elsewhere the header is the row with the most of the known `headers`, and the
    table reaches down and across as far as any cell holds something.
    """
    bounds = _of_excel_table(file, sheet, table, faults) if table else _of_sheet(file, name, sheet, headers, faults)
    if bounds is None:
        return None
    refused = _refuse_merged(file, sheet, bounds, faults) | _refuse_unvalued(file, sheet, bounds, faults)
    _warn_hidden(file, sheet, bounds, faults)
    if refused:
        return None
    columns = range(bounds.left, bounds.right + 1)
    lines, rows = [], []
    for number in sorted(sheet.rows):
        if bounds.top < number <= bounds.bottom:
            row = [sheet.text(number, column) for column in columns]
            if any(cell.strip() for cell in row):
                lines.append(number)
                rows.append(row)
    return RawTable(
        file,
        tuple(sheet.text(bounds.top, column) for column in columns),
        rows,
        lines,
        bounds.top,
        sheet.name,
        tuple(letters(column) for column in columns),
    )


def _of_excel_table(file: str, sheet: Sheet, table: ExcelTable, faults: Faults) -> Bounds | None:
    """Return the cells of an Excel table without its totals; a row right under it is a fault."""
    bounds = table.bounds
    if not table.header:
        mend = "Tick Header Row under Table Design."
        place = Place(file, bounds.top, cell=f"{sheet.name}!{bounds.words}")
        faults.add("no-header", place, f"the Excel table {table.name} without a header row", "column names", mend)
        return None
    below = bounds.bottom + 1
    if not table.totals and any(sheet.text(below, column).strip() for column in range(bounds.left, bounds.right + 1)):
        mend = "Drag the table's corner down over it, or leave a blank row between."
        place = Place(file, below, cell=f"{sheet.name}!{letters(bounds.left)}{below}")
        faults.add("outside-table", place, f"a row right under the Excel table {table.name}", "a row inside it", mend)
    return bounds._replace(bottom=bounds.bottom - table.totals)


def _of_sheet(file: str, name: str, sheet: Sheet, headers: Iterable[str], faults: Faults) -> Bounds | None:
    """Return the cells from the header row on, as far as any cell holds something."""
    known = set(headers)
    top, most = 0, 0
    for number in sorted(sheet.rows)[:LOOKED_AT]:
        here = len({cell.strip().lower() for cell in sheet.rows[number]} & known)
        if here > most:
            top, most = number, here
    if not top:
        found = "no row with the names of columns" if sheet.rows else "an empty sheet"
        mend = f"Write the column names of {name} in one row above the figures."
        faults.add("no-header", Place(file, cell=sheet.name), found, "a header row", mend)
        return None
    rows = {number: cells for number, cells in sheet.rows.items() if number >= top}
    filled = [at for cells in rows.values() for at, cell in _ends(cells) if cell.strip()]
    return Bounds(min(filled) + 1, top, max(filled) + 1, max(rows))


def _ends(cells: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Return the first and the last cell of a row that hold anything."""
    there = [at for at, cell in enumerate(cells) if cell.strip()]
    return [(at, cells[at]) for at in (there[0], there[-1])]


def _refuse_merged(file: str, sheet: Sheet, bounds: Bounds, faults: Faults) -> bool:
    """Refuse merged cells: they hold one value for several rows or columns, and nobody can say which is meant."""
    inside = [merged for merged in sheet.look.merged if merged.meets(bounds)]
    for merged in inside:
        place = Place(file, merged.top, cell=f"{sheet.name}!{merged.words}")
        mend = "Unmerge them (Home, Merge & Centre), and fill in every cell."
        faults.add("merged-cells", place, "merged cells in the table", "one value in every cell", mend)
    return bool(inside)


def _refuse_unvalued(file: str, sheet: Sheet, bounds: Bounds, faults: Faults) -> bool:
    """Refuse a formula without a stored value, once a column: formulas are not calculated here."""
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, column in sheet.look.unvalued:
        if bounds.left <= column <= bounds.right and bounds.top <= row <= bounds.bottom:
            by_column[column].append(row)
    for column, rows in sorted(by_column.items()):
        also = [f"{letters(column)}{row}" for row in rows[1:5]]
        more = len(rows) - 1 - len(also)
        said = f" (also in {', '.join(also)}{f' and {more} more' if more else ''})" if also else ""
        place = Place(file, rows[0], cell=f"{sheet.name}!{letters(column)}{rows[0]}")
        mend = "Open the workbook in Excel, let it calculate, and save it; or write the value itself."
        faults.add("formula", place, f"a formula without a stored value{said}", "a value", mend)
    return bool(by_column)


def _warn_hidden(file: str, sheet: Sheet, bounds: Bounds, faults: Faults) -> None:
    """Warn of hidden rows and columns, which count like all others, in case they were hidden to be left out."""
    mend = "Show it, to see what is read; remove what should not count."
    if sheet.look.hidden:
        faults.warn("hidden", Place(file, cell=sheet.name), "a hidden sheet, read like the others", "", mend)
    rows = sorted(row for row in sheet.look.hidden_rows if bounds.top < row <= bounds.bottom and row in sheet.rows)
    if rows:
        what = "a hidden or filtered row" if len(rows) == 1 else f"{len(rows)} hidden or filtered rows"
        place = Place(file, rows[0], cell=f"{sheet.name}!{rows[0]}")
        faults.warn("hidden", place, f"{what}, read like the others", "", mend)
    for first, last in sheet.look.hidden_columns:
        if first <= bounds.right and bounds.left <= last:
            at = letters(max(first, bounds.left))
            place = Place(file, bounds.top, cell=f"{sheet.name}!{at}{bounds.top}")
            faults.warn("hidden", place, "a hidden column, read like the others", "", mend)
