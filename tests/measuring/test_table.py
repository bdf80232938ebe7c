"""The benchmark's small cases, for correctness and never for time: every rival solves the same problem."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from benchmarks.__main__ import RIVALS, Case, disagreements, growth, measure, table
from benchmarks.generator import Size, write_case
from benchmarks.measure import Measured, run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_every_rival_solves_the_same_small_case(tmp_path: Path) -> None:
    """Proves: the command, HiGHS from arrays twice and CBC find one value, and linopy builds our rows and terms.

    Sensitivity: a rival given fewer rows, or another objective, is named.
    """
    inputs, option = write_case(tmp_path / "case", Size(areas=2, roles=5, routes=6, tasks=5, years=10))
    # PuLP brings CBC with it up to Python 3.11 only.
    rivals = [rival for rival in RIVALS if rival != "plain" or sys.version_info < (3, 12)]
    case = measure("2 areas", (str(inputs), str(option)), tmp_path, rivals, 1, 60)
    assert {rival: one.failed for rival, one in case.found.items()} == dict.fromkeys(rivals, "")
    assert list(disagreements({"2 areas": case})) == []
    lines = list(table({"2 areas": case}))
    assert len(lines) == 2 + len(rivals)
    assert f"{case.size['rows']:,} rows" in lines[2]


def measured(seconds: float, megabytes: float, **said: float) -> Measured:
    return Measured([seconds], [megabytes], [said])


def test_rivals_that_differ_are_named() -> None:
    """Proves: another value, or other rows, is no race."""
    size = {"rows": 3, "columns": 4, "terms": 5}
    case = Case(size, {"limit": measured(1, 1, value=10.0), "plain": measured(1, 1, value=10.1)})
    assert list(disagreements({"c": case})) == ["c: different values {'limit': 10.0, 'plain': 10.1}"]
    case = Case(size, {"linopy": measured(1, 1, rows=2, columns=4, terms=5)})
    assert "linopy built {'rows': 2" in next(disagreements({"c": case}))


def test_the_exponent_of_growth() -> None:
    """Proves: four times the seconds for twice the areas is an exponent of 2; memory that stays has 0."""
    results = {
        f"{areas} areas": Case({}, {"command": measured(areas**2.0, 100)}) for areas in (1, 2, 4)
    }  # fmt: skip
    assert [line.split(" over")[0] for line in growth(results)] == [
        "time grows as areas^2.00",
        "memory grows as areas^0.00",
    ]


@pytest.mark.parametrize(("code", "said"), [("raise SystemExit('broken')", "broken"), ("while 1: 0", "> 1 s")])
def test_a_rival_that_fails_or_takes_too_long_is_said(code: str, said: str) -> None:
    """Proves: its row of the table says why there is no time."""
    found = Measured()
    run(["-c", code], found, 1)
    assert found.failed == said
    assert found.seconds == []


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of another kind")
def test_nothing_runs_on_after_the_time_is_up(tmp_path: Path) -> None:
    """Proves: what a rival has started (CBC) is ended with it.

    Sensitivity: the child would write its file a second later.
    """
    mark = tmp_path / "still here"
    child = f"import time, pathlib; time.sleep(2); pathlib.Path({str(mark)!r}).touch()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    run(["-c", code], Measured(), 1)
    time.sleep(1.5)
    assert not mark.exists()
