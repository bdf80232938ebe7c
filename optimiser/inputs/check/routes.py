"""Checks routes, their past intakes and where the people who complete them go."""

from __future__ import annotations

from collections import defaultdict
from math import fsum, isnan

from optimiser.inputs.read.table import Table
from optimiser.inputs.read.tables_read import Typed
from optimiser.inputs.settings import Settings
from optimiser.text.faults import Faults

_TRAINING_ONLY = {
    "study_release": "from_role",
    "trainee_work": "to_role",
    "supervisor_fte": "supervisor_role",
}
"""Columns about people in training, and the role each of them needs."""


def check_routes(typed: Typed, faults: Faults) -> None:
    """Check that a route has an end, says what non-completers do, and trains only if it takes time."""
    table = typed.tables["routes"]
    for row in range(len(table)):
        _check_ends(table, row, faults)
        for name, role in _TRAINING_ONLY.items():
            value = table.column(name)[row]
            if isnan(value) or value == 0:
                continue
            place = table.place(row, name)
            if table.sound(row, "years") and table.column("years")[row] == 0:
                mend = "Leave it blank, or give the route a year or more."
                faults.add("no-training-time", place, f"{value:g}", "0, as the route takes 0 years", mend)
            if not table.column(role)[row]:
                faults.add("role-missing", place, f"{value:g} without a {role}", f"a {role} beside it",
                           f"Fill in {role}, or leave {name} blank.")  # fmt: skip


def _check_ends(table: Table, row: int, faults: Faults) -> None:
    """Check that a route comes from a role, goes to one, or both."""
    from_role, to_role = table.column("from_role")[row], table.column("to_role")[row]
    if not from_role and not to_role:
        found = "neither a from_role nor a to_role"
        faults.add(
            "no-ends", table.place(row), found, "at least one of them", "Fill in where people come from or go to."
        )
    if from_role and not table.column("non_completers")[row] and table.sound(row, "non_completers"):
        mend = "Say whether those who do not complete return to from_role or leave."
        faults.add(
            "blank", table.place(row, "non_completers"), "nothing", "return or leave, as there is a from_role", mend
        )


def check_transitions(typed: Typed, faults: Faults) -> None:
    """Check that a transition leads to another role."""
    table = typed.tables["transitions"]
    for row, (from_role, to_role) in enumerate(zip(*map(table.column, ("from_role", "to_role")), strict=True)):
        if from_role and from_role == to_role:
            found = f"{to_role}, the role they come from"
            faults.add("same-role", table.place(row, "to_role"), found, "another role", "Correct it or remove the row.")


def check_past_starts(typed: Typed, settings: Settings, faults: Faults) -> None:
    """Check that a route and area with any past start has one for each of the route's years before the first year."""
    table, routes = typed.tables["past_starts"], typed.tables["routes"]
    if not typed.ready("routes", "past_starts"):
        return
    durations = {
        route: years
        for row, (route, years) in enumerate(zip(routes.column("route"), routes.column("years"), strict=True))
        if routes.sound(row, "years")
    }
    there: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    keys = zip(table.column("route"), table.column("area"), table.column("year"), strict=True)
    for row, (route, area, year) in enumerate(keys):
        if table.sound(row, "route", "area", "year"):
            there[route, area][year] = row
    for (route, area), rows in there.items():
        needed = range(settings.first_year - max(1, durations.get(route, 0)), settings.first_year)
        absent = [settings.label(year) for year in needed if year not in rows]
        if absent and route in durations:
            where = f", area {area}" if len(typed.areas) > 1 else ""
            found = f"no starts of route {route}{where} in {', '.join(absent)}"
            expected = f"a row for each of the {len(needed)} years before {settings.label(settings.first_year)}"
            expected = expected.replace("each of the 1 years", "the year")
            mend = "Add them; write 0 where nobody started."
            faults.add("missing-row", table.place(min(rows.values())), found, expected, mend)


def check_destinations(typed: Typed, faults: Faults) -> None:
    """Check that only routes into a role have destinations, and that the shares of a route and area sum to 1."""
    table, routes = typed.tables["destinations"], typed.tables["routes"]
    if not typed.ready("routes", "destinations"):
        return
    to_role = dict(zip(routes.column("route"), routes.column("to_role"), strict=True))
    shares: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, (route, area) in enumerate(zip(table.column("route"), table.column("area"), strict=True)):
        if to_role.get(route) == "":
            mend = "Remove the row, or fill in the route's to_role."
            faults.add("no-destination", table.place(row, "route"), f"{route}, a route without a to_role",
                       "a route into a role", mend)  # fmt: skip
        shares[route, area].append(row)
    for (route, area), rows in shares.items():
        total = fsum(table.column("share")[row] for row in rows)
        sound = all(table.sound(row, "route", "area", "share") for row in rows)
        if sound and abs(total - 1) > 1e-6:
            found = f"shares of route {route}, area {area} that sum to {total:.9g}"
            faults.add("shares-not-1", table.place(rows[0], "share"), found, "1", "Correct the shares, or add a row.")
