"""Reads starts by route, area and year from a CSV file of the user's, or from a plan's own starts.csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from optimiser.inputs.evidence import Evidence
from optimiser.text.csvtext import read_csv
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, quoted, read_number, read_year
from optimiser.text.rawtable import RawTable

COLUMNS = ("route", "area", "year", "starts", "commissions")
_PASSED_OVER = ("in_training", "source", "note")
"""Columns that starts.csv of a results folder, or any table of the inputs, may have beside."""
Starts = dict[tuple[str, str], dict[int, float]]
"""(route, area) → year → starts."""


def rows_of(path: Path, evidence: Evidence, faults: Faults) -> Starts | None:
    """Read the starts of a CSV file (and its run-out part) as they are written; None where a fault was recorded."""
    found: Starts = {}
    whole = True
    for part in (path, *_run_out_part(path)):
        table = read_csv(part, faults, str(part))
        whole &= table is not None and not table.incomplete
        if table is not None:
            _take_all(table, evidence, faults, found)
    return found if whole and not faults.errors else None


def _run_out_part(path: Path) -> list[Path]:
    """Return the file of the run-out years, where this one is a plan's own starts.csv."""
    later = path.parent / "run_out" / path.name
    return [later] if later.is_file() and (path.parent / "plan.json").is_file() else []


def _take_all(table: RawTable, evidence: Evidence, faults: Faults, found: Starts) -> None:
    """Add every row of one file to the starts found."""
    header = [name.strip().lower() for name in table.header]
    _check_header(table, header, evidence, faults)
    if not {"route", "year"} <= set(header) or not {"starts", "commissions"} & set(header):
        return
    for cells, line in zip(table.rows, table.lines, strict=True):
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        _take(row, table, header, line, evidence, faults, found)


def _check_header(table: RawTable, header: Sequence[str], evidence: Evidence, faults: Faults) -> None:
    for position, name in enumerate(header):
        if name not in (*COLUMNS, *_PASSED_OVER):
            found = f"the column {quoted(name)}"
            faults.add("unknown-column", table.place(table.header_line, position), found, "a known column",
                       did_you_mean(name, COLUMNS))  # fmt: skip
    needed = ["route", "year"] + (["area"] if len(evidence.areas) > 1 else [])
    for name in needed:
        if name not in header:
            faults.add("missing-column", table.place(table.header_line), f"no column {name}", name, f"Add {name}.")
    if not {"starts", "commissions"} & set(header):
        mend = "Add starts (people), or commissions (places, of which fill_rate are filled)."
        faults.add(
            "missing-column", table.place(table.header_line), "neither starts nor commissions", "one of them", mend
        )


def _take(
    row: Mapping[str, str], table: RawTable, header: Sequence[str], line: int, evidence: Evidence, faults: Faults,
    found: Starts,
) -> None:  # fmt: skip
    """Add one row to the starts found, or record its faults."""

    def place(column: str) -> Place:
        return table.place(line, header.index(column) if column in header else None)

    route = row["route"]
    area = row.get("area") or (evidence.areas[0] if len(evidence.areas) == 1 else "")
    before = len(faults.errors)
    for key, code, known in (("route", route, evidence.routes), ("area", area, evidence.areas)):
        if code not in known:
            faults.add(f"unknown-{key}", place(key), quoted(code), f"a code of {key}s.csv",
                       did_you_mean(code, known))  # fmt: skip
    column = "starts" if row.get("starts") else "commissions" if row.get("commissions") else "starts"
    settings, year, amount = evidence.settings, settings_year(row["year"], evidence, place("year"), faults), 0.0
    try:
        amount = read_number(row.get(column, ""))
    except NotReadable as error:
        faults.unreadable(error, place(column))
    if amount < 0:
        faults.add("outside", place(column), quoted(row[column]), "a number of 0 or more", "")
    if year is not None and year not in settings.years:
        span = f"a year from {settings.label(settings.years[0])} to {settings.label(settings.years[-1])}"
        faults.add("year-outside", place("year"), settings.label(year), span, "Remove the row.")
    if len(faults.errors) > before or year is None:
        return
    if column == "commissions":
        amount *= float(evidence.fill_rate[evidence.routes.index(route), year - settings.first_year])
    if year in found.setdefault((route, area), {}):
        again = f"{route} in {area} a second time in {settings.label(year)}"
        faults.add("duplicate-row", place("route"), again, "one row", "Remove one.")
    found[route, area][year] = amount


def settings_year(text: str, evidence: Evidence, place: Place, faults: Faults) -> int | None:
    """Read the year in a cell; None with the fault recorded where there is none."""
    try:
        return read_year(text, evidence.settings.financial_years)
    except NotReadable as error:
        faults.unreadable(error, place)
        return None
