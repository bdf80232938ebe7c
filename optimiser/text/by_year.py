"""Reads a value by year: a number, `{2026: a, 2030: b}` or `{ramp: {2026: a, 2030: b}}`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import NotReadable, read_number, read_year, year_label
from optimiser.text.yamltext import Mapping, Node, Scalar, Sequence, describe

ALWAYS = -1
"""As the first of the years: the first value holds in every year before the second one."""

_EXPECTED = "a number, or numbers by year such as {2026: 1, 2030: 2}"


@dataclass(frozen=True)
class ByYear:
    """Hold a number for every year from `first_year` on (for every year, where it is one number).

    Each value holds until the next year given; with `ramp` it runs there in a straight line. After
    the last year given it stays. `years` are in order, one for each of `values`; a plain number has
    no years and one value.
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    ramp: bool = False

    @classmethod
    def of(cls, value: float) -> ByYear:
        """Make a value that is the same number in every year."""
        return cls((), (value,))

    @property
    def first_year(self) -> int | None:
        """Return the year from which there is a value; None where there always is one."""
        return self.years[0] if self.years and self.years[0] != ALWAYS else None

    def at(self, year: int) -> float:
        """Return the value in a year. Raises ValueError for a year before the first one given."""
        if not self.years:
            return self.values[0]
        last = bisect_right(self.years, year) - 1
        if last < 0:
            raise ValueError(f"no value for {year}: the first year given is {self.years[0]}")
        if not self.ramp or last == len(self.years) - 1 or self.years[last] == year:
            return self.values[last]
        start, end = self.years[last], self.years[last + 1]
        return self.values[last] + (self.values[last + 1] - self.values[last]) * (year - start) / (end - start)

    def words(self, financial_years: bool = False) -> str:
        """Write it for a sentence: `300`, `300 from 2026, 430 from 2028`, `0.56 in 2026 rising to 0.7 in 2032`."""
        if not self.years:
            return f"{self.values[0]:,.10g}"
        between, word = (" to ", "in") if self.ramp else (", ", "from")
        return between.join(
            f"{value:,.10g}" if year == ALWAYS else f"{value:,.10g} {word} {year_label(year, financial_years)}"
            for year, value in zip(self.years, self.values, strict=True)
        )


def read_by_year(node: Node, faults: Faults, place: Place, financial_years: bool = False) -> ByYear | None:
    """Return the value by year that a node holds, or None with every fault in it recorded.

    `place` is the key the value belongs to; faults of a single year are put on that year's line.
    The caller must check by `first_year` that it covers every year it is needed for.
    """
    if isinstance(node, Scalar):
        value = _number(node, faults, place)
        return None if value is None else ByYear.of(value)
    if isinstance(node, Sequence):
        faults.add("not-by-year", at_line(place, node.line), "a list", _EXPECTED, "Give each value its year.")
        return None
    ramp = "ramp" in node.keys
    if ramp and len(node.items) > 1:
        mend = "Put every year under ramp, or remove ramp."
        faults.add("not-by-year", at_line(place, node.line), "ramp beside other keys", "only ramp", mend)
        return None
    points = node.get("ramp") if ramp else node
    if not isinstance(points, Mapping) or not points.items:
        found = describe(points) if points is not None and not isinstance(points, Mapping) else "no years"
        mend = "Write each year with its value."
        faults.add("not-by-year", at_line(place, node.line), found, "years with numbers", mend)
        return None
    return _points(points, ramp, faults, place, financial_years)


def at_line(place: Place, line: int) -> Place:
    """Return the place of the same key on another line; a workbook cell stays the cell."""
    return place if place.cell or not line else replace(place, line=line)


def _points(points: Mapping, ramp: bool, faults: Faults, place: Place, financial_years: bool) -> ByYear | None:
    """Return the values by year of a mapping of years to numbers."""
    found: dict[int, float] = {}
    sound = True
    for key, line, node in points.items:
        try:
            year = read_year(key, financial_years)
        except NotReadable as error:
            faults.unreadable(error, at_line(place, line))
            sound = False
            continue
        value = _number(node, faults, at_line(place, line))
        if year in found:
            label = year_label(year, financial_years)
            found_twice = f"{label} a second time"
            faults.add("duplicate-key", at_line(place, line), found_twice, "every year once", "Remove one.")
            sound = False
        if value is None:
            sound = False
        else:
            found[year] = value
    if not sound:
        return None
    years = tuple(sorted(found))
    return ByYear(years, tuple(found[year] for year in years), ramp)


def _number(node: Node, faults: Faults, place: Place) -> float | None:
    """Return the number a node holds, or None with the fault recorded."""
    if not isinstance(node, Scalar):
        faults.add("not-a-number", at_line(place, node.line), describe(node), _EXPECTED, "")
        return None
    try:
        return read_number(node.text)
    except NotReadable as error:
        expected = _EXPECTED if not node.text else error.expected
        faults.add(error.code, at_line(place, node.line), error.found, expected, error.mend)
        return None
