"""Why no plan exists: policy entries that cannot hold together, of which none can be dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.diagnose.elastic import Undecided, cheapest_help, only_rows, possible, slack_help
from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix, Programme

WHOLE = "whole_numbers"
"""What the demand for whole people is called beside the entries: it may be what makes a plan impossible."""
_MORE_THAN_NOTHING = 1e-7
_NO_DUAL = 1e-12


@dataclass(frozen=True)
class Clash:
    """Entries that cannot hold together; without any one of them, the others can."""

    entries: tuple[str, ...]
    """By name, in the order of the option. Empty where the evidence alone allows no plan."""
    rows: Mapping[str, Integers]
    """By entry, the rows of the model that take part, as far as they could be told from the entry's others."""
    short: Mapping[int, float]
    """Where the evidence alone allows no plan: identity rows that cannot hold, and by how much."""


def entry_of(limit: Limit) -> str:
    """The name of the entry a limit comes from; what is carried forward belongs to its budget."""
    return limit.follows[0].removesuffix("/total") if limit.follows is not None else limit.name


def limits_of(programme: Programme, entry: str) -> list[tuple[Limit, Integers]]:
    """The limits an entry makes, each with the numbers of its rows."""
    return [
        (limit, np.arange(first, first + len(rows)))
        for limit, rows, first in programme.limits()
        if entry_of(limit) == entry
    ]


class Feasibility:
    """Whether a plan exists with some of an option's entries in force and the others taken away."""

    def __init__(self, programme: Programme) -> None:
        """Take the option as it stands."""
        self.programme, self.matrix = programme, programme.matrix
        self.entries = tuple(dict.fromkeys(entry_of(limit) for limit, _, _ in programme.limits()))
        if programme.policy.whole_numbers:
            self.entries += (WHOLE,)

    @cached_property
    def row_entry(self) -> Integers:
        """[row]: the position of the entry a row belongs to; −1 for identities."""
        found = np.full(len(self.matrix.lower), -1, dtype=np.int64)
        for limit, rows, first in self.programme.limits():
            found[first : first + len(rows)] = self.entries.index(entry_of(limit))
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


def find_clash(programme: Programme) -> Clash | None:
    """A smallest set of clashing entries, each confirmed by solving without it; None where a plan exists.

    One plan with slack on every limit says which rows clash; entries are taken away one by one on those rows alone,
    which takes milliseconds, and what is left is confirmed on the whole model. Raises Undecided.
    """
    ask = Feasibility(programme)
    needed = _needed(ask, np.ones(len(ask.matrix.lower), dtype=bool))
    if needed is None:
        return Clash((), {}, _short(programme, ask))
    if needed.any():
        few = Subset(ask, needed).entries()
    elif not programme.integer.any() or ask.possible(ask.entries):
        return None
    else:
        # Whole numbers are at fault: every entry is a suspect.
        few = ask.entries
    kept = list(few)
    for entry in few:
        others = [other for other in kept if other != entry]
        if not ask.possible(others):
            kept = others
    return Clash(tuple(kept), _taking_part(ask, kept), {})


def _needed(ask: Feasibility, within: Flags) -> Flags | None:
    """[row]: those that a plan with slack on the limits cannot do without, none where it needs no slack.

    By weak duality the rows with a dual cannot hold together. None where slack does not help.
    """
    numbers = np.flatnonzero(within)
    matrix = only_rows(ask.matrix, within)
    limits = np.flatnonzero(ask.row_entry[numbers] >= 0)
    # A row counts in parts of its own bound, so that £ do not drown FTE.
    weight = 1.0 / np.maximum(1.0, _size(matrix, limits))
    continuous = np.zeros(matrix.columns, dtype=bool)
    helped = cheapest_help(matrix, ask.programme.upper, continuous, slack_help(matrix, limits, weight))
    if helped is None:
        return None
    found = np.zeros(len(within), dtype=bool)
    if helped.amounts.max(initial=0.0) >= _MORE_THAN_NOTHING:
        found[numbers[np.abs(helped.duals) > _NO_DUAL]] = True
    return found


class Subset:
    """Rows that cannot hold together, few enough to be tried again and again without some of them."""

    def __init__(self, ask: Feasibility, needed: Flags) -> None:
        """Take the rows that are needed."""
        self._ask, self.rows = ask, np.flatnonzero(needed)
        self._matrix = only_rows(ask.matrix, needed)
        self._entry = ask.row_entry[self.rows]

    def entries(self) -> tuple[str, ...]:
        """Entries whose rows cannot hold together, without idle ones; all, where the rows by themselves can."""
        kept = [number for number in range(len(self._ask.entries)) if (self._entry == number).any()]
        if self._possible(self._of(kept)):
            return tuple(self._ask.entries[number] for number in kept)
        for number in list(kept):
            others = [other for other in kept if other != number]
            if not self._possible(self._of(others)):
                kept = others
        return tuple(self._ask.entries[number] for number in kept)

    def clashing(self) -> Integers:
        """The limits' rows that cannot hold together, without idle ones; all, where they can."""
        kept = np.flatnonzero(self._entry >= 0)
        if self._possible(self._with(kept)):
            return self.rows[kept]
        size = len(kept)
        while size:
            # Larger pieces first: most rows have nothing to do with it. Later years first: the earliest clash is shown.
            size = (size + 1) // 2
            for piece in [kept[first : first + size] for first in range(0, len(kept), size)][::-1]:
                others = kept[~np.isin(kept, piece)]
                if not self._possible(self._with(others)):
                    kept = others
            if size == 1:
                break
        return self.rows[kept]

    def _of(self, entries: list[int]) -> Flags:
        return np.isin(self._entry, [-1, *entries])

    def _with(self, places: Integers) -> Flags:
        keep = self._entry < 0
        keep[places] = True
        return keep

    def _possible(self, keep: Flags) -> bool:
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


def _taking_part(ask: Feasibility, entries: list[str]) -> dict[str, Integers]:
    """For each entry, those of its rows that are in the clash (all, where they could not be told apart)."""
    needed = _needed(ask, ask.rows(entries))
    rows = Subset(ask, needed).clashing() if needed is not None and needed.any() else np.zeros(0, dtype=np.int64)
    found = {}
    for entry in entries:
        own = np.flatnonzero(ask.row_entry == ask.entries.index(entry))
        found[entry] = np.intersect1d(own, rows) if np.isin(own, rows).any() else own
    return found


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
