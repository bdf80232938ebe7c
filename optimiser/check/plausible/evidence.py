"""Warnings of sense about the evidence: figures that can be read and may still not be what was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from optimiser.inputs.check.source_kinds import KINDS, OTHER, kind_of
from optimiser.inputs.check.source_kinds import NONE as NO_SOURCE
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import Faults, Place

DOUBLES = 2.0
"""Growth from one year to the next from which on a volume is doubted."""


def warn_evidence(evidence: Evidence, faults: Faults) -> None:
    """Record a warning for everything in the evidence that looks wrong but stops nothing."""
    _roles_nobody_joins(evidence, faults)
    _routes_nobody_finishes(evidence, faults)
    _demand_that_doubles(evidence, faults)
    _values_without_source(evidence, faults)


def row_place(evidence: Evidence, table: str, code: str, column: str = "") -> Place:
    """Where the row of a code stands in the table that defines it."""
    there = evidence.tables[table]
    key = {"roles": "role", "routes": "route", "patterns": "pattern", "tasks": "task"}[table]
    return there.place(there.column(key).index(code), column)


def _roles_nobody_joins(evidence: Evidence, faults: Faults) -> None:
    joined = {*evidence.to_role.tolist(), *evidence.transition_to[evidence.transition_share > 0].tolist()}
    # A role that only feeds others, and does no work of its own here, is a pool: its own intake is another plan's.
    pools = set(evidence.from_role.tolist()) - set(evidence.pair_role.tolist())
    for position, role in enumerate(evidence.roles):
        # A role that nobody leaves either is one whose supply is held level, by whatever replaces those who leave.
        leaves = bool(evidence.leaver_rate[:, position].any()) or position in evidence.from_role.tolist()
        if position not in joined | pools and leaves:
            found, expected = f"{role}, a role that people leave and no route leads to", "a way into it"
            mend = "Add a route, or leave it so if nobody is to join."
            faults.warn("no-way-in", row_place(evidence, "roles", role, "role"), found, expected, mend)


def _routes_nobody_finishes(evidence: Evidence, faults: Faults) -> None:
    settings = evidence.settings
    for route, years in zip(evidence.routes, evidence.years.tolist(), strict=True):
        if years >= len(settings.years):
            found = f"{years} years, so that nobody who starts from {settings.label(settings.first_year)} on finishes"
            expected = f"a route shorter than the {len(settings.years)} modelled years"
            mend = "Raise last_year or run_out_years."
            faults.warn("never-finishes", row_place(evidence, "routes", route, "years"), found, expected, mend)


def _demand_that_doubles(evidence: Evidence, faults: Faults) -> None:
    """One warning a task, at its first such year."""
    before, after = evidence.volume[:, :, :-1], evidence.volume[:, :, 1:]
    doubled = (before > 0) & (after >= DOUBLES * before)
    settings = evidence.settings
    for task in np.flatnonzero(doubled.any(axis=(0, 2))).tolist():
        area, year = next((a, t) for t, a in np.argwhere(doubled[:, task].T).tolist())
        others = int(doubled[:, task].any(axis=1).sum()) - 1
        where = f" in area {evidence.areas[area]}" if len(evidence.areas) > 1 else ""
        more = f" (and in {others} more area{'s' if others > 1 else ''})" if others else ""
        found = (
            f"demand for {evidence.tasks[task]}{where} that grows from {before[area, task, year]:,.6g} to "
            f"{after[area, task, year]:,.6g} in {settings.label(settings.years[year + 1])}{more}"
        )
        mend = "Check the volumes, and whether growth is a share (0.02 for 2 per cent)."
        place = _demand_place(evidence, evidence.areas[area], evidence.tasks[task], settings.years[year + 1])
        faults.warn("demand-doubles", place, found, "less than twice as much", mend)


def _demand_place(evidence: Evidence, area: str, task: str, year: int) -> Place:
    """The row of demand that holds in the year; the task's own row where patients make the demand."""
    demand = evidence.tables["demand"]
    keys = zip(*(demand.column(name) for name in ("area", "task", "year")), strict=True)
    rows = [(key[2], row) for row, key in enumerate(keys) if key[:2] == (area, task) and key[2] <= year]
    return demand.place(max(rows)[1], "volume") if rows else row_place(evidence, "tasks", task, "task")


def _values_without_source(evidence: Evidence, faults: Faults) -> None:
    """One warning a table; one for all where no row of any table has a source."""
    filled = [table for table in evidence.tables.values() if len(table)]
    if not any(table.source(row).strip() for table in filled for row in range(len(table))):
        mend = f"Say in a column source where each row comes from: {_words(KINDS)}."
        faults.warn("no-source", Place(str(evidence.folder)), "no row of any table has a source", "", mend)
        return
    for table in filled:
        kinds = [kind_of(table.source(row)) for row in range(len(table))]
        count = Counter(kinds)
        if count[NO_SOURCE]:
            place = table.place(kinds.index(NO_SOURCE), "source")
            found = f"{count[NO_SOURCE]} of {len(table)} rows of {table.name} without a source"
            faults.warn("no-source", place, found, "", f"Say where each comes from: {_words(KINDS)}.")
        if count[OTHER]:
            row = kinds.index(OTHER)
            found = f'"{table.source(row)[:60]}"{_also(count[OTHER])}'
            mend = "Begin with the weakest that applies, then a colon, then say where."
            faults.warn("source-kind", table.place(row, "source"), found, _words(KINDS), mend)


def _words(kinds: Sequence[str]) -> str:
    return ", ".join(f"{kind}:" for kind in kinds[:-1]) + f" or {kinds[-1]}:"


def _also(count: int) -> str:
    return f" (and {count - 1} more like it)" if count > 1 else ""
