"""The page of replaced figures shows what the figures were and are, and what each group of them changes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.evidence_changes import BUILD, PAGE, before, figures, now, put_back, read


def test_the_page_shows_the_figures_as_they_are(tmp_path: Path) -> None:
    """Proves: no figure changes without the page. `python -m tools.evidence_changes` writes it again."""
    assert f"<!-- computed: figures -->\n{figures(tmp_path)}\n" in PAGE.read_text(encoding="utf-8")


def test_every_figure_that_is_called_replaced_is_another_now() -> None:
    """Proves: `before.csv` holds no figure that stayed, in value or in the year it is of."""
    today = now()
    for group, changed in before().items():
        for key, old in changed.items():
            values = {(year, float(row["value"])) for year, row in today.get(key, {}).items()}
            assert values != {(year, float(value)) for year, value in old.items()}, (group, key)


def test_putting_a_group_back_gives_the_old_figures_and_leaves_the_others(tmp_path: Path) -> None:
    """Proves, by hand: 11 million scans again, and intakes of every year as in the nearest year that had one."""
    for name, wanted in (("scans", {"11000000"}), ("doctors' intakes", {"302", "300"})):
        folder = tmp_path / name
        shutil.copytree(BUILD, folder)
        put_back(folder, before()[name])
        rows = read(folder / "figures.csv")
        item = "xs_report" if name == "scans" else "radiology_training"
        quantity = "volume" if name == "scans" else "starts"
        assert {r["value"] for r in rows if (r["item"], r["quantity"]) == (item, quantity)} == wanted
        others = [r for r in rows if (r["table"], r["item"], r["quantity"]) not in before()[name]]
        assert all(row in read(BUILD / "figures.csv") for row in others)
