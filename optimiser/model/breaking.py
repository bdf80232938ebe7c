"""Builds the programme in which rows of entries with `may_break` may be broken, at the weight the entry gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.decisions import Breach, Columns
from optimiser.model.objective import Objective
from optimiser.model.programme import Programme, of_rows
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Sum, of_columns
from optimiser.model.rows import Rows

BROKEN = "broken"
"""The name of the priority before all others: Σ weight × what is broken, over all modelled years."""


def breakable(programme: Programme) -> bool:
    """Return True where some entry has `may_break`."""
    return any(limit.may_break is not None for limit in programme.policy.limits)


def is_broken_open(programme: Programme) -> bool:
    """Return True for a programme in which rows may be broken."""
    return bool(programme.quantities.decisions.breaches)


def first_named(programme: Programme) -> int:
    """Return the position of the first priority the option names: what is broken comes before it."""
    return int(programme.objectives[0].name == BROKEN)


def with_breaches(programme: Programme) -> Programme:
    """Return the programme with columns for what is broken, whose least is the first priority.

    Level and bound of a row stay what they are; the columns are added to the bound.
    """
    laid = programme.quantities.decisions
    columns = laid.columns.copied()
    breaches: dict[str, Breach] = {}
    blocks: list[Rows] = []
    for block in programme.blocks:
        if block.limit is None or block.limit.may_break is None:
            blocks.append(block)
            continue
        breaches[block.name] = breach = _breach(columns, block)
        blocks.append(replace(block, relief=_relief(breach, len(block))))
    decisions = replace(laid, columns=columns, breaches=breaches)
    wider = [_wider(objective, columns.size) for objective in programme.objectives]
    objectives = (_least_broken(programme, breaches, columns.size), *wider)
    quantities = Quantities(programme.evidence, decisions)
    return of_rows(programme.evidence, programme.policy, quantities, tuple(blocks), objectives)


def with_nothing_broken(programme: Programme) -> Programme:
    """Return a programme where nothing can be broken, with what is broken as its first priority."""
    nothing = Objective(BROKEN, np.zeros(len(programme.upper)), 0.0)
    return replace(programme, objectives=(nothing, *programme.objectives))


def broken(programme: Programme, rows: Rows, decisions: Floats) -> Floats:
    """Return [row]: by how much each row of a limit is broken, in its own unit."""
    breach = programme.quantities.decisions.breaches.get(rows.name)
    found = np.zeros(len(rows))
    for columns in () if breach is None else (breach.above, breach.below):
        if columns is not None:
            found += decisions[columns]
    return found


def _breach(columns: Columns, block: Rows) -> Breach:
    keys = block.keys or {"row": np.arange(len(block))}
    above = block.sense != "at_least"
    below = block.sense != "at_most"
    return Breach(
        columns.add(f"above {block.name}", keys, unit=0.0) if above else None,
        columns.add(f"below {block.name}", keys, unit=0.0) if below else None,
    )


def _relief(breach: Breach, size: int) -> Sum:
    """Return what the columns add to the bound."""
    relief, row = Sum(size), np.arange(size)
    for columns, sign in ((breach.above, 1.0), (breach.below, -1.0)):
        if columns is not None:
            relief.add(of_columns(BROKEN, columns, {"row": row}), row, sign)
    return relief


def _least_broken(programme: Programme, breaches: dict[str, Breach], size: int) -> Objective:
    coefficient = np.zeros(size)
    for limit, rows, _ in programme.limits():
        if rows.name in breaches and limit.may_break is not None:
            for columns in _both(breaches[rows.name]):
                coefficient[columns] = limit.may_break
    return Objective(BROKEN, coefficient, 0.0)


def _both(breach: Breach) -> list[Integers]:
    return [columns for columns in (breach.above, breach.below) if columns is not None]


def _wider(objective: Objective, size: int) -> Objective:
    more = np.zeros(size - len(objective.coefficient))
    change = None if objective.change is None else np.concatenate([objective.change, more])
    return Objective(objective.name, np.concatenate([objective.coefficient, more]), objective.constant, change)
