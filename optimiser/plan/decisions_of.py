"""The decisions of a written plan, back in the columns of its model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.plan.reload import Reloaded

_FROM: Mapping[str, tuple[str, tuple[str, ...], Sequence[str]]] = {
    "starts": ("starts", ("starts",), ("area", "route", "year")),
    "staff": ("staff", ("fte",), ("area", "role", "year")),
    "idle": ("staff", ("idle",), ("area", "role", "year")),
    "work": ("work", ("fte",), ("area", "role", "task", "year")),
    "pattern": ("patterns", ("fte",), ("area", "pattern", "year")),
    "outsourced": ("demand", ("outsourced",), ("area", "task", "year")),
    "covered": ("demand", ("by_staff", "received"), ("area", "task", "year")),
}
"""Block of columns → the table, the columns whose sum it is, and the keys that both have."""


def decisions_of(plan: Reloaded) -> Floats:
    """[column]: starts, staff, idle, work, patterns, outsourced and covered units as the tables have them.

    Columns that the tables do not show one by one (tiers of shortage, money carried, cohorts) are NaN.
    """
    programme = plan.programme
    evidence = programme.evidence
    labels: Mapping[str, Sequence[str]] = {
        "area": evidence.areas, "route": evidence.routes, "role": evidence.roles, "task": evidence.tasks,
        "pattern": evidence.patterns, "year": [str(year) for year in evidence.settings.years],
    }  # fmt: skip
    found = np.full(programme.matrix.columns, np.nan)
    for name, (table, columns, keys) in _FROM.items():
        cells = plan.table(table)
        figures = (sum(map(float, parts)) for parts in zip(*(cells[column] for column in columns), strict=True))
        by_key = dict(zip(zip(*(cells[key] for key in keys), strict=True), figures, strict=True))
        block = programme.quantities.decisions.block(name)
        codes = [[labels[key][code] for code in block.keys[key].tolist()] for key in keys]
        for place, key in zip(block.columns.tolist(), zip(*codes, strict=True), strict=True):
            found[place] = by_key[key]
    return found
