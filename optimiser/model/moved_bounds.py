"""The same programme with other numbers: what every re-solve is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme, numbers
from optimiser.model.rows import Rows


def eased(programme: Programme, by: Mapping[str, Floats]) -> Programme:
    """The programme with the bounds of some limits moved; limits that follow their number move with them.

    `by` gives, for the label of a limit, what is added to the bound of each of its rows, in the quantity's unit.
    The matrix keeps its terms, so a solver that knows the old programme goes on from its basis.
    """
    moves = {label: np.asarray(amount, dtype=float) for label, amount in by.items()}
    for limit, rows, _ in programme.limits():
        if limit.follows is not None and limit.follows[0] in by:
            leader, share = limit.follows
            moves[limit.label] = moves.get(limit.label, 0.0) + _followed(
                programme, rows, leader, np.array(share), moves[leader]
            )
    blocks = tuple(
        _moved(block, moves[block.name]) if block.limit is not None and block.name in moves else block
        for block in programme.blocks
    )
    changed = replace(programme, blocks=blocks)
    lower, upper = numbers(blocks)
    # The terms are the same arrays, which tells a solver that only numbers have changed.
    changed.__dict__["matrix"] = replace(programme.matrix, lower=lower, upper=upper)
    return changed


def rows_named(programme: Programme, name: str) -> tuple[Rows, ...]:
    """The rows of every limit of an entry's name (one entry may make several limits)."""
    return tuple(rows for limit, rows, _ in programme.limits() if limit.name == name)


def _followed(programme: Programme, rows: Rows, leader: str, share: Floats, amount: Floats) -> Floats:
    """What a leader's move, row by row, adds to the bounds of the rows that follow it."""
    led = next(block for _, block, _ in programme.limits() if block.name == leader)
    by_row = np.broadcast_to(amount, (len(led),))
    year = rows.keys["year"]
    if "year" not in led.keys:
        return np.asarray(share[year] * by_row.sum())
    by_year = np.bincount(led.keys["year"], weights=by_row, minlength=len(programme.evidence.settings.years))
    return np.asarray(share[year] * by_year[year])


def _moved(block: Rows, amount: Floats) -> Rows:
    return replace(block, bound=block.bound.plus(np.broadcast_to(amount, (len(block),))))


def numbers_moved(programme: Programme, amount: Floats) -> Programme:
    """The programme with a number added to the bound of every single row; `amount` is by row of the whole model."""
    blocks = tuple(
        _moved(block, amount[first : first + len(block)])
        for block, first in zip(programme.blocks, programme.offsets.tolist(), strict=False)
    )
    changed = replace(programme, blocks=blocks)
    lower, upper = numbers(blocks)
    changed.__dict__["matrix"] = replace(programme.matrix, lower=lower, upper=upper)
    return changed
