"""Writes an option as the cells of a workbook or as YAML text, from the tree it was read as, losing nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from optimiser.constraints.keys import Key
from optimiser.constraints.relative import how_of
from optimiser.inputs.read.option_value import SHAPES, TEXTS
from optimiser.inputs.read.workbook_options import UNMET
from optimiser.text import yamltext
from optimiser.text.yamltext import Node, Scalar

_PLAIN = re.compile(r"(-(?=[\d.])|[\w£.])(?:[\w£.%/ +-]*[\w£.%/+-])?")
"""Text that YAML and a list in a cell read as it is written."""
_BLANK = ("", "~", "null", "none")
_YEAR = re.compile(r"\d{4}(?:/\d{2}|/\d{4})?")


def flow(node: Node) -> str:
    """Write a node as YAML on one line: `{ramp: {2026: 0.56, 2032: 0.7}}`."""
    if isinstance(node, Scalar):
        bare = _PLAIN.fullmatch(node.text) and not (node.quoted and node.text in _BLANK)
        return node.text if bare else json.dumps(node.text, ensure_ascii=False)
    if isinstance(node, yamltext.Sequence):
        return f"[{', '.join(map(flow, node.items))}]"
    return f"{{{', '.join(f'{flow(Scalar(key, 0))}: {flow(value)}' for key, _, value in node.items)}}}"


def cell(name: str, key: Key | None, node: Node) -> str:
    """Write a value as the text of one cell."""
    if isinstance(node, Scalar):
        return _word(name, key, node)
    if isinstance(node, yamltext.Sequence):
        words = [item.text for item in node.items if isinstance(item, Scalar) and not item.quoted]
        plain = len(words) == len(node.items) > 1 and all(map(_PLAIN.fullmatch, words))
        return ", ".join(words) if plain and (key is None or key.kind in ("codes", "axes")) else flow(node)
    how = how_of(node)
    amount = None if how is None else node.get(how)
    if how is not None and len(node.items) == 1 and isinstance(amount, Scalar) and re.fullmatch(r"\S+", amount.text):
        return f"{how} {amount.text}"
    return flow(node)


def _word(name: str, key: Key | None, node: Scalar) -> str:
    """Write one word, in quotation marks where a cell would be read as something else."""
    text = node.text
    odd = text.startswith('"') or (node.quoted and text in _BLANK) or text != " ".join(text.split())
    if name not in TEXTS:
        odd |= text[:1] in ("[", "{") or re.match(r"(times|plus)\s", text) is not None
        odd |= key is not None and key.kind in ("codes", "axes") and re.search("[,;]", text) is not None
    return json.dumps(text, ensure_ascii=False) if odd else text


def over_years(node: Node) -> tuple[str, dict[str, str]] | None:
    """Return the shape (`ramp`, `times` …) and the number of each year, where a value has columns of its years."""
    words: list[str] = []
    while isinstance(node, yamltext.Mapping) and node.keys in (("ramp",), ("times",), ("plus",)):
        words.append(node.keys[0])
        node = node.items[0][2]
    if not isinstance(node, yamltext.Mapping) or not node.items or " ".join(words) not in ("", *SHAPES):
        return None
    points = {key: value.text for key, _, value in node.items if isinstance(value, Scalar) and _YEAR.fullmatch(key)}
    return (" ".join(words), points) if len(points) == len(node.items) and all(points.values()) else None


def top_rows(tree: yamltext.Mapping, families: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the option's own sheet: the keys at the top, and those of `demand` and `steady`."""
    for name, _, node in tree.items:
        if name in families and not isinstance(node, Scalar):
            continue
        if isinstance(node, yamltext.Mapping):
            for key, _, value in node.items:
                if name == "demand" and key == "unmet" and isinstance(value, Scalar) and value.text in UNMET:
                    yield "demand", value.text
                else:
                    yield f"{name} {key}", cell(key, None, value) if isinstance(value, Scalar) else flow(value)
        else:
            yield name, cell(name, None, node)


def yaml_text(tree: yamltext.Mapping) -> str:
    """Write the option as a YAML file, with an entry on each line."""
    lines: list[str] = []
    for name, _, node in tree.items:
        if isinstance(node, yamltext.Mapping):
            lines += [f"{name}:", *(f"  {key}: {flow(value)}" for key, _, value in node.items)]
        elif isinstance(node, yamltext.Sequence) and all(isinstance(item, yamltext.Mapping) for item in node.items):
            lines += [f"{name}:", *(f"  - {flow(item)}" for item in node.items)]
        else:
            lines.append(f"{name}: {flow(node)}")
    return "\n".join(lines) + "\n"
