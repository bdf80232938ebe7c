"""Reads one constraints file into typed entries, before it is merged with what it extends."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimiser.constraints import names
from optimiser.constraints.families import FAMILIES, demand, steady
from optimiser.constraints.families.priorities import read_priorities
from optimiser.constraints.family import Family
from optimiser.constraints.keys import ABOUT, COMMON, TOP
from optimiser.constraints.policy import Entry
from optimiser.constraints.relative import NONE, takes_away
from optimiser.constraints.values import Reader
from optimiser.inputs.read.workbook_options import Layout, in_workbook, read_option_book
from optimiser.text import yamltext
from optimiser.text.faults import Faults, FaultsFound, Place, did_you_mean
from optimiser.text.letters import FORMULA
from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Node, describe, read_yaml


@dataclass(frozen=True)
class Stated:
    """Hold what a file gives for one name: an entry, or (None) the removal of an inherited one.

    As read, an entry has only the keys its file gives, and some values may be relative to inherited ones; merged, it
    is whole. One that is not `sound` has faults and lacks the values they concern.
    """

    name: str
    place: Place
    entry: Entry | None
    sound: bool = True


@dataclass(frozen=True)
class Document:
    """Hold one file: its own keys, typed, and its entries by name."""

    path: Path
    shown: str
    values: Mapping[str, Any]
    """title, extends, priorities, whole_numbers and the keys about the file."""
    places: Mapping[str, Place]
    demand: demand.Said
    steady: steady.SteadyKeys
    stated: tuple[Stated, ...]
    unread: frozenset[str]
    """Families of which some entry could not be read at all."""
    taken: Mapping[str, Place]
    """Families whose inherited entries are all taken away (`budgets: none`), and where that is written."""


LAYOUT = Layout(
    families={family.name: frozenset(family.words) for family in FAMILIES},
    lists=frozenset(key.name for family in FAMILIES for key in family.keys if key.kind in ("codes", "axes")),
    mappings=frozenset(key.name for family in FAMILIES for key in family.keys if key.kind in ("where", "of")),
)
"""How a workbook's sheets hold an option."""


def read_tree(path: Path, faults: Faults) -> yamltext.Mapping:
    """Read an option as text, from YAML or a workbook. Raises FaultsFound where its form has faults."""
    read_document(path, str(path), True, faults)
    book = in_workbook(path)
    if book is not None:
        written = read_option_book(book, LAYOUT, faults)
        node: Node | None = None if written is None else written.node
    else:
        node = read_yaml(path, faults, str(path))
    faults.stop_if_any()
    if not isinstance(node, yamltext.Mapping):
        raise FaultsFound(faults.found)
    return node


def read_document(path: Path, shown: str, financial_years: bool, faults: Faults) -> Document | None:
    """Read a constraints file, typed, and record every fault; None where it is no mapping or cannot be read."""
    book = in_workbook(path)
    cells: Mapping[int, Place] = {}
    if book is None:
        node = read_yaml(path, faults, shown)
    else:
        shown = str(book.file)
        written = read_option_book(book, LAYOUT, faults)
        node, cells = (None, {}) if written is None else (written.node, written.places)
    if node is None:
        return None
    if not isinstance(node, yamltext.Mapping):
        mend = "Write keys such as title, budgets and limits."
        faults.add("not-keys", Place(shown, node.line), describe(node), "keys and values", mend)
        return None
    reader = Reader(faults, shown, financial_years, cells=cells)
    node = _filled(reader, node)
    values = _top(reader, node)
    about = {key.name: _or_blank(values.get(key.name, "")) for key in ABOUT}
    said, kept = demand.Said({}, {}), steady.NOTHING
    stated: list[Stated] = []
    unread: set[str] = set()
    taken: dict[str, Place] = {}
    for name, line, part in node.items:
        if name == demand.FAMILY:
            said = demand.read_demand(reader.inside(name), part, about)
        if name == steady.NAME:
            kept = steady.read_steady(reader.inside(name), part)
        for family in (family for family in FAMILIES if family.name == name):
            if takes_away(part):
                taken[name] = reader.place(name, line)
                continue
            found = list(_entries(reader, family, part, about))
            stated += [one for one in found if one is not None]
            unread |= {family.name for one in found if one is None or not one.sound}
    return Document(path, shown, values, dict(reader.places), said, kept, tuple(stated), frozenset(unread), taken)


def _or_blank(value: object) -> str:
    return "" if value is NONE else str(value)


def _filled(reader: Reader, node: yamltext.Mapping) -> yamltext.Mapping:
    """Return the keys that have a value; a family left blank or with an empty list is a fault."""
    families = {family.name for family in FAMILIES}
    needed = {*families, demand.FAMILY, steady.NAME, "title"}
    kept = []
    for name, line, part in node.items:
        blank = part.blank if isinstance(part, yamltext.Scalar) else name in families and not part.items
        if name in needed and blank:
            found = f"{name} without a value"
            mend = "Write what belongs under it, none to take away what is inherited, or remove the key."
            reader.fault("empty-value", reader.place(name, line), found, "a value", mend)
            continue
        kept.append((name, line, part))
    return yamltext.Mapping(tuple(kept), node.line)


def _top(reader: Reader, node: yamltext.Mapping) -> dict[str, Any]:
    """Type the keys of the file itself; refuse, naming the nearest, one that is neither of these nor a family."""
    families = {demand.FAMILY, steady.NAME, *(family.name for family in FAMILIES)}
    known = [*(key.name for key in TOP), *families]
    for name, line, _ in node.items:
        if name not in known:
            mend = did_you_mean(name, known)
            reader.fault("unknown-key", reader.place(name, line), f"the key {quoted(name)}", "a known key", mend)
    own = tuple(item for item in node.items if item[0] in known and item[0] not in families)
    values = reader.mapping(yamltext.Mapping(own, node.line), TOP)
    if "priorities" in values and values["priorities"] is not NONE:
        read = read_priorities(reader, values.pop("priorities"), reader.places["priorities"])
        if read is not None:
            values["priorities"] = read
    return values


def _entries(reader: Reader, family: Family, node: Node, about: Mapping[str, str]) -> Iterator[Stated | None]:
    """Yield the entries of a family's list, lists of subjects split; None for one that has no name."""
    if not isinstance(node, yamltext.Sequence):
        mend = "Put each entry on a line of its own after a dash." if isinstance(node, yamltext.Mapping) else ""
        expected = f"a list of entries, as in - {{{', '.join(key.example for key in family.keys[:2])}}}"
        reader.fault("not-a-list", reader.place(family.name, node.line), describe(node), expected, mend)
        yield None
        return
    for item in node.items:
        if isinstance(item, yamltext.Mapping):
            found = _entry(reader.inside(family.name), family, item, about)
            yield from found
            if not found:
                yield None
        else:
            expected = f"keys and values, as in {{{family.keys[0].example}}}"
            reader.fault("not-an-entry", reader.place(family.name, item.line), describe(item), expected)
            yield None


def _entry(reader: Reader, family: Family, node: yamltext.Mapping, about: Mapping[str, str]) -> list[Stated]:
    """Read one entry of the file into one name, or into one for each of its subjects."""
    place = reader.place("", node.line)
    if node.get("drop") is not None:
        return _drop(reader, node, place)
    values = reader.mapping(node, (*family.keys, *family.common))
    name = values.pop("name", "")
    if name[:1] in FORMULA:
        expected = "a name that a spreadsheet does not take for a formula"
        mend = "Begin it with a letter or a digit."
        reader.fault("formula-like", reader.places["name"], quoted(name), expected, mend)
    if family.named and node.get("name") is None:
        mend = "Add name: and what the limit says, in words."
        reader.fault("missing-key", place, "an entry without a name", "a name", mend)
    if not name:
        # What an entry is called after cannot be taken away: there `none` is a code like any other.
        codes = {key: "none" if family.key(key).kind == "code" else ("none",) for key in family.subject}
        values |= {key: code for key, code in codes.items() if values.get(key) is NONE}
    if not name and any(node.get(key) is None for key in family.subject):
        # It cannot be matched with an inherited entry, so it must be whole.
        for fault in lacking(family, reader.places, place):
            reader.fault(*fault)
    entry = Entry(
        name,
        family.name,
        place,
        _said(values, about, "set_by"),
        _said(values, about, "reference"),
        values,
        dict(reader.places),
    )
    return [Stated(one.name, _place(one, family), one, reader.sound) for one in names.named(entry, family)]


def _said(values: Mapping[str, Any], about: Mapping[str, str], key: str) -> str:
    """Return who set an entry, or where: its own value (`none` is a value too), or else its file's."""
    return _or_blank(values[key]) if values.get(key) else about[key]


def lacking(family: Family, there: Container[str], place: Place) -> Iterator[tuple[str, Place, str, str, str]]:
    """Yield a fault (code, place, found, expected, mend) for each key that an entry must have and has not."""
    for key in family.keys:
        if key.required and key.name not in there:
            at = replace(place, column=f"{family.name} {key.name}")
            yield "missing-key", at, f"no {key.name}", key.expected, f"Add {key.example}."
    if family.one_of and not any(key in there for key in family.one_of):
        expected = f"one of {', '.join(family.one_of)}"
        mend = f"Add {family.key(family.one_of[0]).example}."
        yield "missing-key", place, "an entry that limits nothing", expected, mend


def _place(entry: Entry, family: Family) -> Place:
    """Return the place of an entry's name in the file: of its own name, or of its subject."""
    if "name" in entry.places:
        return entry.places["name"]
    subject = family.subject[-1]
    code = entry.values[subject]
    return entry.place_of(subject, code if isinstance(code, str) else code[0])


def _drop(reader: Reader, node: yamltext.Mapping, place: Place) -> list[Stated]:
    """Read `{name: …, drop: true}`, which removes the inherited entry of that name."""
    allowed = COMMON
    others = [key for key in node.keys if key not in {key.name for key in allowed}]
    values = reader.mapping(yamltext.Mapping(tuple(i for i in node.items if i[0] not in others), node.line), allowed)
    for key in others:
        mend = "Keep only name and drop, or remove drop: an entry of the same name changes the keys it gives."
        reader.fault("drop-with-keys", reader.place(key, node.line_of(key)), f"{key} beside drop", "only a name", mend)
    if node.get("name") is None:
        mend = "Write {name: …, drop: true} with the name of the inherited entry."
        reader.fault("missing-key", place, "drop without a name", "a name", mend)
    if values.get("drop") is False:
        reader.fault("drop-no", reader.places["drop"], "drop: no", "drop: true", "Remove the key.")
    if not reader.sound:
        return []
    return [Stated(values["name"], reader.places["name"], None)]
