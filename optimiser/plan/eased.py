"""What 1 % more of an entry buys in plain FTE-years and pounds: the option solved again from the basis at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.in_fte import unmet_fte
from optimiser.model.moved_bounds import eased
from optimiser.model.programme import Programme
from optimiser.plan.binding import binding_of
from optimiser.solving.priorities import Answer, NotProved, Outcome, Session
from optimiser.solving.solvable import Arrays
from optimiser.solving.verify import BrokenRow

PART = 0.01
"""The little more: 1 % of every bound."""


@dataclass(frozen=True)
class Held:
    """One entry that holds the plan back, over all its rows of the reported years."""

    entry: str
    family: str
    unit: str
    priority: str
    """The first priority that some limit of the plan can move."""
    gain: float
    """What 1 % more in every row takes off that priority, at the prices of the plan: no more than this, as the first
    of it is worth most."""
    step: float
    """1 % of the bounds of all rows together, in the entry's unit."""
    years: int
    """In how many years it has rows; 0 for a limit over all years together."""

    @property
    def a_year(self) -> float:
        """1 % of the bounds of a year, on average."""
        return self.step / max(self.years, 1)


@dataclass(frozen=True)
class Bought:
    """By how much a plan changes over the reported years, as plan.json counts them."""

    unmet: float
    """FTE-years, unweighted."""
    cost: float
    """£, undiscounted."""


def held(programme: Programme, answer: Answer) -> list[Held]:
    """The entries that hold the plan back, the most telling first; none with whole numbers, which have no prices."""
    for place, objective in enumerate(programme.objectives):
        found = binding_of(programme, answer, place)
        if found:
            return [_held(programme, answer, objective.name, one.entry, one.gain) for one in found]
    return []


def _held(programme: Programme, answer: Answer, priority: str, entry: str, gain: float) -> Held:
    decisions = answer.decisions if answer.priced_at is None else answer.priced_at
    reported = len(programme.evidence.settings.reported_years)
    family, unit, step, years = "", "", 0.0, 0
    for limit, rows, _ in programme.limits():
        if limit.name == entry:
            year = rows.keys.get("year")
            counts = np.ones(len(rows), dtype=bool) if year is None else year < reported
            step += float(np.abs(rows.bound.values(decisions))[counts].sum()) * PART
            years = max(years, 0 if year is None else len(np.unique(year[counts])))
            family, unit = limit.family, limit.unit
    return Held(entry, family, unit, priority, gain, step, years)


def bought(programme: Programme, outcome: Outcome, entries: Sequence[Held]) -> Iterator[Bought | None]:
    """What 1 % more in every reported year buys, of one entry after the other; None where that was not proved."""
    if outcome.answer is None or outcome.basis is None:
        yield from (None for _ in entries)
        return
    before = _worth(programme, outcome.answer.decisions)
    session = Session(programme, Arrays(programme.matrix))
    session.resume(outcome.basis)
    for one in entries:
        try:
            answer = session.again(_eased(programme, one, outcome.answer.decisions)).answer
        except (NotProved, BrokenRow):
            answer = None
        after = None if answer is None else _worth(programme, answer.decisions)
        yield None if after is None else Bought(after.unmet - before.unmet, after.cost - before.cost)


def _eased(programme: Programme, one: Held, decisions: Floats) -> Programme:
    """The programme with every bound of an entry 1 % wider in the reported years."""
    reported = len(programme.evidence.settings.reported_years)
    by: dict[str, Floats] = {}
    for limit, rows, _ in programme.limits():
        if (limit.name, limit.unit) == (one.entry, one.unit) and limit.follows is None:
            year = rows.keys.get("year", np.zeros(len(rows), dtype=np.int64))
            step = np.abs(rows.bound.values(decisions)) * PART * (year < reported)
            by[limit.label] = -step if rows.sense == "at_least" else step
    return eased(programme, by)


def _worth(programme: Programme, decisions: Floats) -> Bought:
    reported = len(programme.evidence.settings.reported_years)
    unmet, spend = unmet_fte(programme.quantities), programme.quantities.spend
    return Bought(
        float((unmet.values(decisions) * (unmet.keys["year"] < reported)).sum()),
        float((spend.values(decisions) * (spend.keys["year"] < reported)).sum()),
    )
