"""Holds what a point changes: bounds of the option by the entry's name, cells of the inputs by their key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from optimiser.constraints.policy import Entry
from optimiser.text.by_year import ByYear

How = Literal["times", "plus", "set"]


@dataclass(frozen=True)
class Amount:
    """Give a number a new value: a share of what it is, an addition to it, or the value itself."""

    how: How
    number: float
    text: str
    """As the user wrote it: 80%, +5e6, 170e6."""

    def of(self, value: float) -> float:
        """Return the number that takes the place of `value`."""
        if self.how == "times":
            return value * self.number
        return value + self.number if self.how == "plus" else self.number

    def of_years(self, value: ByYear) -> ByYear:
        """Return the new value by year; a value set outright holds in every year."""
        if self.how == "set":
            return ByYear.of(self.number)
        return replace(value, values=tuple(self.of(number) for number in value.values))


@dataclass(frozen=True)
class Bound:
    """Give one key of one entry of the option another value."""

    entry: str
    key: str
    amount: Amount

    @property
    def words(self) -> str:
        """Write the change as `budgets training=80%`."""
        return f"{self.entry}={self.amount.text}"

    def applied(self, entry: Entry) -> Entry:
        """Return the entry with the new value."""
        value: Any = entry.values[self.key]
        new = self.amount.of_years(value) if isinstance(value, ByYear) else self.amount.of(float(value))
        return replace(entry, values={**entry.values, self.key: new})


@dataclass(frozen=True)
class Cell:
    """Give cells of the inputs another value, in every row of the table that the key selects."""

    table: str
    key: tuple[tuple[str, str], ...]
    """(column, code) pairs, all of which a row must have; for the settings there are none."""
    column: str
    amount: Amount

    @property
    def words(self) -> str:
        """Write the change as `roles nurse leaver_rate=0.05`."""
        return " ".join([self.table, *(code for _, code in self.key), f"{self.column}={self.amount.text}"])


Change = Bound | Cell
