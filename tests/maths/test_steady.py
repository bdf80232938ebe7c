"""Steady intakes: what a start more or fewer than the year before weighs."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

UP_AND_DOWN = {
    "staff_in_post": "role,fte\nnurse,0",
    "roles": "role,title,leaver_rate\nnurse,Nurse,1",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "past_starts": "route,year,starts\nrecruit,2025,6",
    "demand": "task,year,volume\nvisit,2026,60\nvisit,2027,90\nvisit,2028,60",
    "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,1,b",
}
"""Everybody leaves after a year, so the intake is the staff: 6, 9 and 6 FTE of work, after an intake of 6."""


def test_a_small_weight_gives_way_to_demand(tmp_path: Path) -> None:
    """Proves: at 0.4 a start, up 3 weighs 1.2, less than 3 FTE-years unmet; down again would weigh as much, so the
    intake stays at 9. Sensitivity: [6, 9, 6] if a fall weighed nothing (it is cheaper); 3.6 in 2026 alone if the year
    before the first were taken as 0.
    """
    result = solve_case(tmp_path, UP_AND_DOWN, "steady: {weight: 0.4}")
    assert result.series("starts", "starts") == approx([6, 9, 9])
    (unmet, cost) = result.plan["priorities"]
    assert unmet["value"] == approx(1.2)
    assert unmet["parts"] == approx({"unmet": 0, "change": 1.2})
    assert "parts" not in cost
    assert "change by 1.0 people a year, 3.0 in all; each weighs 0.4." in " ".join(result.output.split())


def test_a_large_weight_keeps_the_intake(tmp_path: Path) -> None:
    """Proves: at 1.2 a start, 3 FTE-years unmet weigh less than a rise of 3 (3.6).

    Sensitivity: [6, 9, 9] if a rise weighed nothing.
    """
    result = solve_case(tmp_path, UP_AND_DOWN, "steady: {weight: 1.2, where: {kind: recruitment}}")
    assert result.series("starts", "starts") == approx([6, 6, 6])
    assert result.plan["priorities"][0]["parts"] == approx({"unmet": 3, "change": 0})


def test_without_past_starts_the_first_year_is_free(tmp_path: Path) -> None:
    """Proves: the first change is that of 2027, so the intake is 9 from the beginning, for nothing.

    Sensitivity: 3.6 if it rose from 0 in 2025.
    """
    result = solve_case(tmp_path, {**UP_AND_DOWN, "past_starts": None}, "steady: {weight: 0.4}")
    assert result.series("starts", "starts") == approx([9, 9, 9])
    assert result.plan["priorities"][0]["parts"] == approx({"unmet": 0, "change": 0}, abs=1e-9)


def test_the_run_out_changes_freely(tmp_path: Path) -> None:
    """Proves: after last_year an intake may fall to nothing for nothing. Sensitivity: 2.4 more at 0.4 × 6."""
    demand = "task,year,volume\nvisit,2026,60\nvisit,2028,0"
    settings = {"last_year": 2027, "run_out_years": 1}
    result = solve_case(tmp_path, {**UP_AND_DOWN, "demand": demand, "settings": settings}, "steady: {weight: 0.4}")
    assert result.values == approx({"unmet": 0, "cost": 12})


def test_with_cost_first_the_weight_is_money_undiscounted(tmp_path: Path) -> None:
    """Proves: at £1.60 a start, keeping 6 on costs £6 + £3 + £1.50 at a discount rate of 100 %, more than a fall to
    none at once (£9.60). At £1.80 it is £10.80 and they are kept. Sensitivity: with the weight discounted, a fall in
    2028 would weigh a quarter and be taken.
    """
    money = {**UP_AND_DOWN, "settings": {"discount_rate": 1.0}}
    falls = solve_case(tmp_path / "falls", money, "priorities: [cost, unmet]\nsteady: {weight: 1.6}")
    assert falls.series("starts", "starts") == approx([0, 0, 0], abs=1e-9)
    assert falls.plan["priorities"][0]["parts"] == approx({"cost": 0, "change": 9.6})
    kept = solve_case(tmp_path / "kept", money, "priorities: [cost, unmet]\nsteady: {weight: 1.8}")
    assert kept.series("starts", "starts") == approx([6, 6, 6])
    assert kept.plan["priorities"][0]["parts"] == approx({"cost": 10.5, "change": 0})


def test_whole_people_change_by_whole_people(tmp_path: Path) -> None:
    """Proves: with whole numbers each change counts once: 3 up at 0.4."""
    result = solve_case(tmp_path, UP_AND_DOWN, "whole_numbers: true\nsteady: {weight: 0.4}")
    assert result.plan["priorities"][0]["parts"] == approx({"unmet": 0, "change": 1.2})
