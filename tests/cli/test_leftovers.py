"""What an earlier run left behind, damaged or planted, stops nothing and is never followed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from tests.cli.calls import words_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and names of another kind")


def test_a_planted_work_file_is_not_followed(study: Path, tmp_path: Path) -> None:
    """Proves: a link under the name of the work file stops the command; its target stays as it is."""
    (tmp_path / "target").write_text("mine", encoding="utf-8")
    (tmp_path / ".many.work").symlink_to("target")
    done = CliRunner().invoke(main, words_of("compare", study, tmp_path), catch_exceptions=False)
    assert done.exit_code == 5
    assert "is a link that this command did not make" in done.stderr
    assert (tmp_path / "target").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("left", [b"\xff\xfe\tnull\n", b"k\tnull\n", b'k\t{"a": 1}\n', b"k\t[1,2]\n", b"\n\n\t\n"])
def test_a_damaged_work_file_is_passed_over(study: Path, tmp_path: Path, left: bytes) -> None:
    """Proves: bytes of any kind in the work file cost at most a solve, and the file is gone afterwards."""
    (tmp_path / ".many.work").write_bytes(left)
    done = CliRunner().invoke(main, words_of("compare", study, tmp_path), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.iterdir()] == ["many"]


def test_what_a_process_number_can_not_be_is_cleared(study: Path, tmp_path: Path) -> None:
    """Proves: a leftover with a number no process has stops nothing."""
    (tmp_path / ".plan.new-99999999999999999999").mkdir()
    done = CliRunner().invoke(main, words_of("solve", study, tmp_path), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_audit_explain_and_report_find_what_a_kill_left(study: Path, tmp_path: Path) -> None:
    """Proves: results set aside by a run that was killed between two renames come back for whoever reads them next."""
    for words in (["audit"], ["explain"], ["report", "--out", str(tmp_path / "r.html")]):
        ended = subprocess.Popen(["true"])
        ended.wait()
        shutil.copytree(study / "res", tmp_path / f".res.old-{ended.pid}")
        done = CliRunner().invoke(main, [words[0], str(tmp_path / "res"), *words[1:]], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert not list(tmp_path.glob(".res*"))
        shutil.rmtree(tmp_path / "res")
