"""Policy on work and staff: skill mix, outsourcing, service levels, adoption of roles."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

MIXED = {
    "roles": "role,title,leaver_rate\nnurse,Nurse,0\ndoctor,Doctor,0",
    "staff_in_post": "role,fte\nnurse,10\ndoctor,10",
    "productivity": "role,task,units_per_fte,current_share\nnurse,visit,10,0.8\ndoctor,visit,10,0.2",
    "costs": """item,line,per,amount,budget
        nurse,idle,idle-fte-year,1,pay
        doctor,idle,idle-fte-year,2,pay""",
}
"""10 FTE of work for 10 nurses and 10 doctors; an idle doctor costs 2, an idle nurse 1, so doctors work first."""


def test_without_policy_the_dear_ones_work(tmp_path: Path) -> None:
    """Proves: doctors do all 100 visits, ten nurses idle: 10 a year. Sensitivity: 20 if the nurses worked."""
    result = solve_case(tmp_path, MIXED)
    assert result.values == approx({"unmet": 0, "cost": 30}, abs=1e-6)


def test_a_role_has_at_most_a_share(tmp_path: Path) -> None:
    """Proves: doctors 60 visits, nurses 40: idle 4 × 2 + 6 × 1 = 14 a year. Sensitivity: 10 without the limit."""
    result = solve_case(tmp_path, MIXED, "skill_mix: [{task: visit, role: doctor, max_share: 0.6}]")
    assert result.values["cost"] == approx(42)
    assert result.series("work", "units", role="doctor") == approx([60, 60, 60])
    rows = result.rows("limits", limit="skill_mix visit doctor")
    assert [float(row["level"]) for row in rows] == approx([60, 60, 60])
    assert [float(row["bound"]) for row in rows] == approx([60, 60, 60])


def test_a_role_has_at_least_a_share(tmp_path: Path) -> None:
    """Proves: nurses 30 visits, doctors 70: idle 7 × 1 + 3 × 2 = 13 a year. Sensitivity: 10 without the limit."""
    result = solve_case(tmp_path, MIXED, "skill_mix: [{task: visit, role: nurse, min_share: 0.3}]")
    assert result.values["cost"] == approx(39)


def test_a_share_is_of_the_volume_met_or_not(tmp_path: Path) -> None:
    """Proves: of 400 visits doctors may do 20 % = 80, nurses 100; 220 unmet = 22 FTE a year.

    Sensitivity: 25 met by doctors (a fifth of what is done: 125) leaves 275.
    """
    result = solve_case(
        tmp_path,
        {**MIXED, "demand": "task,year,volume\nvisit,2026,400"},
        "skill_mix: [{task: visit, role: doctor, max_share: 0.2}]",
    )
    assert result.values["unmet"] == approx(66)


def test_a_share_grows_by_points_from_the_current_one(tmp_path: Path) -> None:
    """Proves: from 0.2 by 0.1 a year: 0.3 × 100 = 30, 0.4 × 50 = 20, 0.5 × 100 = 50 visits.

    Sensitivity: 35 in 2027 if activity rather than the share were held (30 + 0.1 × 50); 20 in 2026 without the step;
    22 if the increase were relative.
    """
    demand = "task,year,volume\nvisit,2026,100\nvisit,2027,50\nvisit,2028,100"
    result = solve_case(
        tmp_path, {**MIXED, "demand": demand}, "skill_mix: [{task: visit, role: doctor, max_increase: 0.1}]"
    )
    assert result.series("work", "units", role="doctor") == approx([30, 20, 50])


def test_a_share_falls_by_points_from_the_current_one(tmp_path: Path) -> None:
    """Proves: nurses go from 0.8 by 0.3 a year: at least 0.5 × 100 = 50, 0.2 × 50 = 10, then 0 visits, the doctors do
    the rest. Sensitivity: 25 in 2027 if activity rather than the share were held (50 × 0.5); 56 in 2026 if the fall
    were relative; 0 throughout without it.
    """
    demand = "task,year,volume\nvisit,2026,100\nvisit,2027,50\nvisit,2028,100"
    result = solve_case(
        tmp_path, {**MIXED, "demand": demand}, "skill_mix: [{task: visit, role: nurse, max_decrease: 0.3}]"
    )
    assert result.series("work", "units", role="nurse") == approx([50, 10, 0], abs=1e-6)
    rows = result.rows("limits", limit="skill_mix visit nurse")
    assert [row["sense"] for row in rows] == ["at_least"] * 3
    assert [float(row["bound"]) for row in rows] == approx([50, 10, -10], abs=1e-6)


def test_a_year_without_volume_leaves_the_next_free(tmp_path: Path) -> None:
    """Proves: volumes 100, 0, 100: 30 in 2026; no row in 2027, which has no share, nor in 2028: doctors do all 100.

    Sensitivity: 0 or 10 in 2028 if a share of nothing were carried on.
    """
    demand = "task,year,volume\nvisit,2026,100\nvisit,2027,0\nvisit,2028,100"
    result = solve_case(
        tmp_path, {**MIXED, "demand": demand}, "skill_mix: [{task: visit, role: doctor, max_increase: 0.1}]"
    )
    assert result.series("work", "units", role="doctor")[0] == approx(30)
    assert result.series("work", "units", role="doctor")[2] == approx(100)
    assert [row["year"] for row in result.rows("limits", limit="skill_mix visit doctor")] == ["2026"]


def test_a_share_may_be_a_ramp(tmp_path: Path) -> None:
    """Proves: 0.2 in 2026 to 0.6 in 2028: 20, 40, 60 visits. Sensitivity: 20 in 2027 if the first value held."""
    policy = "skill_mix: [{task: visit, role: doctor, max_share: {ramp: {2026: 0.2, 2028: 0.6}}}]"
    result = solve_case(tmp_path, MIXED, policy)
    assert result.series("work", "units", role="doctor") == approx([20, 40, 60])


BOUGHT = {
    "staff_in_post": "role,fte\nnurse,5",
    "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
}


def test_outsourcing_is_at_most_a_share_of_the_volume(tmp_path: Path) -> None:
    """Proves: 20 of 100 may be bought, 50 are done, 30 unmet = 3 FTE a year. Sensitivity: 4 a year if the share were of
    the 50 that staff cannot do."""
    result = solve_case(tmp_path, BOUGHT, "outsourcing: [{task: visit, max_share: 0.2}]")
    assert result.values == approx({"unmet": 9, "cost": 60})


def test_outsourcing_counts_the_volume_without_the_waiting_list(tmp_path: Path) -> None:
    """Proves: 100 wait besides: still 20 may be bought in 2026. Sensitivity: 40 if the list were part of the volume."""
    result = solve_case(
        tmp_path,
        {**BOUGHT, "waiting_list": "task,volume\nvisit,100"},
        "outsourcing: [{task: visit, max_share: 0.2}]",
    )
    assert result.series("demand", "outsourced") == approx([20, 20, 20])


def test_a_service_level_leaves_only_so_much_unmet(tmp_path: Path) -> None:
    """Proves: 90 % from 2027: at most 10 unmet, so 40 are bought in 2027 and 2028; none in 2026, when only cost counts.

    Sensitivity: 120 if it held from the first year; 10 a year if 10 % were the level to meet.
    """
    result = solve_case(
        tmp_path, BOUGHT, "priorities: [cost]\nservice_levels: [{task: visit, at_least: 0.9, from: 2027}]"
    )
    assert result.series("demand", "outsourced") == approx([0, 40, 40])
    assert result.values == approx({"cost": 80})


def test_a_service_level_may_end(tmp_path: Path) -> None:
    """Proves: to 2027 only: 40, 40, 0. Sensitivity: 40 in 2028 if `to` were not read."""
    result = solve_case(
        tmp_path, BOUGHT, "priorities: [cost]\nservice_levels: [{task: visit, at_least: 0.9, to: 2027}]"
    )
    assert result.series("demand", "outsourced") == approx([40, 40, 0])


GROWING = {
    "areas": "area,title\nnorth,North\nsouth,South",
    "staff_in_post": "area,role,fte\nnorth,nurse,10\nsouth,nurse,0",
    "demand": "area,task,year,volume\nnorth,visit,2026,10000\nsouth,visit,2026,10000",
    "routes": "route,title,kind,from_role,to_role,years\nrecruit,Recruit,recruitment,,nurse,0",
}


def test_a_role_grows_by_area_from_staff_in_post(tmp_path: Path) -> None:
    """Proves: 1.3 × 10 + 10 = 23, 39.9, 61.87 in the north; 10, 23, 39.9 in the south.

    Sensitivity: 26 if the seed grew (1.3 × 20); 23 for both areas together if it were joint.
    """
    result = solve_case(tmp_path, GROWING, "adoption: [{role: nurse, max_growth: 0.3, seed: 10}]")
    assert result.series("staff", "fte", area="north") == approx([23, 39.9, 61.87])
    assert result.series("staff", "fte", area="south") == approx([10, 23, 39.9])


def test_the_most_fte_of_a_role_is_for_all_areas_together(tmp_path: Path) -> None:
    """Proves: 40 in all: 2000 − 40 FTE unmet each year, 5880 in all. Sensitivity: 5760 if each area had 40."""
    result = solve_case(tmp_path, GROWING, "adoption: [{role: nurse, max_fte: 40}]")
    assert result.values["unmet"] == approx(5880)


def test_the_most_fte_of_a_role_by_area(tmp_path: Path) -> None:
    """Proves: 40 in each area: 2000 − 80 a year, 5760. Sensitivity: 5880 if they were shared."""
    result = solve_case(tmp_path, GROWING, "adoption: [{role: nurse, max_fte: 40, each: [area]}]")
    assert result.values["unmet"] == approx(5760)


def test_a_unit_more_of_demand_counts_wherever_the_volume_does(tmp_path: Path) -> None:
    """Proves: one more visit lets 0.2 more be bought: 0.8 unmet = 0.08 FTE, and £0.20 more spent, each year.

    Sensitivity: 0.1 FTE and £0 if the share of the volume that may be bought stood still.
    """
    result = solve_case(tmp_path, BOUGHT, "outsourcing: [{task: visit, max_share: 0.2}]")
    assert result.series("demand", "price_unmet") == approx([0.08, 0.08, 0.08])
    assert result.series("demand", "price_cost") == approx([0.2, 0.2, 0.2])
