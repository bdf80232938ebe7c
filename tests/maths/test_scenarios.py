"""Scenarios: straight lines from 1 in the first year, and everything that applies multiplies."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

FIVE_YEARS = {"settings": {"last_year": 2030}}
HEAD = "scenario,table,item,task,area,year,multiplier\n"


def test_a_multiplier_runs_from_one_and_then_stays(tmp_path: Path) -> None:
    """Proves: 1.5 in 2028 means 1, 1.25, 1.5, 1.5, 1.5.

    Sensitivity: 150 in 2026 if it held at once; 200 in 2030 if the line went on.
    """
    scenarios = HEAD + "high,demand,visit,,,2028,1.5"
    result = solve_case(tmp_path, {**FIVE_YEARS, "scenarios": scenarios}, scenarios=["high"])
    assert result.series("demand", "volume") == approx([100, 125, 150, 150, 150])
    assert result.plan["scenarios"] == ["high"]


def test_a_line_may_have_several_points(tmp_path: Path) -> None:
    """Proves: 1.2 in 2027 and 0.8 in 2029: 1, 1.2, 1, 0.8, 0.8.

    Sensitivity: 0.96 in 2029 if the two rows multiplied; 0.867 in 2028 if only the last were read.
    """
    scenarios = HEAD + "wave,demand,visit,,,2027,1.2\nwave,demand,visit,,,2029,0.8"
    result = solve_case(tmp_path, {**FIVE_YEARS, "scenarios": scenarios}, scenarios=["wave"])
    assert result.series("demand", "volume") == approx([100, 120, 100, 80, 80])


def test_without_being_asked_for_a_scenario_does_nothing(tmp_path: Path) -> None:
    """Proves: the table alone changes nothing. Sensitivity: 150 in 2028 if it did."""
    result = solve_case(tmp_path, {**FIVE_YEARS, "scenarios": HEAD + "high,demand,visit,,,2028,1.5"})
    assert result.series("demand", "volume") == approx([100] * 5)


def test_everything_that_applies_multiplies(tmp_path: Path) -> None:
    """Proves: two scenarios, and a blank and a named item of one of them, all multiply from 2027: 1.5 × 2 × 1.1 = 3.3.

    Sensitivity: 150, 200 or 110 if one of them won; 260 if their surpluses were added (1 + 0.5 + 1 + 0.1).
    """
    scenarios = HEAD + ("high,demand,visit,,,2027,1.5\nhigh,demand,,,,2027,2\nmore,demand,visit,,all,2027,1.1")
    result = solve_case(tmp_path, {"scenarios": scenarios}, scenarios=["high", "more"])
    assert result.series("demand", "volume") == approx([100, 330, 330])


def test_a_named_area_is_meant_alone(tmp_path: Path) -> None:
    """Proves: only the north grows. Sensitivity: 200 in the south if the area were not read."""
    result = solve_case(
        tmp_path,
        {
            "areas": "area,title\nnorth,North\nsouth,South",
            "staff_in_post": "area,role,fte\nnorth,nurse,10\nsouth,nurse,10",
            "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100",
            "scenarios": HEAD + "high,demand,visit,,north,2027,2",
        },
        scenarios=["high"],
    )
    assert result.series("demand", "volume", area="north") == approx([100, 200, 200])
    assert result.series("demand", "volume", area="south") == approx([100, 100, 100])


def test_patients_and_demand_multiply_the_whole_volume(tmp_path: Path) -> None:
    """Proves: patients × 2 and demand × 1.5 from 2027: (50 + 100 × 2) × 1.5 = 375.

    Sensitivity: 275 if the demand multiplier spared the patients' part (75 + 200); 300 if patients were applied to all.
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,50",
            "patients": "group,year,number\nbreast,2026,100",
            "care": "group,task,units_per_patient\nbreast,visit,1",
            "scenarios": HEAD + "high,patients,breast,,,2027,2\nhigh,demand,visit,,,2027,1.5",
        },
        scenarios=["high"],
    )
    assert result.series("demand", "volume") == approx([150, 375, 375])


def test_a_waiting_list_is_no_volume(tmp_path: Path) -> None:
    """Proves: the list of 30 stands beside a demand of 100 that a scenario changes only after the first year.

    Sensitivity: a volume of 130 in 2026 if the list were part of it.
    """
    result = solve_case(
        tmp_path,
        {"waiting_list": "task,volume\nvisit,30", "scenarios": HEAD + "high,demand,visit,,,2027,2"},
        scenarios=["high"],
    )
    assert result.series("demand", "volume") == approx([100, 200, 200])
    assert result.figure("demand", "waiting", year=2026) == approx(30)


def test_productivity_of_a_role_and_task(tmp_path: Path) -> None:
    """Proves: a nurse does 15 visits instead of 10 from 2027: of 300, 100, then 150 are done. The yardstick stays 10:
    unmet 200 + 150 + 150 = 500, 50 FTE.

    Sensitivity: 40 FTE if the yardstick grew with the scenario (20 + 10 + 10).
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,300",
            "scenarios": HEAD + "digital,productivity,nurse,visit,,2027,1.5",
        },
        scenarios=["digital"],
    )
    assert result.series("demand", "by_staff") == approx([100, 150, 150])
    assert result.values["unmet"] == approx(50)


def test_leaver_rates_multiply_those_of_single_years_too(tmp_path: Path) -> None:
    """Proves: half the leavers from 2027: 10 % → 5 % in 2028, and the 30 % of 2027 → 15 %.

    2026: 90; 2027: 90 × 0.85 = 76.5; 2028: 76.5 × 0.95 = 72.675.
    Sensitivity: 63 in 2027 if leavers.csv escaped the scenario.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
            "staff_in_post": "role,fte\nnurse,100",
            "leavers": "role,year,leaver_rate\nnurse,2027,0.3",
            "scenarios": HEAD + "stay,leaver_rate,nurse,,,2027,0.5",
        },
        scenarios=["stay"],
    )
    assert result.series("staff", "fte") == approx([90, 76.5, 72.675])


def test_costs_of_an_item(tmp_path: Path) -> None:
    """Proves: a pay scenario of 1.2 in 2028: £1000, £1100, £1200. Sensitivity: £1200 in 2026 if it held at once."""
    result = solve_case(
        tmp_path,
        {
            "costs": "item,line,per,amount,budget\nnurse,pay,fte-year,100,pay",
            "scenarios": HEAD + "dear,costs,nurse,,,2028,1.2",
        },
        scenarios=["dear"],
    )
    assert result.series("spend", "amount") == approx([1000, 1100, 1200])
