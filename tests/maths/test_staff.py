"""People in post from one year to the next, and the time they have."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_leavers_are_a_share_of_last_years_staff(tmp_path: Path) -> None:
    """Proves: staff[t] = staff[t−1] − leavers[t], from the first year on: 100 → 90 → 81 → 72.9.

    Sensitivity: 100, 90, 81 if the first year were staff in post itself; 90, 80, 70 if leavers were a share of the
    first stock.
    """
    result = solve_case(
        tmp_path, {"roles": "role,title,leaver_rate\nnurse,Nurse,0.1", "staff_in_post": "role,fte\nnurse,100"}
    )
    assert result.series("staff", "fte") == approx([90, 81, 72.9])
    assert result.series("staff", "leavers") == approx([10, 9, 8.1])


def test_joiners_of_a_year_do_not_leave_in_it(tmp_path: Path) -> None:
    """Proves: 100 − 10 + 5 = 95; 95 − 9.5 + 5 = 90.5; 90.5 − 9.05 + 5 = 86.45.

    Sensitivity: 94.5 in the first year if leavers were a share of last year's staff and this year's joiners.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
            "staff_in_post": "role,fte\nnurse,100",
            "routes": "route,title,kind,from_role,to_role,years\nrecruit,Recruit,recruitment,,nurse,0",
        },
        "limits: [{name: five a year, quantity: starts, exactly: 5}]",
    )
    assert result.series("staff", "fte") == approx([95, 90.5, 86.45])
    assert result.series("staff", "joiners") == approx([5, 5, 5])


def test_a_route_between_roles_takes_from_one_and_gives_to_the_other(tmp_path: Path) -> None:
    """Proves: 10 starters of a route of 0 years leave 90 nurses and make 10 reporters in the same year.

    Sensitivity: 100 nurses if nobody moved out; 10 reporters only in 2027 if a route of 0 years took a year.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\nnurse,Nurse,0\nreporter,Reporter,0",
            "staff_in_post": "role,fte\nnurse,100\nreporter,0",
            "routes": """route,title,kind,from_role,to_role,years,non_completers
                up,Up,upskilling,nurse,reporter,0,leave""",
        },
        "limits: [{name: ten at once, quantity: starts, exactly: {2026: 10, 2027: 0}}]",
    )
    assert result.series("staff", "fte", role="nurse") == approx([90, 90, 90])
    assert result.series("staff", "fte", role="reporter") == approx([10, 10, 10])
    assert result.series("staff", "moved_out", role="nurse") == approx([10, 0, 0])
    assert result.series("staff", "joiners", role="reporter") == approx([10, 0, 0])


def test_an_exit_takes_people_out(tmp_path: Path) -> None:
    """Proves: a route without to_role removes its starters: 10 − 4 = 6, and nobody joins.

    Sensitivity: 10 if a route without to_role did nothing.
    """
    result = solve_case(
        tmp_path,
        {
            "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
                leave,Redundancy,exit,nurse,,0,1,leave"""
        },
        "limits: [{name: four go, quantity: starts, exactly: {2026: 4, 2027: 0}}]",
    )
    assert result.series("staff", "fte") == approx([6, 6, 6])
    assert result.series("staff", "joiners") == approx([0, 0, 0])


def test_only_the_available_share_of_an_fte_works(tmp_path: Path) -> None:
    """Proves: 10 FTE × 0.8 × 10 visits = 80 of 100 are done; 20 unmet ÷ yardstick 10 = 2 FTE a year, 6 in all.

    Sensitivity: 0 unmet if available_share were ignored.
    """
    result = solve_case(tmp_path, {"roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.8"})
    assert result.values["unmet"] == approx(6)
    assert result.series("demand", "by_staff") == approx([80, 80, 80])
    assert result.series("demand", "unmet_fte") == approx([2, 2, 2])
    assert result.plan["unmet_fte_years"] == approx(6)


def test_time_that_is_not_worked_is_idle(tmp_path: Path) -> None:
    """Proves: of 10 FTE × 0.9 = 9 available, 30 visits take 3; 6 are idle (idle time is available time).

    Sensitivity: 7 if idle time were counted in FTE in post.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate,available_share\nnurse,Nurse,0,0.9",
            "demand": "task,year,volume\nvisit,2026,30",
        },
    )
    assert result.series("staff", "idle") == approx([6, 6, 6])
    assert result.series("work", "fte") == approx([3, 3, 3])
    assert result.series("work", "units") == approx([30, 30, 30])
