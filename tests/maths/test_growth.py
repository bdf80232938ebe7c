"""Growth paths of demand, productivity and prices."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

FOUR_YEARS = {"settings": {"last_year": 2029}}


def test_a_row_without_a_volume_changes_the_growth_from_then_on(tmp_path: Path) -> None:
    """Proves: 100 in 2025 growing by 10 %; the row of 2027 keeps the path and sets 50 % for the years after it.

    2026: 110; 2027: 121 (the old growth still applies); 2028: 181.5; 2029: 272.25.
    Sensitivity: 165 in 2027 if the new growth applied at once; 0 or 100 if a blank volume were read as a number.
    """
    demand = "task,year,volume,growth\nvisit,2025,100,0.1\nvisit,2027,,0.5"
    result = solve_case(tmp_path, {**FOUR_YEARS, "demand": demand})
    assert result.series("demand", "volume") == approx([110, 121, 181.5, 272.25])


def test_a_row_with_a_volume_starts_anew(tmp_path: Path) -> None:
    """Proves: a volume in 2028 replaces the path, and its blank growth is 0: 100, 110, 50, 50.

    Sensitivity: 121 in 2028 if the row were not read; 55 in 2029 if the old growth went on.
    """
    demand = "task,year,volume,growth\nvisit,2026,100,0.1\nvisit,2028,50,"
    result = solve_case(tmp_path, {**FOUR_YEARS, "demand": demand})
    assert result.series("demand", "volume") == approx([100, 110, 50, 50])


def test_a_blank_growth_in_a_row_without_a_volume_is_none(tmp_path: Path) -> None:
    """Proves: 100, 110, 121, then no growth: 121. Sensitivity: 133.1 in 2029 if a blank kept the old growth."""
    demand = "task,year,volume,growth\nvisit,2026,100,0.1\nvisit,2028,,"
    result = solve_case(tmp_path, {**FOUR_YEARS, "demand": demand})
    assert result.series("demand", "volume") == approx([100, 110, 121, 121])


def test_productivity_grows_from_the_first_year_and_the_yardstick_does_not(tmp_path: Path) -> None:
    """Proves: 10 FTE do 100, 110, 121 of 200 visits; unmet 100 + 90 + 79 = 269 ÷ 10 = 26.9 FTE.

    Sensitivity: 23.59 if the first year had grown already (110, 121, 133.1 done, 235.9 unmet); 24.71 if the yardstick
    grew too (10 + 90 ÷ 11 + 79 ÷ 12.1).
    """
    result = solve_case(
        tmp_path,
        {
            "demand": "task,year,volume\nvisit,2026,200",
            "productivity": "role,task,units_per_fte,growth\nnurse,visit,10,0.1",
        },
    )
    assert result.series("demand", "by_staff") == approx([100, 110, 121])
    assert result.values["unmet"] == approx(26.9)


def test_prices_grow_from_the_first_year(tmp_path: Path) -> None:
    """Proves: £100 an FTE growing by 10 %: £1000, £1100, £1210.

    Sensitivity: £1100 in 2026 if growth began before the first year.
    """
    result = solve_case(tmp_path, {"costs": "item,line,per,amount,budget,growth\nnurse,pay,fte-year,100,pay,0.1"})
    assert result.series("spend", "amount") == approx([1000, 1100, 1210])


def test_the_yardstick_is_the_best_role(tmp_path: Path) -> None:
    """Proves: a doctor does 20, a nurse 10; there are 10 nurses and no doctors: 40 unmet ÷ 20 = 2 FTE a year.

    Sensitivity: 4 a year if the yardstick were the role that does the work; 2.67 if it were the average.
    """
    result = solve_case(
        tmp_path,
        {
            "roles": "role,title,leaver_rate\nnurse,Nurse,0\ndoctor,Doctor,0",
            "staff_in_post": "role,fte\nnurse,10\ndoctor,0",
            "demand": "task,year,volume\nvisit,2026,140",
            "productivity": "role,task,units_per_fte\nnurse,visit,10\ndoctor,visit,20",
        },
    )
    assert result.values["unmet"] == approx(6)
