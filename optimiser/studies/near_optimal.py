"""Finds how far a sum of decisions can move while every priority stays near its best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.augmented import Extended, matrix_of, one_row, terms_of
from optimiser.model.programme import Programme
from optimiser.solving.highs import Ending, Solver
from optimiser.solving.status import Status
from optimiser.solving.verify import verify

_ROUNDING = 1e-9
"""Share by which a priority's cap is exceeded beyond what was asked for, so that the best plan itself fits."""


@dataclass
class Ranges:
    """Hold a programme in which priority k is at most best[k] + within × |best[k]|, and the basis searches start
    from: that of the best plan for the first priority.
    """

    programme: Programme
    best: tuple[float, ...]
    within: float
    options: Mapping[str, Any] = field(default_factory=dict)
    _extended: Extended = field(init=False)
    _basis: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._extended = capped(self.programme, self.best, self.within)

    def least(self, coefficient: Floats) -> tuple[Ending, Floats | None]:
        """Find the plan with the least Σ coefficient × decision; return how the search ended too. Raises BrokenRow."""
        if self._basis is None and not self.programme.integer.any():
            first = self._solver()
            ending = first.minimise(self.programme.objectives[0].coefficient)
            if ending.status is not Status.OPTIMAL:
                return ending, None
            self._basis = first.basis()
        solver = self._solver()
        if self._basis is not None:
            solver.use_basis(self._basis)
        ending = solver.minimise(coefficient, "cold" if self._basis is None else "on_face")
        if ending.status is not Status.OPTIMAL:
            return ending, None
        return ending, verify(self._extended, solver.decisions())

    def _solver(self) -> Solver:
        return Solver(self._extended.matrix, self._extended.upper, self._extended.integer, self.options)


def capped(programme: Programme, best: tuple[float, ...], within: float) -> Extended:
    """Return the programme with a row for each priority that keeps it near its best value."""
    matrix, rows = programme.matrix, len(programme.matrix.lower)
    terms, most = [terms_of(matrix)], []
    for number, (objective, value) in enumerate(zip(programme.objectives, best, strict=True)):
        terms.append(one_row(objective.coefficient, rows + number))
        most.append(value + within * abs(value) + _ROUNDING * max(1.0, abs(value)) - objective.constant)
    lower = np.concatenate([matrix.lower, np.full(len(most), -np.inf)])
    upper = np.concatenate([matrix.upper, np.array(most)])
    return Extended(
        matrix_of(terms, lower, upper, matrix.columns, matrix.unit),
        programme.upper,
        programme.integer,
        programme.objectives,
    )
