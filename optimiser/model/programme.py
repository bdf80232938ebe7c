"""Builds the whole linear programme: columns, rows and priorities, as sparse arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.constraints.policy import Policy
from optimiser.inputs.evidence import Evidence, Flags, Floats, Integers
from optimiser.model.decisions import Columns, decide
from optimiser.model.fairness import common_shares
from optimiser.model.identities import IDENTITIES
from optimiser.model.names import column_names
from optimiser.model.objective import Objective, objectives
from optimiser.model.quantities import Quantities
from optimiser.model.rows import Rows, rows_of
from optimiser.model.steady import changes_of_starts, netted
from optimiser.text.faults import Faults


@dataclass(frozen=True)
class Matrix:
    """Hold rows × columns in compressed rows: the terms of row i are at `start[i]:start[i+1]`."""

    start: Integers
    column: Integers
    value: Floats
    lower: Floats
    upper: Floats
    columns: int
    unit: Floats = field(default_factory=lambda: np.zeros(0))
    """[column]: how much of it goes with one FTE, where that is known: £ by the typical cost, units of
    a task by its yardstick. A column without one (0, or beyond the end) is measured by the rows it is in."""

    @property
    def row(self) -> Integers:
        """Return the row of every term."""
        return np.repeat(np.arange(len(self.lower)), np.diff(self.start))

    def has_terms_of(self, other: Matrix) -> bool:
        """Return True where the terms are the other's, so that a solver that holds it needs new numbers only."""
        return self.value is other.value

    def times(self, decisions: Floats) -> Floats:
        """Return the value of every row under the given decisions."""
        weights = self.value * decisions[self.column]
        return np.asarray(np.bincount(self.row, weights=weights, minlength=len(self.lower)), dtype=np.float64)


@dataclass(frozen=True)
class Programme:
    """Hold one option under one set of scenarios, ready to be solved."""

    evidence: Evidence
    policy: Policy
    quantities: Quantities
    blocks: tuple[Rows, ...]
    """Identities first, then every limit of the policy in its order."""
    objectives: tuple[Objective, ...]
    matrix: Matrix = field(repr=False)
    """All rows, decisions to the left and numbers to the right."""
    upper: Floats = field(repr=False)
    """[column]: upper bound; every lower bound is 0."""
    integer: Flags = field(repr=False)
    """[column]: True where only whole numbers are allowed."""

    def with_numbers(self, blocks: tuple[Rows, ...]) -> Programme:
        """Return the programme with other bounds of its rows; the terms stay the same."""
        lower, upper = numbers(blocks)
        return replace(self, blocks=blocks, matrix=replace(self.matrix, lower=lower, upper=upper))

    def with_terms(self, blocks: tuple[Rows, ...]) -> Programme:
        """Return the programme with other rows of the same columns."""
        return replace(self, blocks=blocks, matrix=_matrix(blocks, self.quantities.decisions.columns))

    def up_to(self, priority: int) -> Programme:
        """Return the programme without the priorities that come after this one."""
        return replace(self, objectives=self.objectives[: priority + 1])

    def relaxed(self) -> Programme:
        """Return the programme in which parts of people and of cohorts are allowed."""
        return replace(self, integer=np.zeros_like(self.integer))

    def at(self, row: int) -> tuple[Rows, int]:
        """Return the identity's or limit's rows that a row of the whole model is one of, and its position there."""
        block = int(np.searchsorted(self.offsets, row, side="right")) - 1
        return self.blocks[block], row - int(self.offsets[block])

    @cached_property
    def offsets(self) -> Integers:
        """Return the first row of each block, and the number of all rows."""
        return _offsets(self.blocks)

    @cached_property
    def wish(self) -> Floats:
        """Return [column]: 1 for money carried forward, so that none is carried for nothing; 0 elsewhere."""
        wish = np.zeros(self.quantities.decisions.columns.size)
        for block in self.quantities.decisions.carry.values():
            wish[block.columns] = 1.0
        return wish

    def column_names(self) -> list[str]:
        """Name every column: `starts.north.specialty.2026`."""
        return column_names(self.quantities.decisions.columns.blocks, self.evidence)

    def tidied(self, decisions: Floats) -> Floats:
        """Return the same plan with shortage in its lightest tiers and each change of an intake counted once.

        Only a plan in whole numbers is touched. With a gap left unproved the solver may leave a heavy tier in use while
        a lighter one has room; the total of each cell, and so everything else, stays.
        """
        if not self.integer.any():
            return decisions
        packed = netted(self.quantities, decisions.copy())
        tiers = self.quantities.decisions.unmet
        left = decisions[tiers].sum(axis=0)
        for columns in tiers:
            packed[columns] = np.minimum(left, self.upper[columns])
            left = left - packed[columns]
        return self._no_more_broken(packed)

    def _no_more_broken(self, decisions: Floats) -> Floats:
        """Return the same plan with no row counted as broken by more than it is."""
        for _, rows, _ in self.limits():
            breach = self.quantities.decisions.breaches.get(rows.name)
            if breach is not None:
                over = rows.level.values(decisions) - rows.bound.values(decisions)
                for columns, amount in ((breach.above, over), (breach.below, -over)):
                    if columns is not None:
                        decisions[columns] = np.clip(amount, 0.0, decisions[columns])
        return decisions

    def row_name(self, row: int) -> str:
        """Return the name of the identity or limit a row belongs to."""
        return self.at(row)[0].name

    def limits(self) -> Iterator[tuple[Limit, Rows, int]]:
        """Yield each policy limit with its rows and the number of the first."""
        for block, offset in zip(self.blocks, self.offsets, strict=False):
            if block.limit is not None:
                yield block.limit, block, int(offset)


def build(evidence: Evidence, policy: Policy) -> Programme:
    """Lay out the linear programme of one option. Raises FaultsFound where a limit makes no row."""
    quantities = Quantities(evidence, decide(evidence, policy))
    identities = [*(identity(quantities) for identity in IDENTITIES), *common_shares(quantities, policy)]
    identities += changes_of_starts(quantities)
    limits = [rows_of(limit, quantities) for limit in policy.limits]
    _refuse_empty(limits)
    return of_rows(evidence, policy, quantities, (*identities, *limits), objectives(quantities, policy))


def of_rows(
    evidence: Evidence, policy: Policy, quantities: Quantities, blocks: tuple[Rows, ...],
    priorities: tuple[Objective, ...],
) -> Programme:  # fmt: skip
    """Make the programme of these rows, over the columns that the quantities are made of."""
    columns = quantities.decisions.columns
    matrix = _matrix(blocks, columns)
    return Programme(evidence, policy, quantities, blocks, priorities, matrix, columns.upper, columns.integer)


def _refuse_empty(limits: list[Rows]) -> None:
    """Refuse a limit that makes no row, because it would silently fail to apply."""
    faults = Faults()
    for rows in limits:
        if not len(rows) and rows.limit is not None:
            faults.add(
                "no-row",
                rows.limit.place,
                f'"{rows.limit.name}" speaks of nothing that exists, so it would limit nothing',
                mend="Correct what it selects, or remove the entry.",
            )
    faults.stop_if_any()


def _offsets(blocks: tuple[Rows, ...]) -> Integers:
    return np.cumsum([0, *(len(block) for block in blocks)])


def numbers(blocks: tuple[Rows, ...]) -> tuple[Floats, Floats]:
    """Return the lower and upper number of every row: what its terms must lie between."""
    lower, upper = [], []
    for block in blocks:
        number = block.bound.constant - block.level.constant
        lower.append(number if block.sense != "at_most" else np.full(len(block), -np.inf))
        upper.append(number if block.sense != "at_least" else np.full(len(block), np.inf))
    return np.concatenate(lower), np.concatenate(upper)


def _matrix(blocks: tuple[Rows, ...], laid: Columns) -> Matrix:
    columns, offsets = laid.size, _offsets(blocks)
    rows, cols, values = [], [], []
    for block, offset in zip(blocks, offsets, strict=False):
        for side, sign in ((block.level, 1.0), (block.bound, -1.0), (block.relief, -1.0)):
            if side is None:
                continue
            row, column, coefficient = side.terms()
            rows.append(row + offset)
            cols.append(column)
            values.append(sign * coefficient)
    place, inverse = np.unique(np.concatenate(rows) * columns + np.concatenate(cols), return_inverse=True)
    value = np.bincount(inverse, weights=np.concatenate(values), minlength=len(place))
    kept = value != 0.0
    place, value = place[kept], value[kept]
    start = np.searchsorted(place, np.arange(int(offsets[-1]) + 1) * columns)
    return Matrix(start, place % columns, value, *numbers(blocks), columns, laid.unit)
