"""Puts several futures in one programme: some decisions are the same in all of them, the others adapt.

Each future keeps all its columns; rows tie the common decisions of one future to those of the next. So the optimal
bases of the futures by themselves, side by side, are a start that only those rows contradict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.augmented import Extended, Terms, matrix_of, one_column, terms_of
from optimiser.model.objective import Objective
from optimiser.model.programme import Matrix, Programme


@dataclass(frozen=True)
class Stacked:
    """Hold programmes of one shape side by side, with the columns (by their position in each) that all share."""

    programmes: tuple[Programme, ...]
    shared: Integers

    @property
    def columns(self) -> int:
        """Return the number of columns of one future."""
        return len(self.programmes[0].upper)

    @property
    def ties(self) -> int:
        """Return the number of rows that tie the futures together; they follow those of the last future."""
        return (len(self.programmes) - 1) * len(self.shared)

    def decisions(self, whole: Floats, future: int) -> Floats:
        """Return [column]: the decisions of one future."""
        return whole[future * self.columns : (future + 1) * self.columns]

    def expected(self, weights: Sequence[float]) -> Extended:
        """Minimise the weighted mean of each priority in order."""
        size = self.columns * len(self.programmes)
        return self._extended(self._matrix(size), self._means(weights, size))

    def worst(self, weights: Sequence[float]) -> Extended:
        """Minimise each priority's worst future, then its weighted mean, in order.

        The worst value is a column of its own (they are the last), at least as large as the priority in every future
        (their rows follow the ties).
        """
        names = [objective.name for objective in self.programmes[0].objectives]
        first = self.columns * len(self.programmes)
        size = first + len(names)
        plain = self._matrix(size)
        terms: list[Terms] = [terms_of(plain)]
        most: list[float] = []
        for number in range(len(names)):
            for future, programme in enumerate(self.programmes):
                objective, row = programme.objectives[number], len(plain.lower) + len(most)
                used = np.flatnonzero(objective.coefficient)
                place = used + future * self.columns
                terms.append(Terms(np.full(len(used), row), place, objective.coefficient[used]))
                terms.append(Terms(np.array([row]), np.array([first + number]), np.array([-1.0])))
                most.append(-objective.constant)
        lower = np.concatenate([plain.lower, np.full(len(most), -np.inf)])
        upper = np.concatenate([plain.upper, np.array(most)])
        means = self._means(weights, size)
        objectives: list[Objective] = []
        for number, name in enumerate(names):
            objectives += [one_column(f"{name} at worst", first + number, size), means[number]]
        return self._extended(matrix_of(terms, lower, upper, size, plain.unit), objectives)

    def _extended(self, matrix: Matrix, objectives: Sequence[Objective]) -> Extended:
        upper, integer = np.full(matrix.columns, np.inf), np.zeros(matrix.columns, dtype=bool)
        size = self.columns * len(self.programmes)
        upper[:size] = np.concatenate([programme.upper for programme in self.programmes])
        integer[:size] = np.concatenate([programme.integer for programme in self.programmes])
        return Extended(matrix, upper, integer, tuple(objectives))

    def _matrix(self, size: int) -> Matrix:
        terms, first, columns = [], 0, self.columns
        for future, programme in enumerate(self.programmes):
            matrix = programme.matrix
            terms.append(Terms(matrix.row + first, matrix.column + future * columns, matrix.value))
            first += len(matrix.lower)
        count = len(self.shared)
        for future in range(1, len(self.programmes)):
            row = first + (future - 1) * count + np.arange(count)
            terms.append(Terms(row, self.shared + (future - 1) * columns, np.ones(count)))
            terms.append(Terms(row, self.shared + future * columns, -np.ones(count)))
        ties = np.zeros(self.ties)
        lower = np.concatenate([*(programme.matrix.lower for programme in self.programmes), ties])
        upper = np.concatenate([*(programme.matrix.upper for programme in self.programmes), ties])
        unit = np.concatenate([programme.matrix.unit for programme in self.programmes])
        return matrix_of(terms, lower, upper, size, unit)

    def _means(self, weights: Sequence[float], size: int) -> list[Objective]:
        found = []
        for number, first in enumerate(self.programmes[0].objectives):
            parts = [programme.objectives[number] for programme in self.programmes]
            weighted = [weight * part.coefficient for weight, part in zip(weights, parts, strict=True)]
            coefficient = np.concatenate([*weighted, np.zeros(size - self.columns * len(parts))])
            constant = sum(weight * part.constant for weight, part in zip(weights, parts, strict=True))
            found.append(Objective(first.name, coefficient, constant))
        return found


def early_starts(programme: Programme, last_year: int) -> Integers:
    """Return the columns of everything started up to a year."""
    starts = programme.quantities.starts
    chosen = starts.only(starts.keys["year"] + programme.evidence.settings.first_year <= last_year)
    return chosen.column


def with_fixed(programme: Programme, columns: Integers, values: Floats) -> Extended:
    """Return the programme with rows, after its own, that give some decisions their values."""
    matrix, count = programme.matrix, len(columns)
    rows = len(matrix.lower) + np.arange(count)
    terms = [terms_of(matrix), Terms(rows, columns, np.ones(count))]
    lower, upper = np.concatenate([matrix.lower, values]), np.concatenate([matrix.upper, values])
    return Extended(
        matrix_of(terms, lower, upper, matrix.columns, matrix.unit),
        programme.upper,
        programme.integer,
        programme.objectives,
    )
