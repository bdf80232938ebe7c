"""The reference pages and the shipped schema are what the declarations make of them today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from optimiser.constraints.families import FAMILIES
from optimiser.constraints.keys import COMMON, DEMAND, TIER, TOP
from optimiser.constraints.schema import FILE, schema
from optimiser.inputs.declare.tables import SETTINGS, TABLES
from optimiser.inputs.shipped import shipped_constraints, shipped_examples
from tools.docs_reference import PAGES, ROOT

OPTIONS = sorted([*(path for example in shipped_examples() for path in shipped_constraints(example)),
                  ROOT / "docs/example/option.yaml", ROOT / "tests/constraints/every_key.yaml"])  # fmt: skip


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_is_what_the_declarations_make(path: Path) -> None:
    """`uv run --group dev python -m tools.docs_reference` writes them again."""
    assert path.read_text(encoding="utf-8") == PAGES[path]()


def test_every_table_column_and_key_is_on_its_page() -> None:
    inputs = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    for name, table in TABLES.items():
        part = inputs.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{column.name}`" in part for column in table.columns), name
        assert all(column.help in part and column.unit in part for column in table.columns), name
    assert all(f"| `{column.name}` |" in inputs for column in SETTINGS)
    keys = (ROOT / "docs" / "constraints" / "keys.md").read_text(encoding="utf-8")
    for family in FAMILIES:
        part = keys.partition(f"\n## {family.name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{key.name}` | {key.help}" in part for key in family.keys), family.name
    assert all(f"| `{key.name}` |" in keys for key in (*TOP, *COMMON, *DEMAND, *TIER))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(json.loads((ROOT / "docs" / FILE).read_text(encoding="utf-8")))


def as_an_editor_reads_it(node: Any) -> Any:
    """Keys as text, as JSON has them."""
    if isinstance(node, dict):
        return {str(key): as_an_editor_reads_it(value) for key, value in node.items()}
    return [as_an_editor_reads_it(value) for value in node] if isinstance(node, list) else node


def loaded(text: str) -> Any:
    return as_an_editor_reads_it(yaml.safe_load(text))


@pytest.mark.parametrize("path", OPTIONS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_option_follows_the_schema(path: Path, validator: Draft202012Validator) -> None:
    validator.validate(loaded(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "title: A\nextends: base.yaml",
        "budgets: [{budget: training, limit: £170m, prices: cash}]",
        "budgets: [{budget: training, limit: {2026/27: 170e6, 2028: 1_000}}]",
        "budgets: [{name: budgets training, drop: true}]",
        "priorities: [unmet, {quantity: starts, where: {kind: [exit, return]}}, cost]",
        "hold: [{route: [a, b], note: why}]",
        "limits: [{name: a, quantity: staff, at_most: 5, each: []}]",
        "whole_numbers: yes",
        "extends: a.yaml\nbudgets: [{budget: training, limit: {times: {2028: 1.2}}, prices: none}]\npace: none",
        "extends: a.yaml\nlimits: [{name: a, at_most: {plus: {ramp: {2026: -1, 2030: 5}}}}]\npriorities: none",
        "extends: a.yaml\ndemand: {price_per_fte: {times: 2}, tiers: none}\nwhole_numbers: none",
    ],
)
def test_the_schema_lets_right_files_through(text: str, validator: Draft202012Validator) -> None:
    validator.validate(loaded(text))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("budget: []", []),
        ("budgets: {budget: training}", ["budgets"]),
        ("budgets: [{budget: training}]", ["budgets", 0]),
        ("budgets: [{limit: 5}]", ["budgets", 0]),
        ("budgets: [{budget: training, limit: -5}]", ["budgets", 0, "limit"]),
        ("budgets: [{budget: training, limit: much}]", ["budgets", 0, "limit"]),
        ("budgets: [{budget: training, limit: {next: 5}}]", ["budgets", 0, "limit"]),
        ("budgets: [{budget: training, limit: 5, prices: nominal}]", ["budgets", 0, "prices"]),
        ("budgets: [{drop: true}]", ["budgets", 0]),
        ("budgets:", ["budgets"]),
        ("budgets: []", ["budgets"]),
        ("extends: a.yaml\nbudgets: [{limit: 5}]", ["budgets", 0]),
        ("extends: a.yaml\nbudgets: [{budget: training, limit: {times: 2, plus: 1}}]", ["budgets", 0, "limit"]),
        ("extends: a.yaml\nbudgets: [{budget: training, limit: '+5'}]", ["budgets", 0, "limit"]),
        ("outsourcing: [{task: a, max_share: 20}]", ["outsourcing", 0, "max_share"]),
        ("demand: {unmet: never}", ["demand", "unmet"]),
        ("demand: {tiers: [{up_to: 0.1}]}", ["demand", "tiers", 0]),
        ("priorities: [money]", ["priorities", 0]),
        ("limits: [{quantity: staff, at_most: 5}]", ["limits", 0]),
        ("limits: [{name: a, quantity: stuff, at_most: 5}]", ["limits", 0, "quantity"]),
        ("limits: [{name: a, quantity: staff, where: {route: b}, at_most: 5}]", ["limits", 0, "where"]),
    ],
)
def test_the_schema_points_at_what_is_wrong(text: str, where: list[object], validator: Draft202012Validator) -> None:
    errors = list(validator.iter_errors(loaded(text)))
    assert [list(error.absolute_path) for error in errors] == [where]
