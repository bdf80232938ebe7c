"""Explanations, repairs, studies and reports know one form of limit, and no family by its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from optimiser.constraints.families import FAMILIES
from tests.architecture.sources import modules

OUTSIDE = ("optimiser.constraints", "optimiser.audit", "optimiser.check.plausible")
"""Where families may be named: where they are made; the audit, which reads the text of an option by itself; and what a
colleague would query in figures, which is about one kind of rule each."""

ALLOWED = {"optimiser.plan.spend_tables", "optimiser.roll.option"}
"""The budgets table is a table of one family; a rolled option is written anew, key by key of each family."""

ALSO_TABLES = {"budgets", "limits", "outsourcing"}
"""Families whose name is also that of a result table or of a step: there only a comparison with a family tells."""

NAMES = {family.name for family in FAMILIES}


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every family that a module names in a literal, or compares a `family` with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in NAMES - ALSO_TABLES:
            yield node.lineno, str(node.value)
        if isinstance(node, ast.Compare) and "family" in {
            part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)
        }:
            yield from (
                (part.lineno, str(part.value))
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and part.value in NAMES
            )


def test_no_module_outside_constraints_names_a_family() -> None:
    """Proves: a new family is one file: what may be turned, eased or said of it is declared there."""
    found = [
        f"{module}, line {line}: {name}"
        for module, tree in modules().items()
        if not module.startswith(OUTSIDE) and module not in ALLOWED
        for line, name in named(tree)
    ]
    assert not found, "\n".join(found)


def test_a_module_that_asks_for_one_family_is_found() -> None:
    """Proves: the test above can fail."""
    for text in ("limit.family == 'budgets'", "x = 'pace'", "one.family in ('limits', 'demand')"):
        assert list(named(ast.parse(text))), text
    assert not list(named(ast.parse("plan.table('budgets')")))
