"""Whole commands killed at random moments: what is in the results folder is one result, whole, and its audit passes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import write_case
from optimiser.cli import main
from optimiser.plan.marker import changed
from tests.studies.calls import SMALL

ROOT = Path(__file__).resolve().parents[2]
MINE = {"notes.md": "mine\n", "sub/thesis.docx": "mine too\n"}
KILLS = 20
"""For each seed."""


def solve(case: tuple[Path, Path], out: Path) -> list[str]:
    return ["solve", *map(str, case), "--out", str(out)]


def started(words: list[str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "optimiser", *words]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills of another kind")
@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_leaves_one_whole_result(seed: int, tmp_path: Path) -> None:
    """Proves: after SIGKILL of a solve over another option's results, `audit` finds one of the two, whole, confirms it,
    and the user's files are where they were; nothing is left beside.

    Sensitivity: with the old folder deleted before the new one is renamed, or tables written in place, some moment of
    these finds neither or both. Moments lie between the start and a little after the end of an undisturbed run.
    """
    inputs, option = write_case(tmp_path, SMALL)
    other = option.with_name("other.yaml")
    other.write_text("title: Another\nextends: option.yaml\nsteady: {weight: 0.5}\n", encoding="utf-8")
    out, cases = tmp_path / "res", [(inputs, option), (inputs, other)]
    assert CliRunner().invoke(main, solve(cases[0], out)).exit_code == 0
    for name, text in MINE.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    began = time.monotonic()
    assert started(solve(cases[1], out)).wait(timeout=120) == 0
    whole, chance, titles = time.monotonic() - began, random.Random(seed), []
    for number in range(KILLS):
        process = started(solve(cases[number % 2], out))
        # Half of the moments lie where results are written, near the end.
        time.sleep(whole * (chance.uniform(0, 1.1) if number % 4 < 2 else chance.uniform(0.7, 1.1)))
        process.kill()
        process.wait()
        done = CliRunner().invoke(main, ["audit", str(out)], catch_exceptions=False)
        assert done.exit_code == 0, (number, done.output)
        assert changed(out) == []
        assert {name: (out / name).read_text(encoding="utf-8") for name in MINE} == MINE
        assert not list(tmp_path.glob(".*"))
        titles.append(json.loads((out / "plan.json").read_text(encoding="utf-8"))["title"])
    assert len(set(titles)) == 2, "every kill came too early, or too late"
