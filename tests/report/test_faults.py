"""What is wrong with the results, or with where the report should go: one message, and nothing half done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.report import results


def copied(plan: Path, tmp_path: Path) -> Path:
    shutil.copytree(plan, tmp_path / "copy")
    return tmp_path / "copy"


def test_every_fault_of_every_folder_at_once(plans: list[Path], tmp_path: Path) -> None:
    """Proves: a folder that is none, one without a table and one that is no JSON are all named in one message."""
    broken = copied(plans[0], tmp_path)
    (broken / "spend.csv").unlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "plan.json").write_text("{", encoding="utf-8")
    out = tmp_path / "page.html"
    done = results.run(tmp_path / "nowhere", broken, other, "--out", out)
    assert done.exit_code == 1
    for part in ("nowhere", "spend.csv", "Found no such file", "other", "JSON", "3 faults to mend"):
        assert part in done.output, part
    assert not out.exists()


def test_a_number_that_is_none_is_named_by_line_and_column(plans: list[Path], tmp_path: Path) -> None:
    broken = copied(plans[0], tmp_path)
    lines = (broken / "demand.csv").read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("unmet_fte")
    cells = lines[4].split(",")
    cells[place] = "1,2OO".replace(",", "")
    (broken / "demand.csv").write_text("\n".join([*lines[:4], ",".join(cells), *lines[5:]]) + "\n", encoding="utf-8")
    done = results.run(broken, "--out", tmp_path / "page.html")
    assert done.exit_code == 1
    assert 'line 5, column unmet_fte: found "12OO", expected a number' in done.output


@pytest.mark.parametrize("content", ["", "a,b\n1\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table(tmp_path: Path, content: str | bytes) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "steps.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    done = results.run(folder, "--out", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "steps.csv" in done.output
    assert "Traceback" not in done.output


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    folder = results.write(tmp_path / "many", tornado="assumption,low,high\ngrowth,1,2")
    done = results.run(folder, "--out", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "tornado.csv" in done.output
    assert "a column unmet_low" in done.output


def test_an_option_to_recommend_that_is_not_there(plans: list[Path], tmp_path: Path) -> None:
    done = results.run(*plans, "--recommend", "Expanson", "--out", tmp_path / "page.html")
    assert done.exit_code == 1
    assert 'Did you mean "Expansion"?' in done.output


def test_a_template_that_is_none(plans: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "template.docx"
    bad.write_text("no document", encoding="utf-8")
    done = results.run(plans[0], "--out", tmp_path / "paper.docx", "--template", bad)
    assert done.exit_code == 1
    assert "template.docx" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "arguments", [["--out", "page.pdf"], ["--out", "page.html", "--template", "own.docx"], []], ids=str
)  # fmt: skip
def test_wrong_usage(plans: list[Path], arguments: list[str], tmp_path: Path) -> None:
    folders = plans[:1] if arguments else []
    assert results.run(*folders, *arguments).exit_code == 2


def test_a_place_that_cannot_be_written(plans: list[Path], tmp_path: Path) -> None:
    """Proves: exit 5 before any work, with a sentence, and an earlier report stays."""
    (tmp_path / "folder.html").mkdir()
    for out in (tmp_path / "folder.html", tmp_path / "nowhere" / "page.html"):
        done = results.run(plans[0], "--out", out)
        assert done.exit_code == 5
        assert "Name" in done.output or "name" in done.output


def test_an_earlier_report_stays_whole_when_the_results_have_faults(plans: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("earlier", encoding="utf-8")
    assert results.run(tmp_path / "nowhere", "--out", out).exit_code == 1
    assert out.read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_progress_goes_to_stderr_and_the_answer_to_stdout(plans: list[Path], tmp_path: Path) -> None:
    done = results.run(plans[1], "--out", tmp_path / "page.html")
    assert "drawing: demand" in done.stderr
    assert "drawing" not in done.stdout
    assert done.stdout.startswith(str(tmp_path / "page.html"))
