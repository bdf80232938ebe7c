"""Types all tables of a folder or workbook and checks the references between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optimiser.inputs.declare.columns import Column
from optimiser.inputs.declare.tables import SETTINGS, TABLES
from optimiser.inputs.read.folder import Sources
from optimiser.inputs.read.settings_reader import read_settings
from optimiser.inputs.read.signs import check_signs
from optimiser.inputs.read.table import Table
from optimiser.inputs.read.typed_table import empty_table, type_table
from optimiser.inputs.settings import Settings
from optimiser.text.faults import Faults, Place, by_title, did_you_mean, nearest, titled
from optimiser.text.numbers import quoted

THE_ONE_AREA = "all"
"""What the area is called where there is no areas table."""


@dataclass(frozen=True)
class Typed:
    """Hold settings and tables as far as they could be read; complete where no fault was recorded."""

    settings: Settings | None
    tables: Mapping[str, Table]
    areas: tuple[str, ...]
    """Sorted; empty where the areas table could not be read."""
    unread: frozenset[str]
    """Tables that are missing though needed, or not wholly readable: nothing is said about rows they lack."""
    settings_places: Mapping[str, Place]
    """Where each settings key stands; a key that is absent has the file alone."""

    def known(self, table: str) -> set[str] | None:
        """Return the codes a table defines; None where the table could not be read."""
        if table == "areas":
            return set(self.areas) or None
        if table in self.unread or TABLES[table].defines not in self.tables[table].positions:
            return None if table in self.unread or len(self.tables[table]) else set()
        return set(self.tables[table].column(TABLES[table].defines)) - {""}

    def ready(self, *names: str) -> bool:
        """Return True where all these tables could be read."""
        return self.unread.isdisjoint(names)


def read_tables(sources: Sources, faults: Faults) -> Typed:
    """Type every table by its declaration and check every reference to another table."""
    settings, financial = read_settings(sources.settings, faults) if sources.settings else (None, False)
    tables: dict[str, Table] = {}
    unread = set(sources.unreadable)
    areas: tuple[str, ...] = () if "areas" in unread else (THE_ONE_AREA,)
    for name, declaration in TABLES.items():
        raw = sources.tables.get(name)
        if raw is not None:
            tables[name] = type_table(declaration, raw, areas, financial, faults)
            check_signs(declaration, raw, tables[name], settings.currency if settings else "", faults)
            if raw.incomplete:
                unread.add(name)
            if name == "areas":
                areas = () if raw.incomplete else tuple(sorted(set(tables[name].column("area")) - {""}))
            continue
        place = sources.missing[name]
        tables[name] = empty_table(declaration, place.file)
        if not declaration.optional or (name == "demand" and not {"patients", "care"} <= sources.tables.keys()):
            if name not in unread:
                mend = f"Add it: {declaration.help[0].lower()}{declaration.help[1:]}"
                faults.add("missing-table", place, "no such table", f"the table {name}", mend)
            unread.add(name)
    places = _settings_places(sources)
    typed = Typed(settings, tables, areas, frozenset(unread), places)
    for name in TABLES:
        check_references(name, typed, faults)
    return typed


def _settings_places(sources: Sources) -> dict[str, Place]:
    """Return where each settings key is written."""
    if sources.settings is None:
        return {}
    file = Place(sources.settings.file)
    return {column.name: sources.settings.values.get(column.name, ("", file))[1] for column in SETTINGS}


def check_references(name: str, typed: Typed, faults: Faults) -> None:
    """Check that every code in a table exists in the table it refers to.

    After a fault the nearest known code is put in its place, so that one misspelt code does not
    make a second fault for the row that now seems to be missing.
    """
    table = typed.tables[name]
    for column in TABLES[name].columns:
        if column.refers:
            known = typed.known(column.refers)
            if known is not None:
                targets = [column.refers] * len(table)
                _check_codes(table, column, targets, {column.refers: known}, faults, _titles(typed, {column.refers}))
        elif column.refers_by:
            said = table.column(column.refers_on)
            targets = [column.refers_by.get(choice, "") for choice in said]
            known_by = {target: typed.known(target) for target in set(targets) if target}
            _check_codes(table, column, targets, known_by, faults, _titles(typed, set(known_by)), typed)


def _titles(typed: Typed, targets: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return for each table the code of every title, in lower case."""
    found = {}
    for target in targets:
        table = typed.tables[target]
        if "title" in table.columns:
            pairs = zip(table.column("title"), table.column(TABLES[target].defines), strict=True)
            found[target] = {title.casefold(): code for title, code in pairs if title and code}
    return found


def _check_codes(
    table: Table,
    column: Column,
    targets: list[str],
    known_by: Mapping[str, set[str] | None],
    faults: Faults,
    titles: Mapping[str, Mapping[str, str]],
    typed: Typed | None = None,
) -> None:
    """Check one column whose row i takes codes of the table targets[i]."""
    cells = table.column(column.name)
    wanted = set(zip(targets, cells, strict=True))
    unknown = {
        (target, code) for target, code in wanted
        if code and (known := known_by.get(target)) is not None and code not in known
    }  # fmt: skip
    if not unknown:
        return
    rows: dict[tuple[str, str], list[int]] = {}
    for row, (target, code) in enumerate(zip(targets, cells, strict=True)):
        if (target, code) in unknown:
            rows.setdefault((target, code), []).append(row)
    for (target, code), found_in in rows.items():
        known = known_by[target] or set()
        declaration = TABLES[target]
        found = quoted(code) + (_elsewhere(code, target, column, typed) if typed else "") + _also(table, found_in)
        expected = "an area" if target == "areas" else f"{declaration.one} in {target}"
        if typed is not None:
            expected += f", as {column.refers_on} is {table.column(column.refers_on)[found_in[0]]}"
        mend = did_you_mean(code, known)
        if known == {THE_ONE_AREA} and target == "areas":
            mend = f"Add the table areas: without it there is one area, called {THE_ONE_AREA}."
        mend = by_title(code, titles.get(target, {})) or mend
        place = table.place(found_in[0], column.name)
        faults.add(f"unknown-{declaration.defines}", place, found, expected, mend)
        for row in found_in:
            cells[row] = titled(code, titles.get(target, {})) or nearest(code, known) or code


def _also(table: Table, rows: list[int]) -> str:
    """Name the other lines of a code: ` (also on lines 6, 7 and 12 more)`; empty where it is in one row only."""
    lines = [str(table.lines[row]) for row in rows[1:5]]
    more = len(rows) - 1 - len(lines)
    if not lines:
        return ""
    word = table.origin.line_word
    return f" (also on {word}{'s' if len(lines) > 1 else ''} {', '.join(lines)}{f' and {more} more' if more else ''})"


def _elsewhere(code: str, target: str, column: Column, typed: Typed) -> str:
    """Say `, which is a role` where the code belongs to another table the column may take."""
    for other in dict.fromkeys(column.refers_by.values()):
        if other != target and other != "costs" and code in (typed.known(other) or ()):
            return f", which is {TABLES[other].one}"
    return ""
