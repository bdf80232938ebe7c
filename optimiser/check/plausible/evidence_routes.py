"""Routes beside each other: shares, years, supervision, intakes, and where those who complete go."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from optimiser.check.plausible.query import Queries, middle, query, times_beyond
from optimiser.inputs.evidence import NONE, Evidence, Floats

APART = 8.0
"""How many times an intake may lie from the middle of the route's other years."""
LONG = 12
"""Years of a route from which on months may have been meant."""
TIME_APART = 4.0
"""How many times a supervisor's or trainee's time may lie beyond that of all other routes."""
BURDEN = 0.25
"""Share of supervisors' time that people in training now may take without a query."""
FEW_STARTS = 2.0
"""Starts a year, by an area's size, from which on it is asked for those it had."""
LEAVING = 0.1
"""Share that at least stays in an area, of those who complete there and whose role the area has."""
MOVING = 0.5
"""Share of a role that few transitions move in a year."""


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
                found = f"{value:g} of {table.column('route')[row]}"
                yield query(
                    "share-far-off", table.place(row, name), found, f"from {low:g} to {high:g}", "Check the figure."
                )
    for row, years in enumerate(table.column("years")):
        if years >= LONG:
            mend = "Write years, not months."
            found = f"{years} years of {table.column('route')[row]}"
            yield query("years-long", table.place(row, "years"), found, f"fewer than {LONG}", mend)


def years_beside_kind(evidence: Evidence) -> Queries:
    """Years of half, or twice, all others of the route's kind: one row filled in wrongly."""
    table = evidence.tables["routes"]
    kinds, years = table.column("kind"), table.column("years")
    for row, kind in enumerate(kinds):
        others = [years[at] for at, other in enumerate(kinds) if at != row and other == kind]
        if kind and len(others) >= 2 and min(others) >= 2 and not min(others) / 2 < years[row] <= 2 * max(others):
            found = (
                f"{years[row]} years of {table.column('route')[row]}, where other routes of {kind} take {_span(others)}"
            )
            yield query("years-differ", table.place(row, "years"), found, "years like theirs", "Check it.")


def _span(numbers: list[int]) -> str:
    return f"{min(numbers)}" if min(numbers) == max(numbers) else f"{min(numbers)} to {max(numbers)}"


def time_of_training(evidence: Evidence) -> Queries:
    """Time of supervisors and trainees far beyond the other routes', or more than supervisors have."""
    table = evidence.tables["routes"]
    for name in ("supervisor_fte", "study_release", "trainee_work"):
        values = table.column(name)
        for row, value in enumerate(values):
            others = [other for at, other in enumerate(values) if at != row and other > 0]
            least = 3 if name == "supervisor_fte" else 1
            far = len(others) >= least and times_beyond(value, others) >= TIME_APART
            if value > 0 and far:
                found = f"{name} {value:g} of {table.column('route')[row]}, where other routes have {_range(others)}"
                yield query("share-far-off", table.place(row, name), found, "time like theirs", "Check it.")
    yield from _burden(evidence)


def _range(numbers: list[float]) -> str:
    return f"{min(numbers):g}" if min(numbers) == max(numbers) else f"{min(numbers):g} to {max(numbers):g}"


def _burden(evidence: Evidence) -> Queries:
    """What people in training now take of their supervisors, all areas together."""
    table = evidence.tables["routes"]
    for row, route in enumerate(table.column("route")):
        at = evidence.routes.index(route)
        role = int(evidence.supervisor_role[at])
        if role == NONE:
            continue
        trainees = float(evidence.past_starts[:, at, : int(evidence.years[at])].sum())
        takes = trainees * float(evidence.supervisor_fte[at])
        have = float((evidence.staff_in_post[:, role] * evidence.available_share[role]).sum())
        if takes > max(1.0, BURDEN * have):
            who = evidence.roles[role]
            found = f"{trainees:,.4g} in training on {route}, who take {takes:,.4g} FTE of {have:,.4g} of {who}"
            mend = "Write the available FTE of a supervisor that one trainee takes: 0.05 for half a day a fortnight."
            expected = f"at most {BURDEN:.0%} of them"
            yield query("supervision-far-off", table.place(row, "supervisor_fte"), found, expected, mend)


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


def intakes_missing(evidence: Evidence) -> Queries:
    """A training route, or one of its areas, without past starts, where nearly all others have some."""
    new = {
        role
        for role, yes in zip(*map(evidence.tables["roles"].column, ("role", "new_role")), strict=True)
        if yes == "yes"
    }
    training = [
        at for at in range(len(evidence.routes))
        if evidence.years[at] > 0 and evidence.to_role[at] != NONE and evidence.roles[evidence.to_role[at]] not in new
    ]  # fmt: skip
    known = [at for at in training if evidence.has_past_starts[:, at].any()]
    for at in training:
        there = evidence.has_past_starts[:, at]
        staff = evidence.staff_in_post[:, evidence.to_role[at]]
        name = evidence.routes[at]
        mend = "Add the rows; write 0 where nobody started."
        if not there.any() and len(known) >= 3 and len(known) * 4 >= 3 * len(training) and staff.any():
            found = f"no past starts of {name}, while {len(known)} other training routes have them"
            row = evidence.tables["routes"].column("route").index(name)
            place = evidence.tables["routes"].place(row, "route")
            yield query("starts-missing", place, found, "the intakes already made", mend)
        else:
            yield from _areas_without_intakes(evidence, at, staff, mend)


def _areas_without_intakes(evidence: Evidence, route: int, staff: Floats, mend: str) -> Queries:
    """Areas of a size to have had intakes of a route that nearly all others had."""
    there = evidence.has_past_starts[:, route]
    name, areas = evidence.routes[route], len(evidence.areas)
    if areas < 3 or there.sum() * 3 < areas * 2:
        return
    usual = float(evidence.past_starts[there, route, 0].sum()) / max(float(staff[there].sum()), 1.0)
    for area in np.flatnonzero(~there & (staff * usual >= FEW_STARTS)).tolist():
        found = (
            f"no past starts of {name} in area {evidence.areas[area]}, while {int(there.sum())} other areas have them"
        )
        place = evidence.tables["past_starts"].place()
        yield query("starts-missing", place, found, "the intakes already made", mend)


def destinations(evidence: Evidence) -> Queries:
    """An area nearly all of whose new staff go elsewhere, though it has staff of their role."""
    table = evidence.tables["destinations"]
    keys = list(zip(*map(table.column, ("route", "area")), strict=True))
    shares, to_area = table.column("share"), table.column("to_area")
    for key in dict.fromkeys(keys):
        at, area = evidence.routes.index(key[0]), evidence.areas.index(key[1])
        rows = [row for row, other in enumerate(keys) if other == key]
        stay = sum(shares[row] for row in rows if to_area[row] == key[1])
        most = max(rows, key=lambda row: shares[row] if to_area[row] != key[1] else -1.0)
        if stay < LEAVING and shares[most] > MOVING and evidence.staff_in_post[area, evidence.to_role[at]] > 0:
            gone = f"{shares[most]:.0%} go to {to_area[most]}, {stay:.0%} stay"
            found = f"of those who complete {key[0]} in area {key[1]}, {gone}"
            mend = "Write the share of every area they join, their own first."
            yield query("destinations-far-off", table.place(most, "share"), found, "some who stay", mend)


def transitions(evidence: Evidence) -> Queries:
    """Roles that empty within two years, or that flood the next; movers who become another number of FTE."""
    table = evidence.tables["transitions"]
    staff = evidence.staff_in_post.sum(axis=0)
    shares = table.column("share")
    for row, (from_role, to_role) in enumerate(zip(*map(table.column, ("from_role", "to_role")), strict=True)):
        others = [other for at, other in enumerate(shares) if at != row]
        share, each = shares[row], table.column("fte_per_mover")[row]
        from_staff, to_staff = staff[evidence.roles.index(from_role)], staff[evidence.roles.index(to_role)]
        moving = share * each * from_staff
        what = f"{share:g} of {from_role} who become {to_role} every year"
        if share > MOVING or (len(others) >= 2 and times_beyond(share, others) >= TIME_APART):
            mend = "An age band of five years moves on at 1/5, 0.2 a year."
            expected = f"shares of one size, at most {MOVING:g}"
            yield query("transition-far-off", table.place(row, "share"), what, expected, mend)
        elif to_staff >= 5 and moving > to_staff:
            mend = "Write the share of a year, not of the whole band."
            found = f"{what}, {moving:,.4g} FTE where {to_staff:,.4g} are in post"
            yield query("transition-far-off", table.place(row, "share"), found, "fewer than are in post there", mend)
        if not 0.5 <= each <= 1.5:
            found = f"{each:g} FTE of {to_role} of one FTE of {from_role}"
            yield query("share-far-off", table.place(row, "fte_per_mover"), found, "from 0.5 to 1.5", "Check it.")


CHECKS = (
    shares_of_routes, years_beside_kind, time_of_training, past_starts, intakes_missing, destinations, transitions,
)  # fmt: skip
