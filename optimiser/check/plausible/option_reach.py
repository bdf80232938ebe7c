"""Limits beyond what staff can become, patterns that help nobody, and plans that leave all work undone."""

from __future__ import annotations

import numpy as np

from optimiser.check.plausible.evidence import row_place
from optimiser.check.plausible.option import most_starts
from optimiser.check.plausible.query import Queries, query
from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import NONE, Evidence, Floats
from optimiser.model.programme import Programme
from optimiser.text.faults import Place
from optimiser.text.phrases import listed

EASED = 1e-6
"""By which a bound may pass what can be: rounding."""


def work_left_undone(programme: Programme) -> Queries:
    """Shortage that is allowed, weighs nothing and costs nothing: the cheapest plan does no work at all."""
    policy = programme.policy
    evidence = programme.evidence
    weighs = any(one.quantity in ("unmet", "activity", "work") for one in policy.priorities)
    left = [
        task for at, task in enumerate(evidence.tasks)
        if evidence.has_demand[:, at].any() and not any(_asks_for(limit, evidence, at) for limit in policy.limits)
    ]  # fmt: skip
    if policy.unmet == "allowed" and not weighs and left:
        named = ", ".join(one.name for one in policy.priorities)
        found = f"priorities {named}, while nothing asks for {listed(left)}"
        mend = "Put unmet before cost, forbid unmet demand, price it, or add service_levels."
        place = Place(str(policy.path), column="priorities")
        yield query("unmet-for-nothing", place, found, "a reason to do the work", mend)


def _asks_for(limit: Limit, evidence: Evidence, task: int) -> bool:
    """True where a limit asks that some of a task be done."""
    done = limit.quantity in ("activity", "work", "outsourced") and limit.sense != "at_most"
    missed = limit.quantity in ("unmet", "unmet_fte") and limit.sense != "at_least"
    name, service = evidence.tasks[task], evidence.services[task]
    where = limit.where
    return (done or missed) and name in where.get("task", (name,)) and service in where.get("service", (service,))


def patterns_for_nobody(programme: Programme) -> Queries:
    """A pattern that takes time away, and that nothing rewards or asks for: is its sign meant?"""
    evidence = programme.evidence
    idle = {item for item, per in zip(evidence.cost_item, evidence.cost_per, strict=True) if per == "idle-fte-year"}
    limits = [one for one in programme.policy.limits if (one.quantity, one.sense) != ("pattern", "at_most")]
    for at, pattern in enumerate(evidence.patterns):
        role = evidence.roles[evidence.pattern_role[at]]
        used = any(
            limit.quantity in ("idle", "pattern") and role in limit.where.get("role", (role,))
            and pattern in limit.where.get("pattern", (pattern,)) for limit in limits
        )  # fmt: skip
        if evidence.extra_fte[at] < 0 and role not in idle and not used:
            found = f"{evidence.extra_fte[at]:g} FTE for each FTE on {pattern}, which nothing asks for"
            mend = "Write what it adds as a positive number; short time needs a cost of idle-fte-year to be of use."
            place = row_place(evidence, "patterns", pattern, "extra_fte")
            yield query("pattern-unused", place, found, "a use for it", mend)


def staff_beyond_reach(programme: Programme) -> Queries:
    """Staff of at least more than all its routes can bring, or at most fewer than those who stay in the first year."""
    evidence = programme.evidence
    for limit in programme.policy.limits:
        role = _one_role(limit)
        if role is None:
            continue
        at = evidence.roles.index(role)
        years = [evidence.settings.years.index(year) for year in limit.years]
        areas = len(evidence.areas) if "area" in limit.each else 1
        reach = most_staff(programme, at) if limit.sense != "at_most" else None
        above = [t for t in years if reach is not None and limit.constant[t] * areas > reach[t] * (1 + EASED)]
        stay, leaves = _who_stay(evidence, at)
        if above and reach is not None:
            when, most = evidence.settings.label(evidence.settings.years[above[0]]), reach[above[0]]
            found = f"at least {limit.constant[above[0]] * areas:,.6g} FTE of {role} in {when}"
            expected = f"at most {most:,.6g}, those in post and all that its routes may bring"
            yield query("beyond-reach", limit.place, found, expected, "No plan can satisfy it: check the figure.")
        elif limit.sense != "at_least" and 0 in years and not leaves and limit.constant[0] * areas < stay * (1 - EASED):
            found = f"at most {limit.constant[0] * areas:,.6g} FTE of {role} in the first year"
            expected = f"no fewer than the {stay:,.6g} in post who stay"
            mend = "No plan can satisfy it, as nothing takes them away: check the figure."
            yield query("below-today", limit.place, found, expected, mend)


def _one_role(limit: Limit) -> str | None:
    """The role of a limit on the staff of one role by year; None for any other limit, and for one that may break."""
    alone = limit.quantity == "staff" and set(limit.where) == {"role"} and len(limit.where["role"]) == 1
    plain = not limit.parts and not limit.plus and "year" in limit.each and limit.may_break is None
    return limit.where["role"][0] if alone and plain else None


def _who_stay(evidence: Evidence, role: int) -> tuple[float, bool]:
    """Staff in post less the first year's leavers, and whether anything else may take them away."""
    stay = float((evidence.staff_in_post[:, role] * (1 - evidence.leaver_rate[:, role, 0])).sum())
    leaves = role in evidence.from_role.tolist() or role in evidence.transition_from.tolist()
    return stay, leaves


def most_staff(programme: Programme, role: int) -> Floats | None:
    """[year]: staff that all routes into a role could make, if nobody left; None where some route has no end."""
    evidence = programme.evidence
    if role in evidence.transition_to.tolist() or role == NONE:
        return None
    limits = [limit for limit, rows, _ in programme.limits() if len(rows)]
    staff = np.full(len(evidence.settings.years), float(evidence.staff_in_post[:, role].sum()))
    for route in np.flatnonzero(evidence.to_role == role).tolist():
        if _kept(evidence.routes[route], evidence.kinds[route], limits):
            continue
        most = most_starts(route, evidence, limits)
        if most is None:
            return None
        years = int(evidence.years[route])
        past = evidence.past_starts[:, route, :years].sum(axis=0)[::-1]
        begun = np.concatenate([past, np.array(most)])[: len(staff)]
        each = float(evidence.fte_per_completer[route]) * float(evidence.completion[route].max())
        staff += np.cumsum(begun) * max(
            each, float(evidence.fte_per_completer[route] * evidence.past_completion[route])
        )
    return staff


def _kept(route: str, kind: str, limits: list[Limit]) -> bool:
    """True where a route may start no more people than leave, so that it adds nobody to those in post."""
    for limit in limits:
        if limit.quantity != "starts" or limit.sense == "at_least" or set(limit.where) - {"route", "kind"}:
            continue
        covers = route in limit.where.get("route", (route,)) and kind in limit.where.get("kind", (kind,))
        of_leavers = [part.quantity for part in limit.parts] == ["leavers"] and not any(limit.constant)
        if covers and of_leavers and max(limit.parts[0].factor) <= 1:
            return True
    return False


CHECKS = (work_left_undone, patterns_for_nobody, staff_beyond_reach)
