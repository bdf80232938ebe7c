"""Proves in natural units that no plan exists: finds rows whose weighted sum no decisions can satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.breaking import breakable, is_broken_open
from optimiser.model.programme import Matrix, Programme
from optimiser.solving.highs import Solver
from optimiser.solving.solvable import Solvable
from optimiser.solving.status import Status

ROUNDING = 1e-9
"""What a sum may differ from 0, relative to the sizes of its terms, and still count as 0."""

ENOUGH = 1e-6
"""Slack, in rows of the size of one FTE each, that a plan in whole numbers may have been without."""


def is_certain(programme: Solvable, solver: Solver, options: Mapping[str, Any]) -> bool:
    """Return True where what the solver calls impossible is proved, or is about to be.

    Where rules may be broken, the programme that breaks the least of them is solved next: a least above 0 is the proof.
    """
    broken_next = isinstance(programme, Programme) and breakable(programme) and not is_broken_open(programme)
    return broken_next or is_proved(solver, options)


def is_proved(solver: Solver, options: Mapping[str, Any]) -> bool:
    """Return True where it is certain that what the solver calls impossible is so, in natural units.

    The proof is what the solver has at hand, or else the prices of the rows where the least slack is bought. With
    whole numbers, where the rows alone have a plan, the search of the solver is the proof.
    """
    matrix, upper = solver.matrix, solver.upper
    ray = solver.ray()
    if ray is not None and proves_no_plan(matrix, upper, ray):
        return True
    wider, most, cost = with_slack(matrix, upper, solver.scaling.row)
    least = Solver(wider, most, np.zeros(wider.columns, dtype=bool), options)
    if least.minimise(cost).status is not Status.OPTIMAL:
        return False
    return proves_no_plan(matrix, upper, least.row_duals()) or (solver.whole and _hardly_any(least, cost))


def _hardly_any(least: Solver, cost: Floats) -> bool:
    """Return True where the slack bought is no more than a tolerance, so that the rows alone have a plan."""
    return float(cost @ least.decisions()) <= ENOUGH


def proves_no_plan(matrix: Matrix, upper: Floats, weights: Floats) -> bool:
    """Return True where the rows, each times its weight, ask in sum for more than any decisions can give.

    Whatever the weights are, and wherever they come from, this is a proof by arithmetic alone (Farkas' lemma): with a
    positive weight a row must reach its lower number, with a negative one it may not pass its upper number. The sign
    of the whole is not known to the caller, so both are tried. Nothing here knows of the solver's scaling.
    """
    return any(_asks_too_much(matrix, upper, sign * weights) for sign in (1.0, -1.0))


def _asks_too_much(matrix: Matrix, upper: Floats, weights: Floats) -> bool:
    number = np.where(weights > 0, matrix.lower, matrix.upper)
    weight = np.where(np.isfinite(number), weights, 0.0)
    number = np.where(weight == 0.0, 0.0, number)
    terms = matrix.value * weight[matrix.row]
    given = np.bincount(matrix.column, weights=terms, minlength=matrix.columns)
    size = np.bincount(matrix.column, weights=np.abs(terms), minlength=matrix.columns)
    gives = given > ROUNDING * size
    if np.isinf(upper[gives]).any():
        return False
    most = float(given[gives] @ upper[gives])
    asked, sizes = float(weight @ number), float(np.abs(weight) @ np.abs(number)) + most
    return asked - most > ROUNDING * sizes


def with_slack(matrix: Matrix, upper: Floats, scale: Floats) -> tuple[Matrix, Floats, Floats]:
    """Add slack on every side of a row that has a number; return the matrix, the upper bounds and its cost.

    `scale` [row] is how much a row's unit weighs. At the least cost the prices of the rows are the weights of a proof.
    """
    short, over = np.flatnonzero(np.isfinite(matrix.lower)), np.flatnonzero(np.isfinite(matrix.upper))
    rows = np.concatenate([short, over])
    value = np.concatenate([np.ones(len(short)), -np.ones(len(over))])
    row = np.concatenate([matrix.row, rows])
    order = np.argsort(row, kind="stable")
    column = np.concatenate([matrix.column, matrix.columns + np.arange(len(rows))])
    start = np.searchsorted(row[order], np.arange(len(matrix.lower) + 1))
    wider = replace(
        matrix, start=start, column=column[order], value=np.concatenate([matrix.value, value])[order],
        columns=matrix.columns + len(rows),
    )  # fmt: skip
    most = np.concatenate([upper, np.full(len(rows), np.inf)])
    cost = np.concatenate([np.zeros(matrix.columns), scale[rows]])
    return wider, most, cost
