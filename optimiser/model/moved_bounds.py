"""Moves bounds and leaves all else as it is: every further solve of a programme starts from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows


def eased(programme: Programme, by: Mapping[str, Floats]) -> Programme:
    """Return the programme with the bounds of some limits moved; limits that follow their number move with them.

    `by` gives, for the label of a limit, what is added to the bound of each of its rows, in the quantity's unit.
    The matrix keeps its terms, so a solver that knows the old programme goes on from its basis.
    """
    moves = {label: np.asarray(amount, dtype=float) for label, amount in by.items()}
    for one in followers(programme):
        if one.leader.name in by:
            led = np.broadcast_to(moves[one.leader.name], (len(one.leader),))
            moves[one.rows.name] = moves.get(one.rows.name, 0.0) + one.moved_by(led)
    blocks = tuple(
        _moved(block, moves[block.name]) if block.limit is not None and block.name in moves else block
        for block in programme.blocks
    )
    return programme.with_numbers(blocks)


def _moved(block: Rows, amount: Floats) -> Rows:
    return replace(block, bound=block.bound.plus(np.broadcast_to(amount, (len(block),))))


def numbers_moved(programme: Programme, amount: Floats) -> Programme:
    """Return the programme with an amount, [row of the model], added to the bound of each single row."""
    blocks = tuple(
        _moved(block, amount[first : first + len(block)])
        for block, first in zip(programme.blocks, programme.offsets.tolist(), strict=False)
    )
    return programme.with_numbers(blocks)
