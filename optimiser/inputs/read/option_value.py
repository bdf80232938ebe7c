"""Reads a cell of an option's sheet: a word, a list, keys with values, or values by year."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from optimiser.text import yamltext
from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Node, Scalar, parse_yaml

TEXTS = ("title", "extends", "name", "set_by", "reference", "source", "note")
"""Keys whose cells are text, whatever they begin with."""
SHAPES = ("ramp", "times", "plus", "times ramp", "plus ramp")
"""What the cell of a key says of the columns of its years: a ramp, or relative to what is inherited."""

_RELATIVE = re.compile(r"(times|plus)\s+(\S+)")


@dataclass
class Written:
    """Hold an option as a tree of text; its line numbers are keys to the cells in `places`."""

    node: yamltext.Mapping = field(default_factory=lambda: yamltext.Mapping((), 0))
    places: dict[int, Place] = field(default_factory=dict)
    readable: bool = True
    """False where a cell could not be read at all."""

    def number(self, place: Place) -> int:
        """Give a cell a line number and return it."""
        self.places[len(self.places) + 1] = place
        return len(self.places)


def over_years(
    own: tuple[int, str] | None, points: Sequence[tuple[str, int, Node]], written: Written, faults: Faults
) -> Node:
    """Join the columns of a key's years into one value, in the shape that the key's own cell names."""
    number = points[0][1]
    node: Node = yamltext.Mapping(tuple(points), number)
    words = own[1].lower().split() if own else []
    if own is not None and " ".join(words) not in SHAPES:
        expected = f"nothing, or {', '.join(SHAPES)}"
        faults.add("both-ways", written.places[own[0]], f"{quoted(own[1])} beside values by year", expected,
                   "Keep one of them.")  # fmt: skip
    for word in reversed(words if own is not None and " ".join(words) in SHAPES else []):
        node = yamltext.Mapping(((word, number, node),), number)
    return node


def value_of(
    key: str, text: str, is_list: bool, is_mapping: bool, number: int, written: Written, faults: Faults
) -> Node:
    """Read a cell: a word, a list, keys with values, or YAML in brackets; quotation marks keep the text as it is."""
    if text.startswith('"'):
        try:
            return Scalar(str(json.loads(text)), number, True)
        except ValueError:
            pass
    if key in TEXTS or text == "none":
        return Scalar(text, number)
    relative = _RELATIVE.fullmatch(text)
    if relative and not (is_list or is_mapping):
        return yamltext.Mapping(((relative[1], number, Scalar(relative[2], number)),), number)
    if is_list and not text.startswith("["):
        if "{" not in text and key not in ("priorities", "tiers"):
            parts = [part.strip() for part in re.split("[,;]", text)]
            if len(parts) == 1:
                return Scalar(text, number)
            return yamltext.Sequence(tuple(Scalar(part, number) for part in parts if part), number)
        text = f"[{text}]"
    elif is_mapping and not text.startswith("{"):
        text = f"{{{text}}}"
    if text[0] in "[{":
        node = parse_yaml(text, faults, written.places[number])
        written.readable &= node is not None
        return Scalar("", number) if node is None else _at(node, number)
    return Scalar(text, number)


def _at(node: Node, number: int) -> Node:
    """Give every part of a node the line number of the one cell it comes from."""
    if isinstance(node, Scalar):
        return Scalar(node.text, number, node.quoted)
    if isinstance(node, yamltext.Sequence):
        return yamltext.Sequence(tuple(_at(item, number) for item in node.items), number)
    return yamltext.Mapping(tuple((key, number, _at(value, number)) for key, _, value in node.items), number)
