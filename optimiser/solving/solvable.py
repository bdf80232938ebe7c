"""What can be solved: columns, rows and priorities, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from optimiser.inputs.evidence import Flags, Floats
from optimiser.model.objective import Objective
from optimiser.model.programme import Matrix


class Solvable(Protocol):
    """One option's programme, or one made of several: every lower bound of a column is 0."""

    @property
    def matrix(self) -> Matrix:
        """All rows."""
        ...

    @property
    def upper(self) -> Floats:
        """[column]: upper bound."""
        ...

    @property
    def integer(self) -> Flags:
        """[column]: True where only whole numbers are allowed."""
        ...

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """The priorities in order."""
        ...

    @property
    def wish(self) -> Floats:
        """[column]: what to keep small where every priority is indifferent; all 0 where there is no such wish."""
        ...

    def column_names(self) -> list[str]:
        """A name for each column, by which ties are broken; none where any of the equal plans will do."""
        ...

    def tidied(self, decisions: Floats) -> Floats:
        """The same plan with its bookkeeping in order; no priority gets worse."""
        ...

    def row_name(self, row: int) -> str:
        """What a row is called in a message."""
        ...


class HasMatrix(Protocol):
    """Rows for the solver, from a PuLP problem or from arrays."""

    def matrix(self) -> Matrix:
        """All rows."""
        ...


@dataclass(frozen=True)
class Arrays:
    """Rows that are arrays already: the same programme many times needs no PuLP objects in between."""

    rows: Matrix

    def matrix(self) -> Matrix:
        """All rows."""
        return self.rows
