"""Each sign of a plan that a commissioner would laugh at is noticed, and no shipped option shows one in any future.

The options under the evidence as it stands are read in `test_england.py`, where they are solved already.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.england.signs import emptied, idle_money, own_work_left, swings, too_small, unexpected
from tests.support.engine import solve_folder
from tools.ledger import ALLIANCE, ENGLAND, ROOT, paths

with (ROOT / "inputs" / ALLIANCE / "scenarios.csv").open(encoding="utf-8", newline="") as table:
    FUTURES = sorted({row["scenario"] for row in csv.DictReader(table)})
ROUTES = "route,kind\ncourse,degree\nkeep,retention"
PAST = "route,area,year,starts\ncourse,here,2025/26,20\nkeep,here,2025/26,0"


def results(folder: Path, tables: Mapping[str, str]) -> Path:
    """A results folder with these tables and the evidence of one course of 20 a year and of retention."""
    for name, text in {"used/inputs/routes": ROUTES, "used/inputs/past_starts": PAST, **tables}.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    return folder


def starts(*course: float) -> str:
    """starts.csv of 2026 on: the course as given, and retention that swings, which is no intake."""
    lines = [f"course,here,{2026 + t},{one}\nkeep,here,{2026 + t},{50 * (t % 2)}" for t, one in enumerate(course)]
    return "\n".join(["route,area,year,starts", *lines])


@pytest.mark.parametrize(
    ("course", "swing"),
    [
        ((20, 20, 20), False),
        ((24, 29, 35), False),
        ((15, 15, 20), True),
        ((26, 20, 20), True),
        ((17, 20, 20), False),
        ((15, 15, 15, 15, 20), False),
    ],
)
def test_an_intake_that_swings_and_comes_back_is_noticed(
    tmp_path: Path, course: tuple[float, ...], swing: bool
) -> None:
    """Proves: more than a fifth, and back within four years. Sensitivity: a steady rise or an eighth is none."""
    assert bool(list(swings(results(tmp_path, {"starts": starts(*course)})))) is swing


def test_a_programme_below_half_needs_a_named_rule(tmp_path: Path) -> None:
    nothing = "limit,family,year,broken,price_unmet\nfloor of course,limits,2026,0,0"
    folder = results(tmp_path, {"starts": starts(9, 9), "limits": nothing})
    assert list(too_small(folder)) == ["course falls to 9.0 of 20.0, and no rule is named"]
    results(tmp_path, {"limits": nothing.replace("2026,0,0", "2026,1,0")})
    assert not list(too_small(folder))


def test_a_profession_that_leaves_its_own_work_is_noticed(tmp_path: Path) -> None:
    work = "role,task,area,year,fte\nx,own,here,2026,6\nx,other,here,2026,4\nx,own,here,2027,{}\nx,other,here,2027,{}"
    assert not list(own_work_left(results(tmp_path, {"work": work.format(3.1, 6.9)})))
    assert len(list(own_work_left(results(tmp_path, {"work": work.format(2.9, 7.1)})))) == 1


def test_a_service_emptied_is_noticed(tmp_path: Path) -> None:
    demand = "task,area,year,volume,unmet\nvisit,here,2026,100,{}"
    assert not list(emptied(results(tmp_path, {"demand": demand.format(60)})))
    assert len(list(emptied(results(tmp_path, {"demand": demand.format(61)})))) == 1


def test_money_left_beside_a_shortage_needs_a_reason(tmp_path: Path) -> None:
    """Proves: where another limit would buy less shortage, money may be left; where none would, it may not."""
    tables = {
        "demand": "task,area,year,volume,unmet\nvisit,here,2026,100,10",
        "budgets": "budget,year,limit,carried_in,spend,carried_out\ntraining,2026,100,0,90,0",
        "limits": "limit,family,year,broken,price_unmet\npace of course,pace,2026,0,0",
    }
    assert list(idle_money(results(tmp_path, tables))) == ["training leaves 10 of 100 in 2026, and nothing else holds"]
    assert not list(idle_money(results(tmp_path, tables | {"limits": tables["limits"].replace("0,0", "0,2")})))
    assert not list(idle_money(results(tmp_path, tables | {"budgets": tables["budgets"].replace("90,0", "96,0")})))


@pytest.mark.slow
@pytest.mark.parametrize("future", FUTURES)
@pytest.mark.parametrize("option", ENGLAND)
def test_no_option_shows_a_sign_in_any_future(option: str, future: str, tmp_path: Path) -> None:
    """Proves: the alliance's plan under every option and scenario is one that could be carried out."""
    done = solve_folder(*paths(ALLIANCE, option), tmp_path / "out", [future])
    assert done.exit_code == 0, done.output
    assert unexpected(ALLIANCE, option, done.folder) == []
