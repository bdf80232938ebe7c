"""Ctrl-C, kill, time and memory limits while a plan is built, solved and written: earlier results stay whole."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import Size, write_case
from optimiser.cli import main
from optimiser.plan import store
from tests.studies.calls import SMALL

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of another kind")
SAID = "Interrupted. Nothing was written; earlier results are whole."

HELD = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # heard even where the tests run in the background
from optimiser.cli import main
{patch}
main(sys.argv[1:], prog_name="optimiser")
"""
"""A command that says READY and waits in the middle of one of its stages."""

WAIT = "print('READY', flush=True); time.sleep(60)"
STAGES = {
    "build": f"""
import optimiser.plan.opening as stage
def held(*words): {WAIT}
stage.build = held
""",
    # The solver itself is at work, in its own thread.
    "solve": """
import highspy
real = highspy.Highs.run
def held(self):
    print("READY", flush=True); real(self)
highspy.Highs.run = held
""",
    "write": f"""
from optimiser.plan.frame import Frame
real = Frame.write
def held(self, folder):
    real(self, folder)
    if self.name == "spend": {WAIT}
Frame.write = held
""",
    "put in place": f"""
import pathlib
from optimiser.plan import store
real = pathlib.Path.rename
def held(self, target):
    if ".new-" in self.name: {WAIT}
    return real(self, target)
pathlib.Path.rename = held
""",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    inputs, option = write_case(tmp_path_factory.mktemp("case"), SMALL)
    return str(inputs), str(option)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A case the solver takes some seconds for."""
    inputs, option = write_case(tmp_path_factory.mktemp("large"), Size(6, 13, 15, 9, 18))
    return str(inputs), str(option)


def solved(case: tuple[str, str], out: Path) -> dict[str, str]:
    """The digest of every file of a finished solve."""
    done = CliRunner().invoke(main, ["solve", *case, "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return digests(out)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def ended(case: tuple[str, str], out: Path, stage: str, how: int) -> tuple[int, str]:
    """Start a solve, end it in the given stage; its exit code and what it said on stderr."""
    words = [sys.executable, "-c", HELD.format(patch=STAGES[stage]), "solve", *case, "--out", str(out)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "READY"
    process.send_signal(how)
    _, said = process.communicate(timeout=30)
    return process.returncode, said


@POSIX
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_an_interrupted_solve_leaves_the_old_results(
    case: tuple[str, str], large: tuple[str, str], tmp_path: Path, stage: str, how: str
) -> None:
    """Proves: Ctrl-C, or a scheduler's end, gives one sentence, exit code 4, the old files and nothing beside them."""
    before = solved(case, tmp_path / "plan")
    code, said = ended(large if stage == "solve" else case, tmp_path / "plan", stage, getattr(signal, how))
    assert (code, said.splitlines()[-1]) == (4, SAID)
    assert digests(tmp_path / "plan") == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


@POSIX
@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_solve_leaves_the_old_results(
    case: tuple[str, str], large: tuple[str, str], tmp_path: Path, stage: str
) -> None:
    """Proves: after a kill at any moment the old result is there, at the latest when the next command looks for it.

    Sensitivity: killed between the two renames, the folder itself is gone until it is put right.
    """
    before = solved(case, tmp_path / "plan")
    code, _ = ended(large if stage == "solve" else case, tmp_path / "plan", stage, signal.SIGKILL)
    assert code == -signal.SIGKILL
    store.refuse_foreign(tmp_path / "plan")
    assert digests(tmp_path / "plan") == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


@POSIX
def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    """Proves: only what a dead process left is cleared away."""
    mine = tmp_path / f".plan.new-{os.getppid()}"
    mine.mkdir()
    (tmp_path / ".plan.new-notes").mkdir()
    store.refuse_foreign(tmp_path / "plan")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([mine.name, ".plan.new-notes"])


def test_a_time_limit_leaves_the_old_results(tmp_path: Path) -> None:
    """Proves: out of time is exit code 4 with the reason; a plan stays, and plan.json alone goes into a new folder."""
    inputs, option = map(str, write_case(tmp_path / "case", Size(3, 8, 10, 8, 14)))
    before = solved((inputs, option), tmp_path / "plan")
    words = ["solve", inputs, option, "--time-limit", "0.01", "--out"]
    done = CliRunner().invoke(main, [*words, str(tmp_path / "plan")], catch_exceptions=False)
    assert done.exit_code == 4
    assert done.stderr.splitlines()[-1].startswith("Stopped before an optimum was proved: the time limit was reached.")
    assert digests(tmp_path / "plan") == before
    done = CliRunner().invoke(main, [*words, str(tmp_path / "new")], catch_exceptions=False)
    assert done.exit_code == 4
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["plan.json"]
    assert json.loads((tmp_path / "new/plan.json").read_text(encoding="utf-8"))["status"] == "stopped"


@pytest.mark.parametrize("stage", ["build", "solve", "tables"])
def test_memory_that_runs_out_is_said(
    case: tuple[str, str], tmp_path: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: no memory left while building, solving or writing is one sentence and exit code 4."""

    def full(*_: object, **__: object) -> None:
        raise MemoryError

    before = solved(case, tmp_path / "plan")
    monkeypatch.setattr(f"optimiser.plan.{'opening' if stage == 'build' else 'make'}.{stage}", full)
    done = CliRunner().invoke(main, ["solve", *case, "--out", str(tmp_path / "plan")], catch_exceptions=False)
    assert done.exit_code == 4
    said = "The machine ran out of memory. Nothing was written; earlier results are whole."
    assert done.stderr.splitlines()[-1] == said
    assert digests(tmp_path / "plan") == before


@POSIX
def test_a_real_memory_limit_is_said(case: tuple[str, str], large: tuple[str, str], tmp_path: Path) -> None:
    """Proves: under a limit of the system's (as a batch queue sets) a solve that does not fit ends with a sentence.

    The core of PuLP 4 aborts the process where its own memory cannot be had: then nothing can be said but by it.
    """
    limited = (
        "import sys, resource\n"
        "import optimiser.plan.make, optimiser.solving.highs\n"
        "now = int(next(line for line in open('/proc/self/status') if line.startswith('VmSize')).split()[1]) * 1024\n"
        "resource.setrlimit(resource.RLIMIT_AS, (now + 12 * 2**20, now + 12 * 2**20))\n"
        "from optimiser.cli import main\n"
        "main(sys.argv[1:], prog_name='optimiser')\n"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("asks /proc how much is in use")
    before = solved(case, tmp_path / "plan")
    words = [sys.executable, "-c", limited, "solve", *large, "--out", str(tmp_path / "plan")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    aborted = done.returncode == -signal.SIGABRT and "memory allocation" in done.stderr
    assert done.returncode == 4 or (aborted and int(version("pulp").split(".")[0]) >= 4), done.stderr
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert digests(tmp_path / "plan") == before


def test_the_problem_file_is_whole_or_absent(case: tuple[str, str], tmp_path: Path) -> None:
    """Proves: --write-lp that cannot be written is exit code 5 with the name, and leaves nothing half-written."""
    lost = tmp_path / "no such folder" / "problem.lp"
    done = CliRunner().invoke(main, ["solve", *case, "--write-lp", str(lost), "--out", str(tmp_path / "plan")])
    assert done.exit_code == 5
    assert str(lost) in done.stderr
    assert list(tmp_path.iterdir()) == []
