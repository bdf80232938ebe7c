"""Prices one unit more of a bound, or of demand: what it does to each priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.solving.one_sided import corrections, full, moves_of, wanted
from optimiser.solving.priorities import Answer, Priced


@dataclass(frozen=True)
class Prices:
    """Hold the prices of one priority.

    `limits`: by label of the limit, one for each row: how much better (smaller) the priority gets when the row's
    bound is eased by one unit, wherever that number enters. `demand`: [cell, year], how much worse it gets when one
    more unit is demanded, wherever the volume enters.
    """

    limits: dict[str, Floats]
    demand: Floats


def prices(programme: Programme, answer: Answer) -> tuple[Prices, ...]:
    """Price every limit and volume for every priority, in order; none with whole numbers or cohorts."""
    decisions = answer.decisions if answer.priced_at is None else answer.priced_at
    found = tuple(
        Prices(limit_prices(programme, priced), demand_prices(programme, decisions, priced, answer.prices[:place]))
        for place, priced in enumerate(answer.prices)
    )
    if answer.corner is None or not found:
        return found
    moves = moves_of(programme, decisions, wanted(answer.prices))
    more = corrections(moves, answer.corner, answer.prices)
    return tuple(_corrected(programme, one, more, priority) for priority, one in enumerate(found))


def _corrected(programme: Programme, by_duals: Prices, more: Mapping[int, Floats], priority: int) -> Prices:
    """Put the rate of easing in place of the duals', for the numbers where it differs."""
    change = np.zeros(int(programme.offsets[-1]) + by_duals.demand.size)
    for number, amounts in more.items():
        change[number] = amounts[priority]
    limits = {
        rows.name: by_duals.limits[rows.name] - change[offset : offset + len(rows)]
        for _, rows, offset in programme.limits()
    }
    return Prices(limits, by_duals.demand + change[int(programme.offsets[-1]) :].reshape(by_duals.demand.shape))


def limit_prices(programme: Programme, priced: Priced) -> dict[str, Floats]:
    """Return, by label of the limit, the gain of each row, with that of other limits that follow its number."""
    gain = {rows.name: _eased(rows, priced.rows[offset : offset + len(rows)]) for _, rows, offset in programme.limits()}
    total = dict(gain)
    for one in followers(programme):
        total[one.leader.name] = total[one.leader.name] + one.passed_on(gain[one.rows.name])
    return total


def _eased(rows: Rows, dual: Floats) -> Floats:
    """Turn duals into gains: a minimum is eased downwards, a maximum and a fixed bound upwards.

    A lower value of the priority is better.
    """
    return dual if rows.sense == "at_least" else -dual


def demand_prices(programme: Programme, decisions: Floats, priced: Priced, before: Sequence[Priced] = ()) -> Floats:
    """Return [cell, year]: the loss when one more unit is demanded.

    It comes from the demand itself, every bound that is a share of the volume, and the tiers of shortage. `before` are
    the prices of the priorities that come first.
    """
    evidence, laid = programme.evidence, programme.quantities.decisions
    years = len(evidence.settings.years)
    price = np.zeros(len(laid.cell_area) * years)
    for rows, offset in zip(programme.blocks, programme.offsets, strict=False):
        for slope in rows.slopes:
            weight = priced.rows[offset + slope.row] * slope.values(decisions)
            price += np.bincount(slope.point, weights=weight, minlength=len(price))
    for tier, width in enumerate(laid.tier_share):
        if np.isfinite(width):
            columns = laid.unmet[tier].ravel()
            used = full(programme, decisions, wanted((*before, priced)))[columns]
            price += width * np.where(used, priced.columns[columns], 0.0)
    return price.reshape(len(laid.cell_area), years)
