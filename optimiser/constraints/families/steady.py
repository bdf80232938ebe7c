"""Gives every start more or fewer than the year before a weight in the first priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.constraints.keys import STEADY
from optimiser.constraints.laying import Keys, Laying
from optimiser.constraints.limit import Selection, Steady
from optimiser.constraints.relative import takes_away
from optimiser.constraints.selection import check_selection, selected
from optimiser.constraints.values import Reader
from optimiser.inputs.evidence import Evidence
from optimiser.text import yamltext
from optimiser.text.faults import Place
from optimiser.text.yamltext import Node, describe

NAME = "steady"


@dataclass(frozen=True)
class SteadyKeys:
    """Hold what one file gives for steady intakes: typed values, and the place of each key (faulty ones too)."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]
    taken: Place | None = None
    """The place of `steady: none`, which takes away everything inherited."""


NOTHING = SteadyKeys({}, {})


def read_steady(reader: Reader, node: Node) -> SteadyKeys:
    """Read the `steady` mapping of one file."""
    place = reader.place("", node.line)
    if takes_away(node):
        return SteadyKeys({}, {}, place)
    if not isinstance(node, yamltext.Mapping):
        mend = "Write it as steady: {weight: 0.5, where: {kind: degree}}."
        reader.fault("not-keys", place, describe(node), "keys and values", mend)
        return SteadyKeys({}, {"": place})
    return SteadyKeys(reader.mapping(node, STEADY), {"": place, **reader.places})


def laid(files: Sequence[SteadyKeys], laying: Laying) -> Keys:
    """Return the keys in force, the first file extended by each after it."""
    keys = Keys({}, {})
    for one in files:
        if one.taken is not None:
            if not keys.places and laying.complete:
                found = "steady: none, where none is inherited"
                laying.faults.add("nothing-inherited", one.taken, found, "an inherited steady", "Remove it.")
            keys = Keys({}, {})
        keys, _ = laying.over(keys, Keys(one.values, one.places), STEADY)
    return keys


def settle_steady(files: Sequence[SteadyKeys], evidence: Evidence, laying: Laying) -> Steady | None:
    """Merge the files key by key; return None where none asks for steady intakes.

    Records a fault where there is no weight, where no route is meant, or where no year has one before it.
    """
    faults, keys = laying.faults, laid(files, laying)
    values, places = keys.values, keys.places
    if not places:
        return None
    if "weight" not in places:
        faults.add("missing-key", places[""], "no weight", "a number", "Add weight: 0.5.")
    where = values.get("where", {})

    def locate(*path: str) -> Place:
        ends = (" ".join(path[:end]) for end in range(len(path), 0, -1))
        return next((places[end] for end in ends if end in places), places[""])

    chosen = Selection("starts", where)
    if check_selection(chosen, evidence, faults, locate) and not _changes(chosen, evidence):
        found = "steady, which weighs no change: there is one reported year, and no such route has past starts"
        mend = "Add past_starts of the year before, or remove steady."
        faults.add("no-rows", places[""], found, "a year with another before it", mend)
    return Steady(values["weight"], where) if "weight" in values else None


def _changes(chosen: Selection, evidence: Evidence) -> bool:
    """Return True where some start has a year before it to be compared with."""
    if len(evidence.settings.reported_years) > 1:
        return True
    starts = selected(chosen, evidence)
    known = evidence.has_past_starts
    return any(
        known[evidence.areas.index(area), evidence.routes.index(route)]
        for area, route in zip(starts["area"], starts["route"], strict=True)
    )
