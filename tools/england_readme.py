"""The README's first screen: what its first command prints, written again by `python -m tools.england_readme`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.support.engine import UNDER_UV, solve_folder
from tools.ledger import ROOT, paths

README = ROOT / "README.md"
OPENS, CLOSES = "<!-- england -->\n```text\n", "```\n<!-- /england -->"


def screen(printed: str, folder: Path) -> str:
    """What the command prints on stdout, with the results folder the README's reader gets."""
    answer = printed[printed.index("England's cancer workforce: ") :]
    return answer.replace(str(folder), "results/england-flat-cash")


def shown() -> str:
    """What the README shows."""
    return README.read_text(encoding="utf-8").split(OPENS)[1].split(CLOSES)[0]


def refresh() -> None:
    """Solve England under flat cash and write what it prints into the README."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "out"
        solved = solve_folder(*paths("england", "flat-cash"), folder, environment=UNDER_UV)
        printed = screen(solved.output, folder)
    before, rest = README.read_text(encoding="utf-8").split(OPENS)
    README.write_text(before + OPENS + printed + CLOSES + rest.split(CLOSES)[1], encoding="utf-8")


if __name__ == "__main__":
    refresh()
