"""Numbers and names on the command line that lead nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and names of another kind")


@pytest.mark.parametrize(
    "words",
    [
        ["frontier", "{in}", "{option}", "--budget", "b", "--tolerance", "nan"],
        ["frontier", "{in}", "{option}", "--budget", "b", "--to", "inf"],
        ["frontier", "{in}", "{option}", "--budget", "b", "--service-level", "nan"],
        ["frontier", "{in}", "{option}", "--budget", "b", "--from", "2", "--to", "1"],
        ["alternatives", "{in}", "{option}", "--within", "1e300"],
        ["tornado", "{in}", "{option}", "--spread", "1e300"],
        ["solve", "{in}", "{option}", "--time-limit", "nan"],
        ["sweep", "{in}", "{option}", "--time-limit", "inf"],
    ],
)
def test_numbers_that_are_none_are_wrong_usage(study: Path, words: list[str]) -> None:
    """Proves: nan, inf, a range upside down and a share no person means end with 2 before any work."""
    said = {"{in}": str(study / "inputs"), "{option}": str(study / "option.yaml")}
    done = CliRunner().invoke(main, [said.get(word, word) for word in words], catch_exceptions=False)
    assert done.exit_code == 2, done.output


LONG = "a" * 300


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["solve", LONG, "{option}"], 1),
        (["solve", "{in}", f"{LONG}.yaml"], 1),
        (["solve", "{in}", "{loop}"], 1),
        (["solve", "{loop}", "{option}"], 1),
        (["compare", "{in}", "{loop}"], 1),
        (["solve", "{in}", "{extends}"], 1),
        (["audit", LONG], 1),
        (["explain", "{loop}"], 1),
        (["report", LONG], 1),
        (["solve", "{in}", "{option}", "--out", LONG], 5),
        (["solve", "{in}", "{option}", "--out", f"{LONG}/res"], 5),
        (["solve", "{in}", "{option}", "--out", "{loop}"], 5),
        (["compare", "{in}", "{option}", "--out", LONG], 5),
        (["report", "{res}", "--out", f"{LONG}.html"], 5),
        (["convert", "{in}", f"{LONG}.xlsx"], 5),
        (["init", LONG], 5),
    ],
)
def test_names_that_lead_nowhere(
    study: Path, tmp_path: Path, words: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: names of over 255 letters and links in a circle are faults (1) or places that cannot be written (5)."""
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    Path("extends.yaml").write_text(f"extends: {LONG}.yaml\n", encoding="utf-8")
    said = {"{in}": str(study / "inputs"), "{option}": str(study / "option.yaml"), "{loop}": "loop",
            "{extends}": "extends.yaml", "{res}": str(study / "res")}  # fmt: skip
    done = CliRunner().invoke(main, [said.get(word, word) for word in words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["extends.yaml", "loop"]
