"""One command from options to a board: what it writes, what it says of options without a plan, and how it goes on."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from optimiser.inputs.shipped import shipped_constraints, shipped_inputs

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "example"
INPUTS = EXAMPLE / "inputs"
OPTIONS = tuple(EXAMPLE / f"{name}.yaml" for name in ("option", "too-little", "more"))
FUTURES = ("--scenario", "none", "--scenario", "high")


def run(*words: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as a user calls it; the exit code is as expected."""
    done = subprocess.run(
        [sys.executable, "-m", "optimiser", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == expect, done.stderr
    return done


def summary(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return content


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("made") / "board"
    return folder, run("appraise", INPUTS, *OPTIONS, *FUTURES, "--recommend", "More", "--out", folder, "--json")


@pytest.fixture(scope="module")
def folder(made: tuple[Path, object]) -> Path:
    return made[0]


def test_everything_is_in_one_folder_and_in_its_summary(folder: Path) -> None:
    found = summary(folder)
    assert found["finished"] is True
    steps = {(one["step"], one["option"], one["scenario"]): one for one in found["steps"]}
    assert {step for step, _, _ in steps} == {
        "solve", "audit", "compare", "robust", "sweep", "tornado", "explain", "report"
    }  # fmt: skip
    assert steps["solve", "more", "high"]["exit_code"] == 0
    assert steps["sweep", "more", "none"]["detail"]["budget"] == "budgets training"
    for one in steps.values():
        assert one["seconds"] >= 0
        assert all((folder / name).exists() for name in one["files"]), one
    assert found["in_detail"] == "plans/more"
    assert found["recommended"] == "more"


def test_an_option_without_a_plan_is_named_with_what_clashes_and_stops_nothing(folder: Path) -> None:
    """Proves: exit code 3 is its own, the appraisal's is 0; Sensitivity: the fixture would have failed with 3."""
    lost = [one for one in summary(folder)["steps"] if one["step"] == "solve" and one["option"] == "too-little"]
    assert [(one["status"], one["exit_code"]) for one in lost] == [("no plan", 3)] * 2
    assert "service_levels report" in lost[0]["detail"]["clash"]
    record = json.loads((folder / "plans" / "too-little" / "plan.json").read_text(encoding="utf-8"))
    assert record["status"] == "infeasible"


def test_a_plan_is_the_one_that_solve_writes(folder: Path, tmp_path: Path) -> None:
    """Proves: every CSV of a plan, under a scenario too, has the bytes that `solve` gives it."""
    run("solve", INPUTS, OPTIONS[2], "--scenario", "high", "--out", tmp_path / "alone")
    names = [path.relative_to(tmp_path / "alone") for path in (tmp_path / "alone").rglob("*.csv")]
    assert len(names) > 10
    for name in names:
        assert (folder / "plans" / "more-high" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes(), name


def test_the_comparison_has_the_figures_of_the_plans(folder: Path) -> None:
    """Proves: nothing is solved a second time for it: its totals are those of plan.json, however summed."""
    compared = {(one["keys"], one["point"]): float(one["value"]) for one in rows(folder / "compare" / "tables.csv")}
    for name in ("option", "more", "option-high", "more-high"):
        record = json.loads((folder / "plans" / name / "plan.json").read_text(encoding="utf-8"))
        point = name.replace("-high", " high") if "high" in name else f"{name} none"
        assert compared["unmet=fte_years", point] == approx(record["unmet_fte_years"], rel=1e-12, abs=1e-9)
        assert compared["cost=discounted", point] == approx(record["cost"]["discounted"], rel=1e-12)


def test_json_is_one_object_and_progress_is_plain_lines(made: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = made
    assert json.loads(done.stdout)["results"] == str(folder)
    assert "more high: solved and audited" in done.stderr
    assert " left\n" in done.stderr
    assert "\r" not in done.stderr


def test_the_paper_recommends_what_was_named_without_a_word_to_the_analyst(folder: Path) -> None:
    import docx

    paper = docx.Document(str(folder / "report.docx"))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert text.startswith("Recommended: Half as much again")
    for word in ("Run ", "optimiser audit", "optimiser solve", "Solve ", "Say where", "name several"):
        assert word not in text, word
    assert all(len(table.rows) > 1 for table in paper.tables)
    assert "Nine in ten reports on half the places" in text


def test_the_audits_are_in_one_file(folder: Path) -> None:
    found = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert set(found) == {"plans/option", "plans/option-high", "plans/more", "plans/more-high"}
    assert all(one["passed"] for one in found.values())


def test_report_takes_the_folder_as_it_is(folder: Path, tmp_path: Path) -> None:
    """Proves: one folder is enough, and without a name the options stand side by side."""
    page = tmp_path / "page.html"
    run("report", folder, "--out", page)
    text = page.read_text(encoding="utf-8")
    assert '<h1 id="decision-h">2 options side by side</h1>' in text
    assert "Recommended:" not in text
    assert "In detail, as an example and not as a recommendation: “Half as much again”." in text


def test_faults_of_every_file_come_before_anything_is_solved(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("title: One\nbudgets: [{budget: trainig, limit: 1}]\n", encoding="utf-8")
    two.write_text("title: Two\nhold: [{route: nobody}]\n", encoding="utf-8")
    done = run("appraise", INPUTS, one, two, "--out", tmp_path / "board", expect=1)
    assert "trainig" in done.stderr
    assert "nobody" in done.stderr
    assert not (tmp_path / "board").exists()


def test_no_option_with_a_plan_is_exit_code_3(tmp_path: Path) -> None:
    done = run("appraise", INPUTS, OPTIONS[1], "--out", tmp_path / "board", expect=3)
    assert "No option has a plan." in done.stdout
    assert "cannot hold together" in done.stdout


def test_an_option_to_recommend_that_was_not_named(tmp_path: Path) -> None:
    done = run("appraise", INPUTS, *OPTIONS, "--recommend", "mor", "--out", tmp_path / "board", expect=1)
    assert 'Did you mean "more"?' in done.stderr
    assert not (tmp_path / "board").exists()


def test_a_folder_of_another_command_stays_as_it_is(tmp_path: Path) -> None:
    run("solve", INPUTS, OPTIONS[0], "--out", tmp_path / "alone")
    done = run("appraise", INPUTS, OPTIONS[0], "--out", tmp_path / "alone", expect=5)
    assert "holds results of another command" in done.stderr
    assert not (tmp_path / "alone" / "summary.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_one_that_was_stopped_goes_on_and_the_users_own_files_stay(folder: Path, tmp_path: Path) -> None:
    """Proves: a plan that was finished is not solved again, and the end is the same; Sensitivity: `solved already`."""
    out = tmp_path / "board"
    words = [sys.executable, "-m", "optimiser", "appraise", INPUTS, *OPTIONS, *FUTURES, "--recommend", "more", "--out",
             out, "--jobs", "1"]  # fmt: skip
    with subprocess.Popen(
        list(map(str, words)), cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as started:
        assert started.stderr is not None
        for line in started.stderr:
            if b"option high: solved" in line:
                started.send_signal(signal.SIGTERM)
                break
        said = started.stderr.read().decode()
        assert started.wait() == 4
    assert "What is finished is kept" in said
    written = (out / "plans" / "option" / "plan.json").stat().st_mtime_ns
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    done = run(*map(str, words[3:]))
    assert "option none: solved already" in done.stderr
    assert "more none: solved and audited" in done.stderr
    assert (out / "plans" / "option" / "plan.json").stat().st_mtime_ns == written
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / ".board.work").exists()
    for name in ("compare/points.csv", "compare/tables.csv", "sweep/points.csv", "tornado/tornado.csv"):
        assert (out / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.slow
def test_the_alliance(tmp_path: Path) -> None:
    """Proves: seven options under two futures come out whole, with a page, a workbook and a paper."""
    place = "west-yorkshire-and-harrogate"
    options = [path for path in shipped_constraints(place) if path.stem not in ("base", "README")]
    out = tmp_path / "board"
    run("appraise", shipped_inputs(place), *options, "--scenario", "none", "--scenario", "high_growth", "--out", out)
    found = summary(out)
    assert sum(one["step"] == "solve" for one in found["steps"]) == 2 * len(options) == 14
    assert {one["status"] for one in found["steps"]} == {"done"}
    shutil.rmtree(out)
