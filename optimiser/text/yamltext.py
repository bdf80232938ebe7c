"""Reads YAML as text with line numbers: nothing is typed, executed or expanded here.

So `no` is the text "no", `170e6` is text that becomes a number where a number is expected, and a
message can name the line of every key and value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from optimiser.text.faults import Faults, Place
from optimiser.text.letters import UNPRINTABLE, characters_in
from optimiser.text.numbers import quoted as in_quotes
from optimiser.text.textfile import read_text

DEEPEST = 40
"""Levels of nesting beyond which a file is refused: no file of ours needs more than six."""


@dataclass(frozen=True)
class Scalar:
    """Hold a single value as text, and whether it was in quotation marks (or in a block of text)."""

    text: str
    line: int
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Return True where nothing was written (or `~` or `null`)."""
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True)
class Mapping:
    """Hold keys with their lines and values, in the order of the file; every key once."""

    items: tuple[tuple[str, int, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None where the key is absent."""
        return next((node for name, _, node in self.items if name == key), None)

    def line_of(self, key: str) -> int:
        """Return the line of a key; the mapping's own line where the key is absent."""
        return next((line for name, line, _ in self.items if name == key), self.line)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(name for name, _, _ in self.items)


@dataclass(frozen=True)
class Sequence:
    """Hold a list of values in the order of the file."""

    items: tuple[Node, ...]
    line: int


Node = Scalar | Mapping | Sequence


def describe(node: Node) -> str:
    """Describe a node for a message: the text in quotation marks, `a list` or `keys and values`."""
    if isinstance(node, Scalar):
        return in_quotes(node.text)
    return "a list" if isinstance(node, Sequence) else "keys and values"


def read_yaml(path: Path, faults: Faults, shown: str) -> Node | None:
    """Read the tree of a YAML file; None where it cannot be read (the fault is recorded).

    `shown` is the path as the user wrote it. An empty file is a mapping without keys. Tags, anchors
    and aliases, duplicate keys and several documents are faults.
    """
    text = read_text(path, faults, shown)
    return None if text is None else parse_yaml(text, faults, Place(shown))


def parse_yaml(text: str, faults: Faults, place: Place) -> Node | None:
    """Read the tree of YAML text found at `place`: a whole file, or a workbook cell's `{2026: 1}`."""
    builder = _Builder(faults, place)
    try:
        return builder.document(_events(text))
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        mend = "Check indentation, colons, brackets and quotation marks here and on the line before."
        builder.fault("bad-yaml", mark.line + 1 if mark else 0, f"YAML that cannot be read ({problem})", "", mend)
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        mend = "Remove the invisible or special character."
        builder.fault("bad-yaml", line, "a character that YAML does not allow", "plain text", mend)
    except (ValueError, ArithmeticError, LookupError, RecursionError):
        # PyYAML's scanner leaks these on a few malformed escapes and directives.
        builder.fault("bad-yaml", 0, "YAML that cannot be read", "", "Check quotation marks and escapes.")
    return None


def _events(text: str) -> Iterator[yaml.Event]:
    """Give PyYAML's events, from its C parser (seven times as fast) where there is one and it takes the text.

    A text it refuses is read again by the Python parser, whose messages are the same on every machine.
    """
    fast = getattr(yaml, "CBaseLoader", None)
    if fast is not None:
        try:
            return iter(list(_not_too_deep(yaml.parse(text, Loader=fast))))
        except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, RecursionError):
            pass
    return yaml.parse(text, Loader=yaml.BaseLoader)


def _not_too_deep(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """Give the events up to the first too deep to be taken: to parse on takes quadratic time."""
    depth = 0
    for event in events:
        yield event
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST + 1:
            return


class _Refused(Exception):
    """Is raised to stop reading a file that is refused; the fault is recorded."""


class _Builder:
    """Turn PyYAML's events into nodes, never recursing deeper than DEEPEST."""

    def __init__(self, faults: Faults, place: Place) -> None:
        self.faults, self.place = faults, place

    def fault(self, code: str, line: int, found: str, expected: str, mend: str, key: str = "") -> None:
        """Record a fault at a line of this text (or at the cell that holds it)."""
        if self.place.cell:
            place = self.place
        else:
            place = Place(self.place.file, line + max(self.place.line - 1, 0) if line else self.place.line, key)
        self.faults.add(code, place, found, expected, mend)

    def document(self, events: Iterator[yaml.Event]) -> Node:
        """Return the one document of the text."""
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.refuse("several-documents", event, "a second document (---)", "one document", "Remove it.")
                node = self.node(next(events), events, 0)
        if node is None or (isinstance(node, Scalar) and node.blank):
            return Mapping((), 1)
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        """Return the node that starts with this event."""
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse("yaml-anchor", event, "an anchor or alias (& or *)", "plain values", "Write the value out.")
        if getattr(event, "tag", None):
            tag = in_quotes(str(event.tag))  # type: ignore[attr-defined]
            self.refuse("yaml-tag", event, f"the YAML tag {tag}", "plain values", "Remove the tag.")
        if depth > DEEPEST:
            self.refuse("too-deep", event, f"more than {DEEPEST} levels of nesting", "fewer", "Write it flat.")
        if isinstance(event, yaml.ScalarEvent):
            if UNPRINTABLE.search(event.value):
                mend = "Remove it: no report could show it."
                self.fault("control-character", line, characters_in(event.value), "plain text", mend)
            return Scalar(event.value.strip(), line, bool(event.style))
        if isinstance(event, yaml.SequenceStartEvent):
            parts: list[Node] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                parts.append(self.node(event, events, depth + 1))
            return Sequence(tuple(parts), line)
        return self.mapping(line, events, depth)

    def mapping(self, line: int, events: Iterator[yaml.Event], depth: int) -> Mapping:
        """Read the keys and values up to the end of this mapping; a key that comes twice is a fault."""
        items: list[tuple[str, int, Node]] = []
        first_lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                mend = "Write one word before the colon."
                self.fault("bad-key", key.line, describe(key), "a key of plain text", mend)
            elif key.text in first_lines:
                found = f"the key {in_quotes(key.text)} a second time (first on line {first_lines[key.text]})"
                self.fault("duplicate-key", key.line, found, "every key once", "Remove one of them.", key.text)
            else:
                first_lines[key.text] = key.line
                items.append((key.text, key.line, value))
        return Mapping(tuple(items), line)

    def refuse(self, code: str, event: yaml.Event, found: str, expected: str, mend: str) -> None:
        """Record the fault and stop reading."""
        self.fault(code, _line(event), found, expected, mend)
        raise _Refused


def _line(event: yaml.Event) -> int:
    """Return the line an event starts on; 1 is the first."""
    return event.start_mark.line + 1 if event.start_mark else 1
