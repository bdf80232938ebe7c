"""Rates, shares and growth that may be in per cent, per month, or ten times what was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from optimiser.check.plausible.query import Queries, middle, only, query, times_beyond
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Place

HALF = 0.5
APART = 8.0
"""How many times a rate may lie from the middle of the others."""
FAST = {"demand": 0.25, "patients": 0.25, "care": 0.25, "productivity": 0.15, "costs": 0.2}
"""Growth a year from which on it is doubted, either way."""
ROUNDING = 0.02
"""What shares rounded to per cents may add up to beyond the whole."""
LONG = 12
"""Years of a route from which on months may have been meant."""


def leaver_rates(evidence: Evidence) -> Queries:
    """A role that half its staff leave in a year, or that lies far from the others: per cent, or a rate a month?"""
    roles, leavers = evidence.tables["roles"], evidence.tables["leavers"]
    rates = dict(zip(roles.column("role"), roles.column("leaver_rate"), strict=True))
    mend = "Write leavers a year as a share of the staff: 0.08 or 8%."
    for row, rate in enumerate(roles.column("leaver_rate")):
        others = [other for at, other in enumerate(roles.column("leaver_rate")) if at != row and other > 0]
        usual = middle(others) if len(others) >= 2 else 0.0
        if rate > HALF or (usual and times_beyond(rate, [usual]) >= APART):
            beside = f", where half the other roles have {usual:g} or less" if usual else ""
            found = f"{rate:g} of {roles.column('role')[row]} who leave a year{beside}"
            yield query("rate-far-off", roles.place(row, "leaver_rate"), found, "a rate like the others'", mend)
    for row, (role, rate) in enumerate(zip(leavers.column("role"), leavers.column("leaver_rate"), strict=True)):
        if rate > HALF or times_beyond(rate, [rates[role]]) >= APART:
            found = f"{rate:g} of {role} who leave in one year, where roles has {rates[role]:g}"
            yield query("rate-far-off", leavers.place(row, "leaver_rate"), found, "a rate like the others'", mend)


def growth(evidence: Evidence) -> Queries:
    """Growth of a quarter a year: 3 for 0.03, 0.7 for 0.07?"""
    for name, fast in FAST.items():
        table = evidence.tables[name]
        for row, rate in enumerate(table.column("growth")):
            if abs(rate) >= fast:
                mend = f"It is a share a year: {rate / 100:g} is {rate:g} per cent."
                found = f"growth of {rate:.0%} a year"
                yield query("fast-growth", table.place(row, "growth"), found, f"less than {fast:.0%}", mend)


def shares_of_routes(evidence: Evidence) -> Queries:
    """Completion, fill rate and FTE per completer that few routes have; years that may be months."""
    table = evidence.tables["routes"]
    bounds = (
        ("completion", 0.2, 1.0), ("fill_rate", 0.2, 1.0), ("fte_per_completer", 0.2, 1.5),
        ("trainee_work", 0.0, 1.0), ("supervisor_fte", 0.0, 1.0),
    )  # fmt: skip
    for name, low, high in bounds:
        for row, value in enumerate(table.column(name)):
            if not low <= value <= high and value != 0:
                found = f"{value:g}"
                yield query(
                    "share-far-off", table.place(row, name), found, f"from {low:g} to {high:g}", "Check the figure."
                )
    for row, years in enumerate(table.column("years")):
        if years >= LONG:
            mend = "Write years, not months."
            yield query("years-long", table.place(row, "years"), f"{years} years", f"fewer than {LONG}", mend)
    roles = evidence.tables["roles"]
    shares = roles.column("available_share")
    for row, share in enumerate(shares):
        others = [other for at, other in enumerate(shares) if at != row]
        if 0 < share < 0.05 or (len(others) >= 2 and times_beyond(share, [middle(others)]) >= APART):
            mend = "Write the share of an FTE that is there for tasks: 0.85 or 85%."
            yield query(
                "share-far-off", roles.place(row, "available_share"), f"{share:g}", "a share like the others'", mend
            )


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


def _range(numbers: Sequence[float]) -> str:
    return f"{min(numbers):,.6g} to {max(numbers):,.6g}"


def past_starts(evidence: Evidence) -> Queries:
    """An intake far from the others of its route and area, or larger than the role it feeds."""
    table = evidence.tables["past_starts"]
    starts = table.column("starts")
    keys = list(zip(table.column("route"), table.column("area"), strict=True))
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        groups[key].append(row)
    for (route, area), rows in groups.items():
        at, where = evidence.routes.index(route), evidence.areas.index(area)
        into = int(evidence.to_role[at])
        staff = float(evidence.staff_in_post[where, into]) if into >= 0 else 0.0
        for row in rows:
            others = [starts[other] for other in rows if other != row and starts[other] > 0]
            usual = middle(others) if others else 0.0
            far = usual > 0 and times_beyond(starts[row], [usual]) >= APART and max(starts[row], usual) >= 10
            if far:
                found = f"{starts[row]:,.6g} starts of {route}, where half its other years have {usual:,.6g} or less"
            elif staff >= 20 and starts[row] > 1.5 * staff:
                found = (
                    f"{starts[row]:,.6g} starts of {route} in a year, where {staff:,.6g} FTE are in post in its role"
                )
            else:
                continue
            yield query("starts-far-off", table.place(row, "starts"), found, "intakes of one size", "Check the figure.")


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


def settings_of_money(evidence: Evidence) -> Queries:
    """Discounting, inflation and the price year."""
    settings = evidence.settings
    file = row_file(evidence)
    if settings.discount_rate > 0.15:
        place = settings.places.get("discount_rate", file)
        yield query("rate-far-off", place, f"a discount rate of {settings.discount_rate:g}", "at most 0.15",
                    "Write 0.035 for 3.5 per cent.")  # fmt: skip
    if settings.inflation is not None and any(not -0.05 <= rate <= 0.15 for rate in settings.inflation.values):
        odd = next(rate for rate in settings.inflation.values if not -0.05 <= rate <= 0.15)
        place = settings.places.get("inflation", file)
        yield query("rate-far-off", place, f"inflation of {odd:g}", "from -0.05 to 0.15", "Write 0.02 for 2 per cent.")
    if settings.price_year is not None and abs(settings.price_year - settings.first_year) > 15:
        found = f"prices of {settings.label(settings.price_year)} for a plan from {settings.label(settings.first_year)}"
        yield query(
            "year-far-off", settings.places.get("price_year", file), found, "a year near it", "Check price_year."
        )
    if settings.first_year_part < 0.05:
        found = f"{settings.first_year_part:g} of the first year of training in the year it starts in"
        yield query("share-far-off", settings.places.get("first_year_part", file), found, "7/12 for a September intake",
                    "Write 0.58 or 58%.")  # fmt: skip


def row_file(evidence: Evidence) -> Place:
    """The inputs as a whole, where a setting has no place of its own."""
    return evidence.tables["roles"].place()


def years_outside(evidence: Evidence) -> Queries:
    """Rows so far from the plan's years that a digit may be wrong: they change nothing, or a century of growth."""
    settings = evidence.settings
    last = settings.years[-1]
    for name in ("leavers", "demand", "patients", "scenarios"):
        table = evidence.tables[name]
        for row, year in enumerate(table.column("year")):
            late = year > last + 20
            early = name in ("demand", "patients") and year < settings.first_year - 20
            if late or early:
                expected = f"a year near {settings.label(settings.first_year)} to {settings.label(last)}"
                mend = (
                    "It has no effect: check the digits." if late else "All growth since then counts: check the digits."
                )
                if year < 100 <= settings.first_year:
                    whole = settings.first_year // 100 * 100 + year
                    mend = f"All growth since then counts. Write it with all its digits: {settings.label(whole)}."
                yield query("year-far-off", table.place(row, "year"), settings.label(year), expected, mend)
    yield from _old_intakes(evidence, evidence.tables["past_starts"])


def _old_intakes(evidence: Evidence, table: Table) -> Queries:
    """An intake that no later one joins on to, before those that count."""
    settings = evidence.settings
    keys = list(zip(table.column("route"), table.column("area"), table.column("year"), strict=True))
    there = set(keys)
    for row, (route, area, year) in enumerate(keys):
        needed = settings.first_year - max(1, int(evidence.years[evidence.routes.index(route)]))
        if year < needed and (route, area, year + 1) not in there:
            found = f"starts of {route} in {settings.label(year)}, which nothing joins on to"
            yield query(
                "year-far-off", table.place(row, "year"), found, "years one after the other", "Check the digits."
            )


CHECKS = (
    leaver_rates, growth, shares_of_routes, productivity, past_starts, demand_that_collapses, waiting_lists,
    multipliers, settings_of_money, years_outside,
)  # fmt: skip
