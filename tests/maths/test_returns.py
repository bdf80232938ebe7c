"""Waiting lists: what is not met comes back in part."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_unmet_demand_returns_and_the_first_list_counts_whole(tmp_path: Path) -> None:
    """Proves: 80 of 100 visits can be done; half of what is unmet returns; 10 wait at the beginning.

    2026: 110 − 80 = 30 unmet; 2027: 100 + 15 − 80 = 35; 2028: 100 + 17.5 − 80 = 37.5; together 102.5 ÷ 10 = 10.25 FTE.
    Sensitivity: 25 in 2026 if the list were multiplied by returns; 20 every year if nothing returned; 30, 50, 70 if
    all did.
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,8",
            "tasks": "task,title,returns\nvisit,Visit,0.5",
            "waiting_list": "task,volume\nvisit,10",
        },
    )
    assert result.series("demand", "volume") == approx([100, 100, 100])
    assert result.series("demand", "waiting") == approx([10, 15, 17.5])
    assert result.series("demand", "unmet") == approx([30, 35, 37.5])
    assert result.values["unmet"] == approx(10.25)


def test_without_returns_a_year_forgets_the_one_before(tmp_path: Path) -> None:
    """Proves: returns is 0 where it is blank: the list of 10 counts in 2026 only: unmet 30, 20, 20.

    Sensitivity: 30, 50, 70 if unmet demand stayed by default; 30, 30, 30 if the list counted every year.
    """
    result = solve_case(tmp_path, {"staff_in_post": "role,fte\nnurse,8", "waiting_list": "task,volume\nvisit,10"})
    assert result.series("demand", "unmet") == approx([30, 20, 20])


def test_one_more_unit_costs_more_where_it_returns(tmp_path: Path) -> None:
    """Proves: one more visit in 2026 is 1 + 0.5 + 0.25 unmet units = 0.175 FTE; in 2027 0.15; in 2028 0.1.

    Sensitivity: 0.1 every year if the price forgot that unmet demand returns.
    """
    result = solve_case(
        tmp_path, {"staff_in_post": "role,fte\nnurse,8", "tasks": "task,title,returns\nvisit,Visit,0.5"}
    )
    assert result.series("demand", "price_unmet") == approx([0.175, 0.15, 0.1])
