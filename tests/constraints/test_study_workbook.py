"""Evidence and options in one workbook, and options filled in by hand: the same bytes as from a folder and YAML."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from tests.conftest import OTHER_NAMES
from tests.constraints.test_option_workbook import BASE, OPTION, assert_same_tables, put
from tests.support.engine import solve_folder
from tests.support.tiny import FULL, write_inputs

OTHER = "title: Other\nextends: base.yaml\nservice_levels: none\ntraining_capacity: [{route: degree, places: 30}]\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small evidence, two options, and the one that both extend."""
    write_inputs(tmp_path / "inputs", FULL)
    for name, text in (("mine", OPTION), ("base", BASE), ("other", OTHER)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_evidence_and_options_become_one_workbook(study: Path) -> None:
    """Proves: what the options extend comes along, and each gives the same tables as its YAML, to the byte."""
    book = study / "all.xlsx"
    done = run("convert", study / "inputs", study / "mine.yaml", study / "other.yaml", book)
    assert done.exit_code == 0, done.output
    assert "the options mine, other, base." in done.output
    for name in ("mine", "other"):
        one = solve_folder(book, book / name, study / f"{name}-book", [])
        two = solve_folder(study / "inputs", study / f"{name}.yaml", study / f"{name}-yaml", [])
        assert (one.exit_code, two.exit_code) == (0, 0), one.output
        for table in ("starts.csv", "limits.csv", "budgets.csv", "changes.csv"):
            assert (one.folder / table).read_bytes() == (two.folder / table).read_bytes(), (name, table)


def test_an_option_of_the_workbook_becomes_a_file_that_extends_a_file(study: Path) -> None:
    book = study / "all.xlsx"
    assert run("convert", study / "inputs", study / "mine.yaml", book).exit_code == 0
    (study / "back").mkdir()
    for name in ("mine", "base"):
        assert run("convert", book / name, study / "back" / f"{name}.yaml").exit_code == 0
    assert_same_tables(study, study / "mine.yaml", study / "back" / "mine.yaml")


def test_lists_of_codes_follow_the_sheets_of_the_evidence(study: Path) -> None:
    book = study / "all.xlsx"
    assert run("convert", study / "inputs", study / "mine.yaml", book).exit_code == 0
    made = openpyxl.load_workbook(book)

    def offered(sheet: str, column: str) -> str:
        (at,) = [cell.column_letter for cell in made[sheet][4] if cell.value == column]
        (rule,) = [
            one for one in made[sheet].data_validations.dataValidation if f"{at}5" in str(one.sqref).split(":")[0]
        ]
        return str(rule.formula1)

    assert offered("training_capacity", "route") == "routes!$A$5:$A$3000"
    assert offered("skill_mix", "role") == "roles!$A$5:$A$3000"
    assert offered("budgets", "budget") == '"outsourcing,pay,training"'
    assert offered("budgets", "option") == '"mine,base"'


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("inputs", "mine.yaml", "sub/mine.yaml", "all.xlsx"), 1, "every option has a name of its own"),
        (("mine.yaml", "other.yaml", "all.xlsx"), 2, "the first is an inputs folder"),
        (("inputs", "mine.yaml", "all.yaml"), 2, "a workbook"),
        (("inputs", "absent.yaml", "all.xlsx"), 1, "no such file"),
    ],
)
def test_what_cannot_be_one_workbook(study: Path, words: tuple[str, ...], code: int, message: str) -> None:
    (study / "sub").mkdir()
    shutil.copyfile(study / "other.yaml", study / "sub" / "mine.yaml")
    shutil.copyfile(study / "base.yaml", study / "sub" / "base.yaml")
    done = run("convert", *(study / word for word in words))
    assert done.exit_code == code, done.output
    assert message in done.output
    assert not (study / "all.xlsx").exists()


def test_sheets_that_look_like_tables_are_not_passed_over_in_silence(study: Path) -> None:
    assert run("convert", study / "inputs", study / "all.xlsx").exit_code == 0
    book = openpyxl.load_workbook(study / "all.xlsx")
    put(book, "demand old", [["x"]])
    put(book, "Sheet1", [["Draft of March"], ["role", "task", "units_per_fte"], ["reporter", "plain_report", 9]])
    put(book, "Notes", [["role", "to ask"]])
    book.save(study / "all.xlsx")
    said = run("check", study / "all.xlsx").output
    assert "the sheet demand old, which was not read though it looks like demand" in said
    assert "the sheet Sheet1, which was not read though it looks like productivity" in said
    assert "Notes" not in said


def test_the_sheet_of_comments_says_that_it_is_not_read(study: Path) -> None:
    """Proves: the comments of settings.yaml come along on a sheet named so that nobody changes a year there."""
    assert run("convert", study / "inputs", study / "all.xlsx").exit_code == 0
    assert "settings.yaml (not read)" in openpyxl.load_workbook(study / "all.xlsx").sheetnames
    assert run("convert", study / "all.xlsx", study / "back").exit_code == 0
    assert (study / "back" / "settings.yaml").read_bytes() == (study / "inputs" / "settings.yaml").read_bytes()


def test_a_sheet_that_is_nearly_a_family_is_a_fault(study: Path) -> None:
    assert run("convert", study / "other.yaml", study / "other.xlsx").exit_code == 0
    book = openpyxl.load_workbook(study / "other.xlsx")
    book["training_capacity"].title = "training capacty"
    book.save(study / "other.xlsx")
    done = run("check", study / "inputs", study / "other.xlsx")
    assert done.exit_code == 1
    assert "training capacty: found the sheet training capacty, which is no family of entries" in done.output


def test_a_copy_of_an_options_workbook_has_comments_too(study: Path) -> None:
    """Proves: --annotate of an option's workbook comments its cell; of two workbooks it needs a folder."""
    assert run("convert", study / "other.yaml", study / "other.xlsx").exit_code == 0
    book = openpyxl.load_workbook(study / "other.xlsx")
    (cell,) = [cell for cell in book["training_capacity"][5] if cell.value == "degree"]
    cell.value = "degre"
    book.save(study / "other.xlsx")
    done = run("check", study / "inputs", study / "other.xlsx", "--annotate", study / "marked.xlsx")
    assert done.exit_code == 1
    marked = openpyxl.load_workbook(study / "marked.xlsx")["training_capacity"][cell.coordinate]
    assert 'Did you mean "degree"?' in marked.comment.text
    assert run("convert", study / "inputs", study / "all.xlsx").exit_code == 0
    words = ("check", study / "all.xlsx", study / "other.xlsx", "--annotate")
    assert run(*words, study / "both.xlsx").exit_code == 2
    assert run(*words, study / "both").exit_code == 1
    assert sorted(path.name for path in (study / "both").iterdir()) == ["all.xlsx", "other.xlsx"]
    assert run("check", study / "inputs", study / "mine.yaml", "--annotate", study / "x.xlsx").exit_code == 2


FILLED = """
title: By hand
set_by: the board
demand: {unmet: priced, price_per_fte: 90000}
budgets: [{budget: training, limit: {2026/27: 1200000, 2028/29: 1350000}, carry_forward: 0.05, prices: cash}]
training_capacity: [{route: degree, places: {ramp: {2026/27: 30, 2029/30: 45}}, each: [area]}]
skill_mix: [{task: plain_report, role: reporter, max_share: 0.45, max_increase: 0.025}]
pace: [{route: degree, max_increase: 0.2, seed: 5}]
limits:
  - {name: few, quantity: starts, where: {route: [degree, reporting]}, at_most: 60, each: [year], from: 2027/28}
"""


def fill(book: Any) -> None:
    """The same typed in as at a screen: per cents and pounds as Excel keeps them, years as new columns."""
    top = {row[0].value: row[1] for row in book["option"].iter_rows(min_row=5)}
    for key, value in (("title", "By hand"), ("set_by", "the board"), ("demand", "priced"), ("price_per_fte", 90000)):
        top[key].value = value
    top["price_per_fte"].number_format = "£#,##0"
    typed: dict[str, list[tuple[str, object, str]]] = {
        "budgets": [("budget", "training", ""), ("limit 2026/27", 1200000, "£#,##0"),
                    ("limit 2028/29", 1350000, "£#,##0"), ("carry_forward", 0.05, "0%"), ("prices", "cash", "")],
        "training_capacity": [("route", "degree", ""), ("places", "ramp", ""), ("places 2026/27", 30, ""),
                              ("places 2029/30", 45, ""), ("each", "area", "")],
        "skill_mix": [("task", "plain_report", ""), ("role", "reporter", ""), ("max_share", 0.45, "0%"),
                      ("max_increase", 0.025, "0.0%")],
        "pace": [("route", "degree", ""), ("max_increase", 0.2, "0%"), ("seed", 5, "")],
        "limits": [("name", "few", ""), ("quantity", "starts", ""), ("where", "route: [degree, reporting]", ""),
                   ("at_most", 60, ""), ("each", "year", ""), ("from", "2027/28", "")],
    }  # fmt: skip
    for name, cells in typed.items():
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[4] if cell.value}
        for head, value, number_format in cells:
            column = heads.setdefault(head, max(heads.values()) + 1)
            sheet.cell(4, column).value = head
            sheet.cell(5, column).value = value
            if number_format:
                sheet.cell(5, column).number_format = number_format


def blank_option(study: Path) -> Path:
    """The option's workbook that `init` makes, filled in."""
    done = run("init", study / "new", "--empty", "--format", "xlsx")
    assert done.exit_code == 0, done.output
    path = study / "new" / "constraints" / "my-option.xlsx"
    book = openpyxl.load_workbook(path)
    fill(book)
    book.save(path)
    (study / "filled.yaml").write_text(FILLED, encoding="utf-8")
    return path


def test_a_blank_option_filled_in_gives_the_bytes_of_its_yaml(study: Path) -> None:
    assert_same_tables(study, study / "filled.yaml", blank_option(study))


@pytest.mark.slow
@pytest.mark.tools("soffice")
def test_so_it_does_when_libreoffice_saves_it(study: Path) -> None:
    """Proves: a blank option filled in and saved by LibreOffice gives the same bytes as its YAML."""
    path = blank_option(study)
    program = next(filter(None, map(shutil.which, OTHER_NAMES["soffice"])))
    profile = f"-env:UserInstallation={(study / 'profile').as_uri()}"
    words = [program, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(study / "saved"), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    assert_same_tables(study, study / "filled.yaml", study / "saved" / path.name)
