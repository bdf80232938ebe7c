"""Every code a message can have is explained, and nothing is explained that no message has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from optimiser.constraints.selection import A_CODE
from optimiser.inputs.declare.tables import TABLES
from tests.architecture.sources import ROOT, modules

CODE = re.compile(r"blank|formula|hidden|[a-z]+(?:-[a-z_0-9]+)+")
SAYS = {"add", "warn", "fault", "refuse", "NotReadable", "lose", "query"}
"""The functions that record a fault; the code is one of their first four arguments, or their keyword `code`."""

MADE = {
    "unknown-{declaration.defines}": {f"unknown-{table.defines}" for table in TABLES.values() if table.defines},
    "staff-too-{way}": {"staff-too-few", "staff-too-many"},
    "unknown-{key}": {f"unknown-{key}" for key in A_CODE},
    "no-{other.replace('_', '-')}": {"no-max-increase", "no-max-growth"},
}
"""Codes that are put together from a word, and what they can become."""


def calls(trees: Iterable[ast.AST]) -> Iterator[ast.Call]:
    for tree in trees:
        for node in ast.walk(tree):
            name = getattr(node, "func", None)
            if isinstance(node, ast.Call) and getattr(name, "attr", getattr(name, "id", "")) in SAYS:
                yield node


def codes(sources: Mapping[str, ast.Module]) -> set[str]:
    """Every code of the source."""
    found: set[str] = set()
    for call in calls(sources.values()):
        for argument in [*call.args[:4], *(keyword.value for keyword in call.keywords if keyword.arg == "code")]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                if CODE.fullmatch(argument.value):
                    found.add(argument.value)
            elif isinstance(argument, ast.JoinedStr):
                text = ast.unparse(argument)[2:-1]
                found |= MADE.get(text, {text} if re.match(r"[a-z]+-\{", text) else set())
    return found


def explained() -> list[str]:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return re.findall(r"^### (.+)$", page, re.MULTILINE)


def test_every_code_has_its_entry_and_no_entry_is_an_orphan() -> None:
    said = codes(modules())
    assert len(said) > 100
    assert sorted(said - set(explained())) == []
    # Codes that tables define but no column refers to cannot occur.
    assert sorted(set(explained()) - said) == []


def test_every_entry_stands_once_and_says_something() -> None:
    assert len(set(explained())) == len(explained())
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    parts = re.split(r"^### .+\n", page, flags=re.MULTILINE)[1:]
    assert all(len(part.strip()) > 20 for part in parts)
