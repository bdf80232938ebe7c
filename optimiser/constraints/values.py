"""Turns the text of a constraints file into typed values, key by key, with every fault on its own line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from optimiser.constraints.keys import Key
from optimiser.constraints.limit import QUANTITY_KEYS, Selection, Where
from optimiser.constraints.relative import NONE, how_of, in_cells, read_relative, read_unsigned, takes_away, unsigned
from optimiser.constraints.signs import wrong_signs
from optimiser.text import yamltext
from optimiser.text.by_year import ByYear, at_line
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, quoted, read_flag, read_number, read_year
from optimiser.text.yamltext import Node, Scalar, describe


@dataclass
class Reader:
    """Type the values of one file, and remember the place of each and whether any was faulty.

    `prefix` is the family (or `demand`) whose keys are read; places are kept by the path within an entry.
    """

    faults: Faults
    file: str
    financial_years: bool
    prefix: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    sound: bool = True
    whole: bool = False
    """True inside what is replaced whole (a tier), where no value is relative to an inherited one."""
    cells: Mapping[int, Place] = field(default_factory=dict)
    """In a workbook, the cell of each line number."""

    def inside(self, prefix: str) -> Reader:
        """Return a fresh reader for one entry of a family in the same file."""
        return Reader(self.faults, self.file, self.financial_years, prefix, cells=self.cells)

    def place(self, path: str, line: int) -> Place:
        """Return the place of a key path on a line, as a message shows it."""
        return replace(self.cells.get(line, Place(self.file, line)), column=f"{self.prefix} {path}".strip())

    def fault(self, code: str, place: Place, found: str, expected: str, mend: str = "") -> None:
        """Record a fault and remember that this entry is not sound."""
        self.sound = False
        self.faults.add(code, place, found, expected, mend)

    def mapping(self, node: yamltext.Mapping, keys: Iterable[Key]) -> dict[str, Any]:
        """Return the typed values of a mapping whose keys are declared; unknown and missing keys are faults."""
        declared = {key.name: key for key in keys}
        for name, line, _ in node.items:
            if name not in declared:
                mend = did_you_mean(name, declared)
                self.fault("unknown-key", self.place(name, line), f"the key {quoted(name)}", "a known key", mend)
        found = {}
        for name, line, value in node.items:
            if name in declared:
                typed = self.laid_over(declared[name], value, name, line)
                if typed is not None:
                    found[name] = typed
        return found

    def required(self, node: yamltext.Mapping, keys: Iterable[Key]) -> None:
        """Record a fault for each required key that a mapping lacks."""
        for key in keys:
            if key.required and node.get(key.name) is None:
                found = f"no {key.name}"
                self.fault("missing-key", self.place(key.name, node.line), found, key.expected, f"Add {key.example}.")

    def laid_over(self, key: Key, node: Node, path: str, line: int) -> Any:
        """Type a value that may be relative to an inherited one: `Relative`, or NONE where it is taken away."""
        if isinstance(node, Scalar) and node.blank and key.name not in _OWN:
            place = self.places[path] = self.place(path, line)
            away = "" if self.whole else ", or none to take an inherited one away"
            mend = f"Write a value{away}, or remove the key."
            self.fault("empty-value", place, f"{key.name} without a value", key.expected, mend)
            return None
        if self.whole or key.name in _OWN:
            return self.value(key, node, path, line)
        if takes_away(node):
            self.places[path] = self.place(path, line)
            return NONE
        if key.kind in ("number", "by_year") and how_of(node) is not None:
            place = self.places[path] = self.place(path, line)
            one_number = key.kind == "number"
            return self.placed(
                lambda faults, at: read_relative(node, one_number, faults, at, self.financial_years), node, place
            )
        return self.value(key, node, path, line)

    def value(self, key: Key, node: Node, path: str, line: int) -> Any:
        """Return the typed value of a key, or None where it is faulty (the fault is recorded)."""
        place = self.places[path] = self.place(path, line)
        for at, found, expected in wrong_signs(key.name, node):
            self.fault("wrong-sign", replace(place, line=at), found, expected, "Write the number alone.")
        return READERS[key.kind](self, key, node, place, path)

    def word(self, node: Node, place: Place, expected: str) -> str | None:
        """Read one piece of text, not blank."""
        if isinstance(node, Scalar) and not node.blank and node.text:
            return node.text
        found = "nothing" if isinstance(node, Scalar) else describe(node)
        self.fault("not-text", place, found, expected)
        return None

    def words(self, node: Node, place: Place, path: str, expected: str) -> tuple[str, ...] | None:
        """Read one word, or a list of words without repeats, and keep the place of each."""
        if isinstance(node, yamltext.Sequence):
            items = [self.word(item, at_line(place, item.line), expected) for item in node.items]
            lines = [item.line for item in node.items]
            if not items:
                self.fault("empty-list", place, "an empty list", expected, "Name at least one.")
        else:
            items, lines = [self.word(node, place, expected)], [place.line]
        found: list[str] = []
        for item, line in zip(items, lines, strict=True):
            if item is None:
                continue
            if item in found:
                self.fault("named-twice", at_line(place, line), f"{quoted(item)} twice", "each once", "Remove one.")
            found.append(item)
            self.places[f"{path} {item}"] = at_line(place, line)
        return tuple(dict.fromkeys(found)) if found and None not in items else None

    def try_read(self, read: Callable[[str], Any], node: Node, place: Place, expected: str) -> Any:
        """Apply a reading function to one piece of text; None with the fault recorded."""
        if not isinstance(node, Scalar):
            self.fault("not-one-value", place, describe(node), expected)
            return None
        try:
            return read(node.text)
        except NotReadable as error:
            self.fault(error.code, place, error.found, error.expected, error.mend)
            return None

    def placed(self, read: Callable[[Faults, Place], Any], node: Node, place: Place) -> Any:
        """Read a value by year, and put a fault of one year on its own line or cell; unsound where it is None."""
        found = in_cells(read, self.faults, place, node.line, self.cells)
        self.sound &= found is not None
        return found

    def within(self, key: Key, values: Iterable[float], place: Place) -> bool:
        """Return True where every number is one the key allows."""
        outside = [value for value in values if not key.allows(value)]
        for value in outside:
            self.fault("out-of-range", place, f"{value:g}", key.bounds, key.mend(value))
        return not outside


def _text(reader: Reader, key: Key, node: Node, place: Place, path: str) -> str | None:
    del path
    if isinstance(node, Scalar) and key.name not in ("name", "extends"):
        if not node.text:
            reader.faults.warn("blank-text", place, f"{key.name} with nothing in it", "some text", "Remove the key.")
        return node.text
    return reader.word(node, place, key.expected)


def _flag(reader: Reader, key: Key, node: Node, place: Place, path: str) -> bool | None:
    del path
    found: bool | None = reader.try_read(read_flag, node, place, key.expected)
    return found


def _choice(reader: Reader, key: Key, node: Node, place: Place, path: str) -> str | None:
    del path
    word = reader.word(node, place, key.expected)
    if word is None or word in key.choices:
        return word
    reader.fault("unknown-word", place, quoted(word), key.expected, did_you_mean(word, key.choices))
    return None


def _year(reader: Reader, key: Key, node: Node, place: Place, path: str) -> int | None:
    del path
    found: int | None = reader.try_read(lambda text: read_year(text, reader.financial_years), node, place, key.expected)
    return found


_OWN = ("name", "drop", "extends")
"""Keys that are never inherited, so that `none` is a word there."""


def _number(reader: Reader, key: Key, node: Node, place: Place, path: str) -> float | None:
    del path
    if not unsigned(node, reader.faults, place):
        reader.sound = False
        return None
    found: float | None = reader.try_read(read_number, node, place, key.expected)
    return found if found is not None and reader.within(key, [found], place) else None


def _by_year(reader: Reader, key: Key, node: Node, place: Place, path: str) -> ByYear | None:
    found: ByYear | None = reader.placed(
        lambda faults, at: read_unsigned(node, faults, at, reader.financial_years), node, place
    )
    if found is None:
        return None
    if not found.years:
        return found if reader.within(key, found.values, place) else None
    points = node.get("ramp") if found.ramp and isinstance(node, yamltext.Mapping) else node
    items = points.items if isinstance(points, yamltext.Mapping) else ()
    lines = {read_year(year, reader.financial_years): line for year, line, _ in items}
    inside = [
        reader.within(key, [value], reader.place(path, lines[year]))
        for year, value in zip(found.years, found.values, strict=True)
    ]
    return found if all(inside) else None


def _code(reader: Reader, key: Key, node: Node, place: Place, path: str) -> str | None:
    del path
    return reader.word(node, place, key.expected)


def _codes(reader: Reader, key: Key, node: Node, place: Place, path: str) -> tuple[str, ...] | None:
    return reader.words(node, place, path, key.expected)


def _axes(reader: Reader, key: Key, node: Node, place: Place, path: str) -> tuple[str, ...] | None:
    if isinstance(node, yamltext.Sequence) and not node.items:
        return ()
    found = reader.words(node, place, path, key.expected)
    for word in found or ():
        if key.choices and word not in key.choices:
            mend = did_you_mean(word, key.choices)
            reader.fault("unknown-word", place, quoted(word), f"one of {', '.join(key.choices)}", mend)
    return found


def _where(reader: Reader, key: Key, node: Node, place: Place, path: str) -> Where | None:
    if not isinstance(node, yamltext.Mapping):
        reader.fault("not-where", place, describe(node), key.expected)
        return None
    found: dict[str, tuple[str, ...]] = {}
    for name, line, value in node.items:
        here = f"{path} {name}"
        at = reader.places[here] = reader.place(here, line)
        words = reader.words(value, at, here, "a value or a list of values")
        if words is not None:
            found[name] = words
    return found


SELECTION = (
    Key("quantity", "quantity", "What is counted.", "quantity: joiners", required=True, choices=tuple(QUANTITY_KEYS)),
    Key("where", "where", "Which part of it; without it, all.", "where: {role: radiologist}"),
)


def read_selection(reader: Reader, key: Key, node: Node, place: Place, path: str) -> Selection | None:
    """Read a quantity and its `where`, or return None with the fault recorded."""
    if not isinstance(node, yamltext.Mapping):
        reader.fault("not-a-quantity", place, describe(node), key.expected)
        return None
    declared = {key.name: key for key in SELECTION}
    for name, line, _ in node.items:
        if name not in declared:
            at = reader.place(f"{path} {name}", line)
            mend = did_you_mean(name, declared)
            reader.fault("unknown-key", at, f"the key {quoted(name)}", "quantity or where", mend)
    quantity, where = node.get("quantity"), node.get("where")
    if quantity is None:
        reader.fault("missing-key", place, "no quantity", key.expected)
        return None
    named = reader.value(SELECTION[0], quantity, f"{path} quantity".strip(), node.line_of("quantity"))
    chosen = {} if where is None else reader.value(SELECTION[1], where, f"{path} where", node.line_of("where"))
    return None if named is None or chosen is None else Selection(named, chosen)


def _raw(reader: Reader, key: Key, node: Node, place: Place, path: str) -> Node:
    """Pass on a list whose entries have a form of their own, for whoever declared it to read."""
    del reader, key, place, path
    return node


READERS: Mapping[str, Callable[[Reader, Key, Node, Place, str], Any]] = {
    "text": _text,
    "flag": _flag,
    "choice": _choice,
    "quantity": _choice,
    "year": _year,
    "number": _number,
    "by_year": _by_year,
    "code": _code,
    "codes": _codes,
    "axes": _axes,
    "where": _where,
    "of": read_selection,
    "priorities": _raw,
    "tiers": _raw,
}
"""How each kind of value is read."""
