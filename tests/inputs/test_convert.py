"""From a folder to a workbook and back is the identity, and results are the same to the byte."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from optimiser.cli import main
from optimiser.inputs.shipped import shipped_examples, shipped_inputs
from optimiser.inputs.write.convert import csv_text, folder_to_workbook, workbook_to_folder
from optimiser.inputs.write.settings_text import comments_of, settings_yaml
from optimiser.inputs.write.workbook import exact_number
from optimiser.text.faults import Faults, FaultsFound
from optimiser.text.sheets import text_of
from tests.support.engine import solve_folder
from tests.support.examples import examples
from tests.support.tiny import FULL, TINY, write_inputs


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def there_and_back(folder: Path, work: Path) -> Path:
    folder_to_workbook(folder, work / "there.xlsx", Faults())
    (work / "back").mkdir()
    workbook_to_folder(work / "there.xlsx", work / "back", Faults())
    return work / "back"


@pytest.mark.parametrize("example", shipped_examples())
def test_every_shipped_example_comes_back_to_the_byte(example: str, tmp_path: Path) -> None:
    """Proves: texts, numbers, order, comments of the settings and the README survive the way there and back."""
    folder = shipped_inputs(example)
    assert contents(there_and_back(folder, tmp_path)) == contents(folder)


def test_the_full_data_set_comes_back_to_the_byte(tmp_path: Path) -> None:
    """£12,000, 20k, 3.5% and 2026/27 are still written so."""
    folder = write_inputs(tmp_path / "inputs", FULL)
    assert contents(there_and_back(folder, tmp_path)) == contents(folder)


TEXTS = st.one_of(
    st.text(alphabet="aZ09 .,;:%£\"'\n\r#=+-@/\\_x\té\u00a0\u2028😀", max_size=12),
    st.sampled_from(["0.10", "1e5", "1E5", "007", "-0", "12%", "TRUE", "=1+1", "_x0041_", "0.30000000000000004", "1.50",
                     "123456789012345678", "nan", "inf", "£1.2m", "2026/27", "#N/A", "'quoted", "http://a"]),
    st.floats(allow_nan=False, allow_infinity=False).map(repr), st.integers().map(str),
)  # fmt: skip


@examples(20)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_whatever_the_cells_hold_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Any text or number at all: it comes back the same, or the conversion says which cell cannot."""
    work = tmp_path_factory.mktemp("convert")
    folder = write_inputs(work / "inputs", TINY)
    given_rows = [("nurse", *row) for row in rows]
    (folder / "roles.csv").write_text(csv_text([("role", "title", "note"), *given_rows]), encoding="utf-8", newline="")
    try:
        back = there_and_back(folder, work)
    except FaultsFound as found:
        codes = {fault.code for fault in found.faults}
    else:
        codes = set()
    assert codes <= {"cannot-carry", "bad-csv"}
    if codes:
        return
    with (back / "roles.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == given_rows


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_stored_as_one_only_where_it_comes_back_exactly(number: float) -> None:
    text = text_of(number)
    held = exact_number(text)
    assert held is None or (text_of(float(f"{held:.16G}")) == text and held == number)


def test_plain_numbers_are_numbers_in_the_workbook(tmp_path: Path) -> None:
    """Proves: a user who sorts or sums the sheet meets numbers, not text."""
    folder_to_workbook(write_inputs(tmp_path / "inputs", FULL), tmp_path / "a.xlsx", Faults())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [book["staff_in_post"][cell].value for cell in ("C4", "C5", "C6")] == ["fte", 40, 20]
    assert book["roles"]["E5"].value == 0.08
    assert book["costs"]["D6"].value == "£12,000"


def test_a_workbook_gives_the_same_results_to_the_byte(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    folder_to_workbook(folder, tmp_path / "inputs.xlsx", Faults())
    option = tmp_path / "option.yaml"
    option.write_text("budgets: [{budget: training, limit: 900e3, prices: cash}]\n", encoding="utf-8")
    results = [
        solve_folder(source, option, tmp_path / name, ["high"])
        for source, name in ((folder, "one"), (tmp_path / "inputs.xlsx", "other"))
    ]
    assert [result.exit_code for result in results] == [0, 0], results[0].output + results[1].output
    tables = [
        {path.relative_to(result.folder): path.read_bytes() for path in sorted(result.folder.rglob("*.csv"))
         if not {"used", "provenance"} & set(path.parts)}
        for result in results
    ]  # fmt: skip
    assert len(tables[0]) > 10
    assert tables[0] == tables[1]
    assert (tmp_path / "other" / "used" / "inputs" / "inputs.xlsx").is_file()
    assert results[1].plan["inputs"] == "used/inputs/inputs.xlsx"


def test_settings_are_written_with_their_comments() -> None:
    text = settings_yaml(
        [("title", "A: b # c"), ("first_year", "2026"), ("inflation", "{2025: 0.02}"), ("currency", "")],
        {"first_year": "published: the plan"},
    )
    assert text == 'title: "A: b # c"\nfirst_year: 2026  # published: the plan\ninflation: {2025: 0.02}\ncurrency:\n'
    assert comments_of(text) == {"first_year": "published: the plan"}
    assert comments_of("a: 'x # y' # z\nb: 1 #\n# c: 2\n  d: 3 # e\n") == {"a": "z"}


def test_changed_settings_are_written_anew(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", FULL)
    folder_to_workbook(folder, tmp_path / "a.xlsx", Faults())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["settings"]["B7"] = 2031
    book["settings"]["C7"] = "assumed: two years more"
    book.save(tmp_path / "b.xlsx")
    assert run("convert", tmp_path / "b.xlsx", tmp_path / "back").exit_code == 0
    text = (tmp_path / "back" / "settings.yaml").read_text(encoding="utf-8")
    assert "last_year: 2031  # assumed: two years more\n" in text
    assert "inflation: {2025: 0.03, 2026: 0.02}\n" in text


def test_convert_says_what_it_leaves_behind(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    (folder / "letter.docx").write_bytes(b"x")
    done = run("convert", folder, tmp_path / "a.xlsx")
    assert done.exit_code == 0
    assert "8 tables" not in done.output
    assert "the settings and 7 tables, 7 rows." in done.output
    assert "Left behind, because they are no part of the inputs: letter.docx." in done.output
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.create_sheet("My notes")["A1"] = "text"
    book.save(tmp_path / "b.xlsx")
    assert "Left behind, because they are no part of the inputs: My notes." in run(
        "convert", tmp_path / "b.xlsx", tmp_path / "back").output  # fmt: skip


def test_convert_overwrites_nothing(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY)
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"mine")
    done = run("convert", folder, target)
    assert (done.exit_code, target.read_bytes()) == (5, b"mine")
    assert "is there already, and nothing is overwritten" in done.output
    assert run("convert", folder, tmp_path / "b.xlsx").exit_code == 0
    before = contents(folder)
    assert run("convert", tmp_path / "b.xlsx", folder).exit_code == 5
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx", "inputs"]


@pytest.mark.parametrize(("source", "target"), [("a", "b"), ("a.xlsx", "b.xlsx"), ("a", "b.xlsm")])
def test_convert_needs_one_of_each(source: str, target: str, tmp_path: Path) -> None:
    assert run("convert", tmp_path / source, tmp_path / target).exit_code == 2


def test_convert_of_what_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    assert run("convert", tmp_path / "gone", tmp_path / "a.xlsx").exit_code == 1
    (tmp_path / "bad.xlsx").write_bytes(b"x")
    assert run("convert", tmp_path / "bad.xlsx", tmp_path / "back").exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bad.xlsx"]


def test_a_text_too_long_for_a_cell_is_a_fault(tmp_path: Path) -> None:
    folder = write_inputs(tmp_path / "inputs", TINY, tasks=f"task,title,unit\nvisit,{'x' * 40_000},visits\n")
    done = run("convert", folder, tmp_path / "a.xlsx")
    assert done.exit_code == 1
    assert "tasks.csv" in done.output
    assert "line 2, column title" in done.output
    assert "would not come back the same" in done.output
    assert not (tmp_path / "a.xlsx").exists()
