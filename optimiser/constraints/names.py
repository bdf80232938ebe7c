"""Names each entry: by its own name, or by its family and subject, lists of subjects being split first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from optimiser.constraints.family import Family
from optimiser.constraints.policy import Entry


def named(entry: Entry, family: Family) -> Iterator[Entry]:
    """Yield the entry under its own name, or one entry for each of its subjects, named after it.

    `{route: [specialty, degree], each: [area]}` of training_capacity becomes "training_capacity specialty by area"
    and "training_capacity degree by area". Nothing comes of an entry whose subject could not be read.
    """
    if entry.name:
        yield entry
        return
    if not family.subject or any(key not in entry.values for key in family.subject):
        return
    for codes in product(*(_list(entry.values[key]) for key in family.subject)):
        values = zip(family.subject, codes, strict=True)
        split = {key: (code,) if isinstance(entry.values[key], tuple) else code for key, code in values}
        yield replace(entry, name=default_name(family, codes, entry.values), values={**entry.values, **split})


def default_name(family: Family, codes: tuple[str, ...], values: Mapping[str, Any]) -> str:
    """Name an entry after its subject: `training_capacity degree by area`."""
    each = values.get("each")
    by_area = isinstance(each, tuple) and "area" in each
    return " ".join((family.name, *codes)) + (" by area" if by_area else "")


def _list(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
