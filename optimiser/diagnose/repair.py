"""Writes the least change of an option as numbers a person can write, and confirms it by solving."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from optimiser.constraints.limit import VOLUMES, Limit
from optimiser.constraints.policy import Entry
from optimiser.diagnose.clash import WHOLE, Feasibility, Relaxed, relaxed
from optimiser.diagnose.elastic import Undecided, possible
from optimiser.diagnose.numbers import Number, factor_limits, family_of, value_in
from optimiser.diagnose.rewrite import rewritten
from optimiser.inputs.evidence import Flags, Floats
from optimiser.model.programme import Programme
from optimiser.model.rows import rows_of
from optimiser.text.by_year import ByYear

_STRETCHES = (1.0, 1.01, 1.1)
"""How much further the numbers are moved where rounding outwards was not enough."""
_NOTHING = 1e-7


@dataclass(frozen=True)
class Change:
    """A new value for one key of one entry, as it would stand in the file."""

    entry: str
    family: str
    key: str
    before: ByYear | float | int | None
    """None where the entry does not have the key."""
    after: ByYear | float | int


@dataclass(frozen=True)
class Repair:
    """Changes that together give a plan, confirmed by solving the option with exactly these values."""

    changes: tuple[Change, ...]
    dropped: tuple[str, ...]
    """Entries to be dropped altogether."""
    cost: float
    """The sum of all changes, each as a share of its number: only for putting repairs in order."""

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries it changes or drops."""
        return tuple(dict.fromkeys((*(change.entry for change in self.changes), *self.dropped)))


def confirmed(programme: Programme, least: Relaxed) -> Repair | None:
    """The repair that a least change amounts to, rounded outwards; None where none could be confirmed.

    Where rounded numbers do not give a plan they are moved a little further; at last the entries are dropped.
    """
    for stretch in _STRETCHES:
        repair = _written(programme, least, stretch)
        if gives_a_plan(programme, repair):
            return repair
    names = repair.entries
    dropped = Repair((), names, least.cost)
    return dropped if names and gives_a_plan(programme, dropped) else None


def alone(
    ask: Feasibility, entry: str, within: Flags, numbers: Collection[Number], whole: bool = False
) -> Repair | None:
    """A change of one entry that alone gives a plan, or dropping it; None where even that could not be confirmed.

    `within`, by row, holds the identities and limits that clash: enough to find the change, as a rule.
    """
    programme, dropped = ask.programme, Repair((), (entry,), math.inf)
    if not gives_a_plan(programme, dropped):
        return None
    try:
        least = None if entry == WHOLE else relaxed(ask, {entry}, within, numbers, whole)
    except Undecided:
        least = None
    if least is not None:
        for stretch in _STRETCHES[:2]:
            repair = _written(programme, least, stretch)
            if repair.changes and not repair.dropped and gives_a_plan(programme, repair):
                return repair
    return dropped


def gives_a_plan(programme: Programme, repair: Repair) -> bool:
    """True where it is proved by solving that the option with a repair written into it has a plan."""
    changes: dict[str, dict[str, ByYear | float | int]] = {}
    for change in repair.changes:
        changes.setdefault(change.entry, {})[change.key] = change.after
    changed = rewritten(programme, changes, repair.dropped)
    try:
        return changed is not None and possible(changed.matrix, changed.upper, changed.integer)
    except Undecided:
        return False


@dataclass
class _Moves:
    """What is to be changed, entry by entry."""

    numbers: dict[tuple[str, str, int | None], float]
    """(entry, key, calendar year or None for all) → what is added to the number."""
    outright: dict[tuple[str, str], int]
    """(entry, key) → the new whole number: a first year, a seed."""
    dropped: set[str]


def _written(programme: Programme, least: Relaxed, stretch: float) -> Repair:
    entries = {entry.name: entry for entry in programme.policy.entries}
    moves = _Moves({}, {}, set())
    for number, amount in least.numbers:
        moves.numbers[number.entry, number.key, number.year] = amount * stretch
    for limit, rows in _given_up(programme, least).items():
        _give_up(programme, entries, limit, rows, least.decisions, stretch, moves)
    changes = list(_changes(programme, entries, moves))
    return Repair(tuple(changes), tuple(sorted(moves.dropped)), least.cost)


def _given_up(programme: Programme, least: Relaxed) -> dict[str, list[int]]:
    """By label of a limit, which of its rows are given up."""
    found: dict[str, list[int]] = {}
    for limit, rows, first in programme.limits():
        own = [row - first for row in least.given_up if first <= row < first + len(rows)]
        if own:
            found[limit.label] = own
    return found


def _give_up(
    programme: Programme, entries: Mapping[str, Entry], label: str, places: list[int], decisions: Floats,
    stretch: float, moves: _Moves,
) -> None:  # fmt: skip
    """Turn rows that no bound can repair into a share that can, a first year that can, or the loss of the entry."""
    limit = next(limit for limit, _, _ in programme.limits() if limit.label == label)
    entry = entries.get(limit.entry)
    family = None if entry is None else family_of(entry)
    if entry is None or family is None or limit.number is None:
        moves.dropped.add(limit.entry)
        return
    if label in {one.label for one, _ in factor_limits(programme, entry.name)}:
        if not _by_factor(programme, entry, limit, decisions, stretch, moves):
            moves.dropped.add(entry.name)
        return
    rows = next(rows for one, rows, _ in programme.limits() if one.label == label)
    first_year = programme.evidence.settings.first_year
    last = (
        max((first_year + int(rows.keys["year"][place]) for place in places), default=0) if "year" in rows.keys else 0
    )
    if "from" in family.words and last and last < limit.years[-1]:
        moves.outright[entry.name, "from"] = max(last + 1, moves.outright.get((entry.name, "from"), 0))
    else:
        moves.dropped.add(entry.name)


def _by_factor(
    programme: Programme, entry: Entry, limit: Limit, decisions: Floats, stretch: float, moves: _Moves
) -> bool:
    """The share of a decision that the found plan needs; a seed where it starts from nothing. False where neither."""
    rows = rows_of(limit, programme.quantities)
    more = tuple(
        part if part.quantity in VOLUMES else replace(part, factor=tuple(one + 1.0 for one in part.factor))
        for part in limit.parts
    )
    level, bound = rows.level.values(decisions), rows.bound.values(decisions)
    per_one = rows_of(replace(limit, parts=more), programme.quantities).bound.values(decisions) - bound
    over = level - bound
    way = {"at_most": np.ones(len(rows)), "at_least": -np.ones(len(rows)), "exactly": np.sign(over)}[limit.sense]
    short = way * over
    broken = short > _NOTHING * np.maximum(1.0, np.abs(bound))
    family = family_of(entry)
    if family is None or limit.number is None:
        return False
    if (per_one[broken] < 1e-6).any():
        if (
            limit.sense != "at_most"
            or "seed" not in family.words
            or limit.number.key not in ("max_increase", "max_growth")
        ):
            return False
        seed = float(entry.values.get("seed", 0.0)) + float(short[broken].max()) * stretch
        moves.outright[entry.name, "seed"] = math.ceil(seed - 1e-9)
        return True
    by_year = family.key(limit.number.key).kind == "by_year" and "year" in rows.keys
    for row in np.flatnonzero(broken).tolist():
        at = programme.evidence.settings.first_year + int(rows.keys["year"][row]) if by_year else None
        key = (entry.name, limit.number.key, at)
        needed = float(short[row] / per_one[row]) * stretch
        moved = float(way[row]) * limit.number.sign * needed
        moves.numbers[key] = max(moves.numbers.get(key, 0.0), moved, key=abs)
    return True


def _changes(programme: Programme, entries: Mapping[str, Entry], moves: _Moves) -> Iterator[Change]:
    for entry, key in dict.fromkeys((entry, key) for entry, key, _ in moves.numbers):
        if entry in moves.dropped:
            continue
        own = {year: amount for (e, k, year), amount in moves.numbers.items() if (e, k) == (entry, key)}
        yield _changed(programme, entries[entry], key, own)
    for (entry, key), value in moves.outright.items():
        if entry not in moves.dropped:
            yield Change(entry, entries[entry].family, key, entries[entry].values.get(key), value)


def _changed(programme: Programme, entry: Entry, key: str, own: Mapping[int | None, float]) -> Change:
    """The new value of a key: years that do not move keep their number, years that follow each other share one."""
    family, value = family_of(entry), entry.values[key]
    if family is None:
        raise ValueError(f"{entry.family} is no family")
    declared = family.key(key)
    share = declared.most == 1.0 or "of" in entry.values

    def moved(now: float, amount: float) -> float:
        return min(declared.most, max(declared.least, outwards(now + amount, amount > 0, share)))

    if None in own:
        new = moved(value_in(value, programme.evidence.settings.first_year), own[None])
        return Change(entry.name, entry.family, key, value, ByYear.of(new) if isinstance(value, ByYear) else new)
    modelled = programme.evidence.settings.years
    span = [year for year in modelled if entry.values.get("from", modelled[0]) <= year]
    steps: dict[int, float] = {}
    for year in span:
        now = value_in(value, year)
        number = moved(now, own[year]) if year in own else now
        if not steps or number != list(steps.values())[-1]:
            steps[year] = number
    after = ByYear(tuple(steps), tuple(steps.values())) if len(steps) > 1 else ByYear.of(*steps.values())
    return Change(entry.name, entry.family, key, value, after)


def outwards(value: float, up: bool, share: bool) -> float:
    """A number a person can write, on the side that gives way: shares to 0.1 %, whole numbers from ten on, four digits
    from ten thousand on, one decimal below ten.
    """
    size = abs(value)
    decimals = 3 if share else 1 if size < 10 else 0 if size < 10_000 else 3 - math.floor(math.log10(size))
    scaled = value * 10.0**decimals
    # A solver's 3.0000000001 is 3.
    near = round(scaled)
    whole = near if abs(scaled - near) < 1e-6 else math.ceil(scaled) if up else math.floor(scaled)
    return float(whole / 10.0**decimals) if decimals > 0 else float(whole * 10 ** (-decimals))
