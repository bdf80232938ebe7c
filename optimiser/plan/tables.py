"""Makes every result table of a plan, for all modelled years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from optimiser.inputs.evidence import Floats, Integers
from optimiser.model.programme import Programme
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity, grid
from optimiser.plan.frame import Column, Frame
from optimiser.plan.limits_table import limits_table
from optimiser.plan.spend_tables import budgets_table, spend_table
from optimiser.solving.prices import Prices, prices
from optimiser.solving.priorities import Answer


def tables(programme: Programme, answer: Answer) -> tuple[Frame, ...]:
    """Make all tables of the plan in the order of the contract."""
    said = prices(programme, answer)
    quantities, decisions = programme.quantities, answer.decisions
    return (
        starts_table(quantities, decisions),
        staff_table(quantities, decisions),
        work_table(quantities, decisions),
        patterns_table(quantities, decisions),
        demand_table(programme, answer, said),
        spend_table(quantities, decisions),
        budgets_table(programme, decisions),
        limits_table(programme, answer, said),
    )


def starts_table(quantities: Quantities, decisions: Floats) -> Frame:
    """Tabulate starts, the commissions they take, and people in training, by route, area and year."""
    evidence = quantities.evidence
    size = (len(evidence.routes), len(evidence.areas), len(evidence.settings.years))
    keys = grid(*size)
    starts = _spread(quantities.starts, decisions, ("route", "area", "year"), size)
    return Frame(
        "starts",
        {
            **_coded(quantities, ("route", "area", "year"), keys),
            "starts": starts.ravel(),
            "commissions": (starts / evidence.fill_rate[keys[0], keys[2]]).ravel(),
            "in_training": _spread(quantities.in_training, decisions, ("route", "area", "year"), size).ravel(),
        },
    )


def staff_table(quantities: Quantities, decisions: Floats) -> Frame:
    """Tabulate staff in post and how they came and went, by role, area and year."""
    evidence = quantities.evidence
    size = (len(evidence.roles), len(evidence.areas), len(evidence.settings.years))
    names = ("role", "area", "year")
    joiners, moves = quantities.joiners, quantities.moves_out
    ends = (evidence.to_role[joiners.keys["route"]], evidence.from_role[moves.keys["route"]])
    movers = quantities.transitions
    transition = movers.keys["transition"]
    moved_in = _with_role(movers.times(evidence.fte_per_mover[transition]), evidence.transition_to[transition])
    moved_on = _with_role(movers, evidence.transition_from[transition])
    return Frame(
        "staff",
        {
            **_coded(quantities, names, grid(*size)),
            "fte": _spread(quantities.staff, decisions, names, size).ravel(),
            "joiners": _spread(_with_role(joiners, ends[0]), decisions, names, size).ravel(),
            "leavers": _spread(quantities.leavers, decisions, names, size).ravel(),
            "moved_out": _spread(_with_role(moves, ends[1]), decisions, names, size).ravel(),
            "transitions_in": _spread(moved_in, decisions, names, size).ravel(),
            "transitions_out": _spread(moved_on, decisions, names, size).ravel(),
            "idle": _spread(quantities.idle, decisions, names, size).ravel(),
        },
    )


def work_table(quantities: Quantities, decisions: Floats) -> Frame:
    """Tabulate who does the work: available FTE and units by role, task, area and year."""
    work, units = quantities.work, quantities.activity
    order = _order(work, ("role", "task", "area", "year"))
    return Frame(
        "work",
        {
            **_coded(quantities, ("role", "task", "area", "year"), work.keys, order),
            "fte": work.values(decisions)[order],
            "units": units.values(decisions)[order],
        },
    )


def patterns_table(quantities: Quantities, decisions: Floats) -> Frame:
    """Tabulate FTE on each working pattern, by area and year."""
    pattern = quantities.pattern
    order = _order(pattern, ("pattern", "area", "year"))
    return Frame(
        "patterns",
        {
            **_coded(quantities, ("pattern", "area", "year"), pattern.keys, order),
            "fte": pattern.values(decisions)[order],
        },
    )


def demand_table(programme: Programme, answer: Answer, said: Sequence[Prices]) -> Frame:
    """What is asked for, who meets it, what stays unmet and what one more unit would do, by task, area and year."""
    quantities, evidence, decisions = programme.quantities, programme.evidence, answer.decisions
    demand = quantities.demand
    order = _order(demand, ("task", "area", "year"))
    size = (len(evidence.tasks), len(evidence.areas), len(evidence.settings.years))
    names = ("task", "area", "year")
    place = tuple(demand.keys[name] for name in names)
    unmet = quantities.unmet
    waiting = unmet.moved(1, size[2] - 1).times(1.0)
    back = _spread(waiting.times(evidence.returns[waiting.keys["task"]]), decisions, names, size)
    back[:, :, 0] += evidence.waiting_list.T
    short = _spread(unmet, decisions, names, size)[place]
    columns: dict[str, Column] = {
        **_coded(quantities, names, demand.keys, order),
        "volume": demand.constant[order],
        "waiting": back[place][order],
        "by_staff": _spread(quantities.activity, decisions, names, size)[place][order],
        "received": _spread(quantities.received, decisions, names, size)[place][order],
        "outsourced": _spread(quantities.outsourced, decisions, names, size)[place][order],
        "unmet": short[order],
        "unmet_fte": (short / evidence.yardstick[demand.keys["task"]])[order],
    }
    for number, objective in enumerate(programme.objectives):
        column = said[number].demand.ravel()[order] if said else [""] * len(order)
        columns[f"price_{objective.name}"] = column
    return Frame("demand", columns)


def _with_role(quantity: Quantity, role: Integers) -> Quantity:
    return Quantity(
        quantity.name, {**quantity.keys, "role": role}, quantity.entry, quantity.column, quantity.coefficient,
        quantity.constant,
    )  # fmt: skip


def _spread(quantity: Quantity, decisions: Floats, names: Sequence[str], size: tuple[int, ...]) -> Floats:
    """Sum the quantity's values into a full table over the named keys."""
    total = np.zeros(size)
    np.add.at(total, tuple(quantity.keys[name] for name in names), quantity.values(decisions))
    return total


def _order(quantity: Quantity, names: Sequence[str]) -> Integers:
    if not len(quantity):
        return np.zeros(0, dtype=np.int64)
    return np.lexsort([quantity.keys[name] for name in reversed(names)])


def _coded(
    quantities: Quantities,
    names: Sequence[str],
    keys: Mapping[str, Integers] | Sequence[Integers],
    order: Integers | None = None,
) -> dict[str, Column]:
    """Write the key columns in words: codes for positions, calendar years for years."""
    evidence = quantities.evidence
    labels: Mapping[str, Sequence[str | int]] = {
        "area": evidence.areas, "route": evidence.routes, "role": evidence.roles, "task": evidence.tasks,
        "pattern": evidence.patterns, "year": evidence.settings.years,
    }  # fmt: skip
    columns: dict[str, Column] = {}
    for place, name in enumerate(names):
        codes = (keys[name] if isinstance(keys, Mapping) else keys[place]).ravel()
        ordered = codes if order is None else codes[order]
        columns[name] = [labels[name][code] for code in ordered.tolist()]
    return columns
