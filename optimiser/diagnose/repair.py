"""The least easing of one entry that alone gives a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.diagnose.clash import WHOLE, limits_of
from optimiser.diagnose.elastic import Help, cheapest_help, only_rows, possible
from optimiser.inputs.evidence import Flags
from optimiser.model.entry_numbers import POINTS, Lever, is_factor, levers, with_factor
from optimiser.model.moved_bounds import numbers_moved
from optimiser.model.programme import Programme

_NOTHING = 1e-9
_MOST_DOUBLINGS = 24
_PRECISE = 1e-7
"""Relative width at which the search for a factor stops."""


@dataclass(frozen=True)
class Step:
    """One number to move: by how much, in its own unit (a share as a share)."""

    lever: Lever
    amount: float
    signed: float
    """What is added to the bound per unit of slope: positive for a maximum, negative for a minimum."""


@dataclass(frozen=True)
class Easing:
    """The least easing of an entry that gives a plan while every other entry stays as it is."""

    entry: str
    amount: float
    """The sum of all steps in the entry's own unit; shares as shares."""
    unit: str
    percent: float | None
    """Of the bounds that move; None where they are 0."""
    steps: tuple[Step, ...]
    factor: float = 0.0
    """What is added to (or, for a minimum, taken off) a share of another quantity, in every year alike."""


def least_easing(programme: Programme, entry: str, within: Flags) -> Easing | None:
    """The least easing of one entry that gives a plan which keeps to some rows; None where no easing of it alone does.

    `within`, by row, holds identities and whole entries, this one among them. Where the easing gives a plan on all
    rows too it is the least for these as well. Numbers and shares of a volume are found by one linear programme, to
    the digit; a share of a decision (a pace, a share of staff) by halving, to seven digits. Raises Undecided.
    """
    if entry == WHOLE:
        return None
    tried = (_by_numbers(programme, entry, within), _by_factor(programme, entry, within))
    found = [one for one in tried if one is not None]
    return min(found, key=lambda one: (one.percent is None, one.percent or 0.0), default=None)


def repaired(programme: Programme, easing: Easing) -> Programme:
    """The programme with the easing applied."""
    if easing.factor:
        for limit in _factors(programme, easing.entry):
            programme = with_factor(programme, limit, easing.factor)
        return programme
    move = np.zeros(len(programme.matrix.lower))
    for step in easing.steps:
        move[step.lever.rows] += step.signed * step.lever.slope
    return numbers_moved(programme, move)


def _by_numbers(programme: Programme, entry: str, within: Flags) -> Easing | None:
    found = [
        (limit, lever)
        for limit, rows, first in programme.limits()
        if limit.name == entry and limit.follows is None and not is_factor(limit)
        for lever in levers(programme, limit, rows, first)
    ]
    if not found:
        return None
    one_unit = len({lever.unit for _, lever in found}) == 1
    helps, steps, place = [], [], np.cumsum(within) - 1
    for limit, lever in found:
        cost = 1.0 if one_unit else 1.0 / max(1.0, float(lever.bound.sum()))
        for sign in _signs(limit):
            helps.append(Help(place[lever.rows], -sign * lever.slope, cost))
            steps.append((lever, sign))
    helped = cheapest_help(only_rows(programme.matrix, within), programme.upper, programme.integer, helps)
    if helped is None:
        return None
    moved = [
        Step(lever, amount, sign * amount)
        for (lever, sign), amount in zip(steps, helped.amounts.tolist(), strict=True)
        if amount > _NOTHING
    ]
    unit = moved[0].lever.unit if moved and len({step.lever.unit for step in moved}) == 1 else "units"
    total = sum(step.amount for step in moved)
    return Easing(entry, total, unit, _percent(moved), tuple(moved))


def _signs(limit: Limit) -> Sequence[float]:
    """A maximum is eased upwards, a minimum downwards, a fixed number either way."""
    return {"at_most": (1.0,), "at_least": (-1.0,), "exactly": (1.0, -1.0)}[limit.sense]


def _percent(steps: Sequence[Step]) -> float | None:
    """The easing in the limit's unit as a share of the bounds it moves."""
    moved = sum(float((step.amount * step.lever.slope * (step.lever.bound > 0)).sum()) for step in steps)
    bound = sum(float(step.lever.bound.sum()) for step in steps)
    return moved / bound if bound > 0 else None


def _factors(programme: Programme, entry: str) -> list[Limit]:
    return [limit for limit, _ in limits_of(programme, entry) if is_factor(limit)]


def _by_factor(programme: Programme, entry: str, within: Flags) -> Easing | None:
    """Halving: the least amount added to every factor of the entry that gives a plan."""
    limits = _factors(programme, entry)
    if not limits:
        return None

    def enough(more: float) -> bool:
        changed = programme
        for limit in limits:
            changed = with_factor(changed, limit, more)
        return possible(only_rows(changed.matrix, within), programme.upper, programme.integer)

    largest = max(max(abs(factor) for part in limit.parts for factor in part.factor) for limit in limits)
    low, high = 0.0, max(largest, 1.0) / 64
    for _ in range(_MOST_DOUBLINGS):
        if enough(high):
            break
        low, high = high, high * 2
    else:
        return None
    while high - low > _PRECISE * max(1.0, high):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    cohort = any(part.quantity == "cohort" for limit in limits for part in limit.parts)
    return Easing(entry, high, "starts" if cohort else POINTS, high / largest if largest else None, (), high)
