"""Reads the comments beside the keys of a settings.yaml, and writes the file from keys and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from optimiser.inputs.declare.tables import SETTINGS
from optimiser.text.yamltext import Mapping as MappingNode
from optimiser.text.yamltext import Node, Scalar

_KEY = re.compile(r"([A-Za-z_]\w*)\s*:")
_PLAIN = re.compile(r"[\w£$€./%+-](?:[^#:\n\"'{}\[\]&*!|>@`]|:(?=\S)|#(?<=\S#))*")


def comments_of(text: str) -> dict[str, str]:
    """Return the comment on the line of each key, where people write what a setting comes from."""
    found = {}
    for line in text.splitlines():
        key = _KEY.match(line)
        comment = _comment(line) if key else ""
        if key and comment:
            found[key[1]] = comment
    return found


def _comment(line: str) -> str:
    """Return the text after a # that follows a space, outside quotation marks."""
    quote = ""
    for at, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and line[at - 1] in " :,[{":
            quote = sign
        elif sign == "#" and at and line[at - 1] in " \t":
            return line[at + 1 :].strip()
    return ""


def flow(node: Node) -> str:
    """Write a value on one line: `2026`, `{2025: 0.024, 2026: 0.02}`."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, MappingNode):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, _, value in node.items) + "}"
    return "[" + ", ".join(flow(item) for item in node.items) + "]"


def settings_yaml(values: Iterable[tuple[str, str]], comments: Mapping[str, str]) -> str:
    """Write a settings.yaml with these keys and values, each with its comment on the same line."""
    by_year = {column.name for column in SETTINGS if column.kind == "by_year"}
    lines = []
    for key, text in values:
        value = text if key in by_year else _scalar(text)
        comment = " ".join(comments.get(key, "").split())
        lines.append(f"{key}: {value}".rstrip() + (f"  # {comment}" if comment else ""))
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Write a text as YAML holds it: plain where it can be, else in quotation marks."""
    if not text or (_PLAIN.fullmatch(text) and text == text.strip() and text not in ("~", "null")):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + escaped.replace("\t", "\\t") + '"'
