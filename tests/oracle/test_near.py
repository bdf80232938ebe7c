"""Random cases solved near another plan: the oracle's difference, and what never changes."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest

from optimiser.audit.audit import audit
from tests.oracle.cases import make_case, write_case
from tests.oracle.lp import solve
from tests.oracle.near import Other, least_difference
from tests.oracle.test_against_engine import is_whole
from tests.support.engine import Result, solve_folder
from tests.support.examples import seeds

SEEDS = [seed for seed in range(30) if not is_whole(make_case(random.Random(seed)))][:14]


def starts_of(result: Result) -> dict[tuple[str, str, int], float]:
    """The starts of the reported years."""
    return {(row["route"], row["area"], int(row["year"])): float(row["starts"]) for row in result.table("starts")}


def another(plain: Result, folder: Path, rng: random.Random) -> Other:
    """A results folder like the plain one, with other starts, and these."""
    shutil.copytree(plain.folder, folder)
    other = {key: round(value * rng.choice([0, 0.5, 1, 1, 1.5]) + rng.choice([0, 0, 1]), 3)
             for key, value in starts_of(plain).items()}  # fmt: skip
    with (folder / "starts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["route", "area", "year", "starts", "commissions", "in_training"])
        writer.writerows([*key, value, value, 0] for key, value in other.items())
    return other


@pytest.mark.parametrize("within", [0.0, 0.02])
@pytest.mark.parametrize("seed", seeds(SEEDS, quick=7))
def test_the_difference_is_the_oracles(seed: int, within: float, tmp_path: Path) -> None:
    """Proves: no plan that gives up no more is nearer; the difference is never above the plain plan's; without a share
    the priorities and their prices are the plain plan's; and the audit confirms all of it.
    """
    rng = random.Random(seed)
    case = make_case(rng)
    inputs, option = write_case(case, tmp_path)
    plain = solve_folder(inputs, option, tmp_path / "plain", case.scenarios)
    if plain.status != "optimal":
        return
    other = another(plain, tmp_path / "other", rng)
    words = ["--near", str(tmp_path / "other"), "--within", str(within)]
    result = solve_folder(inputs, option, tmp_path / "near", case.scenarios, more=words)
    assert result.exit_code == 0, result.output
    answer = solve(inputs, option, case.scenarios)
    found = result.plan["near"]["difference"]
    least = least_difference(inputs, option, tuple(case.scenarios), answer, other, within)
    assert found == pytest.approx(least, rel=1e-5, abs=1e-4)
    assert found <= sum(abs(value - other[key]) for key, value in starts_of(plain).items()) + 1e-6
    if not within:
        assert result.values == pytest.approx(plain.values, rel=1e-8, abs=1e-6)
        for name in plain.values:
            columns = [[row[f"price_{name}"] for row in one.table("limits")] for one in (plain, result)]
            assert [float(cell) for cell in columns[1]] == pytest.approx([float(cell) for cell in columns[0]], rel=1e-6)
    for name, value in result.values.items():
        if name == next(iter(plain.values)):
            assert value <= plain.values[name] + within * abs(plain.values[name]) + 1e-6
    if audit(plain.folder).passed:
        assert audit(result.folder).differences == ()


@pytest.mark.parametrize("seed", range(8))
def test_near_itself_changes_nothing(seed: int, tmp_path: Path) -> None:
    """Proves: a plan near its own results is that plan, whole numbers and broken rules included."""
    case = make_case(random.Random(seed))
    inputs, option = write_case(case, tmp_path)
    plain = solve_folder(inputs, option, tmp_path / "plain", case.scenarios)
    if plain.status != "optimal":
        return
    words = ["--near", str(tmp_path / "plain")]
    result = solve_folder(inputs, option, tmp_path / "near", case.scenarios, more=words)
    assert result.plan["near"]["difference"] == pytest.approx(0, abs=1e-6)
    assert starts_of(result) == pytest.approx(starts_of(plain), rel=1e-7, abs=1e-6)
