"""Collects what is wrong with the user's files, so that a run shows every fault at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from optimiser.errors import FaultsFound as FaultsFound
from optimiser.errors import bullets
from optimiser.text.letters import difference
from optimiser.text.numbers import NotReadable

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """Hold where something is in the user's files.

    `file` is the path as the user wrote it; `line` the line in a CSV or YAML file (1 is the
    first) or the row of a sheet; `column` the column or key; `cell` a workbook cell (`routes!F12`).
    """

    file: str = ""
    line: int = 0
    column: str = ""
    cell: str = ""

    def words(self) -> str:
        """Write the place without its file: `line 14, column fte`; empty when only the file is known."""
        if self.cell:
            return self.cell
        parts = [f"line {self.line}"] if self.line else []
        if self.column:
            parts.append(f"column {self.column}" if self.file.endswith(".csv") else f"key {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Fault:
    """Hold one thing that is wrong: where, what was found, what was expected, and how to put it right.

    `code` names the kind of fault (`unknown-role`, `not-a-number`); docs/faults.md has an entry for each.
    """

    code: str
    place: Place
    found: str
    expected: str
    mend: str
    severity: Severity = "error"

    def sentence(self) -> str:
        """Write the fault: `line 14, column fte: found "1,2OO", expected a number. Remove the letters O.`"""
        where = self.place.words()
        said = f"found {self.found}, expected {self.expected}." if self.expected else f"{self.found}."
        mend = f" {self.mend}" if self.mend else ""
        return f"{where}: {said}{mend}" if where else f"{said[0].upper()}{said[1:]}{mend}"


@dataclass
class Faults:
    """Collect faults: one collector goes through every reader and check, so that one run finds them all."""

    found: list[Fault] = field(default_factory=list)
    _seen: set[Fault] = field(default_factory=set, init=False, repr=False, compare=False)

    def add(
        self, code: str, place: Place, found: str, expected: str = "", mend: str = "", severity: Severity = "error"
    ) -> None:
        """Record one fault; a fault that is there already is not added again."""
        fault = Fault(code, place, found, expected, mend, severity)
        if fault not in self._seen:
            self._seen.add(fault)
            self.found.append(fault)

    def warn(self, code: str, place: Place, found: str, expected: str = "", mend: str = "") -> None:
        """Record something that looks wrong but stops nothing."""
        self.add(code, place, found, expected, mend, "warning")

    def extend(self, found: Iterable[Fault]) -> None:
        """Record what another collector has found."""
        for fault in found:
            self.add(fault.code, fault.place, fault.found, fault.expected, fault.mend, fault.severity)

    def unreadable(self, error: NotReadable, place: Place) -> None:
        """Record that text at a place is not of the wanted kind."""
        self.add(error.code, place, error.found, error.expected, error.mend)

    @property
    def errors(self) -> list[Fault]:
        """Return the faults that stop the run."""
        return [fault for fault in self.found if fault.severity == "error"]

    @property
    def warnings(self) -> list[Fault]:
        """Return the faults that do not stop the run."""
        return [fault for fault in self.found if fault.severity == "warning"]

    def stop_if_any(self) -> None:
        """Raise `FaultsFound` with every error recorded so far (warnings included for the report)."""
        if self.errors:
            raise FaultsFound(self.found)


def report(faults: Iterable[Fault]) -> str:
    """Write one message of bullets grouped by file: errors of a file first, then its warnings."""
    return bullets(faults)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word closest to `word`; None when none is at least `cutoff` alike (1 is the same)."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[close[0]] if close else None


def _in_another_order(word: str, names: Iterable[str]) -> str | None:
    """Return the known name of nearly the same words in another order: `budgets training` for `training budget`."""
    by_order = {" ".join(sorted(name.split())): name for name in names if " " in name}
    near = nearest(" ".join(sorted(word.split())), by_order, 0.8)
    return by_order[near] if near else None


def titled(word: str, titles: Mapping[str, str]) -> str | None:
    """Return the code of a title (`titles` has them in lower case), or None where the word is no title."""
    return titles.get(" ".join(word.casefold().split()))


def by_title(word: str, titles: Mapping[str, str]) -> str:
    """Suggest the code where a title was written in its place; empty where the word is no title."""
    code = titled(word, titles)
    return f'This is a title: write its code "{code}".' if code else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest what to write for an unknown word: the nearest known one, or one of the list of all."""
    names = sorted(set(known))
    near = nearest(word, names) or _in_another_order(word, names)
    if near:
        return f'Did you mean "{near}"?{difference(word, near)}'
    if not names:
        return "There are none to choose from."
    shown = ", ".join(names[:12])
    return f"Known: {shown}{' …' if len(names) > 12 else ''}."
