"""Checks which part of a quantity a policy selects against what the inputs hold: a limit on nothing is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from optimiser.constraints.limit import QUANTITY_KEYS, QUANTITY_UNITS, Selection
from optimiser.inputs.evidence import NONE, Evidence, Flags, Integers
from optimiser.text.faults import Faults, Place, Severity, by_title, did_you_mean
from optimiser.text.numbers import quoted

EVERYWHERE = ("area", "region")
"""Keys that every quantity has."""

Texts = npt.NDArray[np.str_]
Locate = Callable[..., Place]
"""From a path such as ("where", "role") to its place in the user's file."""

A_CODE: Mapping[str, str] = {
    "area": "an area", "region": "a region", "route": "a route", "kind": "a kind of route", "from_role": "a role",
    "role": "a role", "staff_group": "a staff group", "task": "a task", "service": "a service",
    "pattern": "a pattern", "budget": "a budget", "line": "a budget line", "item": "a cost item",
}  # fmt: skip
"""What a value of each key is, in words."""

EXISTS: Mapping[str, str] = {
    "in_training": "Only routes of a year or more have people in training.",
    "joiners": "Only routes with a to_role have joiners, in the areas of destinations.csv.",
    "work": "See the pairs of productivity.csv, and demand.csv for where there is such work.",
    "activity": "See the pairs of productivity.csv, and demand.csv for where there is such work.",
    "outsourced": "A task can be outsourced where costs.csv has an outsourced-unit row for it and there is demand.",
    "received": "See networks.csv for the areas that share the task.",
    "unmet": "See demand.csv for where there is such work.",
    "demand": "See demand.csv for where there is such work.",
    "spend": "See costs.csv.",
}
"""Why a part of a quantity may not exist."""


def codes_of(evidence: Evidence, key: str) -> tuple[str, ...]:
    """Return the codes the inputs know for a key, sorted, without blanks."""
    known: Mapping[str, Sequence[str]] = {
        "area": evidence.areas, "region": evidence.regions, "route": evidence.routes, "kind": evidence.kinds,
        "from_role": evidence.roles, "role": evidence.roles, "staff_group": evidence.staff_groups,
        "task": evidence.tasks, "service": evidence.services, "pattern": evidence.patterns,
        "budget": evidence.budgets, "line": evidence.cost_line, "item": evidence.cost_item,
    }  # fmt: skip
    return tuple(sorted({code for code in known[key] if code}))


def titles_of(evidence: Evidence, key: str) -> dict[str, str]:
    """Return the code of every title that the inputs give to the codes of a key, by title in lower case."""
    name = {"area": "areas", "route": "routes", "task": "tasks", "pattern": "patterns"}.get(key)
    name = "roles" if key in ("role", "from_role") else name
    table = evidence.tables.get(name or "")
    if table is None:
        return {}
    code = "role" if name == "roles" else key
    return {title.casefold(): at for title, at in zip(table.column("title"), table.column(code), strict=True) if title}


def can_be_outsourced(evidence: Evidence) -> Flags:
    """Return [task]: True where costs.csv has a price for a unit of it bought outside."""
    rows = zip(evidence.cost_item, evidence.cost_per, strict=True)
    priced = {item for item, per in rows if per == "outsourced-unit"}
    return np.array([task in priced for task in evidence.tasks], dtype=bool)


def pairs(evidence: Evidence) -> set[tuple[str, str]]:
    """Return the (role, task) pairs of productivity.csv."""
    return {
        (evidence.roles[role], evidence.tasks[task])
        for role, task in zip(evidence.pair_role, evidence.pair_task, strict=True)
    }


def elements(quantity: str, evidence: Evidence) -> Mapping[str, Texts]:
    """Return the keys of every part of a quantity that exists, in any year; blank where a part has no such key."""
    area, columns = _positions(quantity, evidence)
    found = {"area": _take(evidence.areas, area), "region": _take(evidence.regions, area)}
    for key, (codes, positions) in columns.items():
        found[key] = _take(codes, positions)
    return found


def _take(codes: Sequence[str], positions: Integers) -> Texts:
    return np.array([*codes, ""], dtype=np.str_)[positions]


Columns = dict[str, tuple[Sequence[str], Integers]]


def _positions(quantity: str, evidence: Evidence) -> tuple[Integers, Columns]:
    """Return the area of each part and, for each other key, its codes with their positions (−1: none)."""
    if quantity in ("starts", "in_training", "joiners"):
        return _of_routes(quantity, evidence)
    if quantity in ("staff", "leavers", "idle"):
        area, role = _everywhere(evidence, len(evidence.roles))
        return area, _of_role(evidence, role)
    if quantity in ("work", "activity"):
        area, pair = np.nonzero(evidence.has_demand[:, evidence.pair_task])
        role, task = evidence.pair_role[pair], evidence.pair_task[pair]
        return area, _of_role(evidence, role) | _of_task(evidence, task)
    if quantity in ("outsourced", "unmet", "received", "demand"):
        there = evidence.has_demand & (can_be_outsourced(evidence) | (quantity != "outsourced"))
        there &= (evidence.network_of != NONE) | (quantity != "received")
        area, task = np.nonzero(there)
        return area, _of_task(evidence, task)
    if quantity == "pattern":
        area, pattern = _everywhere(evidence, len(evidence.patterns))
        return area, {
            "pattern": (evidence.patterns, pattern),
            "role": (evidence.roles, evidence.pattern_role[pattern]),
        }
    area, cost = _everywhere(evidence, len(evidence.cost_item))
    return area, {
        "budget": (evidence.cost_budget, cost),
        "line": (evidence.cost_line, cost),
        "item": (evidence.cost_item, cost),
    }


def _everywhere(evidence: Evidence, count: int) -> tuple[Integers, Integers]:
    area, other = np.indices((len(evidence.areas), count), dtype=np.int64)
    return area.ravel(), other.ravel()


def _of_routes(quantity: str, evidence: Evidence) -> tuple[Integers, Columns]:
    there = np.ones((len(evidence.areas), len(evidence.routes)), dtype=bool)
    if quantity == "in_training":
        there &= evidence.years >= 1
    if quantity == "joiners":
        there = (evidence.destinations > 0).any(axis=1).T & (evidence.to_role != NONE)
    area, route = np.nonzero(there)
    return area, {
        "route": (evidence.routes, route),
        "kind": (evidence.kinds, route),
        "from_role": (evidence.roles, evidence.from_role[route]),
        "role": (evidence.roles, evidence.to_role[route]),
    }


def _of_role(evidence: Evidence, role: Integers) -> Columns:
    return {"role": (evidence.roles, role), "staff_group": (evidence.staff_groups, role)}


def _of_task(evidence: Evidence, task: Integers) -> Columns:
    return {"task": (evidence.tasks, task), "service": (evidence.services, task)}


def selected(selection: Selection, evidence: Evidence) -> Mapping[str, Texts]:
    """Return the keys of every part that exists and that `where` selects."""
    found = elements(selection.quantity, evidence)
    keep = np.ones(len(found["area"]), dtype=bool)
    for key, values in selection.where.items():
        keep &= np.isin(found[key], values)
    return {key: codes[keep] for key, codes in found.items()}


def unit_of(selection: Selection, evidence: Evidence) -> str:
    """Return the unit of a quantity: its own, the currency, or that of the tasks selected where they share one."""
    if selection.quantity in QUANTITY_UNITS:
        return QUANTITY_UNITS[selection.quantity]
    if "task" not in QUANTITY_KEYS[selection.quantity]:
        return str(evidence.settings.currency)
    units = dict(zip(evidence.tasks, evidence.task_units, strict=True))
    tasks = selection.where.get("task") or selected(selection, evidence)["task"].tolist()
    shared = {units[task] for task in tasks}
    return shared.pop() if len(shared) == 1 else "units"


def check_selection(selection: Selection, evidence: Evidence, faults: Faults, locate: Locate) -> bool:
    """Return True where every key and value of `where` is known and together they select something.

    Records a fault for every key the quantity lacks and every unknown code, and where nothing is selected at all;
    warns of each value that selects nothing while others do, except a role–task pair that is absent: that is a fault.
    """
    if not known_codes(selection, evidence, faults, locate):
        return False
    parts = selected(selection, evidence)
    there = {key: set(parts[key].tolist()) for key in selection.where}
    expected = f"a part of {selection.quantity} that exists"
    why = f"{EXISTS.get(selection.quantity, 'The inputs hold none.')} Correct it or take it out."
    if not len(parts["area"]):
        found = " with ".join(f"{key} {' or '.join(values)}" for key, values in selection.where.items())
        at = locate("where", next(iter(selection.where))) if found else locate("quantity")
        faults.add("selects-nothing", at, found or selection.quantity, expected, why)
        return False
    sound = True
    for key, values in selection.where.items():
        for value in (value for value in values if value not in there[key]):
            beside = "".join(f" with {k} {' or '.join(v)}" for k, v in selection.where.items() if k != key)
            absent_pair = selection.quantity in ("work", "activity") and key in ("role", "task")
            # Elsewhere the rest of the list still limits something, so the entry applies: a warning is enough.
            severity: Severity = "error" if absent_pair else "warning"
            at = locate("where", key, value)
            faults.add("selects-nothing", at, f"{key} {value}{beside}", expected, why, severity)
            sound &= not absent_pair
    return sound


def known_codes(selection: Selection, evidence: Evidence, faults: Faults, locate: Locate) -> bool:
    """Return True where the quantity has every key of `where` and the inputs know every value; else faults."""
    keys = (*QUANTITY_KEYS[selection.quantity], *EVERYWHERE)
    sound = True
    for key, values in selection.where.items():
        if key not in keys:
            found, expected = f"the key {quoted(key)} of {selection.quantity}", f"one of {', '.join(keys)}"
            faults.add("unknown-key", locate("where", key), found, expected, did_you_mean(key, keys))
            sound = False
            continue
        known = codes_of(evidence, key)
        for value in (value for value in values if value not in known):
            place = locate("where", key, value)
            mend = by_title(value, titles_of(evidence, key)) or did_you_mean(value, known)
            faults.add(f"unknown-{key}", place, quoted(value), A_CODE[key], mend)
            sound = False
    return sound
