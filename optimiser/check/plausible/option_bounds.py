"""Bounds beside the figures they limit: out of reach, far below today, or such that nothing can ever begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from optimiser.check.plausible.evidence_costs import totals
from optimiser.check.plausible.option_budgets import other_inputs, sizes
from optimiser.check.plausible.query import Queries, query
from optimiser.constraints.policy import Entry
from optimiser.model.programme import Programme
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Place

FAR, FAR_LATER = 6.0, 8.0
"""How many times today's figure a bound may be in the first year, and in any later one."""
TENTH = 6.0
"""How many times smaller than today's figure a bound may be."""
SOME = 10.0
"""Figures below this differ for many reasons."""
CROWD = 3.0
"""How many times the staff in post of a role its places may be."""
SEEDS = 1.0
"""How many times the largest intake of an area, or its staff, a seed may be."""


def _codes(entry: Entry, key: str) -> tuple[str, ...]:
    given = entry.values.get(key, ())
    return (given,) if isinstance(given, str) else tuple(given)


def _entries(programme: Programme, family: str) -> Iterator[Entry]:
    return (entry for entry in programme.policy.entries if entry.family == family)


def _first(programme: Programme, entry: Entry, key: str) -> float | None:
    """A number of an entry in the first year."""
    value = entry.values.get(key)
    first = programme.evidence.settings.first_year
    if isinstance(value, ByYear):
        return value.at(max(first, value.first_year or first))
    return float(value) if isinstance(value, int | float) else None


def bounds_beside_today(programme: Programme) -> Queries:
    """Places and staff ten times today's, or a tenth; not where the whole option is of another size."""
    evidence = programme.evidence
    if any(True for _ in other_inputs(programme)):
        return
    beside = sizes(programme)
    for limit in programme.policy.limits:
        if limit.family not in ("training_capacity", "adoption") or limit.sense == "at_least" or limit.parts:
            continue
        ratio, now = beside.get(limit.label, (1.0, 0.0))
        latest = int(np.argmax(limit.constant))
        later = ratio * limit.constant[latest] / limit.constant[0] if limit.constant[0] > 0 else 1.0
        first = ratio >= FAR or (ratio <= 1 / TENTH and now >= SOME)
        if now >= 2 and (first or (later >= FAR_LATER and now >= SOME)):
            at = 0 if first else latest
            label = evidence.settings.label(evidence.settings.years[at])
            found = f"{limit.constant[at]:,.6g} in {label} where today's figure is {now:,.6g}"
            yield query("bound-far-off", limit.place, found, "a bound of its size", "Check the figure.")


def places_beside_staff(programme: Programme) -> Queries:
    """Places of a route for three times all the staff in post of the role it leads to, where that is no new role."""
    evidence = programme.evidence
    roles = evidence.tables["roles"]
    new = {role for role, said in zip(roles.column("role"), roles.column("new_role"), strict=True) if said == "yes"}
    if any(True for _ in other_inputs(programme)):
        return
    for limit in programme.policy.limits:
        if limit.family != "training_capacity" or limit.sense != "at_most" or limit.parts:
            continue
        for route in limit.where.get("route", ()):
            to_role = int(evidence.to_role[evidence.routes.index(route)])
            areas = len(evidence.areas) if "area" in limit.each else 1
            most, staff = max(limit.constant) * areas, float(evidence.staff_in_post[:, to_role].sum())
            if to_role >= 0 and evidence.roles[to_role] not in new and staff >= 2 and most > max(CROWD * staff, SOME):
                there = f"{staff:,.4g} FTE of {evidence.roles[to_role]} are in post"
                found = f"{most:,.6g} places of {route} a year, where {there}"
                yield query("bound-far-off", limit.place, found, "a bound of its size", "Check the figure.")


def seeds_beside_today(programme: Programme) -> Queries:
    """What may always be added, more than the largest intake or staff of an area: 100 for 1?"""
    evidence = programme.evidence
    starts = dict(zip(evidence.routes, evidence.past_starts[:, :, 0].max(axis=0).tolist(), strict=True))
    staff = dict(zip(evidence.roles, evidence.staff_in_post.max(axis=0).tolist(), strict=True))
    for family, key, today, what in (("pace", "route", starts, "starts"), ("adoption", "role", staff, "FTE")):
        for entry in _entries(programme, family):
            seed = _first(programme, entry, "seed") or 0.0
            now = [(today[code], code) for code in _codes(entry, key) if today[code] >= 2]
            if now and seed > 10 and seed > SEEDS * max(now)[0]:
                most, code = max(now)
                found = f"a seed of {seed:g}, where the largest area has {most:,.4g} {what} of {code} in a year"
                yield query("bound-far-off", entry.place_of("seed"), found, "a seed below today's", "Check the figure.")


def _grows_from_nothing(programme: Programme, family: str, key: str, share: str, today: Mapping[str, float]) -> Queries:
    """Entries that let a route or role grow by a share alone, where there is nothing to take a share of."""
    for entry in _entries(programme, family):
        if share not in entry.values or _first(programme, entry, "seed"):
            continue
        for code in _codes(entry, key):
            if today[code] == 0:
                found = f"{code}, which has none today and may grow by a share alone, so that it never begins"
                yield query("never-begins", entry.place, found, "a seed", "Add seed: what may always be added.")


def what_never_begins(programme: Programme) -> Queries:
    """Pace and adoption without a seed where there is nothing to grow from; places too few for one cohort or person."""
    evidence = programme.evidence
    starts = dict(zip(evidence.routes, evidence.past_starts[:, :, 0].sum(axis=0).tolist(), strict=True))
    staff = dict(zip(evidence.roles, evidence.staff_in_post.sum(axis=0).tolist(), strict=True))
    yield from _grows_from_nothing(programme, "pace", "route", "max_increase", starts)
    yield from _grows_from_nothing(programme, "adoption", "role", "max_growth", staff)
    least = {
        route: _first(programme, entry, "at_least") or 0.0
        for entry in _entries(programme, "cohorts")
        for route in _codes(entry, "route")
    }
    for entry in _entries(programme, "training_capacity"):
        value = entry.values.get("places")
        most = max(value.values) if isinstance(value, ByYear) else 0.0
        for route in _codes(entry, "route"):
            needed = max(least.get(route, 0.0), 1.0 if programme.policy.whole_numbers else 0.0)
            if 0 < most < needed:
                found = f"{most:g} places of {route} at most, where fewer than {needed:g} cannot start"
                yield query(
                    "never-begins", entry.place_of("places"), found, "places for them", "Raise places, or write 0."
                )


HABITS = (
    ("pace", "max_increase", 0.0, 1.0), ("adoption", "max_growth", 0.0, 2.0),
    ("service_levels", "at_least", 0.1, 1.0), ("skill_mix", "max_increase", 0.0, 0.3),
    ("budgets", "carry_forward", 0.0, 0.5),
)  # fmt: skip
"""Family, key, and the numbers nobody would ask about."""
WHOLE = 4.0
"""How many times a quantity a limit may be of the same quantity elsewhere."""


def shares_beyond_habit(programme: Programme) -> Queries:
    """Shares an option rarely has: 20 for 0.2, 0.09 for 0.9."""
    for family, key, low, high in HABITS:
        for entry in _entries(programme, family):
            value = entry.values.get(key)
            numbers = value.values if isinstance(value, ByYear) else () if value is None else (float(value),)
            odd = [number for number in numbers if number and not low <= number <= high]
            if odd:
                mend = f"It is a share: {odd[0]:g} is {odd[0]:.0%}."
                yield query(
                    "share-far-off", entry.place_of(key), f"{key} of {odd[0]:g}", f"from {low:g} to {high:g}", mend
                )


def shares_beside_today(programme: Programme) -> Queries:
    """A most share of a fifth of what a role does today, or less: 0.45% for 45%?"""
    evidence = programme.evidence
    today = {
        (evidence.roles[role], evidence.tasks[task]): float(share)
        for role, task, share in zip(evidence.pair_role, evidence.pair_task, evidence.current_share, strict=True)
    }
    for entry in _entries(programme, "skill_mix"):
        most = _first(programme, entry, "max_share")
        for role in _codes(entry, "role"):
            for task in _codes(entry, "task"):
                now = today.get((role, task), 0.0)
                if most and now > 0 and most * 5 < now:
                    found = f"max_share {most:g} of {task} for {role}, which does {now:g} of it today"
                    yield query(
                        "share-far-off", entry.place_of("max_share"), found, "a share near today's", "Check the figure."
                    )


def shares_of_the_same(programme: Programme) -> Queries:
    """A generic limit of a quantity as a share of itself, many times the whole: 25 for 0.25?"""
    for limit in programme.policy.limits:
        if limit.family != "limits" or len(limit.parts) != 1:
            continue
        (part,) = limit.parts
        most = max(part.factor)
        if part.quantity == limit.quantity and most > WHOLE:
            found = f"{most:g} times the {part.quantity} it is a share of"
            mend = f"It is a share: {most / 100:g} is {most:g} per cent."
            yield query("share-far-off", limit.place, found, f"at most {WHOLE:g}", mend)


def price_of_shortage(programme: Programme) -> Queries:
    """An FTE-year short that costs next to nothing, or a fortune, beside an FTE-year of staff."""
    price, pay = programme.policy.price_per_fte, list(totals(programme.evidence, "fte-year").values())
    if price and pay and not min(pay) / 20 <= price <= max(pay) * 100:
        found = f"{price:,.6g} for an FTE-year short, where one of staff costs {min(pay):,.6g} to {max(pay):,.6g}"
        place = Place(str(programme.policy.path), column="demand price_per_fte")
        yield query("price-far-off", place, found, "a price of the size of pay", "Check thousands and noughts.")


CHECKS = (
    bounds_beside_today, places_beside_staff, seeds_beside_today, what_never_begins, shares_beyond_habit,
    shares_beside_today, shares_of_the_same, price_of_shortage,
)  # fmt: skip
