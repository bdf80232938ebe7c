"""`roll`: evidence moved to a later first year says the same of every year from then on."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from optimiser.cli import main
from optimiser.constraints.option import read_policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.write.convert import folder_to_workbook
from optimiser.model.names import column_names
from optimiser.model.programme import Programme, build
from optimiser.model.to_pulp import to_pulp
from optimiser.solving.priorities import solve
from optimiser.text.faults import Faults
from tests.oracle.case_newer import make_newer_case
from tests.oracle.cases import write_case
from tests.support.engine import TINY, solve_folder, write_inputs
from tests.support.full import full_inputs

OPTION = """
title: Rules that look back
training_capacity:
  - {route: degree, places: 40}
  - {route: [reporting, retire], places: {2026: 4, 2028: 6}, each: [area]}
pace:
  - {route: degree, max_increase: 0.2, max_decrease: 0.5, seed: 2}
adoption:
  - {role: reporter, max_growth: 0.3, seed: 5}
skill_mix:
  - {task: plain_report, role: reporter, max_share: {ramp: {2026: 0.2, 2032: 0.7}}}
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["roll", *(str(word) for word in words)], catch_exceptions=False)


def rolled(inputs: Path, year: int, out: Path, *words: object) -> Path:
    done = run(inputs, "--to", year, "--out", out, *words)
    assert done.exit_code == 0, done.output
    return out


def same_from(year: int, before: Evidence, after: Evidence) -> None:
    """Volumes, productivity, amounts and leaver rates of every year from the new first one on."""
    late = year - before.settings.first_year
    assert after.settings.first_year == year
    assert after.settings.years == before.settings.years[late:]
    for name in ("volume", "units_per_fte", "amount", "leaver_rate", "completion", "fill_rate"):
        old, new = getattr(before, name)[..., late:], getattr(after, name)
        np.testing.assert_allclose(new, old, rtol=1e-12, err_msg=name)


def within(programme: Programme, decisions: np.ndarray) -> None:
    """Every row of the programme holds at the decisions."""
    level = np.zeros(len(programme.matrix.lower))
    np.add.at(level, programme.matrix.row, programme.matrix.value * decisions[programme.matrix.column])
    size = np.maximum(1.0, np.abs(decisions).max()) * 1e-7
    assert (level >= programme.matrix.lower - size).all(), programme.row_name(
        int(np.argmin(level - programme.matrix.lower))
    )
    assert (level <= programme.matrix.upper + size).all(), programme.row_name(
        int(np.argmax(level - programme.matrix.upper))
    )


def tail_is_a_plan(inputs: Path, option: Path, year: int, folder: Path) -> None:
    """What a plan does from `year` on is a plan of the evidence rolled there with that plan's starts."""
    result = solve_folder(inputs, option, folder / "plan")
    assert result.exit_code == 0, result.output
    before = read_evidence(inputs)
    programme = build(before, read_policy(option, before, Faults()))
    answer = solve(programme, to_pulp(programme)).answer
    assert answer is not None
    new = read_evidence(rolled(inputs, year, folder / "rolled", "--starts", result.folder))
    same_from(year, before, new)
    for at, area in enumerate(new.areas):
        for role, code in enumerate(new.roles):
            # To the last digit.
            assert new.staff_in_post[at, role] == result.figure("staff", "fte", role=code, area=area, year=year - 1)
    tail = build(new, read_policy(option, new, Faults()))
    decided = dict(
        zip(column_names(programme.quantities.decisions.columns.blocks, before), answer.decisions, strict=True)
    )
    names = column_names(tail.quantities.decisions.columns.blocks, new)
    at_tail = np.array([decided[name] for name in names])
    within(tail, at_tail)
    for name in ("in_training", "joiners", "moves_out", "leavers", "transitions", "received", "spend"):
        old = by_year(programme, name, answer.decisions)[year - before.settings.first_year :]
        np.testing.assert_allclose(by_year(tail, name, at_tail), old, rtol=1e-9, atol=1e-6, err_msg=name)


def by_year(programme: Programme, name: str, decisions: np.ndarray) -> np.ndarray:
    """A quantity summed over everything but the year."""
    quantity = programme.quantities[name]
    years = len(programme.evidence.settings.years)
    return np.bincount(quantity.keys["year"], weights=quantity.values(decisions), minlength=years)


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_the_tail_of_a_plan_is_a_plan_of_what_is_rolled(year: int, tmp_path: Path) -> None:
    """Proves: with every table, and limits that look back at past starts and staff, the plan's own last years satisfy
    every row of the rolled model; staff in post is the plan's to the digit.

    Sensitivity: an intake forgotten or counted twice breaks a staff balance; a waiting list kept breaks demand.
    """
    option = tmp_path / "option.yaml"
    option.write_text(OPTION, encoding="utf-8")
    tail_is_a_plan(full_inputs(tmp_path / "inputs"), option, year, tmp_path)


@pytest.mark.parametrize("seed", range(7000, 7008))
def test_so_it_is_on_random_evidence(seed: int, tmp_path: Path) -> None:
    """Proves: the same for the identities alone on random evidence, transitions and networks included."""
    case = make_newer_case(random.Random(seed))
    case.constraints = {"option.yaml": {"title": "Nothing but the identities"}}
    inputs, option = write_case(case, tmp_path)
    tail_is_a_plan(inputs, option, 2027 + seed % 2, tmp_path)


def test_scenarios_go_on_as_they_went(tmp_path: Path) -> None:
    """Proves: every line of multipliers has the same value in 2028 and later, whether it is still moving or not."""
    inputs = full_inputs(tmp_path / "inputs")
    out = rolled(inputs, 2027, tmp_path / "rolled")
    for chosen in (["high"], ["flow"], ["high", "flow"]):
        same_from(2027, read_evidence(inputs, chosen), read_evidence(out, chosen))


def test_as_last_year_by_hand(tmp_path: Path) -> None:
    """Proves: 100 nurses, a tenth leaves; 10 started a course of 2 years in 2024 and 20 in 2025, 0.5 complete. Rolled
    to 2028 with 20 a year: 90 + 5 = 95, then 85.5 + 10 = 95.5; past starts of 2026 and 2027 are 20 each.

    Sensitivity: 95.5 − 1 if the joiners of a year also left in it; 105.5 if 2026's intake had joined in 2027.
    """
    inputs = write_inputs(
        tmp_path / "inputs",
        {
            **TINY,
            "settings": {"last_year": 2030},
            "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
            "staff_in_post": "role,fte,source\nnurse,100,published: census",
            "routes": "route,title,kind,from_role,to_role,years,completion\nnew,New,training,,nurse,2,0.5",
            "past_starts": "route,year,starts\nnew,2024,10\nnew,2025,20",
            "leavers": "role,year,leaver_rate\nnurse,2026,0.1\nnurse,2029,0.3",
            "costs": "item,line,per,amount,budget,growth\nnew,x,start,100,,0.1\nnurse,pay,fte-year,5,,",
        },
    )
    out = rolled(inputs, 2028, tmp_path / "rolled")
    assert (out / "staff_in_post.csv").read_text(encoding="utf-8") == (
        "role,fte,source\nnurse,95.5,"
        '"derived: rolled from 2026 to 2028, starts as in 2025; before: published: census"\n'
    )
    assert (out / "past_starts.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        'new,2026,20.0,all,"derived: rolled from 2026 to 2028, starts as in 2025"',
        'new,2027,20.0,all,"derived: rolled from 2026 to 2028, starts as in 2025"',
    ]
    assert (out / "leavers.csv").read_text(encoding="utf-8") == "role,year,leaver_rate\nnurse,2029,0.3\n"
    evidence = read_evidence(out)
    same_from(2028, read_evidence(inputs), evidence)
    assert evidence.amount[evidence.cost_item.index("new"), 0] == pytest.approx(121)
    # What does not count from the first year is as it was, to the letter.
    assert (out / "demand.csv").read_bytes() == (inputs / "demand.csv").read_bytes()


def test_two_steps_are_one(tmp_path: Path) -> None:
    """Proves: rolled to 2027 and on to 2028 is rolled to 2028, whatever grows, ramps or moves on."""
    inputs = full_inputs(tmp_path / "inputs")
    whole = read_evidence(rolled(inputs, 2028, tmp_path / "whole"), ["high", "flow"])
    halves = read_evidence(rolled(rolled(inputs, 2027, tmp_path / "half"), 2028, tmp_path / "on"), ["high", "flow"])
    for name in ("volume", "units_per_fte", "amount", "leaver_rate", "staff_in_post", "past_starts"):
        np.testing.assert_allclose(getattr(halves, name), getattr(whole, name), rtol=1e-12, err_msg=name)


def test_a_workbook_is_not_written(tmp_path: Path) -> None:
    done = run(full_inputs(tmp_path / "inputs"), "--to", "2028", "--out", tmp_path / "book.xlsx")
    assert done.exit_code == 2
    assert "optimiser convert" in done.output


def test_starts_of_a_file(tmp_path: Path) -> None:
    inputs = full_inputs(tmp_path / "inputs")
    starts = tmp_path / "starts.csv"
    starts.write_text("route,area,year,starts\ndegree,north,2026,3\ndegree,north,2027,4\n", encoding="utf-8")
    evidence = read_evidence(rolled(inputs, 2028, tmp_path / "rolled", "--starts", starts))
    north, south = evidence.areas.index("north"), evidence.areas.index("south")
    degree = evidence.routes.index("degree")
    assert evidence.past_starts[north, degree].tolist() == [4, 3, 12]
    assert evidence.past_starts[south, degree].tolist() == [0, 0, 9]
    starts.write_text("route,area,year,starts\ndegree,north,2026,3\n", encoding="utf-8")
    done = run(inputs, "--to", "2028", "--out", tmp_path / "other", "--starts", starts)
    assert done.exit_code == 1
    assert "no starts of degree in north in 2027/28" in done.output
    assert not (tmp_path / "other").exists()


def test_a_workbook_rolls_as_its_folder_does(tmp_path: Path) -> None:
    inputs = full_inputs(tmp_path / "inputs")
    folder_to_workbook(inputs, tmp_path / "book.xlsx", Faults())
    one, two = rolled(inputs, 2028, tmp_path / "one"), rolled(tmp_path / "book.xlsx", 2028, tmp_path / "two")
    for name in ("staff_in_post.csv", "past_starts.csv", "costs.csv", "scenarios.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


@pytest.mark.parametrize(
    ("year", "found"),
    [
        ("2026", "expected a year from 2027/28 to 2029/30"),
        ("2031/32", "expected a year from 2027/28"),
        ("soon", "soon"),
    ],
)
def test_a_year_outside_is_a_fault(year: str, found: str, tmp_path: Path) -> None:
    done = run(full_inputs(tmp_path / "inputs"), "--to", year, "--out", tmp_path / "rolled")
    assert done.exit_code == 1
    assert found in done.output
    assert not (tmp_path / "rolled").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    inputs = full_inputs(tmp_path / "inputs")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    done = run(inputs, "--to", "2028", "--out", tmp_path / "there")
    assert done.exit_code == 5
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["notes.txt"]


def test_what_cannot_be_known_is_said(tmp_path: Path) -> None:
    """Proves: without a plan the waiting list and shares are kept, with a warning; a yardstick that grows is named."""
    done = run(full_inputs(tmp_path / "inputs"), "--to", "2028", "--out", tmp_path / "rolled")
    assert done.exit_code == 0
    for words in (
        "A waiting list, without a plan to bring it up to date",
        "current_share, without a plan to bring it up to date",
        "a yardstick of scan_report that goes from 1500 to 1530.15",
    ):
        assert words in done.output


def test_a_plan_of_other_inputs_is_refused(tmp_path: Path) -> None:
    option = tmp_path / "option.yaml"
    option.write_text("title: T\n", encoding="utf-8")
    other = write_inputs(tmp_path / "tiny", TINY)
    result = solve_folder(other, option, tmp_path / "plan")
    done = run(full_inputs(tmp_path / "inputs"), "--to", "2028", "--out", tmp_path / "r", "--starts", result.folder)
    assert done.exit_code == 1
    assert "a plan with other areas" in done.output
