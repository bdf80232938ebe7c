"""Commissions and the places that are filled."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case


def test_starts_are_the_filled_part_of_the_commissions(tmp_path: Path) -> None:
    """Proves: 10 places × fill rate 0.8 = 8 starts a year, 8 ÷ 0.8 = 10 commissions; a start costs £1000, so £8000.

    Nurses 8, 16, 24 do 80, 160, 240 of 1000 visits: 2520 unmet ÷ 10 = 252 FTE.
    Sensitivity: 240 FTE and £10,000 if every place were filled; £10,000 if commissions were paid for.
    """
    result = solve_case(
        tmp_path,
        {
            "staff_in_post": "role,fte\nnurse,0",
            "demand": "task,year,volume\nvisit,2026,1000",
            "routes": "route,title,kind,from_role,to_role,years,fill_rate\nrecruit,Recruit,recruitment,,nurse,0,0.8",
            "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,1000,b",
        },
        "training_capacity: [{route: recruit, places: 10}]",
    )
    assert result.series("starts", "starts") == approx([8, 8, 8])
    assert result.series("starts", "commissions") == approx([10, 10, 10])
    assert result.series("spend", "amount") == approx([8000, 8000, 8000])
    assert result.values["unmet"] == approx(252)
    assert result.series("limits", "bound", limit="training_capacity recruit") == approx([8, 8, 8])
