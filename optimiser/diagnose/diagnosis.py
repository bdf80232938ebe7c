"""Explains why no plan exists in terms of the option's entries: what clashes, and what would give a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.diagnose.already_certain import Known, known_beforehand
from optimiser.diagnose.clash import WHOLE, Clash, Search, Subset, search
from optimiser.diagnose.elastic import least
from optimiser.diagnose.repair import Repair, alone, confirmed, gives_a_plan
from optimiser.diagnose.rewrite import rewritten
from optimiser.model.breaking import breakable, broken, with_breaches
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.plan.make import Request, read_and_build
from optimiser.text.faults import Faults, Place

_MOST_TRIED, _MOST_TRIED_LARGE, _LARGE = 12, 2, 20_000
"""Entries whose change alone is tried, on a model and on one of more rows than that: each costs up to three solves."""


@dataclass(frozen=True)
class Suspect:
    """One entry of a clash: where it is written, which of its rows take part, and what changing it alone would do."""

    name: str
    family: str
    place: Place
    set_by: str
    rows: tuple[tuple[Rows, int], ...]
    """The rows that take part: the block, and the index of the row in it."""
    alone: Repair | None
    """A change of this entry that alone gives a plan; None where none was found."""


@dataclass(frozen=True)
class Broken:
    """By how much a plan that breaks the least has to break one entry in one year."""

    entry: str
    year: int | None
    amount: float
    unit: str


@dataclass(frozen=True)
class Diagnosis:
    """What was found out about an option without a plan."""

    programme: Programme
    plan_exists: bool
    clashes: tuple[tuple[Suspect, ...], ...]
    """Every independent clash; both empty and without a plan where the evidence alone does not add up."""
    together: Repair | None
    """The cheapest repair found of all clashes together, confirmed by solving."""
    known: tuple[Known, ...]
    """What is certain before anything is decided: money owed already, years before anybody can qualify."""
    short: tuple[tuple[int, float], ...] = ()
    """Where the evidence alone allows no plan: identity rows that cannot hold, and by how much."""
    broken: tuple[Broken, ...] = ()
    """Where entries may be broken: what the plan that breaks the least breaks."""

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The entries of all clashes, each once."""
        return tuple({one.name: one for clash in self.clashes for one in clash}.values())


def diagnose(request: Request, faults: Faults) -> Diagnosis:
    """Find what clashes in an option and what would give a plan. Raises FaultsFound and Undecided."""
    programme, _ = read_and_build(request, faults)
    return diagnosed(programme)


def diagnosed(programme: Programme) -> Diagnosis:
    """As `diagnose`, of a model that is built already. Raises Undecided."""
    found = search(programme)
    broken_least: tuple[Broken, ...] = ()
    if breakable(programme) and not found.plan_exists and not found.short:
        breaking = _least_broken(programme)
        if breaking is None:
            # Rules that may be broken are not what prevents a plan.
            may = {limit.entry for limit in programme.policy.limits if limit.may_break is not None}
            programme = rewritten(programme, {}, may) or programme
            found = search(programme)
        else:
            broken_least = breaking
    if not found.clashes:
        short = tuple(found.short.items())
        return Diagnosis(programme, found.plan_exists, (), None, (), short, broken_least)
    together = None if found.least is None else confirmed(programme, found.least)
    single = _each_alone(found, together)
    clashes = tuple(
        tuple(_suspect(programme, clash, entry, single.get(entry)) for entry in clash.entries)
        for clash in found.clashes
    )
    rows = [int(row) for clash in found.clashes for entry in clash.entries for row in clash.rows.get(entry, ())]
    known = tuple(known_beforehand(programme, sorted(set(rows))))
    if together is None:
        together = min((one for one in single.values()), key=lambda one: one.cost, default=_all_dropped(found))
    return Diagnosis(programme, False, clashes, together, known, (), broken_least)


def _all_dropped(found: Search) -> Repair | None:
    """The last resort: without all entries that clash."""
    names = tuple(dict.fromkeys(entry for clash in found.clashes for entry in clash.entries))
    repair = Repair((), names, float("inf"))
    return repair if gives_a_plan(found.ask.programme, repair) else None


def _each_alone(found: Search, together: Repair | None) -> dict[str, Repair]:
    """The entries whose change alone gives a plan: only those that every clash has in common can."""
    common = [
        entry
        for entry in found.clashes[0].entries
        if all(entry in clash.entries for clash in found.clashes) and (together is None or together.entries != (entry,))
    ]
    names = {entry for clash in found.clashes for entry in clash.entries}
    within, whole = found.ask.rows(names), bool(found.ask.programme.integer.any())
    subset = None
    if found.least is not None and len(found.least.duals):
        subset = Subset(found.ask, found.least.duals)
        if not whole:
            within = np.isin(np.arange(len(within)), found.least.duals)
    most = _MOST_TRIED if len(within) < _LARGE else _MOST_TRIED_LARGE
    repairs = {}
    for entry in [one for one in common if subset is None or subset.possible_without(one)][:most]:
        repair = alone(found.ask, entry, within, found.numbers, whole)
        if repair is not None:
            repairs[entry] = repair
    return repairs


def _least_broken(programme: Programme) -> tuple[Broken, ...] | None:
    """What the plan breaks that breaks the least by weight; None where even that is impossible. Raises Undecided."""
    opened = with_breaches(programme)
    decisions = least(opened.matrix, opened.upper, opened.integer, opened.objectives[0].coefficient)
    if decisions is None:
        return None
    settings, found = programme.evidence.settings, []
    for limit, rows, _ in opened.limits():
        amounts = broken(opened, rows, decisions)
        by_year: dict[int | None, float] = {}
        for place in np.flatnonzero(amounts > 1e-6).tolist():
            year = settings.years[rows.keys["year"][place]] if "year" in rows.keys else None
            by_year[year] = by_year.get(year, 0.0) + float(amounts[place])
        found += [Broken(limit.entry, year, amount, limit.unit) for year, amount in by_year.items()]
    return tuple(found)


def _suspect(programme: Programme, clash: Clash, entry: str, repair: Repair | None) -> Suspect:
    if entry == WHOLE:
        place = Place(str(programme.policy.path), 0, WHOLE)
        return Suspect(WHOLE, WHOLE, place, "", (), repair)
    rows = tuple(programme.at(int(row)) for row in clash.rows[entry])
    limit = next(limit for limit, _, _ in programme.limits() if limit.entry == entry)
    return Suspect(entry, limit.family, limit.place, limit.set_by, rows, repair)


def limit_of(rows: Rows) -> Limit:
    """The limit that makes the rows. Raises ValueError for an identity."""
    if rows.limit is None:
        raise ValueError(f"{rows.name} is an identity")
    return rows.limit
