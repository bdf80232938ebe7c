"""The basis kept with a plan: later solves go on from it, it may be lost, and it changes no answer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.generator import Size, write_case
from optimiser.plan.kept_basis import BASIS, kept_basis
from optimiser.plan.marker import changed
from optimiser.plan.opening import open_files
from optimiser.plan.reload import reload
from optimiser.text.faults import Faults
from tests.support.engine import Result, solve_folder

SMALL = Size(areas=1, roles=4, routes=6, tasks=4, years=11)
MAY_BREAK = "\nlimits:\n  - {name: none, quantity: spend, where: {budget: training}, at_most: 0, may_break: 1}\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Inputs and an option where money, places and time all bind somewhere."""
    return write_case(tmp_path_factory.mktemp("place"), SMALL, 1)


@pytest.fixture(scope="module")
def plan(place: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Their plan, from nothing."""
    return solve_folder(*place, tmp_path_factory.mktemp("plan") / "out")


def tables(folder: Path) -> dict[str, list[list[str]]]:
    """Every table of a plan as text."""
    return {path.name: [line.split(",") for line in path.read_text().splitlines()] for path in folder.glob("*.csv")}


def same(one: Path, other: Path) -> None:
    """The same tables, numbers to nine digits."""
    first, second = tables(one), tables(other)
    assert list(first) == list(second)
    for name, rows in first.items():
        for row, again in zip(rows, second[name], strict=True):
            for cell, cell_again in zip(row, again, strict=True):
                try:
                    assert float(cell_again) == pytest.approx(float(cell), rel=1e-9, abs=1e-6), name
                except ValueError:
                    assert cell_again == cell, name


def test_a_plan_that_goes_on_from_another_is_the_same_plan(
    place: tuple[Path, Path], plan: Result, tmp_path: Path
) -> None:
    """Proves: one limit changed, from nothing and from the earlier basis: every table agrees, prices too.

    Sensitivity: a solve that kept the earlier numbers would give the earlier plan.
    """
    inputs, option = place
    other = option.with_name("other.yaml")
    other.write_text(f"title: other\nextends: {option.name}\nbudgets: [{{budget: training, limit: {{times: 0.9}}}}]\n")
    cold = solve_folder(inputs, other, tmp_path / "cold")
    warm = solve_folder(inputs, other, tmp_path / "warm", more=["--from", str(plan.folder)])
    assert (cold.exit_code, warm.exit_code) == (0, 0)
    assert warm.values["unmet"] != pytest.approx(plan.values["unmet"], rel=1e-4)
    same(cold.folder, warm.folder)
    assert "from nothing" not in warm.output


def test_a_plan_too_far_from_the_other_is_solved_from_nothing(
    place: tuple[Path, Path], plan: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: after the most steps allowed the answer is that from nothing, to the byte.

    Sensitivity: exit code 4 if the limit of steps ended the solve.
    """
    inputs, option = place
    other = option.with_name("far.yaml")
    other.write_text(f"title: far\nextends: {option.name}\nbudgets: [{{budget: training, limit: {{times: 0.9}}}}]\n")
    cold = solve_folder(inputs, other, tmp_path / "cold")
    monkeypatch.setattr("optimiser.solving.priorities.NEAR_STEPS", 1)
    far = solve_folder(inputs, other, tmp_path / "far", more=["--from", str(plan.folder)])
    assert (cold.exit_code, far.exit_code) == (0, 0)
    for path in cold.folder.glob("*.csv"):
        assert (far.folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_basis_is_one_of_our_files_and_fits_the_model(plan: Result) -> None:
    """Proves: plan.json lists it, so that it is ours to replace; read again it has a place for each column and row."""
    content = json.loads((plan.folder / "plan.json").read_text())
    assert BASIS in content["files"]
    assert changed(plan.folder) == []
    programme = reload(plan.folder).programme
    codes = kept_basis(plan.folder, programme)
    assert codes is not None
    # As many basic columns and rows as there are rows: what makes it a basis.
    basic = sum(int((np.frombuffer(part, dtype=np.uint8) == 1).sum()) for part in codes)
    assert basic == len(programme.matrix.lower)


@pytest.mark.parametrize("content", [None, b"", b"workforce optimiser basis 1\n", b"\x00" * 10_000])
def test_a_basis_that_is_lost_or_damaged_is_left_aside(
    place: tuple[Path, Path], plan: Result, tmp_path: Path, content: bytes | None
) -> None:
    """Proves: the solve says so, starts from nothing, and gives the same bytes as one that was given no folder."""
    kept = (plan.folder / BASIS).read_bytes()
    try:
        (plan.folder / BASIS).unlink()
        if content is not None:
            (plan.folder / BASIS).write_bytes(content)
        again = solve_folder(*place, tmp_path / "again", more=["--from", str(plan.folder)])
    finally:
        (plan.folder / BASIS).write_bytes(kept)
    assert again.exit_code == 0
    assert "keeps no basis for the columns and rows of this model" in again.output
    for path in plan.folder.glob("*.csv"):
        assert (again.folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_codes_that_are_no_place_of_the_solver_are_left_aside(plan: Result) -> None:
    kept = (plan.folder / BASIS).read_bytes()
    programme = reload(plan.folder).programme
    try:
        (plan.folder / BASIS).write_bytes(kept[:-1] + b"\x09")
        assert kept_basis(plan.folder, programme) is None
    finally:
        (plan.folder / BASIS).write_bytes(kept)


def test_a_model_with_another_row_does_not_take_it(place: tuple[Path, Path], plan: Result) -> None:
    """Proves: the shape is what columns and rows are about, not how many there are."""
    inputs, option = place
    longer = option.with_name("longer.yaml")
    longer.write_text(
        f"title: longer\nextends: {option.name}\nlimits: [{{name: few, quantity: spend, at_most: 1e12, each: []}}]\n"
    )
    files = open_files(inputs, longer, (), Faults())
    assert kept_basis(plan.folder, files.programme) is None


def test_a_plan_that_breaks_rules_keeps_the_basis_of_that_model(place: tuple[Path, Path], tmp_path: Path) -> None:
    """Proves: where rules had to be broken, the basis is of the programme in which they may be, and fits it again."""
    inputs, option = place
    broken = option.with_name("broken.yaml")
    broken.write_text(f"title: broken\nextends: {option.name}{MAY_BREAK}")
    done = solve_folder(inputs, broken, tmp_path / "broken")
    assert done.exit_code == 0, done.output
    again = reload(done.folder)
    assert again.content["priorities"][0]["name"] == "broken"
    assert kept_basis(done.folder, again.programme) is not None


def test_whole_numbers_keep_no_basis(place: tuple[Path, Path], tmp_path: Path) -> None:
    inputs, option = place
    whole = option.with_name("whole.yaml")
    whole.write_text(f"title: whole\nextends: {option.name}\nwhole_numbers: true\n")
    done = solve_folder(inputs, whole, tmp_path / "whole")
    assert done.exit_code == 0, done.output
    assert not (done.folder / BASIS).exists()
