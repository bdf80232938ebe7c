"""Options in a workbook: the same option as its YAML, several in one book, faults on their cells, and back again."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from optimiser.cli import main
from optimiser.cli.scaffold import convert_option
from optimiser.constraints.option import read_policy
from optimiser.constraints.policy import Policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.shipped import shipped_constraints, shipped_examples, shipped_inputs
from optimiser.text.faults import Faults, Place
from tests.conftest import OTHER_NAMES
from tests.oracle.cases import make_case, write_case
from tests.support.engine import solve_folder
from tests.support.examples import seeds
from tests.support.tiny import FULL, write_inputs

OPTION = """title: Mine
extends: base.yaml
set_by: the "board"
reference: '[draft] minutes of March'
priorities: none
whole_numbers: no
demand: {unmet: priced, price_per_fte: 90_000, tiers: [{up_to: 0.05, weight: 1}, {weight: 4}], note: agreed}
budgets:
  - {budget: training, limit: {times: {2026/27: 1.2, 2028/29: 1.1}}, carry_forward: none, note: "none"}
  - {budget: outsourcing, total: 600e6}
training_capacity:
  - {route: [degree, reporting], places: {ramp: {2026: 50, 2029: 80}}, each: [area]}
pace:
  - {name: "slow, steady", route: degree, max_increase: {plus: 0.1}, max_decrease: 20%}
service_levels: none
limits:
  - {name: few, quantity: starts, where: {route: [degree, reporting]}, at_most: 900, each: []}
  - {name: share, quantity: joiners, at_most: 0.9, of: {quantity: staff, where: {role: radiographer}}, from: 2027}
"""
BASE = """title: Base
priorities: [unmet, {quantity: starts, where: {route: degree}}, cost]
budgets: [{budget: training, limit: 5e6, carry_forward: 0.1}]
pace: [{name: "slow, steady", route: degree, max_increase: 0.5, seed: 3}]
service_levels: [{task: plain_report, at_least: 0.1}]
"""


def meant(policy: Policy) -> list[object]:
    """Everything an option means, without where it is written."""
    limits = [replace(limit, place=Place()) for limit in policy.limits]
    entries = [(one.name, one.family, one.set_by, one.reference, dict(one.values)) for one in policy.entries]
    rest = [policy.unmet, policy.price_per_fte, policy.tiers, policy.priorities, policy.carries, policy.cohorts]
    return [policy.title, *rest, policy.whole_numbers, limits, entries]


def both_ways(option: Path) -> tuple[Path, Path]:
    """The option as a workbook beside it, and as YAML made of that."""
    book, back = option.with_suffix(".xlsx"), option.with_name(f"{option.stem}-back.yaml")
    assert convert_option(option, book, Faults()) == convert_option(book, back, Faults())
    return book, back


def put(book: Any, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """A sheet of its own with these rows."""
    made = book.create_sheet(sheet)
    for row in rows:
        made.append(row)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small evidence, and the two options beside it."""
    write_inputs(tmp_path / "inputs", FULL)
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(OPTION, encoding="utf-8")
    return tmp_path


def test_every_form_goes_both_ways(folder: Path) -> None:
    """Proves: relative values, ramps, years, lists, tiers, `none` as a word and as a removal mean the same."""
    evidence = read_evidence(folder / "inputs", (), Faults())
    book, back = both_ways(folder / "mine.yaml")
    first = meant(read_policy(folder / "mine.yaml", evidence))
    assert meant(read_policy(book, evidence)) == first
    assert meant(read_policy(back, evidence)) == first


def test_a_value_by_year_has_a_column_for_each_year(folder: Path) -> None:
    book, _ = both_ways(folder / "mine.yaml")
    sheet = openpyxl.load_workbook(book)["budgets"]
    heads = [cell.value for cell in sheet[4]]
    row = {head: cell.value for head, cell in zip(heads, sheet[5], strict=True)}
    shown = {key: row[key] for key in ("budget", "limit", "limit 2026/27", "limit 2028/29", "carry_forward", "note")}
    assert shown == {
        "budget": "training", "limit": "times", "limit 2026/27": 1.2, "limit 2028/29": 1.1, "carry_forward": "none",
        "note": '"none"',
    }  # fmt: skip


@pytest.mark.parametrize("example", shipped_examples())
def test_shipped_options_mean_the_same(example: str, tmp_path: Path) -> None:
    evidence = read_evidence(shipped_inputs(example), (), Faults())
    for option in shipped_constraints(example):
        shutil.copyfile(option, tmp_path / option.name)
    for option in shipped_constraints(example):
        first = meant(read_policy(tmp_path / option.name, evidence))
        for other in both_ways(tmp_path / option.name):
            assert meant(read_policy(other, evidence)) == first, option.name


@pytest.mark.parametrize("seed", seeds(range(30), quick=10))
def test_random_options_mean_the_same(seed: int, tmp_path: Path) -> None:
    """Proves: convert loses nothing of what the oracle's random options hold, overrides included."""
    case = make_case(random.Random(1000 + seed))
    inputs, option = write_case(case, tmp_path)[:2]
    evidence = read_evidence(inputs, (), Faults())
    first = meant(read_policy(option, evidence))
    for other in both_ways(option):
        assert meant(read_policy(other, evidence)) == first


def test_a_workbook_gives_the_same_tables_to_the_byte(folder: Path) -> None:
    book, _ = both_ways(folder / "mine.yaml")
    assert_same_tables(folder, folder / "mine.yaml", book)


def assert_same_tables(folder: Path, one: Path, other: Path) -> None:
    """The same CSV files from two options, those that name lines or cells apart; and the audit confirms the second."""
    outs = (folder / "one", folder / "two")
    for option, out in zip((one, other), outs, strict=True):
        shutil.rmtree(out, ignore_errors=True)
        result = solve_folder(folder / "inputs", option, out, [])
        assert result.exit_code == 0, result.output
    names = sorted(path.relative_to(outs[0]) for path in outs[0].rglob("*.csv") if "used" not in path.parts)
    assert Path("changes.csv") in names
    for name in names:
        if "provenance" not in name.parts:
            assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes(), name
    assert CliRunner().invoke(main, ["audit", str(outs[1])]).exit_code == 0


def several(folder: Path, change: Mapping[str, object] | None = None) -> Path:
    """One workbook with two options, one of which extends the other."""
    book = openpyxl.Workbook()
    put(book, "Option", [
        ["key", "rules", "mine", "note"],
        ["title", "Rules", "Mine", "read"],
        ["extends", None, "rules", None],
        ["tiers", None, "{up_to: 0.1, weight: 1}, {weight: 2}", None],
        ["pace", None, "none", None],
    ])  # fmt: skip
    put(book, "Budgets", [
        ["option", "budget", "limit", "limit 2026/27", "limit 2028/29"],
        ["rules", "training", 5e6, None, None],
        ["mine", "training", "plus ramp", 0, 4e5],
    ])  # fmt: skip
    put(book, "pace", [["option", "name", "route", "max increase"], ["rules", "slow", "degree", "20%"]])
    for at, value in (change or {}).items():
        sheet, cell = at.split("!")
        book[sheet][cell] = value
    book.save(folder / "options.xlsx")
    return folder / "options.xlsx"


def test_one_workbook_holds_several_options(folder: Path) -> None:
    evidence = read_evidence(folder / "inputs", (), Faults())
    book = several(folder)
    rules, mine = read_policy(book / "rules", evidence), read_policy(book / "mine", evidence)
    assert [(one.name, sorted(one.values)) for one in rules.entries] == [
        ("budgets training", ["budget", "limit"]),
        ("slow", ["max_increase", "route"]),
    ]
    (budget,) = mine.entries
    assert [budget.values["limit"].at(year) for year in (2026, 2027, 2028, 2029)] == [5e6, 5.2e6, 5.4e6, 5.4e6]
    assert mine.files == (book,)
    assert len(mine.tiers) == 2


def test_an_option_of_several_is_solved_audited_and_compared_by_its_name(folder: Path) -> None:
    book = several(folder)
    result = solve_folder(folder / "inputs", book / "mine", folder / "out", [])
    assert result.exit_code == 0, result.output
    assert '"constraints": "used/constraints/options.xlsx/mine"' in (folder / "out" / "plan.json").read_text("utf-8")
    run = CliRunner().invoke(main, ["audit", str(folder / "out")])
    assert run.exit_code == 0, run.output
    yaml_option = folder / "child.yaml"
    yaml_option.write_text("extends: options.xlsx/mine\nbudgets: [{budget: training, limit: {times: 2}}]\n", "utf-8")
    words = ["compare", str(folder / "inputs"), str(book / "rules"), str(book / "mine"), str(yaml_option)]
    run = CliRunner().invoke(main, [*words, "--out", str(folder / "cmp")])
    assert run.exit_code == 0, run.output
    points = (folder / "cmp" / "points.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in points] == ["option", "rules", "mine", "child"]


def test_evidence_and_options_share_a_workbook(folder: Path) -> None:
    """Proves: the sheets of one are passed over by the other; the same bytes as from a folder and YAML."""
    run = CliRunner().invoke(main, ["convert", str(folder / "inputs"), str(folder / "all.xlsx")])
    assert run.exit_code == 0, run.output
    option, _ = both_ways(folder / "mine.yaml")
    book, source = openpyxl.load_workbook(folder / "all.xlsx"), openpyxl.load_workbook(option)
    for sheet in source.worksheets:
        put(book, sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()])
    book.save(folder / "all.xlsx")
    result = solve_folder(folder / "all.xlsx", folder / "all.xlsx", folder / "out", [])
    assert result.exit_code == 0, result.output
    result = solve_folder(folder / "inputs", folder / "mine.yaml", folder / "one", [])
    for name in ("starts.csv", "limits.csv", "demand.csv", "changes.csv"):
        assert (folder / "out" / name).read_bytes() == (folder / "one" / name).read_bytes()


@pytest.mark.parametrize(
    ("change", "option", "message"),
    [
        ({"Budgets!E3": "1,1O"}, "mine", 'Budgets!E3: found "1,1O", expected a number. Remove the letter O.'),
        ({"Budgets!A3": "mien"}, "mine",
         'Budgets!A3: found "mien", expected an option of the workbook. Did you mean "mine"?'),
        ({"Budgets!B2": "trainin"}, "rules", 'Budgets!B2: found "trainin", expected a budget'),
        ({"Budgets!C3": "twice"}, "mine", 'Budgets!C3: found "twice" beside values by year, expected nothing, or ramp'),
        ({"pace!C1": "rout"}, "rules", 'pace!C2: found the key "rout", expected a known key. Did you mean "route"?'),
        ({"pace!C2": "degree, degre"}, "rules", 'pace!C2: found "degre", expected a route. Did you mean "degree"?'),
        ({"Option!C4": "[{up_to"}, "mine", "Option!C4: YAML that cannot be read"),
        ({"Option!A4": "title"}, "mine", 'Option!A4: found the key "title" a second time'),
        ({}, "", "found the options rules, mine, expected one option. Name one, as in"),
        ({}, "mien", 'found "mien", expected an option of the workbook. Did you mean "mine"?'),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell(folder: Path, change: Mapping[str, object], option: str, message: str) -> None:
    book = several(folder, change)
    run = CliRunner().invoke(main, ["check", str(folder / "inputs"), str(book / option)])
    assert run.exit_code == 1
    assert message.lower() in run.output.lower()


def test_a_workbook_without_an_option_is_said(folder: Path) -> None:
    openpyxl.Workbook().save(folder / "empty.xlsx")
    run = CliRunner().invoke(main, ["check", str(folder / "inputs"), str(folder / "empty.xlsx")])
    assert run.exit_code == 1
    assert "[no-option]" in run.output


def test_provenance_leads_to_the_cell(folder: Path) -> None:
    result = solve_folder(folder / "inputs", several(folder) / "mine", folder / "out", [])
    assert result.exit_code == 0, result.output
    text = (folder / "out" / "provenance" / "index.csv").read_text("utf-8")
    assert "budgets,budgets training,used/constraints/options.xlsx,Budgets!3,policy" in text


def test_init_makes_an_option_to_fill_in(tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "plan"), "--example", "west-yorkshire-and-harrogate", "--format", "xlsx"]
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 0, run.output
    book = tmp_path / "plan" / "constraints" / "my-option.xlsx"
    inputs = tmp_path / "plan" / "inputs" / "west-yorkshire-and-harrogate.xlsx"
    evidence = read_evidence(inputs, (), Faults())
    policy = read_policy(book, evidence)
    assert policy.title == "My option"
    assert len(policy.files) > 1
    assert policy.changes == ()


@pytest.mark.slow
@pytest.mark.tools("soffice")
def test_libreoffice_saves_it_as_it_was(folder: Path) -> None:
    """Proves: an option that another program opened and saved gives the same bytes as its YAML."""
    book, _ = both_ways(folder / "mine.yaml")
    program = next(filter(None, map(shutil.which, OTHER_NAMES["soffice"])))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [program, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(book)]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    shutil.copyfile(folder / "saved" / book.name, folder / "again.xlsx")
    assert_same_tables(folder, folder / "mine.yaml", folder / "again.xlsx")
