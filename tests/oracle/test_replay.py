"""The replay finds what is wrong in a results folder, figure by figure."""

from __future__ import annotations

import contextlib
import csv
import json
import random
import shutil
from pathlib import Path

import pytest

from tests.oracle.cases import make_case, write_case
from tests.oracle.replay import replay
from tests.support.engine import solve_folder

SEED = 1241
"""A case with run-out years, past intakes, destinations, patterns at work, budgets of all kinds and its own limit."""
FIGURES = {
    "starts": ("starts", "commissions", "in_training"),
    "staff": ("fte", "joiners", "leavers", "moved_out", "transitions_in", "transitions_out", "idle"),
    "work": ("fte", "units"),
    "patterns": ("fte",),
    "demand": ("volume", "waiting", "by_staff", "received", "outsourced", "unmet", "unmet_fte"),
    "spend": ("amount", "committed"),
    "budgets": ("limit", "spend"),
    "limits": ("level", "bound", "slack"),
}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("solved")
    case = make_case(random.Random(SEED))
    inputs, option = write_case(case, folder)
    result = solve_folder(inputs, option, folder / "results", case.scenarios)
    assert result.exit_code == 0
    assert replay(result.folder) == []
    return result.folder


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, all_ in FIGURES.items() for column in all_])
def test_a_figure_that_is_off_is_found(table: str, column: str, solved: Path, tmp_path: Path) -> None:
    """Proves: 0.1 % on one figure, or 0.01 on a zero, of any column is a disagreement with both figures."""
    folder = tmp_path / "results"
    shutil.copytree(solved, folder)
    path = folder / f"{table}.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    row = max(rows, key=lambda row: float(row[column] or 0))
    row[column] = str(float(row[column]) * 1.001 + 0.01)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert replay(folder)


@pytest.mark.parametrize("table", sorted(FIGURES))
def test_a_row_that_is_missing_is_found(table: str, solved: Path, tmp_path: Path) -> None:
    """Proves: the row of the biggest figure cannot be left out."""
    folder = tmp_path / "results"
    shutil.copytree(solved, folder)
    path = folder / f"{table}.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows.remove(max(rows, key=lambda row: float(row[FIGURES[table][0]] or 0)))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with contextlib.suppress(KeyError):  # A decision that is not there cannot be replayed at all.
        assert replay(folder)


@pytest.mark.parametrize("where", [("cost", "discounted"), ("cost", "undiscounted"), ("unmet_fte_years",)])
def test_a_total_that_is_off_is_found(where: tuple[str, ...], solved: Path, tmp_path: Path) -> None:
    """Proves: the totals of plan.json are replayed."""
    folder = tmp_path / "results"
    shutil.copytree(solved, folder)
    plan = json.loads((folder / "plan.json").read_text())
    holder = plan[where[0]] if len(where) > 1 else plan
    holder[where[-1]] = holder[where[-1]] * 1.001 + 0.01
    (folder / "plan.json").write_text(json.dumps(plan))
    assert [difference.table for difference in replay(folder)] == ["plan.json"]


def test_a_priority_that_is_off_is_found(solved: Path, tmp_path: Path) -> None:
    """Proves: the values of the priorities are those of the tables."""
    folder = tmp_path / "results"
    shutil.copytree(solved, folder)
    plan = json.loads((folder / "plan.json").read_text())
    plan["priorities"][0]["value"] = plan["priorities"][0]["value"] * 1.001 + 0.01
    (folder / "plan.json").write_text(json.dumps(plan))
    assert [difference.table for difference in replay(folder)] == ["priorities"]
