"""Puts evidence and several options in one workbook, each option by its name, with those it extends beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from optimiser.constraints.document import read_tree
from optimiser.constraints.option_workbook import Options, add_options
from optimiser.inputs.read.workbook_options import extended, in_workbook
from optimiser.inputs.write.cell_help import Codes
from optimiser.inputs.write.workbook import Content, Sheets
from optimiser.text.faults import Faults, Place
from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Mapping as Tree
from optimiser.text.yamltext import Node, Scalar

RESERVED = ("key", "value", "option", "note", "source")
"""Heads of the sheet of options that are no options."""


def options_with_bases(paths: Sequence[Path], faults: Faults) -> dict[str, Tree]:
    """Read options and all that they extend, by name. Raises FaultsFound.

    In what is returned each extends another by its name, no longer by its file.
    """
    found: dict[str, Tree] = {}
    origin: dict[str, Path] = {}
    left = list(paths)
    while left:
        path = left.pop(0)
        name = _name(path)
        if (name in origin and origin[name].resolve() != path.resolve()) or name.lower() in RESERVED:
            mend = "Rename the file: in one workbook every option has a name of its own."
            faults.add("same-name-twice", Place(str(path)), f"the option {quoted(name)}", "a name of its own", mend)
        if name in origin:
            continue
        origin[name] = path
        tree = read_tree(path, faults)
        base = tree.get("extends")
        if isinstance(base, Scalar) and base.text and base.text != "none":
            there = extended(path, base.text)
            left.append(there)
            tree = with_extends(tree, _name(there))
        found[name] = tree
    faults.stop_if_any()
    return found


def _name(path: Path) -> str:
    book = in_workbook(path)
    return book.option if book is not None and book.option else path.stem


def with_extends(tree: Tree, name: str) -> Tree:
    """Return the option with another name, or file, in its `extends`."""

    def changed(key: str, line: int, node: Node) -> tuple[str, int, Node]:
        return key, line, replace(node, text=name) if key == "extends" and isinstance(node, Scalar) else node

    return replace(tree, items=tuple(changed(*item) for item in tree.items))


def beside_in_yaml(tree: Tree) -> Tree:
    """Return an option of a workbook as a file of its own; the option it extends becomes a file too."""
    base = tree.get("extends")
    named = isinstance(base, Scalar) and base.text and base.text != "none" and not Path(base.text).suffix
    return with_extends(tree, f"{base.text}.yaml") if named and isinstance(base, Scalar) else tree


def sheets_of(options: Options, content: Content) -> Sheets:
    """Return the function that adds the options' sheets to a workbook of evidence, with lists of its codes."""
    codes = Codes(
        {name: table.header for name, table in content.tables.items()},
        {name: table.rows for name, table in content.tables.items()},
    )
    return lambda book, styles: add_options(book, styles, options, codes)
