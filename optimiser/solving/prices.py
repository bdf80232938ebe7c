"""Prices: what one unit more of a bound, or of demand, does to each priority."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.solving.priorities import Answer, Priced


@dataclass(frozen=True)
class Prices:
    """The prices of one priority.

    `limits`: by label of the limit, one for each row: how much better (smaller) the priority gets when the row's
    bound is eased by one unit, wherever that number enters. `demand`: [cell, year], how much worse it gets when one
    more unit is demanded, wherever the volume enters.
    """

    limits: dict[str, Floats]
    demand: Floats


def prices(programme: Programme, answer: Answer) -> tuple[Prices, ...]:
    """The prices of every priority in order; none with whole numbers or cohorts."""
    decisions = answer.decisions if answer.priced_at is None else answer.priced_at
    return tuple(
        Prices(limit_prices(programme, priced), demand_prices(programme, decisions, priced)) for priced in answer.prices
    )


def limit_prices(programme: Programme, priced: Priced) -> dict[str, Floats]:
    """By label of the limit: the gain of each row, with what other limits follow its number."""
    gain = {rows.name: _eased(rows, priced.rows[offset : offset + len(rows)]) for _, rows, offset in programme.limits()}
    total = dict(gain)
    for one in followers(programme):
        total[one.leader.name] = total[one.leader.name] + one.passed_on(gain[one.rows.name])
    return total


def _eased(rows: Rows, dual: Floats) -> Floats:
    """A minimum is eased downwards; a maximum and a fixed bound upwards. A lower value of the priority is better."""
    return dual if rows.sense == "at_least" else -dual


def demand_prices(programme: Programme, decisions: Floats, priced: Priced) -> Floats:
    """[cell, year]: the loss when one more unit is demanded: in the demand itself, in every bound that is a share
    of the volume, and in the tiers of shortage.
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
            price += width * _at_upper(programme, laid.unmet[tier].ravel(), decisions, priced)
    return price.reshape(len(laid.cell_area), years)


def _at_upper(programme: Programme, columns: Integers, decisions: Floats, priced: Priced) -> Floats:
    """The reduced cost of the columns that stand at their upper bound: what widening it would gain (negative)."""
    full = decisions[columns] >= programme.upper[columns]
    return np.where(full & (programme.upper[columns] > 0), priced.columns[columns], 0.0)
