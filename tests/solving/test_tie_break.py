"""Of several equally good plans always the same one is shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimiser.solving import highs, priorities
from optimiser.solving.tie_break import weights
from tests.support.engine import solve_folder

ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = "west-yorkshire-and-harrogate"
SHOWN = (("starts", ("route",), "starts"), ("work", ("role", "task"), "units"), ("demand", ("task",), "unmet"))


def test_a_weight_belongs_to_a_name() -> None:
    """Proves: in another order each column weighs the same, no two alike, and twice as large a unit half as much."""
    names = [f"work.north.nurse.{task}.{year}" for task in ("visit", "call") for year in range(2026, 2046)]
    weighed = weights(names, np.ones(len(names)))
    assert weights(names[::-1], np.ones(len(names))).tolist() == weighed.tolist()[::-1]
    assert len(set(weighed.tolist())) == len(names)
    assert ((weighed >= 1) & (weighed < 2)).all()
    assert weights(names, np.full(len(names), 2.0)).tolist() == (weighed / 2).tolist()


@pytest.mark.parametrize("name", ["new-roles-first", "flat-real"])
def test_both_methods_give_the_same_plan(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: simplex and interior point, which end in different corners, give the same commissions and the same work.

    Sensitivity: without the last choice shares of drug reviews in 2035/36 differ by a percentage point.
    """
    found = []
    for rows in (highs.SMALL, 0):
        monkeypatch.setattr(highs, "SMALL", rows)
        result = solve_folder(
            ROOT / "inputs" / ALLIANCE, ROOT / "constraints" / ALLIANCE / f"{name}.yaml", tmp_path / str(rows)
        )
        assert result.exit_code == 0, result.output
        found.append(
            {
                (table, *(row[key] for key in keys), row["year"]): float(row[column])
                for table, keys, column in SHOWN
                for part in ("", "run_out")
                for row in result.table(table, part)
            }
        )  # fmt: skip
    assert found[1] == pytest.approx(found[0], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("broken", ["too many steps", "a priority would lose"])
def test_a_choice_that_fails_changes_no_value(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: where the last choice cannot be made the plan at hand is kept, and is as good."""
    paths = ROOT / "inputs" / ALLIANCE, ROOT / "constraints" / ALLIANCE / "flat-real.yaml"
    chosen = solve_folder(*paths, tmp_path / "chosen")
    if broken == "too many steps":
        monkeypatch.setattr(priorities, "_TIDY_STEPS", 0)
    else:
        real = priorities._loss
        asked: list[str] = []

        def loss(*words: object) -> str | None:
            asked.append("")
            return "lost" if len(asked) <= 2 else real(*words)  # type: ignore[arg-type]

        monkeypatch.setattr(priorities, "_loss", loss)
    kept = solve_folder(*paths, tmp_path / "kept")
    assert (chosen.exit_code, kept.exit_code) == (0, 0)
    assert kept.values == pytest.approx(chosen.values, rel=1e-9)
