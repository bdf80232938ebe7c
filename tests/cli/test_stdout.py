"""Standard output holds the answer and nothing else, whoever prints and whoever stops reading."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from optimiser.cli.main import COMMANDS
from tests.support.engine import solve_folder

ROOT = Path(__file__).resolve().parents[2]
INPUTS, OPTION, LESS = "docs/example/inputs", "docs/example/option.yaml", "docs/example/too-little.yaml"

CALLS: dict[str, list[str]] = {
    "alternatives": [INPUTS, OPTION, "--jobs", "2"],
    "appraise": [INPUTS, OPTION, "--jobs", "2"],
    "audit": ["{plan}"],
    "backcast": [INPUTS, "{actuals}", "--from", "2025"],
    "check": [INPUTS, OPTION],
    "compare": [INPUTS, OPTION, OPTION, "--jobs", "2"],
    "diagnose": [INPUTS, LESS],
    "explain": ["{plan}"],
    "frontier": [INPUTS, OPTION, "--budget", "training"],
    "robust": [INPUTS, OPTION, "--scenario", "none", "--scenario", "high"],
    "simulate": [INPUTS, "docs/example/as-last-year.csv"],
    "solve": [INPUTS, OPTION],
    "sweep": [INPUTS, OPTION, "--vary", "budgets training=90%,110%", "--jobs", "2"],
    "tornado": [INPUTS, OPTION],
}
"""Every command that has --json, as a user calls it."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("done") / "plan"
    assert solve_folder(ROOT / INPUTS, ROOT / OPTION, out).exit_code == 0
    return str(out)


def options_of(command: str) -> set[str]:
    """`--json`, `--out` and whatever else it takes."""
    params = importlib.import_module(f"optimiser.cli.{command}").command.params
    return {name for option in params for name in option.opts}


def observed(path: Path) -> None:
    """The staff in post of the inputs, as if observed the year before they start and the one after."""
    lines = (ROOT / INPUTS / "staff_in_post.csv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(lines[0].split(","), line.split(","), strict=False)) for line in lines[1:]]
    text = [f"{row['role']},{year},{row['fte']}" for row in rows for year in (2025, 2026)]
    path.write_text("\n".join(["role,year,fte", *text]) + "\n", encoding="utf-8")


def words(command: str, plan: str, out: Path) -> list[str]:
    """The command as a process of its own."""
    given = [word.format(plan=plan, actuals=out.with_name("actuals.csv")) for word in CALLS[command]]
    if command == "backcast":
        observed(out.with_name("actuals.csv"))
    takes_out = "--out" in options_of(command)
    return [sys.executable, "-m", "optimiser", command, *given, *(["--out", str(out)] if takes_out else [])]


def test_no_command_with_json_is_left_out() -> None:
    having = {name for name in COMMANDS if "--json" in options_of(name)}
    assert having == set(CALLS)


@pytest.mark.parametrize("command", CALLS)
def test_stdout_is_one_json_object(command: str, plan: str, tmp_path: Path) -> None:
    """Proves: all a process and its workers write to file descriptor 1 is one object, with every solver allowed.

    Sensitivity: HiGHS 1.16 writes two lines before it can be asked not to.
    """
    called = [*words(command, plan, tmp_path / "out"), "--json"]
    done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert "HiGHS" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of another kind")
@pytest.mark.parametrize("command", ["solve", "check", "explain", "diagnose"])
def test_a_reader_who_leaves_is_no_error(command: str, plan: str, tmp_path: Path) -> None:
    """Proves: `| head -1` ends with exit code 0 and not a word, and the results are in place.

    Sensitivity: unheard, it was "An unexpected error: BrokenPipeError … Nothing was written", after all was written.
    """
    process = subprocess.Popen(
        words(command, plan, tmp_path / "out"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # before anything is said, so that no race decides
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=300) == 0, said
    assert "rror" not in said
    assert command != "solve" or (tmp_path / "out/plan.json").exists()
