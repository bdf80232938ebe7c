"""Checks that growth and scenarios leave every figure usable, under every scenario."""

from __future__ import annotations

import numpy as np

from optimiser.inputs.check.networks import check_volumes_shared
from optimiser.inputs.evidence import Evidence, Floats
from optimiser.text.faults import Faults, Place

ROUNDING = 1e-9
"""What the sum of rates and shares may pass 1 by: 0.7 + 0.2 + 0.1 need not be 1 to the last digit."""


def check_figures(evidence: Evidence, faults: Faults) -> None:
    """Record a fault for every figure that growth and the chosen scenarios take out of its range."""
    settings = evidence.settings
    under = f" under {', '.join(evidence.scenarios)}" if evidence.scenarios else ""
    _check_departures(evidence, under, faults)
    check_volumes_shared(evidence, under, faults)
    _check_shares_of_routes(evidence, under, faults)
    for figures, names, table, code in (
        (evidence.volume.max(axis=0, initial=0.0), evidence.tasks, "tasks", "task"),
        (evidence.units_per_fte, [evidence.roles[role] for role in evidence.pair_role], "productivity", "role"),
        (evidence.amount, evidence.cost_item, "costs", "item"),
    ):
        for position in np.flatnonzero(~np.isfinite(figures).all(axis=1)).tolist():
            rows = evidence.tables[table].column(code)
            place = evidence.tables[table].place(rows.index(names[position]), code)
            when = settings.label(settings.years[-1])
            found = f"figures of {names[position]}{under} that grow beyond any number by {when}"
            faults.add("too-large", place, found, "a number", "Check growth and multipliers.")


def moving_on(evidence: Evidence) -> Floats:
    """Return [role]: the share of last year's staff that transitions take to other roles each year."""
    shares = np.bincount(evidence.transition_from, evidence.transition_share, minlength=len(evidence.roles))
    return np.asarray(shares, dtype=np.float64)


def _check_departures(evidence: Evidence, under: str, faults: Faults) -> None:
    """Check that no more than all of last year's staff leave or move on."""
    settings = evidence.settings
    moving = moving_on(evidence)
    seen: set[Place] = set()
    gone = evidence.leaver_rate + moving[None, :, None]
    for area, role, year in np.argwhere(gone > 1 + ROUNDING * (moving[None, :, None] > 0)).tolist():
        code, rate, when = evidence.roles[role], evidence.leaver_rate[area, role, year], settings.years[year]
        place = _place_of_rate(evidence, area, code, when)
        if place in seen:
            continue
        seen.add(place)
        found = f"a leaver rate of {rate:.6g} in {settings.label(when)}{under}"
        if rate > 1:
            faults.add("leavers-above-1", place, found, "at most 1", "Lower the rate or the multiplier.")
            continue
        first = evidence.tables["transitions"].column("from_role").index(code)
        where = evidence.tables["transitions"].place(first, "share")
        if where in seen:
            continue
        seen.add(where)
        named = f" of {code}" + (f" in area {evidence.areas[area]}" if len(evidence.areas) > 1 else "")
        found = f"shares that sum to {moving[role]:.6g}, beside {found.replace('rate of', f'rate{named} of', 1)}"
        faults.add("departures-above-1", where, found, "at most 1 together",
                   f"Lower a share, or the rate ({place.file}, {place.words()}).")  # fmt: skip


def _check_shares_of_routes(evidence: Evidence, under: str, faults: Faults) -> None:
    """Check that completion and fill rate are at most 1, and the fill rate above 0, so that starts have commissions."""
    routes, settings = evidence.tables["routes"], evidence.settings
    for column, shares in (("completion", evidence.completion), ("fill_rate", evidence.fill_rate)):
        wrong = (shares > 1 + ROUNDING) | ((shares == 0) & (column == "fill_rate"))
        for route in np.flatnonzero(wrong.any(axis=1)).tolist():
            year = int(np.argmax(wrong[route]))
            place = routes.place(routes.column("route").index(evidence.routes[route]), column)
            found = f"{column} {shares[route, year]:.6g} of {evidence.routes[route]} in "
            faults.add("share-outside", place, found + f"{settings.label(settings.years[year])}{under}",
                       "at most 1" if column == "completion" else "above 0 and at most 1",
                       "Correct the share or the multiplier.")  # fmt: skip


def _place_of_rate(evidence: Evidence, area: int, role: str, year: int) -> Place:
    """Find where a leaver rate is written: the row in leavers of its area and year, or else the role's own row."""
    roles, leavers = evidence.tables["roles"], evidence.tables["leavers"]
    keys = zip(*map(leavers.column, ("area", "role", "year")), strict=True)
    single = {key: row for row, key in enumerate(keys)}
    row = single.get((evidence.areas[area], role, year), single.get(("", role, year)))
    if row is None:
        return roles.place(roles.column("role").index(role), "leaver_rate")
    return leavers.place(row, "leaver_rate")
