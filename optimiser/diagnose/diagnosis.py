"""Why no plan exists, in the words of the entries: what clashes, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.diagnose.already_certain import Known, known_beforehand
from optimiser.diagnose.clash import WHOLE, Clash, Feasibility, find_clash
from optimiser.diagnose.elastic import Undecided, possible
from optimiser.diagnose.repair import Easing, Step, least_easing, repaired
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows
from optimiser.plan.make import Request, read_and_build
from optimiser.text.faults import Faults, Place


@dataclass(frozen=True)
class Suspect:
    """One entry of the clash: where it stands, which of its rows take part, and what easing it would do."""

    name: str
    family: str
    place: Place
    set_by: str
    rows: tuple[tuple[Rows, int], ...]
    """The rows that take part: the block, and the place of the row in it."""
    easing: Easing | None
    """The least easing that alone gives a plan; None where easing this entry alone does not."""


@dataclass(frozen=True)
class Diagnosis:
    """What was found out about an option without a plan."""

    programme: Programme
    clash: Clash | None
    """None where a plan exists."""
    suspects: tuple[Suspect, ...]
    """The entries of the clash, the cheapest repair first."""
    known: tuple[Known, ...]
    """What is clear before anything is decided: money owed already, years before anybody can qualify."""


def diagnose(request: Request, faults: Faults) -> Diagnosis:
    """Find the clash of an option and the least easing of each entry in it. Raises FaultsFound and Undecided."""
    programme, _ = read_and_build(request, faults)
    return diagnosed(programme)


def diagnosed(programme: Programme) -> Diagnosis:
    """As `diagnose`, of a model that is built already."""
    clash = find_clash(programme)
    if clash is None:
        return Diagnosis(programme, None, (), ())
    found = [_suspect(programme, clash, entry) for entry in clash.entries]
    found.sort(key=lambda one: _cheapness(one.easing))
    rows = [(row, entry) for entry in clash.entries for row in clash.rows.get(entry, np.zeros(0, dtype=np.int64))]
    return Diagnosis(programme, clash, tuple(found), tuple(known_beforehand(programme, [int(row) for row, _ in rows])))


def _cheapness(easing: Easing | None) -> tuple[int, float]:
    """Per cent of the bound; then what has no bound to be a share of; then what does not help alone."""
    if easing is None:
        return 2, 0.0
    return (1, easing.amount) if easing.percent is None else (0, easing.percent)


def _suspect(programme: Programme, clash: Clash, entry: str) -> Suspect:
    if entry == WHOLE:
        place = Place(str(programme.policy.path), 0, WHOLE)
        return Suspect(WHOLE, WHOLE, place, "", (), None)
    rows = tuple(found(programme, int(row)) for row in clash.rows[entry])
    limit = next(limit for limit, _, _ in programme.limits() if limit.name == entry)
    return Suspect(entry, limit.family, limit.place, limit.set_by, rows, _confirmed(programme, entry, clash))


def _confirmed(programme: Programme, entry: str, clash: Clash) -> Easing | None:
    """The least easing, checked by solving with it; rounding may call for a hair more.

    What the clash alone asks for is enough as a rule, and found at once; where another limit is in the way, all count.
    """
    everything = np.ones(len(programme.matrix.lower), dtype=bool)
    for within in (Feasibility(programme).rows(clash.entries), everything):
        easing = least_easing(programme, entry, within)
        if easing is None:
            return None
        for more in (1.0, 1.0 + 1e-9, 1.0 + 1e-7, 1.0 + 1e-5):
            tried = _stretched(easing, more)
            changed = repaired(programme, tried)
            if possible(changed.matrix, programme.upper, programme.integer):
                return tried
            if not within.all() and more > 1.0:
                break
    raise Undecided(f"the easing of {entry} could not be confirmed by solving with it")


def _stretched(easing: Easing, by: float) -> Easing:
    steps = tuple(Step(step.lever, step.amount * by, step.signed * by) for step in easing.steps)
    percent = None if easing.percent is None else easing.percent * by
    return Easing(easing.entry, easing.amount * by, easing.unit, percent, steps, easing.factor * by)


def found(programme: Programme, row: int) -> tuple[Rows, int]:
    """The block a row of the model belongs to, and its place in it."""
    block = int(np.searchsorted(programme.offsets, row, side="right")) - 1
    return programme.blocks[block], row - int(programme.offsets[block])


def limit_of(rows: Rows) -> Limit:
    """The limit that makes the rows. Raises ValueError for an identity."""
    if rows.limit is None:
        raise ValueError(f"{rows.name} is an identity")
    return rows.limit


def clashing_names(programme: Programme) -> tuple[str, ...]:
    """The entries that cannot hold together, without asking what would help. Raises Undecided."""
    clash = find_clash(programme)
    return () if clash is None else clash.entries
