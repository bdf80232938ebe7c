"""Changes the bounds of an option in its programme, which keeps its rows and columns: only numbers move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from optimiser.constraints.context import Context
from optimiser.constraints.families import BY_NAME
from optimiser.constraints.families.steady import NAME as STEADY_NAME
from optimiser.constraints.family import Family
from optimiser.constraints.keys import STEADY, Key
from optimiser.constraints.limit import Limit, Steady
from optimiser.constraints.policy import Entry, Policy
from optimiser.inputs.evidence import Evidence
from optimiser.model.objective import objectives
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows, rows_of
from optimiser.studies.engine.point_changes import Bound
from optimiser.text.by_year import ByYear
from optimiser.text.faults import Faults, Place


def numeric_keys(entry: Entry) -> tuple[str, ...]:
    """Return the keys of an entry that hold a number or a value by year, the family's main one first."""
    return tuple(key.name for key in _keys_of(entry) if _is_number(entry.values.get(key.name)))


def _keys_of(entry: Entry) -> tuple[Key, ...]:
    return STEADY if entry.family == STEADY_NAME else family_of(entry).keys


def _is_number(value: object) -> bool:
    return isinstance(value, ByYear | int | float) and not isinstance(value, bool)


def family_of(entry: Entry) -> Family:
    """Return the declaration of an entry's family."""
    return BY_NAME[entry.family]


def with_bounds(policy: Policy, evidence: Evidence, changes: Sequence[Bound], faults: Faults) -> Policy:
    """Return the option with other values in some entries. Raises FaultsFound where a value is not allowed."""
    if not changes:
        return policy
    changed = {entry.name: entry for entry in varied_entries(policy)}
    for change in changes:
        changed[change.entry] = change.applied(changed[change.entry])
        _check_range(changed[change.entry], change, faults)
    entries = tuple(changed[entry.name] for entry in policy.entries)
    context = Context(evidence, faults, entries, policy.whole_numbers)
    # Cohorts read the places of their route, so they are laid out again whatever entry moves.
    touched = {change.entry for change in changes} | {one.name for one in entries if family_of(one).reads_others}
    fresh = {
        limit.label: limit
        for entry in entries
        if entry.name in touched
        for limit in family_of(entry).expand(entry, context)
        if isinstance(limit, Limit)
    }
    faults.stop_if_any()
    limits = tuple(fresh.get(limit.label, limit) for limit in policy.limits)
    return replace(policy, entries=entries, limits=limits, steady=_steady(policy, changed))


def varied_entries(policy: Policy) -> tuple[Entry, ...]:
    """Return the entries whose numbers may be varied: the option's own, and those it has for steady intakes."""
    if policy.steady is None or any(entry.name == STEADY_NAME for entry in policy.entries):
        return policy.entries
    values = {"weight": policy.steady.weight}
    return (*policy.entries, Entry(STEADY_NAME, STEADY_NAME, Place(str(policy.path)), "", "", values))


def _steady(policy: Policy, changed: Mapping[str, Entry]) -> Steady | None:
    entry = changed.get(STEADY_NAME)
    if policy.steady is None or entry is None or entry.family != STEADY_NAME:
        return policy.steady
    return replace(policy.steady, weight=entry.values["weight"])


def _check_range(entry: Entry, change: Bound, faults: Faults) -> None:
    key = next(key for key in _keys_of(entry) if key.name == change.key)
    value = entry.values[change.key]
    given = value.values if isinstance(value, ByYear) else (value,)
    for number in given:
        if not key.allows(number):
            found = f"{change.words}, which makes {change.key} {number:,.10g}"
            faults.add("out-of-range", entry.place_of(change.key), found, key.bounds, "Vary it less far.")
            return


def moved(programme: Programme, policy: Policy) -> Programme:
    """Return the programme under a policy whose limits differ in their numbers only.

    Where the terms stay too, the matrix is shared and only its numbers are new.
    """
    blocks: list[Rows] = []
    same_terms = True
    new = {limit.label: limit for limit in policy.limits}
    for block in programme.blocks:
        if block.limit is None or new[block.limit.label] is block.limit or new[block.limit.label] == block.limit:
            blocks.append(block)
            continue
        wanted = new[block.limit.label]
        same_terms &= _only_numbers(block, wanted)
        blocks.append(rows_of(wanted, programme.quantities))
    under = replace(programme, policy=policy)
    if policy.steady != programme.policy.steady:
        under = replace(under, objectives=objectives(programme.quantities, policy))
    return under.with_numbers(tuple(blocks)) if same_terms else under.with_terms(tuple(blocks))


def _only_numbers(block: Rows, wanted: Limit) -> bool:
    """Return whether the rows' terms stay as they are: no decision has another factor."""
    old = block.limit
    if old is None or old.plus != wanted.plus:
        return False
    return not len(block.bound.terms()[0]) or old.parts == wanted.parts
