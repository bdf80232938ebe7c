"""Reads what is minimised, first things first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from optimiser.constraints.keys import TOP, Key
from optimiser.constraints.limit import QUANTITY_KEYS, Priority, Selection
from optimiser.constraints.selection import check_selection
from optimiser.constraints.values import Reader, read_selection
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Node, Scalar, Sequence, describe

DEFAULT = (Priority("unmet", "unmet"), Priority("cost", "cost"))
PRICED = (Priority("cost", "cost"),)
"""Where unmet demand has a price, one priority weighs both."""

KEY = next(key for key in TOP if key.name == "priorities")
OWN = Key("priorities", "of", "A quantity of your own.", "quantity: starts")


@dataclass(frozen=True)
class Wanted:
    """Hold one priority as written, with its place and those of the values of its `where`."""

    priority: Priority
    place: Place


def read_priorities(reader: Reader, node: Node, place: Place) -> tuple[Wanted, ...] | None:
    """Read the ordered list of priorities, or return None with every fault recorded."""
    if not isinstance(node, Sequence) or not node.items:
        found = "an empty list" if isinstance(node, Sequence) else describe(node)
        reader.fault("not-a-list", place, found, KEY.expected, "Name at least one thing to minimise.")
        return None
    return tuple(_named_apart(_each(reader, node.items)))


def _each(reader: Reader, items: Iterable[Node]) -> Iterator[Wanted]:
    seen: set[str] = set()
    for item in items:
        place = reader.place("priorities", item.line)
        if not isinstance(item, Scalar):
            found = read_selection(reader, OWN, item, place, "priorities")
            if found is not None:
                yield Wanted(Priority(found.quantity, found.quantity, True, found.where), place)
        elif item.text not in ("unmet", "cost"):
            own = f"Write {{quantity: {item.text}}}." if item.text in QUANTITY_KEYS else ""
            mend = own or did_you_mean(item.text, ("unmet", "cost"))
            reader.fault("unknown-word", place, quoted(item.text), "unmet, cost or a quantity of your own", mend)
        elif item.text in seen:
            reader.fault("named-twice", place, f"{quoted(item.text)} twice", "each once", "Remove one.")
        else:
            seen.add(item.text)
            yield Wanted(Priority(item.text, item.text), place)


def _named_apart(wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Give each priority a name of its own: a second one of the same name gets `_2`."""
    given = list(wanted)
    taken = {one.priority.name for one in given if not one.priority.own}
    for one in given:
        name, number = one.priority.name, 2
        while one.priority.own and name in taken:
            name, number = f"{one.priority.name}_{number}", number + 1
        taken.add(name)
        yield replace(one, priority=replace(one.priority, name=name))


def check_priorities(wanted: Iterable[Wanted], evidence: Evidence, faults: Faults) -> None:
    """Record a fault for each priority of one's own that selects nothing the inputs hold."""
    for one in wanted:
        if not one.priority.own:
            continue
        if one.priority.quantity == "demand":
            mend = "Minimise a decision, such as unmet or outsourced."
            faults.add("no-decision", one.place, "demand", "a quantity that a plan can change", mend)
            continue
        selection = Selection(one.priority.quantity, one.priority.where)
        check_selection(selection, evidence, faults, lambda *path, at=one.place: _place(at, path))


def _place(place: Place, path: tuple[str, ...]) -> Place:
    return replace(place, column=" ".join((place.column, *path[:2])))
