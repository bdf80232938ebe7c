"""No god files, no endless functions, and everything public says what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import PACKAGE, ROOT, functions, modules

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    long = [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in lengths.items() if lines > MOST_LINES]
    assert not long, "\n".join(sorted(long))


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{module}.{function.name}: {lines} lines"
        for module, tree in modules().items()
        for function in functions(tree)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def public_things(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Functions and classes of a module, and methods of its classes, that have no leading underscore."""
    holders: list[ast.Module | ast.ClassDef] = [tree]
    while holders:
        for node in holders.pop().body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
                yield node
                if isinstance(node, ast.ClassDef):
                    holders.append(node)


def test_everything_public_has_a_docstring() -> None:
    bare = [
        f"{module}, line {thing.lineno}: {thing.name}"
        for module, tree in modules().items()
        for thing in public_things(tree)
        if not ast.get_docstring(thing)
    ]
    assert not bare, "\n".join(bare)


def test_every_module_begins_with_a_sentence() -> None:
    bare = [module for module, tree in modules().items() if not ast.get_docstring(tree)]
    assert not bare, "\n".join(bare)
