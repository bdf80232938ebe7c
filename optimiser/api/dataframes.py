"""Writes inputs given as DataFrames into a folder, and shows faults in that folder by DataFrame and row."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.errors import FaultsFound
from optimiser.inputs.declare.tables import SETTINGS, TABLES
from optimiser.inputs.read.folder import SETTINGS_FILE
from optimiser.inputs.write.settings_text import settings_yaml
from optimiser.text.faults import Fault, Faults, Place, did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame

SETTINGS_TABLE = "settings"


@dataclass(frozen=True)
class Names:
    """Hold what the user calls files that were written on the user's behalf."""

    files: Mapping[str, str] = field(default_factory=dict)
    """By the path of the file: what to call it."""
    rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    """By the path of the file and the line: the row of the DataFrame, by its index."""

    def over(self, more: Names) -> Names:
        """Return these names and more."""
        return Names({**self.files, **more.files}, {**self.rows, **more.rows})

    def renamed(self, fault: Fault) -> Fault:
        """Return the fault with its place, and what it mentions, in the user's words."""
        return replace(
            fault, place=self._place(fault.place), found=self.text(fault.found),
            expected=self.text(fault.expected), mend=self.text(fault.mend),
        )  # fmt: skip

    def _place(self, place: Place) -> Place:
        if place.file not in self.files:
            return replace(place, file=self.text(place.file))
        row = self.rows.get(place.file, {}).get(place.line)
        if row is None:
            known = place.file in self.rows
            return replace(place, file=self.files[place.file], line=0 if known else place.line)
        words = ", ".join(part for part in (f"row {row}", place.column and f"column {place.column}") if part)
        return Place(self.files[place.file], 0, place.column, words)

    def text(self, text: str) -> str:
        """Put the user's names in place of the paths that a sentence mentions."""
        for path in sorted(self.files, key=len, reverse=True):
            text = text.replace(path, self.files[path])
        return text


def write_inputs(tables: Mapping[str, Any], folder: Path) -> Names:
    """Write DataFrames, and the settings, as an inputs folder. Raises FaultsFound for a table that has no such name.

    An index with a name is a column; one without is passed over. NaN and None are blank cells; numbers are written in
    full. `settings` is a mapping of key to value, or a DataFrame with the columns key and value.
    """
    _refuse_unknown(tables)
    files, rows = {}, {}
    for name, content in tables.items():
        path = folder / (SETTINGS_FILE if name == SETTINGS_TABLE else f"{name}.csv")
        if name == SETTINGS_TABLE:
            lines: dict[int, str] = {}
            text = settings_yaml(list(_settings(content)), {})
        else:
            text, lines = _csv(name, content)
        # Half a character is a fault of its row, which is found when the file is read.
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        files[str(path)], rows[str(path)] = f'DataFrame "{name}"', lines
    for name in (*TABLES, SETTINGS_TABLE):
        path = folder / (SETTINGS_FILE if name == SETTINGS_TABLE else f"{name}.csv")
        files.setdefault(str(path), f'DataFrame "{name}"')
    return Names({**files, str(folder): "the DataFrames"}, rows)


def _refuse_unknown(tables: Mapping[str, Any]) -> None:
    faults = Faults()
    known = (SETTINGS_TABLE, *TABLES)
    for name, content in tables.items():
        place = Place(f'DataFrame "{name}"')
        if name not in known:
            mend = did_you_mean(str(name), known)
            faults.add("unknown-table", place, "a DataFrame that is no table of the inputs", "a table's name", mend)
        elif not (hasattr(content, "columns") or (name == SETTINGS_TABLE and isinstance(content, Mapping))):
            what = "a mapping or a DataFrame" if name == SETTINGS_TABLE else "a DataFrame"
            faults.add("not-a-value", place, f"a {type(content).__name__}", what, "")
    faults.stop_if_any()


def _csv(name: str, frame: DataFrame) -> tuple[str, dict[int, str]]:
    """Return the text of a table, and by line the row of the DataFrame that begins there."""
    years = {column.name for column in TABLES[name].columns if column.kind in ("year", "whole")}
    if any(label is not None for label in frame.index.names):
        frame = frame.reset_index()
    columns = [str(column) for column in frame.columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    lines: dict[int, str] = {}
    at = 2
    for label, row in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        cells = [_cell(value, column in years) for column, value in zip(columns, row, strict=True)]
        writer.writerow(cells)
        lines[at] = str(label)
        at += 1 + sum(cell.count("\n") for cell in cells)
    return out.getvalue(), lines


def _cell(value: Any, whole: bool) -> str:
    """Write a cell as text: a missing one blank, a number in full, a year without the point that pandas adds."""
    if isinstance(value, str):
        return value
    if type(value).__name__ in ("bool", "bool_"):
        return "yes" if value else "no"
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        number = float(value)
        if math.isnan(number):
            return ""
        return str(int(number)) if whole and number.is_integer() else repr(number)
    return str(value)


def _settings(content: Any) -> Iterator[tuple[str, str]]:
    """Give each key with its value as YAML holds it."""
    whole = {column.name for column in SETTINGS if column.kind in ("year", "whole")}
    for key, value in _pairs(content):
        if isinstance(value, Mapping):
            yield key, "{" + ", ".join(f"{_key(year)}: {_flow(one)}" for year, one in value.items()) + "}"
        else:
            yield key, _cell(value, key in whole)


def _pairs(content: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(content, Mapping):
        yield from ((str(key), value) for key, value in content.items())
        return
    lacking = [name for name in ("key", "value") if name not in content.columns]
    if lacking:
        place = Place(f'DataFrame "{SETTINGS_TABLE}"')
        faults = Faults()
        faults.add("missing-column", place, f'no column "{lacking[0]}"', "the columns key and value", "")
        raise FaultsFound(faults.found)
    yield from zip(map(str, content["key"]), content["value"], strict=True)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    return _cell(value, False)


def _key(key: Any) -> str:
    return str(int(key)) if isinstance(key, Integral) else str(key)
