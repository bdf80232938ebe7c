"""Defines what can be solved: columns, rows and priorities, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from optimiser.inputs.evidence import Flags, Floats
from optimiser.model.objective import Objective
from optimiser.model.programme import Matrix


class Solvable(Protocol):
    """Describe one option's programme, or one made of several: every lower bound of a column is 0."""

    @property
    def matrix(self) -> Matrix:
        """Return all rows."""
        ...

    @property
    def upper(self) -> Floats:
        """Return [column]: upper bound."""
        ...

    @property
    def integer(self) -> Flags:
        """Return [column]: True where only whole numbers are allowed."""
        ...

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Return the priorities in order."""
        ...

    @property
    def wish(self) -> Floats:
        """Return [column]: what to keep small where every priority is indifferent; all 0 where there is no wish."""
        ...

    def column_names(self) -> list[str]:
        """Name each column, so that ties are broken by name; none where any of the equal plans will do."""
        ...

    def tidied(self, decisions: Floats) -> Floats:
        """Return the same plan with its bookkeeping in order; no priority gets worse."""
        ...

    def row_name(self, row: int) -> str:
        """Return the name of a row for a message."""
        ...


class HasMatrix(Protocol):
    """Describe anything with rows for the solver: a PuLP problem or arrays."""

    def matrix(self) -> Matrix:
        """Return all rows."""
        ...


@dataclass(frozen=True)
class Arrays:
    """Hold rows that are arrays already: the same programme many times needs no PuLP objects in between."""

    rows: Matrix

    def matrix(self) -> Matrix:
        """Return all rows."""
        return self.rows
