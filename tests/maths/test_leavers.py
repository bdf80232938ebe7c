"""Leaver rates of single years."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

TWO_AREAS = {
    "areas": "area,title\nnorth,North\nsouth,South",
    "roles": "role,title,leaver_rate\nnurse,Nurse,0.1",
    "staff_in_post": "area,role,fte\nnorth,nurse,100\nsouth,nurse,100",
    "demand": "area,task,year,volume\nnorth,visit,2026,100\nsouth,visit,2026,100",
}


def test_a_named_area_wins_over_a_blank_one(tmp_path: Path) -> None:
    """Proves: in 2027 30 % leave everywhere, but 20 % in the south; before and after the role's 10 % hold.

    North: 90, 90 × 0.7 = 63, 63 × 0.9 = 56.7. South: 90, 90 × 0.8 = 72, 64.8.
    Sensitivity: south 63 if the blank row won; 81 in 2027 if the table were not read; 54 in the north in 2027 if
    the rates were added.
    """
    leavers = "area,role,year,leaver_rate\n,nurse,2027,0.3\nsouth,nurse,2027,0.2"
    result = solve_case(tmp_path, {**TWO_AREAS, "leavers": leavers})
    assert result.series("staff", "fte", area="north") == approx([90, 63, 56.7])
    assert result.series("staff", "fte", area="south") == approx([90, 72, 64.8])


def test_the_order_of_the_rows_is_irrelevant(tmp_path: Path) -> None:
    """Proves: the named area wins also where its row comes first.

    Sensitivity: south 63 in 2027 if the later row won.
    """
    leavers = "area,role,year,leaver_rate\nsouth,nurse,2027,0.2\n,nurse,2027,0.3"
    result = solve_case(tmp_path, {**TWO_AREAS, "leavers": leavers})
    assert result.series("staff", "fte", area="south") == approx([90, 72, 64.8])
