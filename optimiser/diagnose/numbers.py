"""Lists the numbers in the user's files that a repair may change: what each does to the model, how far it may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimiser.constraints.families import BY_NAME
from optimiser.constraints.family import Family
from optimiser.constraints.limit import Limit
from optimiser.constraints.policy import Entry
from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.entry_numbers import NumberInRows, numbers_in_rows, of_decision
from optimiser.model.programme import Programme
from optimiser.text.by_year import ByYear


@dataclass(frozen=True)
class Number:
    """One number as the file has it: what one more of it adds to the bound of each of its rows."""

    entry: str
    key: str
    year: int | None
    """The year it holds for (calendar); None where one number holds for all."""
    now: float
    least: float
    most: float
    """The range the key may take."""
    ways: tuple[float, ...]
    """The directions that give way: 1 for a larger number, −1 for a smaller one, both for a fixed number."""
    rows: Integers
    slope: Floats
    """[row]"""

    @property
    def weight(self) -> float:
        """What a change by one costs: a share of the number itself, so that £ do not drown places."""
        return 1.0 / abs(self.now) if self.now else 1.0

    def room(self, way: float) -> float:
        """How far it may move in a direction."""
        return max(0.0, self.most - self.now if way > 0 else self.now - self.least)


def family_of(entry: Entry) -> Family | None:
    """The family an entry belongs to."""
    return BY_NAME.get(entry.family)


def movable_numbers(programme: Programme) -> list[Number]:
    """Every number that sets a bound by itself or times a volume; rows that share a number share one `Number`.

    A number that multiplies a decision (a pace, a share of staff) is none of these: see `Factor` in repair.
    """
    entries = {entry.name: entry for entry in programme.policy.entries}
    found: dict[tuple[str, str, int | None], Number] = {}
    for limit, rows, first in programme.limits():
        if limit.entry not in entries:
            continue
        for in_rows in numbers_in_rows(programme, limit, rows, first):
            one = _number(programme, entries[limit.entry], limit, in_rows)
            key = (one.entry, one.key, one.year)
            if key in found:
                one = replace(
                    found[key], rows=np.concatenate([found[key].rows, one.rows]),
                    slope=np.concatenate([found[key].slope, one.slope]),
                )  # fmt: skip
            found[key] = one
    return list(found.values())


def _number(programme: Programme, entry: Entry, limit: Limit, one: NumberInRows) -> Number:
    number = one.number
    key = BY_NAME[entry.family].key(number.key)
    at = 0 if one.year is None else one.year - programme.evidence.settings.first_year
    # A limit in cash is counted in real money: one pound more in the file is less than one here.
    slope = one.slope / (number.in_file[at] if number.in_file else 1.0)
    year = one.year if key.kind == "by_year" else None
    now = value_in(entry.values[number.key], limit.years[0] if one.year is None else one.year)
    give = {"at_most": (1.0,), "at_least": (-1.0,), "exactly": (1.0, -1.0)}[limit.sense]
    ways = tuple(way * number.sign for way in give)
    return Number(entry.name, number.key, year, now, key.least, key.most, ways, one.rows, slope)


def value_in(value: ByYear | float, year: int) -> float:
    """A value by year in one year; a plain number as it is."""
    if not isinstance(value, ByYear):
        return float(value)
    return value.at(year if value.first_year is None else max(year, value.first_year))


def factor_limits(programme: Programme, entry: str) -> Iterator[tuple[Limit, int]]:
    """The limits of an entry whose number multiplies a decision, with their first row."""
    for limit, _, first in programme.limits():
        if limit.entry == entry and of_decision(limit):
            yield limit, first
