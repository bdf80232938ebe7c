"""Sums a plan up in few numbers: cost, shortage, staff and commissions by year, and what binds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.inputs.settings import Settings
from optimiser.model.breaking import BROKEN
from optimiser.model.objective import discount_factors
from optimiser.model.programme import Programme
from optimiser.model.quantity import Quantity
from optimiser.model.steady import changes_of
from optimiser.plan.binding import binding_of
from optimiser.plan.broken import NOTHING, broken_rows
from optimiser.plan.totals import totals
from optimiser.solving.priorities import Answer


@dataclass(frozen=True)
class Figure:
    """Hold one number of a plan: `keys` is `role=nurse` or `budget=training;line=fees`; a total has no year."""

    table: str
    keys: str
    year: int | None
    value: float


def figures(programme: Programme, answer: Answer) -> list[Figure]:
    """Return all that a study reports of one plan, over the reported years and all areas together."""
    return [
        *_totals(programme, answer.decisions),
        *_cost(programme, answer.decisions),
        *_shortage(programme, answer.decisions),
        *_people(programme, answer.decisions),
        *_binding(programme, answer),
        *_broken(programme, answer.decisions),
    ]


def telling(values: Mapping[str, float]) -> str:
    """Choose the priority whose limits are worth naming: what is broken if anything is, else the option's first."""
    named = [name for name in values if name != BROKEN]
    return BROKEN if values.get(BROKEN, 0.0) > NOTHING or not named else named[0]


def _broken(programme: Programme, decisions: Floats) -> Iterator[Figure]:
    """Return every row that is broken and by how much, in its own unit."""
    for row in broken_rows(programme, decisions):
        about = {"limit": row.limit, **row.keys, "side": "above" if row.above else "below", "unit": row.unit}
        yield Figure("broken", ";".join(f"{key}={value}" for key, value in about.items()), row.year, row.amount)


def _totals(programme: Programme, decisions: Floats) -> Iterator[Figure]:
    found = totals(programme, decisions)
    yield Figure("total", "cost=undiscounted", None, found.cost)
    yield Figure("total", "cost=discounted", None, found.cost_discounted)
    yield Figure("total", "unmet=fte_years", None, found.unmet_fte_years)
    yield Figure("total", "unmet=fte_years_discounted", None, found.unmet_fte_years_discounted)
    if programme.policy.steady is not None:
        change = changes_of(programme.quantities, decisions)
        yield Figure("total", "change=people_a_year", None, change.a_year)


def _cost(programme: Programme, decisions: Floats) -> Iterator[Figure]:
    """Return the money by budget and line: real, in cash where inflation is known, and discounted."""
    evidence, spend = programme.evidence, programme.quantities.spend
    labels = list(zip(evidence.cost_budget, evidence.cost_line, strict=True))
    named = sorted(set(labels))
    place = np.array([named.index(label) for label in labels], dtype=np.int64)
    amount = _by_year(spend, place[spend.keys["cost"]], len(named), decisions, evidence)
    keys = [f"budget={budget};line={line}" for budget, line in named]
    yield from _figures("cost", keys, amount, evidence.settings)
    level = price_level(evidence.settings)
    if level is not None:
        yield from _figures("cost_cash", keys, amount * level, evidence.settings)
    discount = discount_factors(evidence)[: amount.shape[1]]
    yield from _figures("cost_discounted", keys, amount * discount, evidence.settings)


def price_level(settings: Settings) -> Floats | None:
    """Return [reported year]: what £1 of price_year's money is in cash; None where no inflation is given."""
    base, inflation = settings.price_year, settings.inflation
    years = settings.reported_years
    if base is None or inflation is None:
        return None
    first = min(base, years[0]) + 1
    if inflation.first_year is not None and inflation.first_year > first:
        return None
    up = [math.prod(1 + inflation.at(year) for year in range(base + 1, t + 1)) for t in years]
    down = [math.prod(1 + inflation.at(year) for year in range(t + 1, base + 1)) for t in years]
    return np.asarray(np.array(up) / np.array(down))


def _unmet_fte(programme: Programme) -> Quantity:
    unmet = programme.quantities.unmet
    return unmet.times(1.0 / programme.evidence.yardstick[unmet.keys["task"]])


def _shortage(programme: Programme, decisions: Floats) -> Iterator[Figure]:
    """Return unmet and total demand by service, in FTE of the yardstick; a task without a service is its own."""
    evidence = programme.evidence
    service = [service or task for service, task in zip(evidence.services, evidence.tasks, strict=True)]
    named = sorted(set(service))
    place = np.array([named.index(name) for name in service], dtype=np.int64)
    unmet, demand = _unmet_fte(programme), programme.quantities.demand
    asked = demand.times(1.0 / evidence.yardstick[demand.keys["task"]])
    keys = [f"service={name}" for name in named]
    for table, quantity in (("unmet_fte", unmet), ("demand_fte", asked)):
        amount = _by_year(quantity, place[quantity.keys["task"]], len(named), decisions, evidence)
        yield from _figures(table, keys, amount, evidence.settings)


def _people(programme: Programme, decisions: Floats) -> Iterator[Figure]:
    evidence, quantities = programme.evidence, programme.quantities
    staff, starts = quantities.staff, quantities.starts
    commissions = starts.times(1.0 / evidence.fill_rate[starts.keys["route"], starts.keys["year"]])
    for table, key, quantity, codes in (
        ("staff", "role", staff, evidence.roles),
        ("commissions", "route", commissions, evidence.routes),
    ):
        amount = _by_year(quantity, quantity.keys[key], len(codes), decisions, evidence)
        yield from _figures(table, [f"{key}={code}" for code in codes], amount, evidence.settings)


def _binding(programme: Programme, answer: Answer) -> Iterator[Figure]:
    """Return what 1 % more of each limit takes off the telling priority; nothing with whole numbers."""
    names = [objective.name for objective in programme.objectives]
    place = names.index(telling(dict(zip(names, answer.values, strict=True))))
    for one in sorted(binding_of(programme, answer, place), key=lambda one: one.entry):
        yield Figure("binding", f"limit={one.entry}", None, one.gain)


def _by_year(quantity: Quantity, row: Integers | None, rows: int, decisions: Floats, evidence: Evidence) -> Floats:
    """Return [row, reported year]: the quantity's values summed over everything else."""
    years = evidence.settings
    total = np.zeros((rows, len(years.years)))
    place = np.zeros(len(quantity), dtype=np.int64) if row is None else row
    np.add.at(total, (place, quantity.keys["year"]), quantity.values(decisions))
    return total[:, : len(years.reported_years)] + 0.0


def _figures(table: str, keys: Sequence[str], amount: Floats, settings: Settings) -> Iterator[Figure]:
    for key, numbers in zip(keys, amount.tolist(), strict=True):
        for year, value in zip(settings.reported_years, numbers, strict=True):
            yield Figure(table, key, year, value)
