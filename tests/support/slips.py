"""Data sets with one slip in them: a table changed as a person at a keyboard would get it wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from optimiser.text.numbers import read_number

Row = dict[str, str]
Change = Callable[[list[Row]], list[Row]]


@dataclass(frozen=True)
class Base:
    """A data set in memory: the rows of each table, the settings and the option as text."""

    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    settings: str
    options: Mapping[str, str]
    """File name → text; the first is the option, the others are what it extends."""

    def changed(self, table: str, change: Change | tuple[str, str]) -> Base:
        """The same with one table, the settings or the option changed; words to replace must stand there once."""
        if isinstance(change, tuple):
            return self._rewritten(table, *change)
        before = [dict(row) for row in self.tables.get(table, ())]
        after = change([dict(row) for row in before])
        if after == before:
            raise AssertionError(f"nothing in {table} was changed")
        return Base({**self.tables, table: tuple(after)}, self.settings, self.options)

    def _rewritten(self, what: str, old: str, new: str) -> Base:
        text = self.settings if what == "settings" else "".join(self.options.values())
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} stands {text.count(old)} times in {what}")
        if what == "settings":
            return Base(self.tables, text.replace(old, new), self.options)
        return Base(self.tables, self.settings, {name: one.replace(old, new) for name, one in self.options.items()})

    def write(self, folder: Path) -> tuple[Path, list[Path]]:
        """The inputs folder and the option, where there is one, written."""
        inputs = folder / "inputs"
        inputs.mkdir(parents=True)
        (inputs / "settings.yaml").write_text(self.settings, encoding="utf-8")
        for name, rows in self.tables.items():
            if rows:
                (inputs / f"{name}.csv").write_text(csv_of(rows), encoding="utf-8")
        for name, text in self.options.items():
            (folder / name).write_text(text, encoding="utf-8")
        return inputs, [folder / name for name in list(self.options)[:1]]


def csv_of(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as CSV text, with every column that any of them has."""
    rows = list(rows)
    header = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@cache
def base_of(inputs: Path, option: Path | None, areas: tuple[str, ...] = ()) -> Base:
    """A data set that was shipped, with its option and what that extends; only the areas named, where any are."""
    tables = {}
    for path in sorted(inputs.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if not areas or row.get("area", areas[0]) in ("", *areas)]
        tables[path.stem] = tuple(rows)
    files = [option, option.parent / "base.yaml"] if option else []
    options = {path.name: path.read_text(encoding="utf-8") for path in files if path.exists()}
    return Base(tables, (inputs / "settings.yaml").read_text(encoding="utf-8"), options)


def _meant(row: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    return all(row.get(name, "") == cell for name, cell in cells.items())


def put(column: str, cell: object, **cells: str) -> Change:
    """Another cell in the rows with these cells."""
    return lambda rows: [row | {column: str(cell)} if _meant(row, cells) else row for row in rows]


def times(column: str, factor: float, **cells: str) -> Change:
    """A number multiplied in the rows with these cells; blank ones stay."""
    return lambda rows: [
        row | {column: repr(read_number(row[column]) * factor)} if _meant(row, cells) and row[column] else row
        for row in rows
    ]  # fmt: skip


def without(**cells: str) -> Change:
    """The rows with these cells left out."""
    return lambda rows: [row for row in rows if not _meant(row, cells)]


def extra(*more: Mapping[str, str]) -> Change:
    """Rows added."""
    return lambda rows: [*rows, *(dict(row) for row in more)]


def swapped(first: str, second: str, **cells: str) -> Change:
    """Two columns exchanged."""
    return lambda rows: [
        row | {first: row[second], second: row[first]} if _meant(row, cells) else row for row in rows
    ]  # fmt: skip


def alike(column: str, new: str, old: str, **cells: str) -> Change:
    """Rows with the cell `old` written once more with the cell `new`."""
    return lambda rows: [*rows, *(row | {column: new} for row in rows if row[column] == old and _meant(row, cells))]
