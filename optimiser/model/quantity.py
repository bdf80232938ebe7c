"""Defines a quantity: a tidy table whose every entry is a linear expression in the decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers


@dataclass(frozen=True)
class Quantity:
    """Hold one entry for each combination of keys: Σ coefficient × decision + constant.

    `keys` holds, for each key (area, year, route …), the position of each entry's code. The terms
    are three arrays of equal length: the entry a term belongs to, its column, its coefficient.
    """

    name: str
    keys: Mapping[str, Integers]
    entry: Integers
    column: Integers
    coefficient: Floats
    constant: Floats

    def __len__(self) -> int:
        return len(self.constant)

    def times(self, factor: Floats | float) -> Quantity:
        """Return every entry multiplied by its factor (one number, or one for each entry)."""
        by_entry = np.broadcast_to(np.asarray(factor, dtype=float), self.constant.shape)
        return replace(self, coefficient=self.coefficient * by_entry[self.entry], constant=self.constant * by_entry)

    def only(self, keep: Flags) -> Quantity:
        """Return the entries for which `keep` is true, renumbered."""
        number = np.cumsum(keep) - 1
        terms = keep[self.entry]
        return Quantity(
            self.name,
            {key: codes[keep] for key, codes in self.keys.items()},
            number[self.entry[terms]],
            self.column[terms],
            self.coefficient[terms],
            self.constant[keep],
        )

    def moved(self, years: int, last: int) -> Quantity:
        """Return each entry moved to the year `years` later; those beyond position `last` are dropped."""
        later = self.keys["year"] + years
        kept = self.only(later <= last)
        return replace(kept, keys={**kept.keys, "year": kept.keys["year"] + years})

    def values(self, decisions: Floats) -> Floats:
        """Return the value of every entry under the given decisions."""
        weights = self.coefficient * decisions[self.column]
        return self.constant + np.bincount(self.entry, weights=weights, minlength=len(self))


def of_columns(name: str, columns: Integers, keys: Mapping[str, Integers]) -> Quantity:
    """Make the quantity whose entries are decisions themselves: one column, coefficient 1, each."""
    flat = columns.ravel()
    size = len(flat)
    return Quantity(name, {k: v.ravel() for k, v in keys.items()}, np.arange(size), flat, np.ones(size), np.zeros(size))


def of_constants(name: str, constant: Floats, keys: Mapping[str, Integers]) -> Quantity:
    """Make the quantity that holds no decision, only numbers."""
    none = np.zeros(0, dtype=np.int64)
    return Quantity(name, {k: v.ravel() for k, v in keys.items()}, none, none, np.zeros(0), constant.ravel())


def grid(*sizes: int) -> tuple[Integers, ...]:
    """Return positions along each axis of a full table of these sizes, each of that shape."""
    return tuple(np.indices(sizes, dtype=np.int64))


def joined(name: str, pieces: list[Quantity]) -> Quantity:
    """Put several tables with the same keys one below the other."""
    offsets = np.cumsum([0, *(len(piece) for piece in pieces)])
    return Quantity(
        name,
        {key: np.concatenate([piece.keys[key] for piece in pieces]) for key in pieces[0].keys},
        np.concatenate([piece.entry + offset for piece, offset in zip(pieces, offsets, strict=False)]),
        np.concatenate([piece.column for piece in pieces]),
        np.concatenate([piece.coefficient for piece in pieces]),
        np.concatenate([piece.constant for piece in pieces]),
    )


def gathered(name: str, pieces: list[Quantity], keys: tuple[str, ...]) -> Quantity:
    """Add up pieces where their keys agree, sorted by those keys."""
    if not pieces:
        none = np.zeros(0, dtype=np.int64)
        return of_constants(name, np.zeros(0), dict.fromkeys(keys, none))
    whole = joined(name, pieces)
    stacked = np.stack([whole.keys[key] for key in keys])
    unique, entry = np.unique(stacked, axis=1, return_inverse=True)
    entry = entry.ravel()
    constant = np.asarray(np.bincount(entry, weights=whole.constant, minlength=unique.shape[1]), dtype=np.float64)
    return Quantity(
        name, dict(zip(keys, unique, strict=True)), entry[whole.entry], whole.column, whole.coefficient, constant
    )


@dataclass
class Sum:
    """Gather rows, each a linear expression: quantities are added into the rows they belong to."""

    size: int
    constant: Floats = field(default_factory=lambda: np.zeros(0))
    _terms: list[tuple[Integers, Integers, Floats]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not len(self.constant):
            self.constant = np.zeros(self.size)

    def add(self, quantity: Quantity, row: Integers, factor: Floats | float = 1.0) -> None:
        """Add each entry × factor to its row; entries whose row is negative are left out."""
        scaled = quantity.times(factor)
        inside = row >= 0
        terms = inside[scaled.entry]
        self._terms.append((row[scaled.entry[terms]], scaled.column[terms], scaled.coefficient[terms]))
        self.constant += np.bincount(row[inside], weights=scaled.constant[inside], minlength=self.size)

    def plus(self, amount: Floats) -> Sum:
        """Return the same rows with the amount added to each number; the terms are shared."""
        return Sum(self.size, self.constant + amount, self._terms)

    def terms(self) -> tuple[Integers, Integers, Floats]:
        """Return row, column and coefficient of every term; a pair may occur more than once."""
        if not self._terms:
            none = np.zeros(0, dtype=np.int64)
            return none, none, np.zeros(0)
        rows, columns, coefficients = zip(*self._terms, strict=True)
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(coefficients)

    def values(self, decisions: Floats) -> Floats:
        """Return the value of every row under the given decisions."""
        rows, columns, coefficients = self.terms()
        return self.constant + np.bincount(rows, weights=coefficients * decisions[columns], minlength=self.size)
