"""Finds the policy entries that cannot hold together: every independent clash, of which no entry can be dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimiser.diagnose.elastic import Help, Helped, Undecided, cheapest_help, only_rows, possible, slack_help
from optimiser.diagnose.numbers import Number, movable_numbers
from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix, Programme

WHOLE = "whole_numbers"
"""What the demand for whole people is called beside the entries: it may be what makes a plan impossible."""
_MORE_THAN_NOTHING = 1e-7
_NO_DUAL = 1e-12
_DEAR, _DEAR_NUMBERED = 10.0, 100.0
"""How much dearer it is to give up a row than to change a number by all of it."""


@dataclass(frozen=True)
class Clash:
    """Entries that cannot hold together; without any one of them, the others can."""

    entries: tuple[str, ...]
    """By name, in the order of the option."""
    rows: Mapping[str, Integers]
    """By entry, the rows of the model that take part (all of its rows, where that is not known)."""


@dataclass(frozen=True)
class Relaxed:
    """The least change of the option's numbers that gives a plan, before anything is rounded."""

    numbers: tuple[tuple[Number, float], ...]
    """Each number that moves, and by how much, in the file's own unit."""
    given_up: tuple[int, ...]
    """Rows that no number in the file can repair, or not far enough."""
    duals: Integers
    """Rows that cannot hold together: those with a dual."""
    decisions: Floats
    """[column]: a plan of the changed option."""
    cost: float
    """The sum of the changes, each as a share of its number."""


class Feasibility:
    """Whether a plan exists with some of an option's entries in force and the others taken away."""

    def __init__(self, programme: Programme) -> None:
        """Take the option as it is written."""
        self.programme, self.matrix = programme, programme.matrix
        self.entries = tuple(dict.fromkeys(limit.entry for limit, _, _ in programme.limits()))
        if programme.policy.whole_numbers:
            self.entries += (WHOLE,)

    @cached_property
    def row_entry(self) -> Integers:
        """[row]: the position of the entry a row belongs to; −1 for identities."""
        found = np.full(len(self.matrix.lower), -1, dtype=np.int64)
        for limit, rows, first in self.programme.limits():
            found[first : first + len(rows)] = self.entries.index(limit.entry)
        return found

    @cached_property
    def following(self) -> Flags:
        """[row]: True where another limit's number sets the bound."""
        found = np.zeros(len(self.matrix.lower), dtype=bool)
        for limit, rows, first in self.programme.limits():
            found[first : first + len(rows)] = limit.follows is not None
        return found

    def rows(self, entries: Iterable[str]) -> Flags:
        """[row]: True for identities and the rows of these entries."""
        wanted = [self.entries.index(entry) for entry in entries]
        return np.isin(self.row_entry, [-1, *wanted])

    def integer(self, entries: Iterable[str]) -> Flags:
        """[column]: which decisions are whole: cohorts always, starts where whole numbers are in force."""
        whole = self.programme.integer.copy()
        if WHOLE not in entries and self.programme.policy.whole_numbers:
            whole[self.programme.quantities.decisions.starts.ravel()] = False
        return whole

    def possible(self, entries: Iterable[str]) -> bool:
        """Whether a plan exists with these entries alone. Raises Undecided."""
        kept = tuple(entries)
        return possible(only_rows(self.matrix, self.rows(kept)), self.programme.upper, self.integer(kept))

    def certainly_impossible(self, entries: Iterable[str]) -> bool:
        """True where it is proved that these entries alone allow no plan."""
        try:
            return not self.possible(entries)
        except Undecided:
            return False


def relaxed(
    ask: Feasibility, entries: Collection[str], within: Flags, numbers: Collection[Number], whole: bool = False
) -> Relaxed | None:
    """The least change of the numbers of some entries that gives a plan keeping to the rows `within`.

    Every number is given slack that costs a share of it, up to the range its key may take. A row may also be given up
    altogether: ten times dearer where no number in the file sets it, a hundred times where one does. None where even
    that gives no plan. `whole` asks for whole numbers where the option does. Raises Undecided.
    """
    kept = np.flatnonzero(within)
    place = np.cumsum(within) - 1
    matrix = only_rows(ask.matrix, within)
    helps: list[Help] = []
    moved: list[tuple[Number, float]] = []
    for number in (one for one in numbers if one.entry in entries):
        for way in number.ways:
            if number.room(way) > 0:
                own = within[number.rows]
                coefficient = -way * number.slope[own]
                helps.append(Help(place[number.rows[own]], coefficient, number.weight, number.room(way)))
                moved.append((number, way))
    set_by_number = np.zeros(len(within), dtype=bool)
    for number in numbers:
        set_by_number[number.rows] = True
    # What follows another limit's number moves with it.
    limits = np.flatnonzero(ask.rows(entries)[kept] & (ask.row_entry[kept] >= 0) & ~ask.following[kept])
    dear = np.where(set_by_number[kept[limits]], _DEAR_NUMBERED, _DEAR) / np.maximum(1.0, _size(matrix, limits))
    by_row = slack_help(matrix, limits, dear)
    continuous = np.zeros(matrix.columns, dtype=bool)
    integer = ask.integer(ask.entries) if whole else continuous
    helped = cheapest_help(matrix, ask.programme.upper, integer, [*helps, *by_row])
    return None if helped is None else _read(helped, moved, by_row, kept)


def _read(helped: Helped, moved: list[tuple[Number, float]], by_row: list[Help], kept: Integers) -> Relaxed:
    numbers = tuple(
        (number, way * amount)
        for (number, way), amount in zip(moved, helped.amounts.tolist(), strict=False)
        if amount * number.weight > _MORE_THAN_NOTHING
    )
    rows = [
        int(kept[one.rows[0]])
        for one, amount in zip(by_row, helped.amounts[len(moved) :].tolist(), strict=True)
        if amount > _MORE_THAN_NOTHING
    ]
    cost = sum(abs(amount) * number.weight for number, amount in numbers) + _DEAR * len(rows)
    duals = kept[np.abs(helped.duals) > _NO_DUAL]
    return Relaxed(numbers, tuple(sorted(set(rows))), duals, helped.decisions, cost)


@dataclass(frozen=True)
class Search:
    """What was found about an option: whether it has a plan, what clashes, and the least change that gives one."""

    ask: Feasibility
    clashes: tuple[Clash, ...]
    least: Relaxed | None
    """None where there is a plan, and where no change of the option gives one."""
    short: Mapping[int, float]
    """Where the evidence alone allows no plan: identity rows that cannot hold, and by how much."""
    numbers: tuple[Number, ...] = ()

    @property
    def plan_exists(self) -> bool:
        """True where nothing clashes."""
        return not self.clashes and not self.short

    def moving(self) -> frozenset[str]:
        """The entries that the least change moves."""
        if self.least is None:
            return frozenset()
        rows = {self.ask.entries[int(self.ask.row_entry[row])] for row in self.least.given_up}
        return frozenset({number.entry for number, _ in self.least.numbers} | rows)


def search(programme: Programme) -> Search:
    """Every independent clash of an option, each confirmed by solving without each of its entries. Raises Undecided.

    One plan with slack on every number says which rows clash; entries are taken away one by one on those rows alone,
    which takes milliseconds, and what is left is confirmed on the whole model.
    """
    ask = Feasibility(programme)
    numbers = tuple(movable_numbers(programme))
    every = np.ones(len(ask.matrix.lower), dtype=bool)
    least = relaxed(ask, ask.entries, every, numbers)
    if least is None:
        return Search(ask, (), None, _short(programme, ask))
    if not least.numbers and not least.given_up:
        if not programme.integer.any() or ask.possible(ask.entries):
            return Search(ask, (), None, {})
        # Whole numbers are at fault: every entry is a suspect.
        clash = _confirmed(ask, ask.entries, np.zeros(0, dtype=np.int64))
        return Search(ask, (clash,), relaxed(ask, ask.entries, every, numbers, whole=True), {}, numbers)
    found = Search(ask, (), least, {}, numbers)
    return Search(ask, tuple(_clashes(ask, least, found.moving())), least, {}, numbers)


def _clashes(ask: Feasibility, least: Relaxed, moving: frozenset[str]) -> Iterator[Clash]:
    """Clashes that no entry the least change moves has in common, then what is left with those entries gone."""
    subset = Subset(ask, least.duals)
    seen: list[tuple[str, ...]] = []
    gone: set[str] = set()
    for entry in (name for name in ask.entries if name in moving):
        few = subset.clashing(moving - {entry})
        if few is not None and few not in seen:
            seen.append(few)
            gone |= moving.intersection(few)
            yield _confirmed(ask, few, subset.rows)
    while (few := subset.clashing(gone)) is not None:
        seen.append(few)
        gone |= moving.intersection(few) or set(few)
        yield _confirmed(ask, few, subset.rows)
    if not seen:
        # The rows by themselves can hold: the solver's duals were too small to tell.
        yield _confirmed(ask, ask.entries, subset.rows)


def _confirmed(ask: Feasibility, few: Collection[str], rows: Integers) -> Clash:
    """The clash without entries that the whole model can do without; one the solver cannot decide on stays."""
    kept = list(few)
    for entry in few:
        others = [other for other in kept if other != entry]
        if ask.certainly_impossible(others):
            kept = others
    found = {}
    for entry in kept:
        own = np.flatnonzero(ask.row_entry == ask.entries.index(entry))
        found[entry] = np.intersect1d(own, rows) if np.isin(own, rows).any() else own
    return Clash(tuple(kept), found)


class Subset:
    """Rows that cannot hold together, few enough to be tried again and again without some of them."""

    def __init__(self, ask: Feasibility, rows: Integers) -> None:
        """Take the rows that are needed."""
        self._ask, self.rows = ask, rows
        keep = np.zeros(len(ask.matrix.lower), dtype=bool)
        keep[rows] = True
        self._matrix = only_rows(ask.matrix, keep)
        self._entry = ask.row_entry[rows]

    def clashing(self, without: Collection[str]) -> tuple[str, ...] | None:
        """Entries whose rows cannot hold together, without idle ones; None where the rows of all others can."""
        entries = self._ask.entries
        kept = [n for n, name in enumerate(entries) if name not in without and (self._entry == n).any()]
        if self._possible(kept):
            return None
        for number in list(kept):
            others = [other for other in kept if other != number]
            if not self._possible(others):
                kept = others
        return tuple(entries[number] for number in kept)

    def possible_without(self, entry: str) -> bool:
        """False where the rows cannot hold together even without one entry, so that no change of it gives a plan."""
        return self._possible([n for n, name in enumerate(self._ask.entries) if name != entry])

    def _possible(self, numbers: list[int]) -> bool:
        keep = np.isin(self._entry, [-1, *numbers])
        continuous = np.zeros(self._matrix.columns, dtype=bool)
        try:
            return possible(only_rows(self._matrix, keep), self._ask.programme.upper, continuous)
        except Undecided:
            # Then what was left out stays a suspect; entries are confirmed on the whole model.
            return True


def _size(matrix: Matrix, rows: Integers) -> Floats:
    """The size of each row's number."""
    number = np.where(np.isfinite(matrix.upper[rows]), matrix.upper[rows], matrix.lower[rows])
    return np.abs(number)


def _short(programme: Programme, ask: Feasibility) -> dict[int, float]:
    """Identity rows that the evidence breaks whatever is decided, with the least that is missing."""
    own = ask.rows(())
    matrix = only_rows(programme.matrix, own)
    numbers = np.flatnonzero(own)
    every = np.arange(len(numbers))
    # Staff and demand add up by definition; what can run out is time and people.
    helps = slack_help(matrix, every, np.ones(len(every)))
    helped = cheapest_help(matrix, programme.upper, np.zeros(matrix.columns, dtype=bool), helps)
    if helped is None:
        return {}
    short: dict[int, float] = {}
    for one, amount in zip(helps, helped.amounts.tolist(), strict=True):
        if amount > _MORE_THAN_NOTHING:
            short[int(numbers[one.rows[0]])] = amount
    return short


def clashing_names(programme: Programme) -> tuple[str, ...]:
    """The entries that cannot hold together, without asking what would help. Raises Undecided."""
    found = search(programme)
    return tuple(dict.fromkeys(entry for clash in found.clashes for entry in clash.entries))
