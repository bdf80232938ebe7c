"""Fairness: the share of a service's volume that is unmet in an area against that of all areas together."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

TWO_AREAS = {
    "settings": {"last_year": 2026},
    "areas": "area,title\nnorth,North\nsouth,South",
    "staff_in_post": "area,role,fte\nnorth,nurse,5\nsouth,nurse,5",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "tasks": "task,title,unit,service\nvisit,Visit,visits,care\ncall,Call,calls,care",
    "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100\nsouth,call,2026,200",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\nnurse,call,20",
}
"""The north needs 10 FTE and has 5; the south needs 20 (two tasks of 10) and has 5; five more can be recruited."""
ALL_NORTH = """
priorities: [unmet, {quantity: starts, where: {area: south}}, cost]
training_capacity: [{route: recruit, places: 5}]
"""


def test_shares_of_shortage_stay_within_the_band(tmp_path: Path) -> None:
    """Proves: 15 of 30 FTE are unmet, half; with 0.1 above that the south may lack 0.6 × 20 = 12 FTE, so 3 of the 5
    go there. Sensitivity: 0 without the rule; 5 (10 FTE unmet) if the band were left out, half of 20 FTE.
    """
    result = solve_case(tmp_path, TWO_AREAS, ALL_NORTH + "fairness: [{service: care, within: 0.1}]")
    assert result.values == approx({"unmet": 15, "starts": 3, "cost": 0})
    (south,) = result.rows("limits", limit="fairness care", area="south")
    assert (float(south["level"]), float(south["bound"]), south["unit"]) == (approx(12), approx(12), "FTE")
    assert (float(south["price_unmet"]), float(south["price_starts"])) == (approx(0, abs=1e-9), approx(1))
    (north,) = result.rows("limits", limit="fairness care", area="north")
    assert (float(north["level"]), float(north["bound"])) == (approx(3), approx(6))


def test_without_the_rule_nobody_goes_south(tmp_path: Path) -> None:
    """Proves: all five recruits stay in the north, as the second priority asks."""
    assert solve_case(tmp_path, TWO_AREAS, ALL_NORTH).values == approx({"unmet": 15, "starts": 0, "cost": 0})


def test_what_waits_counts_as_unmet_but_not_as_volume(tmp_path: Path) -> None:
    """Proves: 60 calls that waited in the south add 3 FTE to what is unmet there: 18 ÷ 30 = 0.6 in common, so the
    south may lack 0.7 × 20 = 14 of its 18 FTE: 4 recruits. Sensitivity: 2.36 if the volume grew by what waits
    (0.1 + 18 ÷ 33 of 23 FTE is 14.85, of the 18 short 3.15).
    """
    waiting = {"waiting_list": "area,task,volume\nsouth,call,60"}
    result = solve_case(tmp_path, {**TWO_AREAS, **waiting}, ALL_NORTH + "fairness: [{service: care, within: 0.1}]")
    assert result.values == approx({"unmet": 18, "starts": 4, "cost": 0})


def test_an_area_without_a_volume_has_no_row(tmp_path: Path) -> None:
    """Proves: where the north asks for nothing in a year, only the south has a row."""
    demand = "area,task,year,volume\nnorth,visit,2026,0\nsouth,visit,2026,100"
    result = solve_case(tmp_path, {**TWO_AREAS, "demand": demand}, ALL_NORTH + "fairness: [{service: care, within: 0}]")
    assert [row["area"] for row in result.rows("limits", limit="fairness care")] == ["south"]
