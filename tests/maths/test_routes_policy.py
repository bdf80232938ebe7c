"""Policy on routes: places, pace, hold, cohorts, whole people."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

RECRUIT = {
    "staff_in_post": "role,fte\nnurse,0",
    "demand": "task,year,volume\nvisit,2026,10000",
    "routes": "route,title,kind,from_role,to_role,years\nrecruit,Recruit,recruitment,,nurse,0",
}
"""Nobody in post and more work than anyone can do: every start helps."""
TWO_AREAS = {
    **RECRUIT,
    "areas": "area,title\nnorth,North\nsouth,South",
    "staff_in_post": "area,role,fte\nnorth,nurse,0\nsouth,nurse,0",
    "demand": "area,task,year,volume\nnorth,visit,2026,1000\nsouth,visit,2026,1000",
}


def test_places_are_for_all_areas_together(tmp_path: Path) -> None:
    """Proves: 10 a year in all: nurses 10, 20, 30 do 600 of 6000 visits: 540 FTE unmet.

    Sensitivity: 480 if each area had ten.
    """
    result = solve_case(tmp_path, TWO_AREAS, "training_capacity: [{route: recruit, places: 10}]")
    assert result.values["unmet"] == approx(540)


def test_places_by_area(tmp_path: Path) -> None:
    """Proves: 10 a year in each area: 1200 visits done, 480 FTE unmet. Sensitivity: 540 if they were shared."""
    result = solve_case(tmp_path, TWO_AREAS, "training_capacity: [{route: recruit, places: 10, each: [area]}]")
    assert result.values["unmet"] == approx(480)
    assert result.rows("limits", limit="training_capacity recruit by area", area="south")


def test_places_by_year(tmp_path: Path) -> None:
    """Proves: {2026: 2, 2028: 4} is 2, 2, 4. Sensitivity: 3 in 2027 if it were a line."""
    result = solve_case(tmp_path, RECRUIT, "training_capacity: [{route: recruit, places: {2026: 2, 2028: 4}}]")
    assert result.series("starts", "starts") == approx([2, 2, 4])


def test_a_list_of_routes_is_each_of_them(tmp_path: Path) -> None:
    """Proves: two routes with 10 places each: 20 start a year. Sensitivity: 10 if the list were a joint cap."""
    routes = """route,title,kind,from_role,to_role,years
        home,Home,recruitment,,nurse,0
        abroad,Abroad,recruitment,,nurse,0"""
    result = solve_case(
        tmp_path, {**RECRUIT, "routes": routes}, "training_capacity: [{route: [home, abroad], places: 10}]"
    )
    assert result.series("staff", "joiners") == approx([20, 20, 20])
    names = {row["limit"] for row in result.table("limits")}
    assert names == {"training_capacity home", "training_capacity abroad"}


def test_intakes_grow_at_a_pace_from_the_last_past_one(tmp_path: Path) -> None:
    """Proves: 10 in 2025; 1.2 × 10 + 5 = 17; 1.2 × 17 + 5 = 25.4; 1.2 × 25.4 + 5 = 35.48.

    Sensitivity: 18 if the seed grew too (1.2 × 15); 12 without it; 5 if past intakes were forgotten.
    """
    result = solve_case(
        tmp_path,
        {**RECRUIT, "past_starts": "route,year,starts\nrecruit,2025,10"},
        "pace: [{route: recruit, max_increase: 0.2, seed: 5}]",
    )
    assert result.series("starts", "starts") == approx([17, 25.4, 35.48])


def test_intakes_shrink_at_a_pace(tmp_path: Path) -> None:
    """Proves: with a price on starts and no need, 0.8 × 10 = 8, 6.4, 5.12 must still start.

    Sensitivity: 0 without the limit; 8, 6, 4 if a fifth of the first intake were meant each year; 3 in 2026 if the seed
    loosened it.
    """
    result = solve_case(
        tmp_path,
        {
            **RECRUIT,
            "past_starts": "route,year,starts\nrecruit,2025,10",
            "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,1,b",
        },
        "priorities: [cost]\npace: [{route: recruit, max_increase: 0.2, max_decrease: 0.2, seed: 5}]",
    )
    assert result.series("starts", "starts") == approx([8, 6.4, 5.12])


def test_pace_is_per_area(tmp_path: Path) -> None:
    """Proves: the north started 10, the south none: 12 and 0 in 2026. Sensitivity: 12 in all, anywhere, if joint."""
    result = solve_case(
        tmp_path,
        {**TWO_AREAS, "past_starts": "route,area,year,starts\nrecruit,north,2025,10\nrecruit,south,2025,0"},
        "pace: [{route: recruit, max_increase: 0.2}]",
    )
    assert result.series("starts", "starts", area="north") == approx([12, 14.4, 17.28])
    assert result.series("starts", "starts", area="south") == approx([0, 0, 0], abs=1e-9)


def test_hold_repeats_the_last_past_intake(tmp_path: Path) -> None:
    """Proves: intakes of 3 and 7 before a two-year course: 7 every year. Sensitivity: 5 if the mean were held."""
    routes = "route,title,kind,from_role,to_role,years\ntrain,Train,training,,nurse,2"
    result = solve_case(
        tmp_path,
        {**RECRUIT, "routes": routes, "past_starts": "route,year,starts\ntrain,2024,3\ntrain,2025,7"},
        "hold: [{route: [train]}]",
    )
    assert result.series("starts", "starts") == approx([7, 7, 7])
    assert result.series("staff", "fte") == approx([3, 10, 17])


FEW = {
    **RECRUIT,
    "demand": "task,year,volume\nvisit,2026,45",
    "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,100,b",
}
"""4.5 nurses are needed; a start costs £100."""


def test_without_whole_numbers_people_come_in_parts(tmp_path: Path) -> None:
    """Proves: 4.5 start once: £450. Sensitivity: £500 if starts were always whole."""
    result = solve_case(tmp_path, FEW)
    assert result.values == approx({"unmet": 0, "cost": 450}, abs=1e-6)


def test_whole_numbers_make_whole_people(tmp_path: Path) -> None:
    """Proves: 5 must start for 4.5 to be there: £500, and the price columns are empty.

    Sensitivity: £450 with parts of people.
    """
    result = solve_case(tmp_path, FEW, "whole_numbers: true\ntraining_capacity: [{route: recruit, places: 9}]")
    assert result.values == approx({"unmet": 0, "cost": 500}, abs=1e-6)
    assert sum(result.series("starts", "starts")) == approx(5)
    assert {row["price_unmet"] for row in result.table("demand")} == {""}
    assert {row["price_cost"] for row in result.table("limits")} == {""}


def test_a_cohort_runs_full_enough_or_not_at_all(tmp_path: Path) -> None:
    """Proves: 4.5 are needed but a cohort is 8 at least: 8 start in 2026, none later: £800.

    Sensitivity: £450 without cohorts; £2400 if every year had to have one.
    """
    result = solve_case(
        tmp_path,
        FEW,
        "training_capacity: [{route: recruit, places: 10}]\ncohorts: [{route: recruit, at_least: 8}]",
    )
    assert result.values == approx({"unmet": 0, "cost": 800}, abs=1e-6)
    assert result.series("starts", "starts") == approx([8, 0, 0], abs=1e-6)


def test_a_cohort_is_counted_in_starts_and_kept_within_the_places(tmp_path: Path) -> None:
    """Proves: 10 places × fill rate 0.7 = 7 starts, fewer than a cohort of 8: none ever runs: 4.5 FTE × 3 unmet.

    Sensitivity: 0 unmet if a cohort of 8 were counted in commissions.
    """
    routes = "route,title,kind,from_role,to_role,years,fill_rate\nrecruit,Recruit,recruitment,,nurse,0,0.7"
    result = solve_case(
        tmp_path,
        {**FEW, "routes": routes},
        "training_capacity: [{route: recruit, places: 10}]\ncohorts: [{route: recruit, at_least: 8}]",
    )
    assert result.values == approx({"unmet": 13.5, "cost": 0}, abs=1e-6)
