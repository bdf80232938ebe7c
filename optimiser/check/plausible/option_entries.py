"""Entries that limit nothing: an empty option, one that another keeps from binding, values of years long past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from optimiser.check.plausible.option import simple
from optimiser.check.plausible.query import Queries, query
from optimiser.constraints.families.priorities import DEFAULT
from optimiser.constraints.limit import Limit
from optimiser.model.programme import Programme
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Place


def nothing_limited(programme: Programme) -> Queries:
    """An option without a title or a single rule: perhaps its text was lost. With a title it may be meant so."""
    policy = programme.policy
    plain = policy.unmet == "allowed" and policy.priorities == DEFAULT and not policy.whole_numbers
    if plain and not policy.entries and len(policy.tiers) == 1 and policy.title == policy.path.stem:
        found = "an option without any limit, so that money and places have no end"
        mend = "Add budgets or training_capacity, or extends."
        yield query("empty-option", Place(str(policy.path)), found, "entries", mend)


Numbers = tuple[float, ...]
PAST = 3
"""Years before the first one by which values by year may have ended without a query."""


def never_binding(programme: Programme) -> Queries:
    """Two entries of one family on the same rows, of which one never binds.

    An inherited entry that a later file tightens by one of another name is meant so, and is not queried.
    """
    order = {path.resolve(): at for at, path in enumerate(programme.policy.files)}
    for alike in _on_the_same(programme):
        for one, mine in alike:
            for other, theirs in alike:
                age = order.get(Path(one.place.file).resolve(), 0) - order.get(Path(other.place.file).resolve(), 0)
                first_of_two = age == 0 and mine == theirs and one.place < other.place
                if one.name == other.name or age > 0 or first_of_two or not _covers(one, other):
                    continue
                if _beyond(one, mine, other, theirs, programme):
                    years = [programme.evidence.settings.years.index(year) for year in one.years]
                    found = f'"{one.name}", which never binds: "{other.name}" keeps the same to {_words(theirs, years)}'
                    mend = f'Give it the name "{other.name}" to change that entry, or drop one of them.'
                    yield query("never-binds", one.place, found, "an entry that limits something", mend)
                    break


def _on_the_same(programme: Programme) -> Iterable[list[tuple[Limit, Numbers]]]:
    """Limits of one family and sense on one quantity and selection, by area or over all areas, with their numbers."""
    groups: dict[object, list[tuple[Limit, Numbers]]] = defaultdict(list)
    for limit, rows, _ in programme.limits():
        parts = simple(limit)
        if parts is None or not len(rows) or limit.sense == "exactly":
            continue
        without_area = tuple(
            tuple(key for key in limit.each if key != "area") if part == limit.each else part for part in parts[0]
        )
        groups[limit.family, limit.sense, without_area].append((limit, parts[1]))
    return groups.values()


def _beyond(one: Limit, mine: Numbers, other: Limit, theirs: Numbers, programme: Programme) -> bool:
    """True where the first limit is nowhere tighter than the second."""
    if other.parts and other.each != one.each:
        return False
    areas = len(programme.evidence.areas) if "area" in other.each and "area" not in one.each else 1
    sign = 1 if one.sense == "at_most" else -1
    years = [programme.evidence.settings.years.index(year) for year in one.years]
    return all(sign * mine[t] >= sign * theirs[t] * areas for t in years)


def _covers(one: Limit, other: Limit) -> bool:
    """True where every row and year of one has a row of the other that covers it."""
    same = one.each == other.each
    finer = "area" in one.each and "area" not in other.each and set(one.each) - {"area"} == set(other.each)
    coarser = "area" in other.each and "area" not in one.each and set(other.each) - {"area"} == set(one.each)
    return (same or finer or coarser) and set(one.years) <= set(other.years) and not (one.sense == "at_least" and finer)


def _words(numbers: Numbers, years: list[int]) -> str:
    low, high = min(numbers[t] for t in years), max(numbers[t] for t in years)
    return f"{low:,.6g}" if low == high else f"{low:,.6g} to {high:,.6g}"


def values_long_past(programme: Programme) -> Queries:
    """Values by year that all lie before the plan, or far after it: a digit, or the file of another plan?"""
    settings = programme.evidence.settings
    for entry in programme.policy.entries:
        for key, value in entry.values.items():
            if not isinstance(value, ByYear) or not value.years:
                continue
            label = settings.label
            span = f"{label(settings.first_year)} to {label(settings.years[-1])}"
            if len(value.years) > 1 and value.years[-1] < settings.first_year - PAST:
                found = f"values by year that end in {label(value.years[-1])}"
                yield query(
                    "year-far-off", entry.place_of(key), found, f"years of {span}", "Only the last holds: check them."
                )
            for year in (year for year in value.years if year > settings.years[-1] + 20):
                mend = "It has no effect on these years: check the digits."
                yield query("year-far-off", entry.place_of(key), f"a value for {label(year)}", f"years of {span}", mend)


CHECKS = (nothing_limited, never_binding, values_long_past)
