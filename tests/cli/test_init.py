"""`init` lays out a place to work in: examples with their constraints, or templates made from the declarations."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from optimiser.constraints.schema import FILE
from optimiser.inputs.declare.tables import ANYWHERE, SETTINGS, TABLES
from optimiser.inputs.shipped import (
    constraints_notes,
    shipped_constraints,
    shipped_examples,
    shipped_folder,
    shipped_inputs,
)
from tests.support.tiny import change

WILLIAMS = "williams"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("example", shipped_examples())
def test_an_example_comes_with_its_constraints(example: str, tmp_path: Path) -> None:
    """Proves: inputs and constraints are those that are shipped, and what it says to run next is there."""
    done = run("init", tmp_path / "mine", "--example", example)
    assert done.exit_code == 0, done.output
    for path in shipped_inputs(example).iterdir():
        assert (tmp_path / "mine" / "inputs" / example / path.name).read_bytes() == path.read_bytes()
    for path in shipped_constraints(example):
        copy = tmp_path / "mine" / "constraints" / path.relative_to(shipped_folder("constraints"))
        assert copy.read_bytes() == path.read_bytes()
    notes = constraints_notes(example)
    assert notes
    for path in notes:
        copy = tmp_path / "mine" / "constraints" / path.relative_to(shipped_folder("constraints"))
        assert copy.read_bytes() == path.read_bytes()
    assert json.loads((tmp_path / "mine" / "constraints" / FILE).read_text(encoding="utf-8"))["properties"]["budgets"]
    words = done.output.splitlines()[-1].removeprefix("Now run: optimiser ").split()
    assert words[0] == "solve"
    assert run("check", *words[1:]).exit_code == 0


def test_the_example_is_england_unless_another_is_named(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine").exit_code == 0
    assert (tmp_path / "mine" / "inputs" / "england" / "roles.csv").is_file()


def test_an_example_as_a_workbook_gives_the_same_plan(tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        assert run("init", tmp_path / kind, "--example", WILLIAMS, "--format", kind).exit_code == 0
    assert files(tmp_path / "xlsx" / "inputs") == ["williams.xlsx"]
    costs = {}
    for kind, inputs in (("csv", "williams"), ("xlsx", "williams.xlsx")):
        option = tmp_path / kind / "constraints" / WILLIAMS / "least-cost.yaml"
        done = run("solve", tmp_path / kind / "inputs" / inputs, option, "--out", tmp_path / "out" / kind)
        assert done.exit_code == 0, done.output
        costs[kind] = (tmp_path / "out" / kind / "spend.csv").read_bytes()
    assert costs["csv"] == costs["xlsx"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    assert run("init", tmp_path, "--example", WILLIAMS).exit_code == 0
    mine = tmp_path / "inputs" / WILLIAMS / "roles.csv"
    mine.write_text("mine", encoding="utf-8")
    (tmp_path / "inputs" / WILLIAMS / "tasks.csv").unlink()
    before = files(tmp_path)
    done = run("init", tmp_path, "--example", WILLIAMS)
    assert done.exit_code == 5
    assert "nothing is overwritten" in done.output
    assert (mine.read_text(encoding="utf-8"), files(tmp_path)) == ("mine", before)


def test_an_unknown_example_and_a_contradiction_are_wrong_usage(tmp_path: Path) -> None:
    done = run("init", tmp_path / "mine", "--example", "willams")
    assert (done.exit_code, 'Did you mean "williams"?' in done.output) == (2, True)
    assert run("init", tmp_path / "mine", "--example", WILLIAMS, "--empty").exit_code == 2
    assert not (tmp_path / "mine").exists()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("init", tmp_path / "file" / "mine", "--empty").exit_code == 5


def test_blank_csv_templates_have_every_column_and_key(tmp_path: Path) -> None:
    assert run("init", tmp_path, "--empty").exit_code == 0
    for name, table in TABLES.items():
        if name != "areas":
            with (tmp_path / "inputs" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert list(csv.reader(file)) == [[column.name for column in (*table.columns, *ANYWHERE)]]
    text = (tmp_path / "inputs" / "settings.yaml").read_text(encoding="utf-8")
    assert all(f"\n{column.name}:\n" in f"\n{text}" and column.help in text for column in SETTINGS)


def test_a_blank_folder_needs_nothing_but_figures(tmp_path: Path) -> None:
    """Proves: what check asks for is all there is to fill in; tables without rows do no harm."""
    assert run("init", tmp_path, "--empty").exit_code == 0
    inputs, option = tmp_path / "inputs", tmp_path / "constraints" / "option.yaml"
    done = run("check", inputs, option)
    assert done.exit_code == 1
    assert "5 faults" in done.output
    for key, value in (("first_year", "2026"), ("last_year", "2028"), ("discount_rate", "3.5%")):
        change(inputs, "settings.yaml", f"\n{key}:\n", f"\n{key}: {value}\n")
    rows = {"roles": "nurse,Nurse,,,0.1,,,", "staff_in_post": ",nurse,10,,", "tasks": "visit,Visit,visits,,,,,",
            "demand": ",visit,2026,100,,,", "productivity": "nurse,visit,10,,,,"}  # fmt: skip
    for name, row in rows.items():
        with (inputs / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")
    assert run("solve", inputs, option, "--out", tmp_path / "out").exit_code == 0


def test_the_blank_workbook_helps_whoever_fills_it_in(tmp_path: Path) -> None:
    """Proves: units above the headers, a message on every column, lists of codes that point at the right cells."""
    assert run("init", tmp_path, "--empty", "--format", "xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "inputs" / "inputs.xlsx")
    assert book.sheetnames == ["read me", "settings", *TABLES]
    for name, table in TABLES.items():
        sheet = book[name]
        columns = (*table.columns, *ANYWHERE)
        assert [cell.value for cell in sheet[4]] == [column.name for column in columns]
        assert [cell.value or "" for cell in sheet[3]][: len(columns)] == [column.unit for column in columns]
        rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in sheet.data_validations.dataValidation}
        for at, column in enumerate(columns, 1):
            assert rules[at].promptTitle == column.name
            assert column.help[:80] in rules[at].prompt
            assert (rules[at].type == "list") == bool(column.choices or column.refers or column.refers_by)
    formula = {
        (name, rule.promptTitle): rule.formula1
        for name in TABLES
        for rule in book[name].data_validations.dataValidation
    }
    assert formula["routes", "to_role"] == "roles!$A$5:$A$3000"
    assert formula["care", "group"] == "patients!$B$5:$B$3000"
    assert formula["routes", "non_completers"] == '"return,leave"'
    assert formula["costs", "item"].startswith(
        'IF(OR($C5="start",$C5="trainee-year",$C5="joiner"),routes!$A$5:$A$3000,'
    )
    assert formula["costs", "item"].endswith("tasks!$A$5:$A$3000)))")
