"""The rules of our own test run: slow tests wait to be asked for, and CI skips no test of an outside program."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SUITE = """
import pytest

def test_quick():
    pass

@pytest.mark.slow
def test_slow():
    pass

@pytest.mark.tools("a-program-nobody-has")
def test_tool():
    pass

@pytest.mark.tools()
def test_tool_that_skips_itself():
    pytest.skip("another reason")
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "test_suite.py").write_text(SUITE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    slow\n    tools\n")
    return tmp_path


def run(suite: Path, *arguments: str, **environment: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "OPTIMISER_TOOLS_REQUIRED"}}
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", *arguments]
    env = {**kept, "NO_COLOR": "1", "COLUMNS": "200", **environment}
    return subprocess.run(command, cwd=suite, env=env, capture_output=True, text=True, check=False).stdout


def test_a_plain_run_leaves_slow_tests_out_and_names_missing_programs(suite: Path) -> None:
    said = run(suite)
    assert "1 slow tests left out; `uv run --group dev pytest --slow` runs them too" in said
    assert "needs a-program-nobody-has, which this machine does not have" in said
    assert "1 passed, 2 skipped, 1 deselected" in said


def test_slow_tests_run_when_asked_for(suite: Path) -> None:
    assert "2 passed, 2 skipped" in run(suite, "--slow")
    assert "1 passed" in run(suite, "test_suite.py::test_slow")


@pytest.mark.parametrize("variable", ["CI", "OPTIMISER_TOOLS_REQUIRED"])
def test_where_programs_are_required_no_skip_of_theirs_passes(suite: Path, variable: str) -> None:
    said = run(suite, **{variable: "true"})
    assert "needs a-program-nobody-has: .ci/run must install it" in said
    assert "another reason" in said
    assert "1 failed, 1 passed, 1 deselected, 1 error" in said.splitlines()[-1]
