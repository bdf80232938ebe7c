"""Several files to one option: entries append, one of the same name replaces the inherited one, drop removes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optimiser.constraints.document import Stated
from optimiser.reading.faults import Faults, did_you_mean
from optimiser.reading.numbers import quoted


def merged(inherited: Mapping[str, Stated], own: Sequence[Stated], faults: Faults, complete: bool) -> dict[str, Stated]:
    """The names in force once a file is laid over what it extends; a replaced entry keeps its place in the order.

    The same name twice in one file is a fault; so is dropping a name nothing inherited has, provided all files
    could be read (`complete`).
    """
    result = dict(inherited)
    seen: dict[str, Stated] = {}
    for one in own:
        if one.name in seen:
            found = f"the name {quoted(one.name)} a second time (first on line {seen[one.name].place.line})"
            faults.add("same-name-twice", one.place, found, "every entry a name of its own", "Give one of them a name.")
            continue
        seen[one.name] = one
        if one.entry is not None:
            result[one.name] = one
        elif result.pop(one.name, None) is None and complete:
            expected, mend = "the name of an inherited entry", did_you_mean(one.name, inherited)
            faults.add("nothing-to-drop", one.place, quoted(one.name), expected, mend)
    return result
