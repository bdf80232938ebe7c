"""What looks wrong reaches whoever solves: on stderr, in the record of the run, and in the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from tests.support.tiny import TINY, write_inputs

DOUBLED = "task,year,volume,growth\nvisit,2026,100,7\n"
"""Growth of 700 per cent a year, where 7 per cent was meant."""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def case(tmp_path: Path, **tables: str) -> tuple[Path, Path]:
    """TINY with some tables replaced, and an option without limits."""
    option = tmp_path / "option.yaml"
    option.write_text("title: Free\nlimits: [{name: few, quantity: staff, at_most: 90}]\n", encoding="utf-8")
    return write_inputs(tmp_path / "inputs", TINY, **tables), option


@pytest.mark.parametrize("command", ["solve", "diagnose", "compare", "alternatives", "sweep"])
def test_every_command_that_solves_shows_what_looks_wrong(command: str, tmp_path: Path) -> None:
    inputs, option = case(tmp_path, demand=DOUBLED)
    words = [command, inputs, option]
    if command == "sweep":
        words += ["--vary", "few=80"]
    if command != "diagnose":
        words += ["--out", tmp_path / "results"]
    done = run(*words)
    assert "warning: line 2, column volume: found demand for visit that grows from 100 to 800 in 2027" in done.stderr
    assert "demand for visit" not in done.stdout
    if command != "diagnose":
        assert done.exit_code == 0
        name = "plan.json" if command == "solve" else "run.json"
        warnings = json.loads((tmp_path / "results" / name).read_text(encoding="utf-8"))["warnings"]
        (one,) = [warning for warning in warnings if warning["code"] == "demand-doubles"]
        assert one["place"] == "inputs/demand.csv, line 2, column volume"
        assert list(one) == ["code", "place", "found", "expected", "mend"]


def test_json_has_the_warnings_and_nothing_else_reaches_stdout(tmp_path: Path) -> None:
    inputs, option = case(tmp_path, demand=DOUBLED)
    done = run("solve", inputs, option, "--json", "--out", tmp_path / "results")
    assert "demand-doubles" in [warning["code"] for warning in json.loads(done.stdout)["warnings"]]


def test_ten_warnings_are_shown_and_where_the_others_are(tmp_path: Path) -> None:
    """Twelve roles that nobody can join, and no sources: ten are shown, those about sources last."""
    many = [f"role_{number:02}" for number in range(12)]
    roles = "role,title,leaver_rate\nnurse,Nurse,0.1\n" + "".join(f"{role},T {role},0.1\n" for role in many)
    staff = "role,fte\nnurse,10\n" + "".join(f"{role},1\n" for role in many)
    inputs, option = case(tmp_path, roles=roles, staff_in_post=staff)
    done = run("solve", inputs, option, "--out", tmp_path / "results")
    assert done.exit_code == 0
    assert done.stderr.count("warning:") == 10
    assert f"All of them: optimiser check {inputs} {option}" in done.stderr
    assert "source" not in done.stderr


def test_the_report_lists_what_looked_wrong(tmp_path: Path) -> None:
    inputs, option = case(tmp_path, demand=DOUBLED)
    run("solve", inputs, option, "--out", tmp_path / "results")
    page, paper = tmp_path / "report.html", tmp_path / "report.docx"
    assert run("report", tmp_path / "results", "--out", page).exit_code == 0
    assert "What looked wrong when the plans were solved" in page.read_text(encoding="utf-8")
    assert "inputs/demand.csv, line 2, column volume: found demand for visit" in page.read_text(encoding="utf-8")
    assert run("report", tmp_path / "results", "--out", paper).exit_code == 0
    import docx

    assert any("demand for visit that grows" in one.text for one in docx.Document(str(paper)).paragraphs)
