"""The audit of a plan that is near another: the other's starts are looked up where its file is still the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.audit.audit import audit
from optimiser.cli import main
from optimiser.plan.copied import copy_results
from optimiser.plan.marker import file_hash
from tests.maths.test_near import announced, near


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The results of the other plan, and of the one near it."""
    other = announced(tmp_path / "last")
    return other, near(tmp_path / "now", other).folder


def test_the_other_plans_starts_are_looked_up(folders: tuple[Path, Path]) -> None:
    """Proves: a figure of the other plan that near.csv has otherwise is found, with the sums made to agree.

    Sensitivity: passes if near.csv were taken at its word.
    """
    other, mine = folders
    assert (audit(mine).passed, audit(mine).queries) == (True, ())
    file, starts = mine / "near.csv", other / "starts.csv"
    record = json.loads((mine / "plan.json").read_text(encoding="utf-8"))
    assert record["near_starts"] == {"file": "../../last/results/starts.csv", "sha256": file_hash(starts)}
    changed = file.read_text(encoding="utf-8").replace("abroad,all,2026,4.0,4.0,0.0", "abroad,all,2026,4.0,3.0,1.0")
    file.write_text(changed, encoding="utf-8")
    record["near"]["difference"] += 1
    (mine / "plan.json").write_text(json.dumps(record), encoding="utf-8")
    assert [(one.figure, one.found, one.expected) for one in audit(mine).differences] == [("other", 3.0, 4.0)]


@pytest.mark.parametrize("what", ["gone", "another"])
def test_a_plan_that_is_gone_or_another_is_a_warning(folders: tuple[Path, Path], what: str) -> None:
    """Proves: without the other plan nothing differs, but the audit says what it could not look at; exit code 0."""
    other, mine = folders
    if what == "gone":
        shutil.rmtree(other)
    else:
        (other / "starts.csv").write_text("route,area,year,starts\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["audit", str(mine)], catch_exceptions=False)
    assert done.exit_code == 0
    word = "no longer there" if what == "gone" else "another"
    assert f"({other / 'starts.csv'}) is {word}: they are taken as near.csv has them." in done.stdout
    found = json.loads(CliRunner().invoke(main, ["audit", str(mine), "--json"]).stdout)
    assert (found["passed"], len(found["queries"])) == (True, 1)


def test_results_written_elsewhere_still_find_the_other_plan(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """Proves: a copy in another place names the same file."""
    _, mine = folders
    (tmp_path / "deep/er").mkdir(parents=True)
    copy_results(mine, tmp_path / "deep/er/copy")
    assert audit(tmp_path / "deep/er/copy").queries == ()
