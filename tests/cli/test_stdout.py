"""Standard output holds the answer and nothing else, whoever prints and whoever stops reading."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from optimiser.cli.main import COMMANDS
from tests.cli.calls import CALLS, called

ROOT = Path(__file__).resolve().parents[2]


def options_of(command: str) -> set[str]:
    """`--json` and whatever else it takes."""
    params = importlib.import_module(f"optimiser.cli.{command}").command.params
    return {name for option in params for name in option.opts}


WITH_JSON = sorted(name for name in COMMANDS if "--json" in options_of(name))


def words(command: str, plan: str, out: Path) -> list[str]:
    """The command as a process of its own."""
    return [sys.executable, "-m", "optimiser", *called(command, plan, out)]


def test_no_command_is_left_out() -> None:
    assert set(CALLS) == set(COMMANDS)
    assert len(WITH_JSON) > 10


@pytest.mark.parametrize("command", WITH_JSON)
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
