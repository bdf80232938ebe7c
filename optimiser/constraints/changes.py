"""Lists what an option changes of the file it extends: entry by entry, key by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.keys import ABOUT, DEMAND, STEADY, TOP, Key
from optimiser.constraints.laying import Keys
from optimiser.constraints.policy import Changed, Entry
from optimiser.constraints.relative import Relative
from optimiser.text.faults import Place

_FAMILY = {family.name: family for family in FAMILIES}
_SILENT = ("title", "extends", *(key.name for key in ABOUT))
"""Keys that change no number."""


@dataclass(frozen=True)
class InForce:
    """Hold everything that is in force after one of an option's files."""

    entries: tuple[Entry, ...]
    demand: Keys
    steady: Keys
    top: Keys


@dataclass(frozen=True)
class OwnWords:
    """Hold what the option's own file writes, as far as what is in force does not show it."""

    relative: Mapping[tuple[str, str], Relative]
    """By entry (`demand` and `steady` for their mappings) and key."""
    removed: Mapping[str, Place]
    """Where an entry, a family or a key at the top is taken away."""
    taken: Mapping[tuple[str, str], Place]
    """Where `none` takes a key away, by entry and key."""


def changes(before: InForce, after: InForce, own: OwnWords) -> tuple[Changed, ...]:
    """List what differs between an option and what it extends, in the option's order; dropped entries come last."""
    return (*_at_the_top(before, after, own), *_entries(before.entries, after.entries, own))


def _at_the_top(before: InForce, after: InForce, own: OwnWords) -> Iterator[Changed]:
    for entry, declared, old, new in (
        ("", TOP, before.top, after.top),
        ("demand", DEMAND, before.demand, after.demand),
        ("steady", STEADY, before.steady, after.steady),
    ):
        whole = [own.removed[entry]] if entry in own.removed else []
        yield from _keys(Changed("", entry, "", None, None, "changed"), declared, old, new, own, whole)


def _entries(before: Iterable[Entry], after: Iterable[Entry], own: OwnWords) -> Iterator[Changed]:
    old = {entry.name: entry for entry in before}
    new = {entry.name: entry for entry in after}
    for name, entry in new.items():
        inherited, keys = old.get(name), _FAMILY[entry.family].keys
        one = Changed(entry.family, name, "", None, None, "new" if inherited is None else "changed")
        there = Keys({}, {}) if inherited is None else Keys(inherited.values, inherited.places)
        yield from _keys(one, keys, there, Keys(entry.values, entry.places), own)
    for name, entry in old.items():
        if name not in new:
            gone = own.removed.get(name, own.removed.get(entry.family))
            places = (entry.place,) if gone is None else (entry.place, gone)
            yield Changed(entry.family, name, "", None, None, "dropped", places=places)


def _keys(
    one: Changed, declared: Iterable[Key], old: Keys, new: Keys, own: OwnWords, whole: Iterable[Place] = ()
) -> Iterator[Changed]:
    """Yield a change for each key whose value differs."""
    for key in (key.name for key in declared if key.name not in _SILENT):
        before, after = old.values.get(key), new.values.get(key)
        if before == after or _same(before, after):
            continue
        taken = own.taken.get((one.entry, key))
        places = [old.places[key]] if key in old.places else []
        places += [new.places[key]] if key in new.places else [*whole, *([taken] if taken is not None else [])]
        yield replace(
            one, key=key, before=before, after=after, relative=own.relative.get((one.entry, key)), places=tuple(places)
        )


def _same(before: Any, after: Any) -> bool:
    """Return True where two lists of priorities differ only in their places in the file."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return False
    return [getattr(one, "priority", one) for one in before] == [getattr(one, "priority", one) for one in after]
