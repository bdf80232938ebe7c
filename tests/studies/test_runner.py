"""Order, cores, a stop and a resume change no byte."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from optimiser.solving.processes import in_processes
from optimiser.studies.engine import runner
from optimiser.studies.engine.case import Case, Opened, open_case
from optimiser.studies.engine.points import Result, result_of
from optimiser.studies.engine.results_folder import points_frame, tables_frame
from optimiser.studies.engine.resume import WorkFile
from optimiser.studies.engine.runner import Runner
from optimiser.studies.sweep import sweep_points
from tests.architecture.sources import ROOT
from tests.studies.calls import Dies, made_up

VARY = ["budgets training=85%:115%:5%"]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    inputs, option = made_up(tmp_path)
    return open_case(Case(inputs, option))


def written(results: list[Result]) -> str:
    return points_frame(results).text() + tables_frame(results).text()


def alone(opened: Opened) -> list[Result]:
    return Runner({opened.case: opened}, jobs=1).run(sweep_points(opened, VARY, None, False))


def test_order_changes_no_byte(opened: Opened) -> None:
    """Proves: a point's numbers do not depend on those before it."""
    points = sweep_points(opened, VARY, None, False)
    backwards = Runner({opened.case: opened}, jobs=1).run(points[::-1])
    assert written(backwards[::-1]) == written(alone(opened))


def test_cores_change_no_byte(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: two processes that start from the basis they are sent find the same digits as one."""
    monkeypatch.setattr(runner, "SHORT", 0.0)
    points = sweep_points(opened, VARY, None, False)
    there = Runner({opened.case: opened}, jobs=2).run(points)
    assert written(there) == written(alone(opened))


def test_a_stop_and_a_resume_change_no_byte(opened: Opened, tmp_path: Path) -> None:
    """Proves: a run stopped after three points solves only the others, and ends with the same tables."""
    points = sweep_points(opened, VARY, None, False)

    def stop_after_three(done: int, _all: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Runner({opened.case: opened}, 1, WorkFile(tmp_path / "out"), stop_after_three).run(points)
    seen: list[int] = []
    work = WorkFile(tmp_path / "out")
    resumed = Runner({opened.case: opened}, 1, work, lambda done, _all: seen.append(done)).run(points)
    assert seen == [3, 4, 5, 6, 7]
    assert written(resumed) == written(alone(opened))
    work.done()
    assert not work.path.exists()


def test_a_line_cut_short_is_passed_over(opened: Opened, tmp_path: Path) -> None:
    """Proves: a crash in the middle of a line costs that point alone."""
    points = sweep_points(opened, VARY, None, False)
    work = WorkFile(tmp_path / "out")
    Runner({opened.case: opened}, 1, work).run(points)
    whole = work.path.read_bytes()
    work.path.write_bytes(whole[: len(whole) - 40])
    seen: list[int] = []
    again = Runner({opened.case: opened}, 1, WorkFile(tmp_path / "out"), lambda done, _all: seen.append(done)).run(
        points
    )
    assert seen[0] == 6
    assert written(again) == written(alone(opened))


def test_changed_files_make_old_results_useless(tmp_path: Path) -> None:
    """Proves: what was kept for other inputs is not taken for these."""
    inputs, option = made_up(tmp_path)
    first = open_case(Case(inputs, option))
    Runner({first.case: first}, 1, WorkFile(tmp_path / "out")).run(sweep_points(first, VARY, None, False))
    option.write_text(option.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    second = open_case(Case(inputs, option))
    seen: list[int] = []
    runner = Runner({second.case: second}, 1, WorkFile(tmp_path / "out"), lambda done, _all: seen.append(done))
    runner.run(sweep_points(second, VARY, None, False))
    assert seen[0] == 0


def test_results_survive_their_line() -> None:
    """Proves: numbers come back to the last digit."""
    from optimiser.plan.totals import Totals
    from optimiser.studies.engine.point_figures import Figure

    rows = (Figure("cost", "budget=b", 2026, 1 / 3),)
    sums = Totals(1 / 3, 2 / 3, 0.1 + 0.2, 1 / 7)
    result = Result("o", "s", "p", "optimal", "", {"unmet": 0.1 + 0.2}, rows, ("a rule by 3",), sums)
    assert result_of(result.as_json()) == result
    without = replace(result, totals=None)
    assert result_of(without.as_json()) == without


def test_a_process_that_dies_costs_its_points_alone(opened: Opened) -> None:
    """Proves: the others are solved, and the one says what happened to it."""
    opened.start()
    points = list(enumerate(sweep_points(opened, VARY, None, False)[:3]))
    tasks = [Dies(opened.case, opened.basis, True, (one,)) for one in points]
    found = dict(in_processes(tasks, 2))
    assert [found[place].status for place in range(3)] == ["optimal", "failed", "optimal"]
    assert found[1].reason == runner.DIED


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way")
def test_ctrl_c_keeps_what_is_finished_and_shows_no_traceback(tmp_path: Path) -> None:
    """Proves: the whole group of processes is interrupted, as a terminal does it, and only the command speaks."""
    inputs, option = made_up(tmp_path)
    words = [inputs, option, "--vary", "budgets training=80%:130%:0.02%", "--jobs", "2", "--out", tmp_path / "out"]
    command = [sys.executable, "-m", "optimiser", "sweep", *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip
    work, until = tmp_path / ".out.work", time.monotonic() + 60
    while not work.exists() or work.read_bytes().count(b"\n") < 40:
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 4
    assert said.splitlines()[-2:] == [
        "What is finished is kept: run the same command again to go on.",
        "Interrupted. Nothing was written; earlier results are whole.",
    ]
    assert not (tmp_path / "out").exists()
