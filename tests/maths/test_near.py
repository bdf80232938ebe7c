"""`solve --near`: of plans that are equal in every priority, or nearly, the one that changes starts least."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from pytest import approx

from optimiser.audit.audit import audit
from tests.support.engine import Result, solve_folder, write_inputs

TWO_WAYS = {
    "staff_in_post": "role,fte\nnurse,0",
    "roles": "role,title,leaver_rate\nnurse,Nurse,1",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        home,Home,recruitment,,nurse,0,1,
        abroad,Abroad,recruitment,,nurse,0,1,""",
    "demand": "task,year,volume\nvisit,2026,60\nvisit,2027,90\nvisit,2028,60",
    "costs": """item,line,per,amount,budget
        home,recruitment,start,1,b
        abroad,recruitment,start,1,b""",
}
"""Everybody leaves after a year; 6, 9 and 6 starts meet demand, from home or abroad at £1 each."""


def case(folder: Path, option: str = "", **tables: str) -> tuple[Path, Path]:
    """The inputs and an option that are there to be solved."""
    inputs = write_inputs(folder / "inputs", {**TWO_WAYS, "settings": {"discount_rate": 0.0}, **tables})
    policy = folder / "option.yaml"
    policy.write_text(f"title: Test\n{option}\n", encoding="utf-8")
    return inputs, policy


def announced(folder: Path, option: str = "") -> Path:
    """Results in which the intake from abroad is 4 a year and the rest from home: [2, 5, 2]."""
    exactly = "\n  - {name: four, quantity: starts, where: {route: abroad}, exactly: 4}"
    result = solve_folder(*case(folder, f"limits:{exactly}{option}"), folder / "results")
    assert result.series("starts", "starts", route="home") == approx([2, 5, 2])
    return result.folder


def near(folder: Path, other: Path, *more: str, option: str = "", expect: int = 0, **tables: str) -> Result:
    """The case solved near another plan."""
    result = solve_folder(*case(folder, option, **tables), folder / "results", more=["--near", str(other), *more])
    assert result.exit_code == expect, result.output
    return result


def test_of_equal_plans_the_one_that_was_announced(tmp_path: Path) -> None:
    """Proves: at equal cost the plan starts as announced, where it is otherwise free to choose any mix.

    Sensitivity: whatever the tie-break prefers, all from one route.
    """
    other = announced(tmp_path / "last")
    result = near(tmp_path / "now", other)
    assert result.series("starts", "starts", route="abroad") == approx([4, 4, 4])
    assert result.series("starts", "starts", route="home") == approx([2, 5, 2])
    assert result.plan["near"] == {"results": str(other), "within": 0.0, "difference": approx(0, abs=1e-9)}
    assert audit(result.folder).passed


def test_no_priority_gives_anything(tmp_path: Path) -> None:
    """Proves: with abroad at £2 the cheapest plan is kept, 4 × 3 fewer from abroad and as many more from home: 24.

    Sensitivity: 0 if the announced starts came before the cost.
    """
    dearer = TWO_WAYS["costs"].replace("abroad,recruitment,start,1", "abroad,recruitment,start,2")
    result = near(tmp_path / "now", announced(tmp_path / "last"), costs=dearer)
    assert result.values == approx({"unmet": 0, "cost": 21})
    assert result.plan["near"]["difference"] == approx(24)


def test_within_a_share_every_priority_gives_that_much(tmp_path: Path) -> None:
    """Proves: 10 % of £21 pays for 2.1 starts from abroad in place of home, so the difference falls from 24 by 4.2.

    The prices are those of the best plan: one visit more costs £0.10 and not £0.20. The audit knows the share.
    Sensitivity: 19.8 becomes 24 without the share, 23.8 if the share were 1 %.
    """
    dearer = TWO_WAYS["costs"].replace("abroad,recruitment,start,1", "abroad,recruitment,start,2")
    result = near(tmp_path / "now", announced(tmp_path / "last"), "--within", "10%", costs=dearer)
    assert result.values == approx({"unmet": 0, "cost": 23.1}, abs=1e-6)
    assert result.plan["near"]["difference"] == approx(19.8)
    prices = [float(row["price_cost"]) for row in result.table("demand")]
    assert prices == approx([0.1] * len(prices))
    found = audit(result.folder)
    assert found.passed
    assert [(one.value, one.bound) for one in found.proved] == [approx((0, 0), abs=1e-6), approx((23.1, 21))]


def test_a_value_that_gave_up_more_than_its_share_is_found(tmp_path: Path) -> None:
    """Proves: the audit holds a plan to the share it was allowed. Sensitivity: passes if it did not look at it."""
    dearer = TWO_WAYS["costs"].replace("abroad,recruitment,start,1", "abroad,recruitment,start,2")
    result = near(tmp_path / "now", announced(tmp_path / "last"), "--within", "10%", costs=dearer)
    content = {**result.plan, "near": {**result.plan["near"], "within": 0.05}}
    (result.folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    assert [one.figure for one in audit(result.folder).differences] == ["priority cost"]


def test_a_changed_difference_is_found(tmp_path: Path) -> None:
    """Proves: the audit adds up near.csv itself. Sensitivity: passes if it took plan.json's word."""
    result = near(tmp_path / "now", announced(tmp_path / "last"))
    content = {**result.plan, "near": {**result.plan["near"], "difference": 3.0}}
    (result.folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    assert [one.figure for one in audit(result.folder).differences] == ["near, difference"]
    with (result.folder / "near.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["other"] for row in rows if row["route"] == "abroad"} == {"4.0"}


def test_whole_people_stay_whole(tmp_path: Path) -> None:
    """Proves: with whole numbers the announced 4 a year come back as whole people. Sensitivity: 0 difference only if
    the third solve keeps the first two values.
    """
    result = near(tmp_path / "now", announced(tmp_path / "last"), option="whole_numbers: true")
    assert result.series("starts", "starts", route="abroad") == [4, 4, 4]
    assert result.plan["near"]["difference"] == 0


def test_what_is_broken_gives_nothing(tmp_path: Path) -> None:
    """Proves: at most 5 starts a year clash with the first year's level of care, 6; breaking it by 1 is the least, and
    no share lets more be broken, though 9 starts in 2027 (5 + 4 above) would be nearer. Sensitivity: a `broken` of
    2 if the share of 100 % held for it.
    """
    option = (
        "service_levels:\n  - {task: visit, at_least: 1.0, to: 2026}\n"
        "limits:\n  - {name: five, quantity: starts, at_most: 5, may_break: 1}"
    )
    result = near(tmp_path / "now", announced(tmp_path / "last"), "--within", "100%", option=option)
    assert result.values["broken"] == approx(1)
    assert result.plan["near"]["within"] == 1.0
    assert audit(result.folder).passed


def test_codes_that_are_not_in_both_are_said(tmp_path: Path) -> None:
    """Proves: routes of one plan only are named, and the rest is compared."""
    other = announced(tmp_path / "last")
    routes = TWO_WAYS["routes"].replace("abroad,Abroad", "bank,Bank")
    costs = TWO_WAYS["costs"].replace("abroad", "bank")
    result = near(tmp_path / "now", other, routes=routes, costs=costs)
    assert "has no route bank: starts there are not compared." in result.output
    assert "This evidence has no route abroad: starts there are not compared." in result.output
    assert result.series("starts", "starts", route="home") == approx([2, 5, 2])


def test_nothing_in_common_is_a_fault(tmp_path: Path) -> None:
    other = announced(tmp_path / "last")
    later = TWO_WAYS["demand"].replace("2028", "2032").replace("2027", "2031").replace("2026", "2030")
    settings = {"discount_rate": 0.0, "first_year": 2030, "last_year": 2032}
    result = near(tmp_path / "now", other, expect=1, demand=later, settings=settings)  # type: ignore[arg-type]
    assert "no route, area and reported year of this evidence" in result.output
    assert not result.folder.exists()


@pytest.mark.parametrize("damage", ["truncated", "missing", "no folder"])
def test_damaged_results_are_a_fault(tmp_path: Path, damage: str) -> None:
    other = announced(tmp_path / "last")
    if damage == "truncated":
        (other / "starts.csv").write_text("route,area,year,starts\nhome,all,20", encoding="utf-8")
    elif damage == "missing":
        (other / "starts.csv").unlink()
    result = near(tmp_path / "now", other if damage != "no folder" else tmp_path / "nowhere", expect=1)
    assert "fault" in result.output or "found" in result.output
    assert not result.folder.exists()


def test_a_share_without_a_plan_to_be_near_is_refused(tmp_path: Path) -> None:
    result = solve_folder(*case(tmp_path), tmp_path / "results", more=["--within", "1%"])
    assert result.exit_code == 2
    assert "name that with --near" in result.output
