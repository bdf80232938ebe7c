"""A results folder that people work in: only what we wrote is ever replaced, and one study is not taken for another."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.generator import write_case
from optimiser.cli import main
from optimiser.plan.marker import changed, owned
from tests.studies.calls import SMALL

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `study` with inputs and option.yaml, and the command run beside it."""
    write_case(tmp_path / "study", SMALL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def solved(*words: str) -> Result:
    done = run("solve", *words)
    assert done.exit_code == 0, done.output
    return done


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("verb", ["solve", "compare"])
def test_what_the_user_put_there_stays(project: Path, verb: str) -> None:
    """Proves: notes, a report, a folder, a link, files beside the run-out's and the copies outlive new results."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    mine = {"notes.md": b"mine", "sub/deep/thesis.docx": b"x", "run_out/mine.csv": b"a,b\n", "provenance/why.txt": b"y"}
    for name, content in mine.items():
        (project / "res" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "res" / name).write_bytes(content)
    (project / "res/empty").mkdir()
    (project / "res/link").symlink_to(project / "study")
    done = run(verb, "study/inputs", "study/option.yaml", "--out", "res")
    assert done.exit_code == 0, done.output
    after = contents(project / "res")
    assert {name: after[name] for name in mine} == mine
    assert (project / "res/empty").is_dir()
    assert (project / "res/link").is_symlink()
    assert ("plan.json" in after) == (verb == "solve")
    assert ("staff.csv" in after) == (verb == "solve")
    assert sorted(path.name for path in project.iterdir()) == ["res", "study"]


def test_a_table_that_was_edited_is_kept_and_said(project: Path) -> None:
    """Proves: a table, and a copy, changed by hand move to `edited`; a second time beside the first; the rest is new.

    Sensitivity: by name alone the user's work would be gone.
    """
    solved("study/inputs", "study/option.yaml", "--out", "res")
    clean = contents(project / "res")
    for turn in ("first", "second"):
        (project / "res/staff.csv").write_text(turn, encoding="utf-8")
        (project / "res/used/inputs/roles.csv").write_text(turn, encoding="utf-8")
        said = solved("study/inputs", "study/option.yaml", "--out", "res").stderr
        assert "staff.csv in res had been changed" in said
    after = contents(project / "res")
    assert (after["edited/staff.csv"], after["edited/staff-2.csv"]) == (b"first", b"second")
    assert after["edited/used/inputs/roles.csv"] == b"first"
    same = {name: content for name, content in clean.items() if name != "plan.json"}
    assert {name: after[name] for name in same} == same


def test_what_explain_added_goes_with_the_plan_it_is_about(project: Path) -> None:
    """Proves: steps.csv of explain does not outlive its plan; a file of the user's own of that name does."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    assert run("explain", "res").exit_code == 0
    assert (project / "res/steps.csv").is_file()
    solved("study/inputs", "study/option.yaml", "--out", "res")
    assert not (project / "res/steps.csv").exists()
    (project / "res/steps.csv").write_text("what,I,did\n", encoding="utf-8")
    done = run("explain", "res")
    assert "is a file of your own and stays" in done.stderr
    solved("study/inputs", "study/option.yaml", "--out", "res")
    assert (project / "res/steps.csv").read_text(encoding="utf-8") == "what,I,did\n"


@pytest.mark.parametrize("record", ["{}", "not json", '{"command": "terraform", "versions": {}}', "[]"])
def test_a_plan_json_of_others_is_not_ours(project: Path, record: str) -> None:
    """Proves: a folder is taken for results by the form of the record, not by its name: exit 5, nothing touched."""
    (project / "other").mkdir()
    (project / "other/plan.json").write_text(record, encoding="utf-8")
    (project / "other/thesis.docx").write_text("x", encoding="utf-8")
    before = contents(project / "other")
    done = run("solve", "study/inputs", "study/option.yaml", "--out", "other")
    assert (done.exit_code, contents(project / "other")) == (5, before)
    assert "holds files that are not results" in done.stderr


@pytest.mark.parametrize("out", ["study/inputs", "study/inputs/res", "study", ".", ".."])
def test_what_is_read_is_never_replaced(project: Path, out: str) -> None:
    """Proves: a folder that is, holds or lies within an input, or the folder one is in, is refused, record or not."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    for folder in ("study/inputs", "study", "."):
        shutil.copy(project / "res/plan.json", project / folder)
    before = contents(project)
    done = run("solve", "study/inputs", "study/option.yaml", "--out", out)
    assert (done.exit_code, contents(project)) == (5, before), done.output
    assert "--out" in done.stderr


def test_a_folder_that_holds_what_an_option_extends_is_refused(project: Path) -> None:
    """Proves: the chain of extends counts as read."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    shutil.copy(project / "study/option.yaml", project / "res/base.yaml")
    (project / "child.yaml").write_text("extends: res/base.yaml\n", encoding="utf-8")
    done = run("solve", "study/inputs", "child.yaml", "--out", "res")
    assert done.exit_code == 5
    assert "res holds res/base.yaml, which is read" in done.stderr


def test_the_default_name_tells_studies_apart(project: Path) -> None:
    """Proves: inputs are called by the folder above where they are just `inputs`; options of one name do not meet."""
    shutil.copytree(project / "study", project / "other")
    shutil.copytree(project / "study", project / "away/study")
    for folder in ("study", "other"):
        assert f"results/{folder}-option:" not in solved(f"{folder}/inputs", f"{folder}/option.yaml").stderr
    said = solved("away/study/inputs", "away/study/option.yaml").stderr
    assert "results/study-option holds results of study/option.yaml on study/inputs; these go to" in said
    solved("away/study/inputs", "away/study/option.yaml")
    solved("study/inputs", "study/option.yaml")
    made = {path.name: json.loads((path / "plan.json").read_bytes())["made_from"] for path in Path("results").iterdir()}
    assert {name: one["inputs"] for name, one in made.items()} == {
        "study-option": "../../study/inputs",
        "other-option": "../../other/inputs",
        "study-option-2": "../../away/study/inputs",
    }


def test_another_study_in_a_named_folder_is_said(project: Path) -> None:
    """Proves: with --out the user chooses; what was there of another study is named when it is replaced, not before."""
    shutil.copy(project / "study/option.yaml", project / "second.yaml")
    replaced = "The results of study/option.yaml on study/inputs that were in res are replaced."
    assert replaced not in solved("study/inputs", "study/option.yaml", "--out", "res").stderr
    assert replaced in solved("study/inputs", "second.yaml", "--out", "res").stderr.splitlines()
    assert replaced not in solved("study/inputs", "second.yaml", "--out", "res").stderr


def test_a_link_is_followed(project: Path) -> None:
    """Proves: results go to where a link leads, which stays a link; nothing is left beside."""
    (project / "link").symlink_to("real")
    for _ in range(2):
        solved("study/inputs", "study/option.yaml", "--out", "link")
    assert (project / "link").is_symlink()
    assert (project / "real/plan.json").is_file()
    assert sorted(path.name for path in project.iterdir()) == ["link", "real", "study"]


def test_results_from_before_the_hashes(project: Path) -> None:
    """Proves: an older record is known by its form, and then only names of tables and copies are replaced."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    record = json.loads((project / "res/plan.json").read_bytes())
    older = {key: value for key, value in record.items() if key not in ("files", "made_from")}
    (project / "res/plan.json").write_text(json.dumps(older), encoding="utf-8")
    for later in ("changes.csv", "duals.csv", "basis.bin"):
        (project / "res" / later).unlink()
    (project / "res/notes.csv").write_text("mine", encoding="utf-8")
    solved("study/inputs", "study/option.yaml", "--out", "res")
    assert (project / "res/notes.csv").read_text(encoding="utf-8") == "mine"
    assert not (project / "res/edited").exists()
    assert changed(project / "res") == []


def test_the_record_lists_every_file(project: Path) -> None:
    """Proves: what is not listed is not ours, so all that is written is listed, with its hash; paths stay inside."""
    solved("study/inputs", "study/option.yaml", "--out", "res")
    ours = owned(project / "res")
    assert ours is not None
    assert {*ours.hashes, "plan.json"} == set(contents(project / "res"))
    assert None not in ours.hashes.values()
    record = json.loads((project / "res/plan.json").read_bytes())
    record["files"] |= {"../study/option.yaml": "0" * 64, "/etc/passwd": "0" * 64}
    (project / "res/plan.json").write_text(json.dumps(record), encoding="utf-8")
    again = owned(project / "res")
    assert again is not None
    assert set(again.hashes) == set(ours.hashes)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("depth", ["once", pytest.param("deep", marks=pytest.mark.slow)])
def test_a_kill_before_any_file_operation_loses_nothing(tmp_path: Path, depth: str) -> None:
    """Proves: whole results, the user's files, nothing beside, after a kill of the writing (and of its completion).

    Sensitivity: a record removed before the rest of an old folder, or a folder set aside that is deleted as it stands,
    fails at some of the kills. Both turns occur, so the kills are on both sides of the renames.
    """
    words = [sys.executable, "-m", "tests.plan.killed_writer", str(tmp_path / "top"), depth]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kills, earlier, later = map(int, done.stdout.split())
    assert kills > (30 if depth == "once" else 300)
    assert min(earlier, later) > 5
