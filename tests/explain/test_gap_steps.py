"""How the gap closes: the steps add up, and each is what its name says."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from optimiser.cli import main
from optimiser.explain.gap_steps import PLAN, STEPS, TODAY, steps
from optimiser.plan.reload import reload
from tests.oracle.cases import make_case, write_case
from tests.support.engine import solve_case, solve_folder
from tests.support.full import solve_full


@pytest.mark.parametrize("seed", [20, 21, 22, 23, 25, 26, 28, 29, 30])
def test_the_sum_closes(seed: int, tmp_path: Path) -> None:
    """Proves: today's shortfall and all steps make the plan's shortfall, though each is worked out on its own."""
    case = make_case(random.Random(seed))
    inputs, option = write_case(case, tmp_path)
    result = solve_folder(inputs, option, tmp_path / "plan", case.scenarios)
    assert result.exit_code == 0, result.output
    gap = steps(reload(result.folder))
    for service, given in gap.services.items():
        total = given[TODAY] + sum(given[step] for step in STEPS)
        assert total == pytest.approx(given[PLAN], abs=1e-6), service
    short = sum(float(row["unmet_fte"]) for row in result.table("demand") if int(row["year"]) == gap.last)
    assert sum(given[PLAN] for given in gap.services.values()) == pytest.approx(short, abs=1e-6)


def test_each_step_by_hand(tmp_path: Path) -> None:
    """Proves, on one role of 10 FTE, half of whose staff are counted out by hand: two trainees of earlier years join,
    three are recruited, one in ten leaves, productivity grows by a tenth and demand by half.
    """
    inputs = {
        "settings": {"last_year": 2027},
        "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\n"
        "train,T,training,,nurse,2,1,\nrecruit,R,recruitment,,nurse,0,1,\nkeep,K,retention,,nurse,0,1,",
        "past_starts": "route,year,starts\ntrain,2024,0\ntrain,2025,2",
        "productivity": "role,task,units_per_fte,growth\nnurse,visit,10,0.1",
        "demand": "task,year,volume,growth\nvisit,2026,200,0.5",
    }
    option = {"training_capacity": [{"route": "recruit", "places": {2026: 0, 2027: 3}}, {"route": "keep", "places": 0}]}
    gap = steps(reload(solve_case(tmp_path, inputs, option).folder))
    given = gap.services["visit"]
    # 9 FTE in 2026 (one of ten left); in 2027 0.9 leave, 2 come from training and 3 are recruited: 13.1.
    assert given[TODAY] == pytest.approx((200 - 90) / 10)
    assert given["training already under way"] == pytest.approx(-2 * 1.05)
    assert given["recruitment"] == pytest.approx(-3 * 1.05)
    assert given["leavers"] == pytest.approx(0.9 * 1.05)
    assert given["productivity"] == pytest.approx(-(9 + 13.1) / 2 * 0.1)
    assert given["demand growth"] == pytest.approx(10)
    assert given["skill-mix shift"] == 0
    assert given[PLAN] == pytest.approx((300 - 13.1 * 11) / 10)


def test_work_that_moves_between_tasks(tmp_path: Path) -> None:
    """Proves: a role whose time goes from one task to another shifts the mix; its stock has not changed."""
    inputs = {
        "tasks": "task,title,unit,priority,service\nvisit,V,visits,1,Home\nclinic,C,clinics,5,Clinic",
        "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,clinic,10",
        "demand": "task,year,volume\nvisit,2026,100\nclinic,2026,0\nclinic,2028,40",
    }
    gap = steps(reload(solve_case(tmp_path, inputs).folder))
    assert gap.services["Home"]["skill-mix shift"] == pytest.approx(4)
    assert gap.services["Clinic"]["skill-mix shift"] == pytest.approx(-4)
    assert gap.services["Clinic"]["demand growth"] == pytest.approx(4)
    assert gap.services["Home"][PLAN] == pytest.approx(4)


def test_the_file_and_the_table(tmp_path: Path) -> None:
    folder = solve_full(tmp_path).folder
    done = CliRunner().invoke(main, ["explain", str(folder), "--top", "1"])
    assert "How the gap closes from 2026/27 to 2029/30" in done.stdout
    with (folder / "steps.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["service", "step", "fte"]
    assert {row["step"] for row in rows} == {TODAY, *STEPS, PLAN}
    assert CliRunner().invoke(main, ["audit", str(folder)]).exit_code == 0
