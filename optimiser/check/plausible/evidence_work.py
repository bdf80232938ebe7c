"""Work: what roles do of it, its volumes, waiting lists and priorities, patterns, and the scenarios of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from optimiser.check.plausible.query import Queries, only, query, times_beyond
from optimiser.inputs.evidence import Evidence

APART = 8.0
"""How many times what a role does of a task may lie from all others."""
ROUNDING = 0.02
"""What shares rounded to per cents may add up to beyond the whole."""
LITTLE = 0.6
"""What the shares of a task must add up to where every role has one and nothing is bought."""
WEIGHTS_APART = 15.0
"""How many times a task's priority may lie beyond all others."""
EXTRA = 0.6
"""FTE that few patterns add to one."""


def productivity(evidence: Evidence) -> Queries:
    """What one role does of a task in a year beside what the others do, and shares that are more than the whole."""
    table = evidence.tables["productivity"]
    by_task: dict[str, list[int]] = defaultdict(list)
    for row, task in enumerate(table.column("task")):
        by_task[task].append(row)
    units, shares = table.column("units_per_fte"), table.column("current_share")
    for task, rows in by_task.items():
        for row in rows:
            others = [units[other] for other in rows if other != row]
            first = len(others) > 1 or units[row] == max(units[at] for at in rows)
            if others and times_beyond(units[row], others) >= APART and first:
                found = f"{units[row]:,.6g} units of {task} a year, where others do {_range(others)}"
                yield query("productivity-far-off", table.place(row, "units_per_fte"), found, "figures of one size",
                            "Check whether all are units a year of one available FTE.")  # fmt: skip
        total = float(np.nansum([shares[row] for row in rows]))
        if total > 1 + ROUNDING:
            found = f"current_share of {task} that add up to {total:.6g}"
            yield query(
                "shares-above-1", table.place(rows[-1], "current_share"), found, "at most 1", "Lower one of them."
            )
        yield from _shares_too_small(evidence, task, rows)


def _shares_too_small(evidence: Evidence, task: str, rows: list[int]) -> Queries:
    """Shares of every role that add up to a small part, of work that nobody outside does."""
    table = evidence.tables["productivity"]
    shares = [table.column("current_share")[row] for row in rows]
    bought = any(
        item == task and per == "outsourced-unit"
        for item, per in zip(evidence.cost_item, evidence.cost_per, strict=True)
    )
    if not bought and not np.isnan(shares).any() and 0 < sum(shares) < LITTLE:
        found = f"current_share of {task} of all roles that add up to {sum(shares):.3g}"
        place = table.place(rows[0], "current_share")
        yield query("shares-below-1", place, found, "nearly 1, less what nobody does", "Write 0.35 or 35%.")


def _range(numbers: Sequence[float]) -> str:
    return f"{min(numbers):,.6g} to {max(numbers):,.6g}"


def demand_that_collapses(evidence: Evidence) -> Queries:
    """A volume that falls to a fifth from one year to the next, though not to nothing."""
    before, after = evidence.volume[:, :, :-1], evidence.volume[:, :, 1:]
    for area, task, year in np.argwhere((after > 0) & (after * 5 <= before)).tolist():
        table, settings = evidence.tables["demand"], evidence.settings
        rows = only(table, area=evidence.areas[area], task=evidence.tasks[task], year=settings.years[year + 1])
        found = (
            f"demand for {evidence.tasks[task]} that falls from {before[area, task, year]:,.6g} to "
            f"{after[area, task, year]:,.6g} in {settings.label(settings.years[year + 1])}"
        )
        place = table.place(rows[0] if rows else None, "volume" if rows else "")
        yield query("demand-collapses", place, found, "more than a fifth of it", "Check the volumes.")


def waiting_lists(evidence: Evidence) -> Queries:
    """A waiting list longer than two years' work."""
    for area, task in np.argwhere(evidence.waiting_list > 2 * evidence.volume[:, :, 0]).tolist():
        table = evidence.tables["waiting_list"]
        rows = only(table, area=evidence.areas[area], task=evidence.tasks[task])
        waiting, year = evidence.waiting_list[area, task], evidence.volume[area, task, 0]
        found = f"{waiting:,.6g} waiting, where a year brings {year:,.6g}"
        yield query(
            "waiting-far-off", table.place(rows[0], "volume"), found, "at most two years' work", "Check the unit."
        )


def multipliers(evidence: Evidence) -> Queries:
    """Scenario multipliers far from 1: 110 or 10 for 1.1?"""
    table = evidence.tables["scenarios"]
    for row, value in enumerate(table.column("multiplier")):
        if not 1 / 3 <= value < 3:
            mend = "1.1 is ten per cent more."
            yield query(
                "multiplier-far-off", table.place(row, "multiplier"), f"{value:g}", "from a third to three", mend
            )


def idle_scenarios(evidence: Evidence) -> Queries:
    """A scenario that multiplies by 1 alone."""
    table = evidence.tables["scenarios"]
    by_name: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(table.column("scenario")):
        by_name[name].append(row)
    for name, rows in by_name.items():
        if all(table.column("multiplier")[row] == 1 for row in rows):
            found, mend = f"{name}, which changes nothing", "1.1 is ten per cent more, 0.9 ten per cent less."
            yield query("scenario-idle", table.place(rows[0], "multiplier"), found, "a multiplier other than 1", mend)


def priorities(evidence: Evidence) -> Queries:
    """A priority of another size than all other tasks'."""
    table = evidence.tables["tasks"]
    weights = table.column("priority")
    for row, weight in enumerate(weights):
        others = [other for at, other in enumerate(weights) if at != row and other > 0]
        if len(others) >= 2 and times_beyond(weight, others) > WEIGHTS_APART:
            found = f"priority {weight:g} of {table.column('task')[row]}, where others have {_range(others)}"
            yield query("priority-far-off", table.place(row, "priority"), found, "weights of one size", "Check it.")


def patterns(evidence: Evidence) -> Queries:
    """A pattern that adds more than half an FTE to one, or takes a whole one away."""
    table = evidence.tables["patterns"]
    for row, extra in enumerate(table.column("extra_fte")):
        if extra > EXTRA or extra <= -1:
            found = f"{extra:g} FTE more for each FTE on {table.column('pattern')[row]}"
            mend = "Write what one FTE on it adds, in FTE: 0.1 for a session a week."
            yield query("share-far-off", table.place(row, "extra_fte"), found, f"more than -1, at most {EXTRA:g}", mend)


CHECKS = (
    productivity, demand_that_collapses, waiting_lists, multipliers, idle_scenarios, priorities, patterns,
)  # fmt: skip
