"""Why no plan exists: policy entries that cannot hold together, of which none can be dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix, Programme
from optimiser.solving.elastic import cheapest_help, only_rows, possible, slack_help
from optimiser.solving.highs import clashing_rows

WHOLE = "whole_numbers"
"""What the demand for whole people is called beside the entries: it may be what makes a plan impossible."""
_SECONDS = 20.0
"""Time for the solver's own search for a clash; what it did not find is found by taking entries away one by one."""
_MORE_THAN_NOTHING = 1e-7


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

    Raises Undecided where the solver can prove neither.
    """
    ask = Feasibility(programme)
    if ask.possible(ask.entries):
        return None
    if not ask.possible(()):
        return Clash((), {}, _short(programme, ask))
    suspects = _suspects(ask)
    if ask.possible(suspects):
        # Either whole numbers are at fault, or the search was: every entry is a suspect again.
        suspects = ask.entries
    kept = list(suspects)
    for entry in suspects:
        others = [other for other in kept if other != entry]
        if not ask.possible(others):
            kept = others
    return Clash(tuple(kept), _taking_part(ask, kept), {})


def _suspects(ask: Feasibility) -> tuple[str, ...]:
    """Entries that hold a clash between them: by the solver's search, or by the prices of a plan with slack."""
    rows = _search(ask, np.ones(len(ask.matrix.lower), dtype=bool))
    found = {ask.entries[place] for place in ask.row_entry[rows].tolist() if place >= 0}
    return tuple(entry for entry in ask.entries if entry in found)


def _search(ask: Feasibility, within: Flags) -> Integers:
    """Rows that clash, among those given: first those a plan with slack on the limits cannot do without, then fewer."""
    numbers = np.flatnonzero(within)
    matrix = only_rows(ask.matrix, within)
    limits = np.flatnonzero(ask.row_entry[numbers] >= 0)
    # A row counts in parts of its own bound, so that £ do not drown FTE.
    weight = 1.0 / np.maximum(1.0, _size(matrix, limits))
    helped = cheapest_help(
        matrix, ask.programme.upper, np.zeros(matrix.columns, dtype=bool), slack_help(matrix, limits, weight)
    )
    if helped is None or helped.amounts.max(initial=0.0) < _MORE_THAN_NOTHING:
        return numbers
    needed = np.abs(helped.duals) > 1e-12
    fewer = clashing_rows(only_rows(matrix, needed), ask.programme.upper, _SECONDS)
    return np.asarray(numbers[np.flatnonzero(needed)[fewer]] if fewer else numbers[needed])


def _size(matrix: Matrix, rows: Integers) -> Floats:
    """The size of each row's number."""
    number = np.where(np.isfinite(matrix.upper[rows]), matrix.upper[rows], matrix.lower[rows])
    return np.abs(number)


def _taking_part(ask: Feasibility, entries: list[str]) -> dict[str, Integers]:
    """For each entry, those of its rows that are in the clash (all, where they could not be told apart)."""
    within = ask.rows(entries)
    rows = _search(ask, within)
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
