"""Merges several files into one option: new names are added, inherited ones are changed key by key or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from optimiser.constraints.document import Document, Stated, lacking
from optimiser.constraints.families import FAMILIES
from optimiser.constraints.laying import Keys, Laying
from optimiser.constraints.policy import Entry
from optimiser.constraints.relative import NONE
from optimiser.text.faults import Faults, Place, did_you_mean, nearest
from optimiser.text.numbers import quoted

_FAMILY = {family.name: family for family in FAMILIES}


def merged(inherited: Mapping[str, Stated], document: Document, faults: Faults, complete: bool) -> dict[str, Stated]:
    """Return the entries in force once a file is laid over what it extends; a changed entry keeps its place.

    The same name twice in one file is a fault; so is dropping a name nothing inherited has, provided all files
    could be read (`complete`).
    """
    result = _without_taken(inherited, document, faults, complete)
    seen: dict[str, Stated] = {}
    for one in document.stated:
        if one.name in seen:
            found = f"the name {quoted(one.name)} a second time (first on {_where(seen[one.name].place)})"
            faults.add("same-name-twice", one.place, found, "every entry a name of its own", "Give one of them a name.")
            continue
        seen[one.name] = one
        if one.entry is not None:
            result[one.name] = _laid_over(one, one.entry, result, Laying(faults, complete))
        elif result.pop(one.name, None) is None and complete:
            expected, mend = "the name of an inherited entry", did_you_mean(one.name, inherited)
            faults.add("nothing-to-drop", one.place, quoted(one.name), expected, mend)
    return result


def _where(place: Place) -> str:
    return place.cell or f"line {place.line}"


def _without_taken(
    inherited: Mapping[str, Stated], document: Document, faults: Faults, complete: bool
) -> dict[str, Stated]:
    """Return what is inherited without the families that the file takes away whole."""
    there = {one.entry.family for one in inherited.values() if one.entry is not None}
    for family, place in document.taken.items():
        if family not in there and complete:
            found, mend = f"{family}: none, where no entry is inherited", "Remove it."
            faults.add("nothing-inherited", place, found, f"inherited {family}", mend)
    return {name: one for name, one in inherited.items() if one.entry is None or one.entry.family not in document.taken}


def _laid_over(one: Stated, own: Entry, there: Mapping[str, Stated], laying: Laying) -> Stated:
    """Lay an entry over the inherited one of its name, where there is one; the result is whole or has a fault."""
    before = there.get(one.name)
    inherited = None if before is None else before.entry
    if inherited is not None and inherited.family != own.family:
        found = f"{quoted(one.name)}, which is inherited as an entry of {inherited.family}"
        laying.faults.add("other-family", one.place, found, f"an entry of {own.family}", "Give it another name.")
        return replace(one, sound=False)
    family = _FAMILY[own.family]
    if inherited is None:
        near = nearest(one.name, there, 0.8)
        laying = replace(laying, mend=f'No entry "{one.name}" is inherited: did you mean "{near}"?' if near else "")
    keys, sound = laying.over(
        Keys({}, {}) if inherited is None else Keys({**_about(inherited), **inherited.values}, inherited.places),
        Keys(own.values, own.places),
        (*family.keys, *family.common),
    )
    # Who set it, and where, are the entry's own fields: a file may give them once for all its entries.
    values = {key: value for key, value in keys.values.items() if key not in ("set_by", "reference")}
    entry = replace(
        own,
        set_by=_said("set_by", own, inherited),
        reference=_said("reference", own, inherited),
        values=values,
        places=keys.places,
    )
    return replace(one, entry=entry, sound=_whole(entry, own, laying) and one.sound and sound
                   and (before is None or before.sound))  # fmt: skip


def _about(entry: Entry) -> dict[str, str]:
    """Return who set an inherited entry, and where, even if only its file gives that."""
    return {key: said for key, said in (("set_by", entry.set_by), ("reference", entry.reference)) if said}


def _said(key: str, own: Entry, inherited: Entry | None) -> str:
    """Return who set an entry, or where: as this file gives it, or else as inherited."""
    mine: str = getattr(own, key)
    return mine if mine or inherited is None or own.values.get(key) is NONE else str(getattr(inherited, key))


def _whole(entry: Entry, own: Entry, laying: Laying) -> bool:
    """Return True where an entry has every key it needs; otherwise record a fault for each that is missing."""
    family = _FAMILY[entry.family]
    missing = list(lacking(family, entry.places, entry.place))
    taken = [name for name, value in own.values.items() if value is NONE]
    for code, place, found, expected, mend in missing if laying.complete else ():
        key = place.column.removeprefix(f"{family.name} ") if place.column else ""
        blame = [name for name in taken if name == key or (name in family.one_of and found.endswith("limits nothing"))]
        if blame:
            remove = f"Give it a value, or remove the whole entry: {{name: {entry.name}, drop: true}}."
            laying.faults.add("needed-key", own.places[blame[0]], f"{blame[0]}: none, {found}", expected, remove)
        else:
            laying.faults.add(code, place, found, expected, mend)
    return not missing
