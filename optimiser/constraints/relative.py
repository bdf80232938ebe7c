"""Reads values that change inherited ones: `{times: 1.2}`, `{plus: {2027: 6}}`, and `none` to take one away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from optimiser.text import yamltext
from optimiser.text.by_year import ALWAYS, ByYear, at_line, read_by_year
from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Node, Scalar, describe

How = Literal["times", "plus"]
HOW: tuple[How, ...] = get_args(How)


class TakenAway:
    """Mark a value written as `key: none`: the inherited one goes."""

    def __repr__(self) -> str:
        """Return the word as the file has it."""
        return "none"


NONE: Final = TakenAway()


@dataclass(frozen=True)
class Relative:
    """Hold a value by year relative to the inherited one: a multiple of it, or an amount on top of it."""

    how: How
    amount: ByYear

    def of(self, inherited: ByYear) -> ByYear:
        """Return the value in force: changed year by year, but as inherited before the first year given.

        One amount for all years keeps the shape of what is inherited, ramps included. Otherwise every year in which
        the result may change has a value of its own.
        """
        if not self.amount.years:
            return replace(inherited, values=tuple(self.number(value) for value in inherited.values))
        start = inherited.years[0] if inherited.years else ALWAYS
        years = sorted(year for year in {start, *_turns(inherited), *_turns(self.amount)} if year >= start)
        steps: list[tuple[int, float]] = []
        for year in years:
            value = self._in(year, inherited.at(year))
            if not steps or steps[-1][1] != value:
                steps.append((year, value))
        return ByYear(tuple(year for year, _ in steps), tuple(value for _, value in steps))

    def number(self, inherited: float, year: int | None = None) -> float:
        """Return the number in force where one number is inherited (in a year, where the amount goes by year)."""
        amount = self.amount.values[0] if year is None else self.amount.at(year)
        return inherited * amount if self.how == "times" else inherited + amount

    def _in(self, year: int, inherited: float) -> float:
        return inherited if year < self.amount.years[0] else self.number(inherited, year)

    def words(self, financial_years: bool = False) -> str:
        """Write the value in words: `times 1.2`, `plus 6 from 2027`."""
        return f"{self.how} {self.amount.words(financial_years)}"


def _turns(value: ByYear) -> tuple[int, ...]:
    """Return the years in which a value by year may change: on a ramp, every one."""
    return tuple(range(value.years[0], value.years[-1] + 1)) if value.ramp else value.years


def how_of(node: Node) -> How | None:
    """Return `times` or `plus` where a value is written as relative, otherwise None."""
    if not isinstance(node, yamltext.Mapping):
        return None
    return next((how for how in HOW if how in node.keys), None)


def takes_away(node: Node) -> bool:
    """Return True for a bare `none`; in quotation marks it is a word like any other."""
    return isinstance(node, Scalar) and node.text == "none" and not node.quoted


def read_relative(node: Node, one_number: bool, faults: Faults, place: Place, financial_years: bool) -> Relative | None:
    """Read `{times: …}` or `{plus: …}`, by year or of `one_number`; None with the fault recorded."""
    how = how_of(node)
    if how is None or not isinstance(node, yamltext.Mapping):
        raise TypeError("not a relative value")
    if len(node.items) > 1:
        others = ", ".join(name for name in node.keys if name != how)
        mend = f"Keep {how} alone; a file that extends this one can say more."
        faults.add("not-relative", place, f"{how} beside {others}", f"only {how}", mend)
        return None
    amount = node.items[0][2]
    if one_number and not isinstance(amount, Scalar):
        mend = f"What is inherited is one number for all years: write {{{how}: {1.2 if how == 'times' else 6}}}."
        faults.add("not-relative", place, f"{how} with {describe(amount)}", f"{how} with one number", mend)
        return None
    found = read_unsigned(amount, faults, place, financial_years)
    return None if found is None else Relative(how, found)


def read_unsigned(node: Node, faults: Faults, place: Place, financial_years: bool) -> ByYear | None:
    """Read a value by year without a plus sign before any number; None with the faults recorded."""
    return read_by_year(node, faults, place, financial_years) if unsigned(node, faults, place) else None


def in_cells(
    read: Callable[[Faults, Place], Any], faults: Faults, place: Place, line: int, cells: Mapping[int, Place]
) -> Any:
    """Read something at a place; in a workbook, where a line number means a cell, put each fault on its cell."""
    if not place.cell:
        return read(faults, place)
    mine = Faults()
    found = read(mine, replace(place, line=line, cell=""))
    for fault in mine.found:
        at = replace(cells.get(fault.place.line, place), column=fault.place.column)
        faults.add(fault.code, at, fault.found, fault.expected, fault.mend, fault.severity)
    return found


def unsigned(node: Node, faults: Faults, place: Place) -> bool:
    """Return True where no number starts with a plus sign, which could mean an addition; otherwise faults."""
    signed = plus_signs(node)
    for number in signed:
        bare = number.text.replace("+", "", 1)
        mend = f"To add it to the inherited value write {{plus: {bare}}}; for the number itself write {bare}."
        faults.add("plus-sign", at_line(place, number.line), quoted(number.text), "a number without +", mend)
    return not signed


def plus_signs(node: Node) -> list[Scalar]:
    """List the numbers below a node that are written with a leading +."""
    if isinstance(node, Scalar):
        return [node] if node.text.lstrip("£$€").startswith("+") else []
    parts = node.items if isinstance(node, yamltext.Sequence) else tuple(value for _, _, value in node.items)
    return [found for part in parts for found in plus_signs(part)]
