"""The stocks that were observed: a CSV file of role, area, year and FTE, checked against the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats
from optimiser.inputs.read.starts_file import settings_year
from optimiser.text.csvtext import read_csv
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, quoted, read_number
from optimiser.text.rawtable import RawTable

COLUMNS = ("role", "area", "year", "fte")
_BESIDE = ("source", "note")
Key = tuple[int, int, int]
"""Year, position of the area, position of the role."""


def read_stocks(path: Path, evidence: Evidence, since: int, faults: Faults) -> tuple[tuple[int, ...], Floats] | None:
    """The years from `since` to the last one given, and [year, area, role] the FTE observed, NaN where there is no row.

    Rows of earlier years are left out. Every fault is recorded; None where there is any.
    """
    raw = read_csv(path, faults, str(path))
    if raw is None or raw.incomplete:
        return None
    header = [name.strip().lower() for name in raw.header]
    if not _header_is_sound(raw, header, evidence, faults):
        return None
    found: dict[Key, float] = {}
    for cells, line in zip(raw.rows, raw.lines, strict=True):
        _take(
            dict(zip(header, (cell.strip() for cell in cells), strict=True)), raw, header, line, evidence, faults, found
        )
    if faults.errors:
        return None
    _check_years(found, path, evidence, since, faults)
    if faults.errors:
        return None
    years = tuple(range(since, max(year for year, _, _ in found) + 1))
    observed = np.full((len(years), len(evidence.areas), len(evidence.roles)), np.nan)
    for (year, area, role), fte in found.items():
        if year >= since:
            observed[year - since, area, role] = fte
    return years, observed


def _header_is_sound(raw: RawTable, header: Sequence[str], evidence: Evidence, faults: Faults) -> bool:
    before = len(faults.errors)
    for at, name in enumerate(header):
        if name not in (*COLUMNS, *_BESIDE):
            faults.add("unknown-column", raw.place(raw.header_line, at), f"the column {quoted(name)}", "a known column",
                       did_you_mean(name, COLUMNS))  # fmt: skip
    for name in COLUMNS:
        if name not in header and (name != "area" or len(evidence.areas) > 1):
            faults.add("missing-column", raw.place(raw.header_line), f"no column {name}", name, f"Add {name}.")
    return len(faults.errors) == before


def _take(
    row: Mapping[str, str], raw: RawTable, header: Sequence[str], line: int, evidence: Evidence, faults: Faults,
    found: dict[Key, float],
) -> None:  # fmt: skip
    """One row into what was found, or its faults into the collector."""

    def place(column: str) -> Place:
        return raw.place(line, header.index(column) if column in header else None)

    before, fte = len(faults.errors), 0.0
    area = row.get("area") or (evidence.areas[0] if len(evidence.areas) == 1 else "")
    for key, code, known in (("role", row["role"], evidence.roles), ("area", area, evidence.areas)):
        if code not in known:
            faults.add(f"unknown-{key}", place(key), quoted(code), f"a code of {key}s.csv", did_you_mean(code, known))
    year = settings_year(row["year"], evidence, place("year"), faults)
    try:
        fte = read_number(row["fte"])
    except NotReadable as error:
        faults.unreadable(error, place("fte"))
    if fte < 0:
        faults.add("outside", place("fte"), quoted(row["fte"]), "a number of 0 or more", "")
    if len(faults.errors) > before or year is None:
        return
    at = (year, evidence.areas.index(area), evidence.roles.index(row["role"]))
    if at in found:
        again = f"{row['role']} in {area} a second time in {evidence.settings.label(year)}"
        faults.add("duplicate-row", place("role"), again, "one row", "Remove one.")
    found[at] = fte


def _check_years(found: Mapping[Key, float], path: Path, evidence: Evidence, since: int, faults: Faults) -> None:
    """Each area and role begins with the year asked for, goes on after it, and ends where the model does."""
    label, place = evidence.settings.label, Place(str(path))
    last = max((year for year, _, _ in found), default=since)
    if last <= since or last > evidence.settings.years[-1]:
        span = f"years after {label(since)}, up to {label(evidence.settings.years[-1])}"
        faults.add("year-outside", place, f"stocks up to {label(last)}", span, "Add years, or correct them.")
        return
    begun = {key[1:] for key in found if key[0] == since}
    wanted = {key[1:] for key in found if key[0] > since}
    feeders = {
        (area, int(from_role)) for area, role in wanted
        for from_role, to_role in zip(evidence.transition_from, evidence.transition_to, strict=True) if to_role == role
    }  # fmt: skip
    for area, role in sorted((wanted | feeders) - begun):
        what = f"no stock of {evidence.roles[role]} in {evidence.areas[area]} in {label(since)}"
        faults.add(
            "missing-row", place, what, "a row for the year the backcast starts from", "Add it, or another --from."
        )
