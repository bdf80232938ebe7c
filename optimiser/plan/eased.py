"""What 1 % more of an entry buys in plain FTE-years and pounds: the option solved again from the basis at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.in_fte import unmet_fte
from optimiser.model.moved_bounds import eased
from optimiser.model.programme import Programme
from optimiser.plan.binding import PART, Binding
from optimiser.solving.priorities import NotProved, Outcome, Session
from optimiser.solving.solvable import Arrays
from optimiser.solving.verify import BrokenRow


@dataclass(frozen=True)
class Bought:
    """By how much a plan changes over the reported years, as plan.json counts them."""

    unmet: float
    """FTE-years, unweighted."""
    cost: float
    """£, undiscounted."""


def bought(programme: Programme, outcome: Outcome, entries: Sequence[Binding]) -> Iterator[Bought | None]:
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


def _eased(programme: Programme, one: Binding, decisions: Floats) -> Programme:
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
