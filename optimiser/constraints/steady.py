"""Steady intakes: every start more or fewer than the year before weighs something in the first priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimiser.constraints.keys import STEADY
from optimiser.constraints.limit import Steady
from optimiser.constraints.selection import check_selection
from optimiser.constraints.values import Reader, Selection
from optimiser.inputs.evidence import Evidence
from optimiser.reading import yamltext
from optimiser.reading.faults import Faults, Place
from optimiser.reading.yamltext import Node, describe

NAME = "steady"


@dataclass(frozen=True)
class SteadyKeys:
    """What one file says of steady intakes: typed values, and where each key stands (faulty ones too)."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]


NOTHING = SteadyKeys({}, {})


def read_steady(reader: Reader, node: Node) -> SteadyKeys:
    """The `steady` mapping of one file."""
    place = reader.place("", node.line)
    if not isinstance(node, yamltext.Mapping):
        mend = "Write it as steady: {weight: 0.5, where: {kind: degree}}."
        reader.fault("not-keys", place, describe(node), "keys and values", mend)
        return SteadyKeys({}, {"": place})
    return SteadyKeys(reader.mapping(node, STEADY), {"": place, **reader.places})


def settle_steady(files: Sequence[SteadyKeys], evidence: Evidence, faults: Faults) -> Steady | None:
    """What the files together say, key by key, the first one extended by each after it; None where none speaks of it.

    Records a fault where there is no weight, or where no route is meant.
    """
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for one in files:
        values |= one.values
        places |= one.places
    if not places:
        return None
    if "weight" not in places:
        faults.add("missing-key", places[""], "no weight", "a number", "Add weight: 0.5.")
    where = values.get("where", {})

    def locate(*path: str) -> Place:
        ends = (" ".join(path[:end]) for end in range(len(path), 0, -1))
        return next((places[end] for end in ends if end in places), places[""])

    check_selection(Selection("starts", where), evidence, faults, locate)
    return Steady(values["weight"], where) if "weight" in values else None
