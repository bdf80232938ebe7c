"""Defines the forms in which `tables.py` declares the tables and columns of the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from optimiser.text.field import Field

Kind = Literal["code", "text", "number", "share", "whole", "year", "choice", "by_year", "yes_no"]
"""code: a short name that other rows refer to; by_year and yes_no occur in the settings only."""


@dataclass(frozen=True)
class Column(Field):
    """Declare one column (or settings key): what it holds, in which unit, within which range, and why.

    `default` is what a blank cell means; a column that is neither required nor has a default stays
    blank. `refers` names the table whose codes it takes; where that depends on another column,
    `refers_on` is that column and `refers_by` gives the table for each of its choices. A column
    that refers to `areas` may always be left out where there is one area.
    """

    kind: Kind
    unit: str = ""
    default: str | float | int | None = None
    blank: str = ""
    """What a blank cell means, in words, where that is more than a default."""
    refers: str = ""
    refers_on: str = ""
    refers_by: Mapping[str, str] = field(default_factory=dict)
    also_called: tuple[str, ...] = ()
    """Other headers that mean the same."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Return every header that means this column, its own name first; WTE is another word for FTE."""
        return tuple(dict.fromkeys((self.name, self.name.replace("fte", "wte"), *self.also_called)))

    @property
    def is_number(self) -> bool:
        """Return True where cells are floats."""
        return self.kind in ("number", "share")

    @property
    def is_whole(self) -> bool:
        """Return True where cells are integers."""
        return self.kind in ("whole", "year")

    @property
    def range_words(self) -> str:
        """Say what a cell must be: `a share from 0 to 1`, `a number above 0`, `one of yes, no`, `a code`."""
        if self.kind in ("code", "text"):
            return "a code" if self.kind == "code" else "some text"
        if self.choices:
            return "one of " + ", ".join(self.choices)
        what = {"share": "a share", "whole": "a whole number", "year": "a year"}.get(self.kind, "a number")
        return self.numbers_allowed(what) or what


@dataclass(frozen=True)
class TableDeclaration:
    """Declare one table of the inputs: its columns, those that identify a row, and what it is for."""

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """No two rows may agree in all of these."""
    optional: bool = False
    defines: str = ""
    """The column whose codes other tables refer to."""
    one: str = ""
    """What one of those codes stands for, in a sentence: `a role`."""

    def column(self, name: str) -> Column:
        """Return the declaration of a column. Raises KeyError for a name the table does not have."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
