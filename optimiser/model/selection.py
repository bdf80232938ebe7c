"""Finds which entries of a quantity a policy selects, and how they fall into groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence, Flags, Integers
from optimiser.model.quantity import Quantity


@dataclass(frozen=True)
class Key:
    """Hold one key of a quantity: the position of each entry's code among the labels, −1 where it has none."""

    codes: Integers
    labels: Sequence[str]


def key_of(quantity: Quantity, name: str, evidence: Evidence) -> Key:
    """Find a key of a quantity, if need be through the route, role, task or cost it belongs to.

    Raises KeyError where the quantity has no such key.
    """
    keys = quantity.keys
    plain: Mapping[str, Sequence[str]] = {
        "area": evidence.areas, "route": evidence.routes, "role": evidence.roles,
        "task": evidence.tasks, "pattern": evidence.patterns,
    }  # fmt: skip
    if name == "year":
        return Key(keys["year"], [str(year) for year in evidence.settings.years])
    if name in keys and name in plain:
        return Key(keys[name], plain[name])
    if name in ("from_role", "role"):
        end = evidence.from_role if name == "from_role" else evidence.to_role
        return Key(end[keys["route"]], evidence.roles)
    owner, labels = _texts(evidence)[name]
    unique, position = np.unique(np.array(labels, dtype=object), return_inverse=True)
    return Key(position.ravel()[keys[owner]], list(unique))


def _texts(evidence: Evidence) -> Mapping[str, tuple[str, Sequence[str]]]:
    return {
        "region": ("area", evidence.regions),
        "kind": ("route", evidence.kinds),
        "staff_group": ("role", evidence.staff_groups),
        "service": ("task", evidence.services),
        "budget": ("cost", evidence.cost_budget),
        "line": ("cost", evidence.cost_line),
        "item": ("cost", evidence.cost_item),
    }


def selected(quantity: Quantity, where: Mapping[str, Sequence[str]], evidence: Evidence) -> Flags:
    """Return True for each entry that every key of `where` allows."""
    keep = np.ones(len(quantity), dtype=bool)
    for name, values in where.items():
        key = key_of(quantity, name, evidence)
        allowed = np.array([label in values for label in key.labels] + [False], dtype=bool)
        keep &= allowed[key.codes]
    return keep


@dataclass(frozen=True)
class Groups:
    """Hold the rows that `each` makes of a quantity: for each key, the position of every row's code."""

    keys: Mapping[str, Integers]
    labels: Mapping[str, Sequence[str]]
    size: int

    def row_of(self, quantity: Quantity, evidence: Evidence) -> Integers:
        """Return the row each entry of a quantity belongs to (all keys agree), −1 for none."""
        entries, rows = self._flat(quantity, evidence)
        order = np.argsort(rows, kind="stable")
        place = np.searchsorted(rows[order], entries)
        place = np.minimum(place, self.size - 1)
        found = order[place]
        return np.where(rows[found] == entries, found, -1)

    def _flat(self, quantity: Quantity, evidence: Evidence) -> tuple[Integers, Integers]:
        entries = np.zeros(len(quantity), dtype=np.int64)
        rows = np.zeros(self.size, dtype=np.int64)
        outside = np.zeros(len(quantity), dtype=bool)
        for name, codes in self.keys.items():
            key = key_of(quantity, name, evidence)
            outside |= key.codes < 0
            entries = entries * len(key.labels) + key.codes
            rows = rows * len(key.labels) + codes
        return np.where(outside, -1, entries), rows


def grouped(quantity: Quantity, each: Sequence[str], evidence: Evidence) -> Groups:
    """Make one row for each combination of the keys of `each` that occurs in the quantity, sorted by those keys."""
    found = {name: key_of(quantity, name, evidence) for name in each}
    labels = {name: key.labels for name, key in found.items()}
    if not each:
        return Groups({}, {}, 1 if len(quantity) else 0)
    stacked = np.stack([key.codes for key in found.values()])
    stacked = stacked[:, (stacked >= 0).all(axis=0)]
    unique = np.unique(stacked, axis=1)
    return Groups(dict(zip(each, unique, strict=True)), labels, unique.shape[1])
