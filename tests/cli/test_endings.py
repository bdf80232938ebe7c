"""How a command ends when its end goes wrong: closed pipes, full disks, early signals, a parent that is killed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from tests.cli.calls import COMMANDS, words_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and limits of another kind")
OPTIMISER = [sys.executable, "-m", "optimiser"]
FULL = Path("/dev/full")
NOTHING = "Interrupted. Nothing was written; earlier results are whole.\n"


def shell(words: list[str], after: str) -> subprocess.CompletedProcess[str]:
    """A command with a redirection behind it; its own exit code."""
    line = f'"$@" {after}; exit ${{PIPESTATUS[0]}}'
    return subprocess.run(
        ["bash", "-c", line, "bash", *OPTIMISER, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


ALWAYS = (("| true", 0), (">/dev/full", 5))
STREAMS = ((">&-", 0), ("2>&-", 0), ("2>/dev/full", 0))
"""Where an answer may go, and the exit code: what each command does for itself, and what is done once for all."""


@pytest.mark.parametrize(
    ("verb", "ends"),
    [(verb, ALWAYS + STREAMS if verb in ("solve", "help") else ALWAYS) for verb in COMMANDS],
    ids=COMMANDS,
)
def test_an_answer_that_nobody_reads(study: Path, tmp_path: Path, verb: str, ends: tuple[tuple[str, int], ...]) -> None:
    """Proves: a reader that has gone, or a closed stdout, is no failure; a full one is exit 5, what is there said."""
    if not FULL.exists():
        pytest.skip("needs /dev/full")
    for number, (after, code) in enumerate(ends):
        to = tmp_path / str(number)
        to.mkdir()
        done = shell(words_of(verb, study, to), after)
        assert done.returncode == code, (after, done.stderr)
        assert "Traceback" not in done.stderr
        assert "unexpected" not in done.stderr
        if code == 5:
            made = [str(path) for path in to.iterdir()]
            said = f"Whole and in place: {made[0]}." if made else "Nothing was written"
            assert f"The answer could not be shown: No space left on device. {said}" in done.stderr


def test_faults_keep_their_code_where_nobody_reads(study: Path) -> None:
    """Proves: exit 1 is exit 1 with both streams closed."""
    words = ["solve", str(study / "inputs"), str(study / "absent.yaml")]
    assert shell(words, ">&- 2>&-").returncode == 1


@pytest.mark.parametrize(
    "verb",
    ["solve", "compare", "convert", "option", "init", "templates", "report", "roll", "annotate", "simulate"],
)
def test_a_full_disk(study: Path, tmp_path: Path, verb: str) -> None:
    """Proves: a file that does not fit is exit 5 without a traceback, and no part of it stays, nor in the folder
    for temporary files.

    What a command that solves many times has finished stays in its work file, for the next run.
    """
    words = words_of(verb, study, tmp_path)
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "from optimiser.cli import main\n"
        "main(sys.argv[1:], prog_name='optimiser')\n"
    )
    temporary = tmp_path.with_name(f"{tmp_path.name}-temporary")
    temporary.mkdir()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-c", limited, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr
    assert "file too large" in done.stderr.lower()
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".work")] == []
    assert list(temporary.iterdir()) == []


def test_an_annotated_copy_that_does_not_fit(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: check --annotate on a full disk is exit 5, and leaves no half workbook that Excel would call damaged."""

    def full(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:1000])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    book = tmp_path / "book.xlsx"
    assert CliRunner().invoke(main, ["convert", str(study / "inputs"), str(book)]).exit_code == 0
    monkeypatch.setattr(Path, "write_bytes", full)
    done = CliRunner().invoke(main, ["check", str(book), "--annotate", str(tmp_path / "marked.xlsx")])
    assert (done.exit_code, [path.name for path in tmp_path.iterdir()]) == (5, ["book.xlsx"])
    assert "marked.xlsx could not be written: No space left on device" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "wait", [0.02, *(pytest.param(wait, marks=pytest.mark.slow) for wait in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7))]
)
def test_an_end_while_the_command_loads(study: Path, tmp_path: Path, how: signal.Signals, wait: float) -> None:
    """Proves: from the first call of ours on, Ctrl-C and SIGTERM are one sentence and exit 4, imports or not.

    What Python itself does before is not ours: a SIGTERM then ends it without a word.
    """
    begun = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from optimiser.__main__ import run\n"
        "print('READY', flush=True); run()\n"
    )
    words = [sys.executable, "-c", begun, *words_of("solve", study, tmp_path)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "READY\n"
    time.sleep(wait)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("the machine was quicker than the signal")
    assert "Traceback" not in said
    assert (process.returncode, said) == (4, NOTHING)
    assert list(tmp_path.iterdir()) == []


def test_a_signal_after_the_results_are_in_place_says_so(study: Path, tmp_path: Path) -> None:
    """Proves: between the rename and the end of the command the ending says what is there; exit 4.

    Sensitivity: "Nothing was written" here sends people to solve again.
    """
    held = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import optimiser.plan.screen as stage\n"
        "def wait(*words): print('READY', flush=True); time.sleep(60)\n"
        "stage.one_screen = wait\n"
        "from optimiser.cli import main\n"
        "main(sys.argv[1:], prog_name='optimiser')\n"
    )
    words = [sys.executable, "-c", held, *words_of("solve", study, tmp_path)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "READY\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[-1]) == (4, f"Interrupted. Whole and in place: {tmp_path / 'plan'}.")
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """Proves: a parent that is killed leaves no process behind, however idle or busy its workers are.

    Sensitivity: without a watch on the parent the workers wait for work for ever, and hold its stdout open.
    """
    program = tmp_path / "parent.py"
    program.write_text(
        "import time\n"
        "from optimiser.solving.processes import in_processes\n"
        "class Wait:\n"
        "    def solve(self):\n"
        "        print('at work', flush=True); time.sleep(120); return []\n"
        "    def died(self): return []\n"
        "if __name__ == '__main__':\n"
        "    list(in_processes([Wait(), Wait()], 2))\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, str(program)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert {parent.stdout.readline() for _ in range(2)} == {"at work\n"}
        parent.kill()
        began = time.monotonic()
        assert parent.stdout.read() == ""  # ends only when no process holds the other end
    assert time.monotonic() - began < 20


def test_the_terminal_is_not_steered(study: Path, tmp_path: Path) -> None:
    """Proves: escape sequences in a name of the user's reach neither stdout nor stderr."""
    lost = tmp_path / "a\x1b]0;title\x07\x9b31m.yaml"
    done = shell(["solve", str(study / "inputs"), str(lost)], "")
    assert done.returncode == 1
    assert "\ufffd]0;title\ufffd\ufffd31m.yaml" in done.stderr
    assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout + done.stderr)


def test_an_unexpected_ending_of_a_reading_is_not_hidden(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: only a damaged folder turns an error into a fault; in a sound one it is exit 4, as any of ours."""

    def broken(_folder: Path) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("optimiser.audit.audit.audit", broken)
    done = CliRunner().invoke(main, ["audit", str(study / "res")])
    assert done.exit_code == 4
    assert json.loads((study / "res/plan.json").read_text(encoding="utf-8"))["status"] == "optimal"


def test_a_name_that_is_not_text(study: Path, tmp_path: Path) -> None:
    """Proves: bytes that are not UTF-8 in any argument are exit 1 with every such word named; nothing is written.

    Sensitivity: results cannot hold such a name, and failed with an unexpected error when all was solved.
    """
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    shutil.copyfile(study / "option.yaml", f"{odd}.yaml")
    inputs = str(study / "inputs")
    for words in (["solve", inputs, f"{odd}.yaml"], ["compare", inputs, f"{odd}.yaml", "--out", odd], ["audit", odd]):
        done = shell(words, "")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert "which is not UTF-8 text" in done.stderr
        assert len(done.stderr.splitlines()) == 1 + sum(odd in word for word in words)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_above_whose_name_is_not_text(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: where results would have to record such a name, the command ends with 1 and writes nothing."""
    above = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    above.mkdir()
    monkeypatch.chdir(above)
    shutil.copytree(study / "inputs", "inputs")
    words = ["solve", "inputs", str(study / "option.yaml"), "--out", str(tmp_path / "plan")]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, "which is not UTF-8 text" in done.stderr) == (1, True), done.stderr
    assert list(tmp_path.iterdir()) == [above]


def test_a_report_without_docstrings(study: Path, tmp_path: Path) -> None:
    """Proves: under PYTHONOPTIMIZE=2, where the drawing library cannot be loaded, a sentence and exit code 2."""
    words = [*OPTIMISER, "report", str(study / "res"), "--out", str(tmp_path / "page.html")]
    environment = {**os.environ, "PYTHONOPTIMIZE": "2"}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "run without it" in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []
