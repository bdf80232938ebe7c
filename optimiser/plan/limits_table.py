"""Lists every row of every limit in a table: level, bound, slack and prices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Floats
from optimiser.model.breaking import broken
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.plan.frame import Column, Frame
from optimiser.solving.prices import Prices
from optimiser.solving.priorities import Answer

_KEYS = ("area", "role", "route", "task")


def limits_table(programme: Programme, answer: Answer, said: Sequence[Prices]) -> Frame:
    """Make one row for each row of each limit; a limit over all years together has no year.

    Keys beyond area, role, route and task have a column only where some limit has rows by them.
    """
    found = [(limit, rows) for limit, rows, _ in programme.limits()]
    keys = (*_KEYS, *_others([rows for _, rows in found]))
    parts = [_rows(programme, limit, rows, keys, answer.decisions) for limit, rows in found]
    columns: dict[str, Column] = {}
    for name in ("limit", "family", *keys, "year", "sense", "unit"):
        columns[name] = [value for part in parts for value in part[name]]
    for name in ("level", "bound", "slack", "broken"):
        columns[name] = np.concatenate([part[name] for part in parts]) if parts else []
    size = len(columns["limit"])
    for number, objective in enumerate(programme.objectives):
        gains = [said[number].limits[rows.name] for _, rows in found] if said else []
        columns[f"price_{objective.name}"] = np.concatenate(gains) if gains else [""] * size
    return Frame("limits", columns)


def _others(blocks: Sequence[Rows]) -> tuple[str, ...]:
    found = {key for rows in blocks for key in rows.keys} - {*_KEYS, "year"}
    return tuple(sorted(found))


def _rows(programme: Programme, limit: Limit, rows: Rows, keys: Sequence[str], decisions: Floats) -> dict[str, Column]:
    size = len(rows)
    level, bound = rows.level.values(decisions), rows.bound.values(decisions)
    over = broken(programme, rows, decisions)
    years = [int(label) for label in rows.labels.get("year", [])]
    return {
        "limit": [limit.name] * size,
        "family": [limit.family] * size,
        **{key: _key(limit, rows, key, size) for key in keys},
        "year": [years[t] for t in rows.keys["year"].tolist()] if "year" in rows.keys else [""] * size,
        "sense": [limit.sense] * size,
        "unit": [limit.unit] * size,
        "level": level,
        "bound": bound,
        "slack": _slack(limit, level, bound, over),
        "broken": over,
    }


def _slack(limit: Limit, level: Floats, bound: Floats, over: Floats) -> Floats:
    """Room to spare; negative where a row is broken, on whichever side."""
    room = level - bound if limit.sense == "at_least" else bound - level
    return np.where(over > 0, -np.abs(room), room) if limit.sense == "exactly" else room


def _key(limit: Limit, rows: Rows, key: str, size: int) -> list[str]:
    """The row's own code, or the one code the whole limit selects, or nothing."""
    if key in rows.keys:
        labels = rows.labels[key]
        return [labels[code] for code in rows.keys[key].tolist()]
    values = limit.where.get(key, ())
    return [values[0] if len(values) == 1 else ""] * size
