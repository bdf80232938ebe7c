"""Rules that may be broken: the same rows with what lies above and below their bounds as variables."""

from __future__ import annotations

from dataclasses import replace

from tests.oracle.families import Row
from tests.oracle.quantities import Sum, plus


def may_break(rows: list[Row]) -> bool:
    """Whether any rule may be broken."""
    return any(row.weight for row in rows)


def loosened(rows: list[Row]) -> tuple[list[Row], Sum]:
    """The rows with room to break those that have a weight, and Σ weight × what is broken."""
    found, broken = [], {}
    for place, row in enumerate(rows):
        level = row.level
        for side, sign, senses in (("over", -1.0, ("at_most", "exactly")), ("under", 1.0, ("at_least", "exactly"))):
            if row.weight and row.sense in senses:
                level = plus((1.0, level), (sign, {(side, place): 1.0}))
                broken[side, place] = row.weight
        found.append(replace(row, level=level))
    return found, broken
