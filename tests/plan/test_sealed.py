"""A report or a problem file replaces an earlier one of ours that nobody changed, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import optimiser as wo
from benchmarks.generator import write_case
from optimiser.cli import main
from optimiser.errors import CannotWrite
from optimiser.plan.sealed import is_sealed, refuse_others, sealed_package, sealed_text
from tests.studies.calls import SMALL


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs, option.yaml, inputs.xlsx and the results of a solve."""
    folder = tmp_path_factory.mktemp("study")
    inputs, option = map(str, write_case(folder, SMALL))
    assert CliRunner().invoke(main, ["solve", inputs, option, "--out", str(folder / "res")]).exit_code == 0
    assert CliRunner().invoke(main, ["convert", inputs, str(folder / "inputs.xlsx")]).exit_code == 0
    return folder


def words(study: Path, out: Path) -> list[str]:
    if out.suffix in (".lp", ".mps"):
        case = [str(study / "inputs"), str(study / "option.yaml"), "--out", str(study / "res")]
        return ["solve", *case, f"--write-{out.suffix[1:]}", str(out)]
    return ["report", str(study / "res"), "--out", str(out)]


@pytest.mark.parametrize("ending", [".html", ".xlsx", ".docx", ".lp", ".mps"])
def test_twice_is_fine_and_a_users_file_stays(study: Path, tmp_path: Path, ending: str) -> None:
    """Proves: the same command twice works; one byte changed, or a file of the user's, is exit 5 and stays.

    Sensitivity: by its name alone the thesis, or the board paper with a week's edits, would be replaced.
    """
    out = tmp_path / f"out{ending}"
    assert CliRunner().invoke(main, words(study, out), catch_exceptions=False).exit_code == 0
    first = out.read_bytes()
    assert is_sealed(out)
    assert CliRunner().invoke(main, words(study, out), catch_exceptions=False).exit_code == 0
    half = len(first) // 2
    for mine in (first[:half] + bytes([first[half] ^ 1]) + first[half + 1 :], b"my thesis\n"):
        out.write_bytes(mine)
        done = CliRunner().invoke(main, words(study, out), catch_exceptions=False)
        assert (done.exit_code, out.read_bytes() == mine) == (5, True), done.output
        assert f"{out} is there already, and only a file that the optimiser wrote, unchanged since" in done.stderr
    out.write_bytes(b"")
    assert CliRunner().invoke(main, words(study, out), catch_exceptions=False).exit_code == 0


def test_the_evidence_is_no_report(study: Path) -> None:
    """Proves: a workbook of inputs, which the optimiser made and somebody fills in, is not replaced by a report."""
    before = (study / "inputs.xlsx").read_bytes()
    done = CliRunner().invoke(main, words(study, study / "inputs.xlsx"), catch_exceptions=False)
    assert (done.exit_code, (study / "inputs.xlsx").read_bytes() == before) == (5, True)


def test_a_workbook_saved_again_by_another_program_is_the_users(study: Path, tmp_path: Path) -> None:
    """Proves: whoever saves the report in a spreadsheet program makes it their own, whatever its properties say."""
    out = tmp_path / "out.xlsx"
    assert CliRunner().invoke(main, words(study, out), catch_exceptions=False).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert "made by the workforce optimiser" in book.properties.identifier
    book.save(out)
    assert not is_sealed(out)


def test_python_asks_the_same(study: Path, tmp_path: Path) -> None:
    """Proves: write_lp from Python replaces its own file and raises CannotWrite for another; the file can be read."""
    model, path = wo.read(study / "inputs", study / "option.yaml"), tmp_path / "a.lp"
    assert model.write_lp(model.write_lp(path)) == path
    path.write_text(path.read_text(encoding="utf-8").replace("workforce", "mine", 1), encoding="utf-8")
    with pytest.raises(CannotWrite, match="is there already"):
        model.write_lp(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"PK", b"PK\x03\x04" + b"\0" * 40, b"a\nb", b"\xff" * 500])
def test_what_is_not_sealed(tmp_path: Path, content: bytes) -> None:
    """Proves: no content makes the question fail; only the whole sealed text is ours, not a part of it."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not is_sealed(path)
    path.write_bytes(sealed_text(content, b"<!--", b"-->"))
    assert is_sealed(path) is not content.startswith(b"PK")
    path.write_bytes(path.read_bytes() + b"more\n")
    assert not is_sealed(path)


def test_the_seal_takes_the_place_of_an_identifier(tmp_path: Path) -> None:
    """Proves: a template's own identifier makes no second one, which Word would not open."""
    made = tmp_path / "a.docx"
    with zipfile.ZipFile(made, "w") as package:
        said = "<cp:coreProperties><dc:identifier>x</dc:identifier></cp:coreProperties>"
        package.writestr("docProps/core.xml", said)
    made.write_bytes(sealed_package(made.read_bytes()))
    with zipfile.ZipFile(made) as package:
        assert package.read("docProps/core.xml").count(b"<dc:identifier>") == 1
    assert is_sealed(made)


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    """Proves: a folder is named as one; what is no file at all (a link to a device) is not replaced."""
    with pytest.raises(CannotWrite, match="is a folder"):
        refuse_others(tmp_path)
    (tmp_path / "null").symlink_to("/dev/null")
    with pytest.raises(CannotWrite, match="is there already"):
        refuse_others(tmp_path / "null")
