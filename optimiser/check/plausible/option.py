"""Warnings of sense about an option beside its evidence: limits that clash or that leave out what was meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from optimiser.check.plausible.evidence import row_place
from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Evidence
from optimiser.model.programme import Programme
from optimiser.text.faults import Faults

MANY = 0.5
"""Share of a role's staff on a pattern from which on the pattern is doubted."""

Numbers = tuple[float, ...]
Subject = tuple[object, ...]


def warn_policy(programme: Programme, faults: Faults) -> None:
    """Record a warning for everything in an option that looks wrong but stops nothing."""
    limits = [limit for limit, rows, _ in programme.limits() if len(rows)]
    _minimum_above_maximum(programme.evidence, limits, faults)
    _shares_above_the_whole(programme.evidence, limits, faults)
    _leavers_beyond_routes(programme.evidence, limits, faults)
    _patterns_for_half_the_staff(programme.evidence, limits, faults)


def simple(limit: Limit) -> tuple[Subject, Numbers] | None:
    """What a limit is about, and its number by year: a number alone, or a multiple of one other quantity."""
    if limit.plus or len(limit.parts) > 1 or (limit.parts and any(limit.constant)):
        return None
    about: list[object] = [limit.quantity, limit.each, *sorted((key, *values) for key, values in limit.where.items())]
    if not limit.parts:
        return tuple(about), limit.constant
    (part,) = limit.parts
    if part.as_share_of_volume or part.when != "same_year":
        return None
    about += ["of", part.quantity, *sorted((key, *values) for key, values in part.where.items())]
    return tuple(about), part.factor


def _minimum_above_maximum(evidence: Evidence, limits: list[Limit], faults: Faults) -> None:
    """Two entries on the same thing, one asking for more than the other allows."""
    by_subject: dict[Subject, list[tuple[Limit, Numbers]]] = defaultdict(list)
    for limit in limits:
        found = simple(limit)
        if found is not None:
            by_subject[found[0]].append((limit, found[1]))
    years = evidence.settings.years
    for about in by_subject.values():
        lows = [(limit, numbers) for limit, numbers in about if limit.sense != "at_most"]
        highs = [(limit, numbers) for limit, numbers in about if limit.sense != "at_least"]
        for low, least in lows:
            for high, most in highs:
                both = set(low.years) & set(high.years)
                clash = [t for t, year in enumerate(years) if year in both and least[t] > most[t]]
                if clash and low.name != high.name:
                    when = evidence.settings.label(years[clash[0]])
                    asked = f"at least {least[clash[0]]:,.6g} in {when}"
                    expected = f'no more than the {most[clash[0]]:,.6g} of "{high.name}"'
                    mend = "No plan can satisfy both: change one of them."
                    faults.warn("min-above-max", low.place, asked, expected, mend)


def _shares_above_the_whole(evidence: Evidence, limits: list[Limit], faults: Faults) -> None:
    """Least shares of one task that add up to more than its volume."""
    least: dict[str, dict[str, Limit]] = defaultdict(dict)
    for limit in limits:
        if limit.family == "skill_mix" and limit.sense == "at_least" and limit.parts:
            least[limit.where["task"][0]][limit.where["role"][0]] = limit
    years = evidence.settings.years
    for task, by_role in least.items():
        total = np.sum([limit.parts[0].factor for limit in by_role.values()], axis=0)
        over = np.flatnonzero(total > 1 + 1e-9)
        if len(over) and len(by_role) > 1:
            when = evidence.settings.label(years[int(over[0])])
            found = f"min_share of {', '.join(by_role)} that add up to {total[over[0]]:.6g} of {task} in {when}"
            place = next(reversed(by_role.values())).place
            faults.warn("shares-above-1", place, found, "at most 1", "No plan can satisfy them all: lower one.")


def _leavers_beyond_routes(evidence: Evidence, limits: list[Limit], faults: Faults) -> None:
    """Roles that lose more people in the first year than all their routes together may bring in any year."""
    caps = {route: most_starts(route, evidence, limits) for route in range(len(evidence.routes))}
    joining = evidence.completion * evidence.fte_per_completer[:, None]
    leaving = (evidence.leaver_rate[:, :, 0] * evidence.staff_in_post).sum(axis=0)
    for role, code in enumerate(evidence.roles):
        into = np.flatnonzero(evidence.to_role == role).tolist()
        known = [(route, cap) for route in into if (cap := caps[route]) is not None]
        if not into or len(known) < len(into) or role in evidence.transition_to:
            continue
        most = float(np.sum([joining[route] * np.array(cap) for route, cap in known], axis=0).max())
        if leaving[role] > most * (1 + 1e-9):
            when = evidence.settings.label(evidence.settings.first_year)
            found = f"{leaving[role]:,.6g} FTE of {code} who leave in {when}"
            expected = f"no more than the {most:,.6g} FTE a year that all its routes may bring"
            place = row_place(evidence, "roles", code, "leaver_rate")
            faults.warn("leavers-beyond-routes", place, found, expected, "Check leaver_rate and training_capacity.")


def most_starts(route: int, evidence: Evidence, limits: list[Limit]) -> Numbers | None:
    """The most starts a year of a route in all areas together; None where nothing limits them."""
    name, kind = evidence.routes[route], evidence.kinds[route]
    found: list[Numbers] = []
    for limit in limits:
        if limit.quantity != "starts" or limit.sense == "at_least" or limit.parts or limit.plus:
            continue
        covers = name in limit.where.get("route", (name,)) and kind in limit.where.get("kind", (kind,))
        whole = set(limit.where) <= {"route", "kind"} and len(limit.years) == len(evidence.settings.years)
        if covers and whole and "year" in limit.each:
            areas = len(evidence.areas) if "area" in limit.each else 1
            found.append(tuple(number * areas for number in limit.constant))
    return tuple(np.min(found, axis=0).tolist()) if found else None


def _patterns_for_half_the_staff(evidence: Evidence, limits: list[Limit], faults: Faults) -> None:
    """Patterns that add work, and that nothing keeps from half the staff."""
    for position, pattern in enumerate(evidence.patterns):
        if evidence.extra_fte[position] <= 0:
            continue
        role = int(evidence.pattern_role[position])
        shares = list(_shares_of_staff(pattern, role, evidence, limits))
        least = min(shares, default=None)
        if least is not None and least < MANY:
            continue
        name = evidence.roles[role]
        found = (
            f"{pattern}, which all of {name} may work" if least is None
            else f"{pattern}, which {min(least, 1.0):.0%} of {name} may work"
        )  # fmt: skip
        mend = "If that is not meant, add a limit on the quantity pattern, of staff."
        faults.warn("pattern-for-many", row_place(evidence, "patterns", pattern, "pattern"), found,
                    "fewer than half of them", mend)  # fmt: skip


def _shares_of_staff(pattern: str, role: int, evidence: Evidence, limits: list[Limit]) -> Iterator[float]:
    """For each limit on a pattern, the share of its role's staff that it allows in its most generous year."""
    name = evidence.roles[role]
    staff = float(evidence.staff_in_post[:, role].sum())
    for limit in limits:
        if limit.quantity != "pattern" or limit.sense == "at_least" or not set(limit.where) <= {"pattern", "role"}:
            continue
        if pattern not in limit.where.get("pattern", (pattern,)) or name not in limit.where.get("role", (name,)):
            continue
        if not limit.parts and staff > 0 and "year" in limit.each:
            rows = len(evidence.areas) if "area" in limit.each else 1
            yield max(limit.constant) * rows / staff
        for part in limit.parts:
            alone = part.where.get("role", (name,)) == (name,) and ("role" in part.where or "role" in limit.each)
            if part.quantity == "staff" and alone:
                yield max(part.factor)
