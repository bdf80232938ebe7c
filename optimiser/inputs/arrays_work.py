"""Makes the evidence's arrays of tasks, demand, productivity, patterns and costs from tables without faults.

Each function named `…_arrays` returns fields of `Evidence`; their axes and units are given there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from optimiser.inputs.arrays_staff import Codes, Tables, in_order, order_of, positions
from optimiser.inputs.evidence import NONE, Flags, Floats
from optimiser.inputs.growth import follow, points_by_key
from optimiser.inputs.scenarios import Multipliers
from optimiser.inputs.settings import Settings


def task_arrays(tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers) -> dict[str, Any]:
    """Return what the evidence holds about tasks: weights, volumes by area and year, waiting lists, yardsticks."""
    tasks = tables["tasks"]
    order = order_of(tasks, "task")
    volume, has_demand = _volumes(tables, codes, settings, multipliers)
    area_at, task_at = positions(codes.areas), positions(codes.tasks)
    waiting = np.zeros((len(codes.areas), len(codes.tasks)))
    table = tables["waiting_list"]
    for area, task, units in zip(*map(table.column, ("area", "task", "volume")), strict=True):
        waiting[area_at[area], task_at[task]] = units
    yardstick = np.full(len(codes.tasks), np.nan)
    productivity = tables["productivity"]
    for task, units in zip(*map(productivity.column, ("task", "units_per_fte")), strict=True):
        yardstick[task_at[task]] = np.fmax(yardstick[task_at[task]], units)
    return {
        "task_units": tuple(in_order(tasks, "unit", order)),
        "services": tuple(in_order(tasks, "service", order)),
        "task_priority": np.array(in_order(tasks, "priority", order), dtype=float),
        "returns": np.array(in_order(tasks, "returns", order), dtype=float),
        "yardstick": yardstick,
        "has_demand": has_demand,
        "volume": volume,
        "waiting_list": waiting,
    }


def network_arrays(tables: Tables, codes: Codes) -> dict[str, Any]:
    """Return the networks that share a task's work, and for each area and task the one it is in."""
    rows = list(zip(*map(tables["networks"].column, ("network", "task", "area")), strict=True))
    networks = tuple(sorted({(network, task) for network, task, _ in rows}))
    area_at, task_at = positions(codes.areas), positions(codes.tasks)
    network_of = np.full((len(codes.areas), len(codes.tasks)), NONE, dtype=np.int64)
    for network, task, area in rows:
        network_of[area_at[area], task_at[task]] = networks.index((network, task))
    return {"networks": networks, "network_of": network_of}


def _volumes(tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers) -> tuple[Floats, Flags]:
    """Return [area, task, year]: units demanded, and [area, task]: whether there is such work at all."""
    area_at, task_at = positions(codes.areas), positions(codes.tasks)
    volume = np.zeros((len(codes.areas), len(codes.tasks), len(settings.years)))
    has_demand = np.zeros(volume.shape[:2], dtype=bool)
    for (area, task), points in points_by_key(tables["demand"], ("area", "task"), "volume").items():
        volume[area_at[area], task_at[task]] = follow(points, settings.years)
        has_demand[area_at[area], task_at[task]] = True
    care = _care_by_group(tables, settings)
    # In a fixed order, so that the same sum comes out whatever the order of rows.
    for (area, group), points in sorted(points_by_key(tables["patients"], ("area", "group"), "number").items()):
        number = np.array(follow(points, settings.years)) * multipliers.factor("patients", group, area=area)
        for task, units in care.get(group, ()):
            volume[area_at[area], task_at[task]] += number * units
            has_demand[area_at[area], task_at[task]] = True
    for at_area, at_task in np.argwhere(has_demand).tolist():
        factor = multipliers.factor("demand", codes.tasks[at_task], area=codes.areas[at_area])
        volume[at_area, at_task] *= factor
    return volume, has_demand


def _care_by_group(tables: Tables, settings: Settings) -> dict[str, list[tuple[str, Floats]]]:
    """Return the tasks that each group of patients needs, with units per patient by year."""
    care: dict[str, list[tuple[str, Floats]]] = {}
    table = tables["care"]
    names = ("group", "task", "units_per_patient", "growth")
    for group, task, units, growth in sorted(zip(*map(table.column, names), strict=True)):
        care.setdefault(group, []).append((task, units * growth_factors(growth, settings)))
    return care


def growth_factors(growth: float, settings: Settings) -> Floats:
    """Return [year]: (1 + growth) to the power of the years since first_year."""
    factors: Floats = (1.0 + growth) ** np.arange(len(settings.years), dtype=float)
    return factors


def productivity_arrays(tables: Tables, codes: Codes, settings: Settings, multipliers: Multipliers) -> dict[str, Any]:
    """Return which role can do which task, and how much of it in each year."""
    table = tables["productivity"]
    role_at, task_at = positions(codes.roles), positions(codes.tasks)
    names = ("role", "task", "units_per_fte", "growth", "current_share")
    pairs = sorted(zip(*map(table.column, names), strict=True), key=lambda pair: pair[:2])
    units = np.empty((len(pairs), len(settings.years)))
    for position, (role, task, units_per_fte, growth, _) in enumerate(pairs):
        factor = multipliers.factor("productivity", role, task=task)
        units[position] = units_per_fte * growth_factors(growth, settings) * factor
    return {
        "pair_role": np.array([role_at[pair[0]] for pair in pairs], dtype=np.int64),
        "pair_task": np.array([task_at[pair[1]] for pair in pairs], dtype=np.int64),
        "units_per_fte": units,
        "current_share": np.array([pair[4] for pair in pairs], dtype=float),
    }


def pattern_arrays(tables: Tables, codes: Codes) -> dict[str, Any]:
    """Return the role of each working pattern and the FTE that it adds."""
    table = tables["patterns"]
    order = order_of(table, "pattern")
    role_at = positions(codes.roles)
    return {
        "pattern_role": np.array([role_at[role] for role in in_order(table, "role", order)], dtype=np.int64),
        "extra_fte": np.array(in_order(table, "extra_fte", order), dtype=float),
    }


def cost_arrays(tables: Tables, settings: Settings, multipliers: Multipliers) -> dict[str, Any]:
    """Return the rows of costs, sorted, and their amounts by year."""
    table = tables["costs"]
    names = ("per", "item", "line", "budget", "amount", "growth")
    rows = sorted(zip(*map(table.column, names), strict=True))
    amount = np.empty((len(rows), len(settings.years)))
    for position, (_, item, _, _, each, growth) in enumerate(rows):
        amount[position] = each * growth_factors(growth, settings) * multipliers.factor("costs", item)
    return {
        "cost_per": tuple(row[0] for row in rows),
        "cost_item": tuple(row[1] for row in rows),
        "cost_line": tuple(row[2] for row in rows),
        "cost_budget": tuple(row[3] for row in rows),
        "amount": amount,
    }
