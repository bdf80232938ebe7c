"""What an option changes of what it extends, in words: in `check`, in changes.csv, and between options."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from optimiser.check.check import check
from optimiser.check.words import findings
from tests.support.engine import solve_folder
from tests.support.tiny import FULL, write_inputs

BASE = """title: Base
budgets:
  - {budget: training, limit: 5e6}
training_capacity:
  - {route: [degree, reporting], places: {2026: 50, 2028: 60}}
pace:
  - {name: slow, route: degree, max_increase: 0.5, seed: 90}
"""
OPTION = """title: Mine
extends: base.yaml
whole_numbers: yes
demand: {tiers: [{up_to: 0.5, weight: 1}, {weight: 2}]}
budgets:
  - {budget: training, limit: {times: {2027: 1.2}}, carry_forward: 5%}
training_capacity:
  - {route: degree, places: 70}
  - {name: training_capacity reporting, drop: true}
pace:
  - {name: slow, seed: none}
limits:
  - {name: few, quantity: starts, where: {route: [degree, reporting]}, at_most: 0.5, of: {quantity: staff}}
"""
LINES = [
    "whole_numbers none → yes; from option.yaml line 3",
    "demand: tiers none → weight 1 up to 0.5, weight 2; from option.yaml line 4",
    "budgets training: limit £5.0m → £6.0m from 2027/28 (times 1.2); from base.yaml line 3, option.yaml line 6",
    "budgets training: carry_forward none → 5 %; from option.yaml line 6",
    "training_capacity degree: places 50 from 2026/27, 60 from 2028/29 → 70; from base.yaml line 5, option.yaml line 8",
    "slow: seed 90 → none; from base.yaml line 7, option.yaml line 11",
    "few: new: quantity starts, where route degree or reporting, at_most 0.5, of staff; from option.yaml line 13",
    "training_capacity reporting: dropped; from base.yaml line 5, option.yaml line 9",
]
ROWS = """entry,key,inherited,here,how
,whole_numbers,,yes,changed
demand,tiers,,"weight 1 up to 0.5, weight 2",changed
budgets training,limit,£5.0m,"£5.0m from 2026/27, £6.0m from 2027/28",times 1.2
budgets training,carry_forward,,5 %,changed
training_capacity degree,places,"50 from 2026/27, 60 from 2028/29",70,changed
slow,seed,90,,taken away
few,quantity,,starts,new
few,where,,route degree or reporting,new
few,at_most,,0.5,new
few,of,,staff,new
training_capacity reporting,,,,dropped
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """The evidence, with the two options beside it."""
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "option.yaml").write_text(OPTION, encoding="utf-8")
    return write_inputs(tmp_path / "inputs", FULL)


def test_check_lists_every_change_with_its_lines(inputs: Path) -> None:
    checked = check(inputs, [inputs.parent / "base.yaml", inputs.parent / "option.yaml"])
    assert checked.options[0].changes == ()
    assert list(checked.options[1].changes) == LINES
    assert [f"  {line}" for line in LINES] == [line for line in findings(checked) if line[2:] in LINES]


def test_the_results_folder_has_them_key_by_key(inputs: Path) -> None:
    option = inputs.parent / "option.yaml"
    option.write_text(OPTION.replace("whole_numbers: yes\n", ""), encoding="utf-8")
    result = solve_folder(inputs, option, inputs.parent / "out", [])
    assert result.exit_code == 0, result.output
    text = (inputs.parent / "out" / "changes.csv").read_text(encoding="utf-8")
    assert text == ROWS.replace(",whole_numbers,,yes,changed\n", "")


def test_without_extends_there_is_nothing_to_list(inputs: Path) -> None:
    result = solve_folder(inputs, inputs.parent / "base.yaml", inputs.parent / "out", [])
    assert result.exit_code == 0, result.output
    with (inputs.parent / "out" / "changes.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["entry", "key", "inherited", "here", "how"]]


def test_steady_intakes_are_among_the_changes(tmp_path: Path) -> None:
    """Proves: another weight and `where` of `steady`, and `steady: none`, are changes like those of `demand`."""
    inputs = write_inputs(tmp_path / "inputs", FULL)
    (tmp_path / "base.yaml").write_text("title: Base\nsteady: {weight: 1, where: {route: degree}}\n")
    option = tmp_path / "option.yaml"
    option.write_text("title: Mine\nextends: base.yaml\nsteady: {weight: 2, where: {route: [degree, reporting]}}\n")
    result = solve_folder(inputs, option, tmp_path / "results")
    assert result.exit_code == 0, result.output
    with (result.folder / "changes.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file))[1:] == [
            ["steady", "weight", "1", "2", "changed"],
            ["steady", "where", "route degree", "route degree or reporting", "changed"],
        ]
    option.write_text("title: Mine\nextends: base.yaml\nsteady: none\n")
    result = solve_folder(inputs, option, tmp_path / "results")
    with (result.folder / "changes.csv").open(encoding="utf-8") as file:
        assert [row[:2] + row[4:] for row in csv.reader(file)][1:] == [
            ["steady", "weight", "taken away"], ["steady", "where", "taken away"]
        ]  # fmt: skip
