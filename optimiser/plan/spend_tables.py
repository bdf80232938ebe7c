"""Spending and budgets as tables."""

from __future__ import annotations

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.model.quantities import Quantities
from optimiser.model.rows import Rows
from optimiser.plan.frame import Frame

TRAINING = ("start", "trainee-year", "joiner")
"""What is paid for people in training, and when they join."""


def spend_table(quantities: Quantities, decisions: Floats) -> Frame:
    """Real money by budget, line, item, area and year, and what of it is owed to people who started earlier."""
    evidence, spend = quantities.evidence, quantities.spend
    training = np.array([per in TRAINING for per in evidence.cost_per], dtype=bool)
    owed = np.where(training[spend.keys["cost"]], spend.constant, 0.0) if len(spend) else spend.constant
    labels = list(zip(evidence.cost_budget, evidence.cost_line, evidence.cost_item, strict=True))
    named = sorted(set(labels))
    place = np.array([named.index(label) for label in labels], dtype=np.int64)
    size = (len(named), len(evidence.areas), len(evidence.settings.years))
    where = (place[spend.keys["cost"]], spend.keys["area"], spend.keys["year"])
    amount, committed, exists = np.zeros(size), np.zeros(size), np.zeros(size, dtype=bool)
    np.add.at(amount, where, spend.values(decisions))
    np.add.at(committed, where, owed)
    exists[where] = True
    item, area, year = (codes.tolist() for codes in np.nonzero(exists))
    return Frame(
        "spend",
        {
            "budget": [named[i][0] for i in item],
            "line": [named[i][1] for i in item],
            "item": [named[i][2] for i in item],
            "area": [evidence.areas[a] for a in area],
            "year": [evidence.settings.years[t] for t in year],
            "amount": amount[exists],
            "committed": committed[exists],
        },
    )


def budgets_table(programme: Programme, decisions: Floats) -> Frame:
    """Each budget's limit, what was carried in, spent and carried out, in real money; a total has no year."""
    columns: dict[str, list[object]] = {
        name: [] for name in ("budget", "year", "limit", "carried_in", "spend", "carried_out")
    }
    for limit, rows, _ in programme.limits():
        if limit.family == "budgets" and limit.quantity == "spend":
            _budget(columns, limit, rows, programme, decisions)
    return Frame("budgets", columns)


def _budget(
    columns: dict[str, list[object]], limit: Limit, rows: Rows, programme: Programme, decisions: Floats
) -> None:
    """level is spend + carry, bound is limit + last year's carry: take them apart again."""
    level, bound = rows.level.values(decisions), rows.bound.values(decisions)
    out = np.zeros(len(rows))
    if limit.plus and "year" in rows.keys:
        carried = programme.quantities.carry(limit.label)
        by_year = np.zeros(len(programme.evidence.settings.years))
        by_year[carried.keys["year"]] = carried.values(decisions)
        out = by_year[rows.keys["year"]]
    years = programme.evidence.settings.years
    columns["budget"] += [limit.where["budget"][0]] * len(rows)
    columns["year"] += [years[t] for t in rows.keys["year"].tolist()] if "year" in rows.keys else [""] * len(rows)
    columns["limit"] += _plain(rows.bound.constant)
    columns["carried_in"] += _plain(bound - rows.bound.constant)
    columns["spend"] += _plain(level - out)
    columns["carried_out"] += _plain(out)


def _plain(numbers: Floats) -> list[object]:
    return list((numbers + 0.0).tolist())
