"""Prices where a plan stands on more bounds than it needs: those of easing, not those of any dual."""

from pathlib import Path

from pytest import approx

from tests.support.engine import solve_case

SIX_NURSES = {
    "staff_in_post": "role,fte\nnurse,0",
    "roles": "role,title,leaver_rate\nnurse,Nurse,1",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "demand": "task,year,volume\nvisit,2026,{volume}",
    "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,1,b\nvisit,bought,outsourced-unit,5,b",
    "settings": {"last_year": 2026},
}
"""One year; a nurse makes 10 visits and costs £1, a visit from outside £5."""
NO_MORE_NO_FEWER = """
demand: {unmet: forbidden}
limits:
  - {name: at most six, quantity: staff, where: {role: nurse}, at_most: 6, may_break: 1}
  - {name: at least six, quantity: staff, where: {role: nurse}, at_least: 6}
"""


def priced(folder: Path, volume: int) -> dict[str, tuple[float, float]]:
    """By limit: the prices of what is broken and of cost."""
    demand = SIX_NURSES["demand"]
    assert isinstance(demand, str)
    result = solve_case(folder, {**SIX_NURSES, "demand": demand.format(volume=volume)}, NO_MORE_NO_FEWER)
    return {row["limit"]: (float(row["price_broken"]), float(row["price_cost"])) for row in result.table("limits")}


def test_a_number_that_helps_nobody_has_no_price(tmp_path: Path) -> None:
    """Proves: six nurses make the 60 visits. A seventh is not wanted, so "at most six" is worth nothing; with five
    allowed, ten visits from outside would cost £49 more, so neither is "at least six".

    Sensitivity: the two rows together hold the staff where they are, so any £ taken from one and given to the other is
    a dual of cost; one that is no rate of either side would be shown.
    """
    prices = priced(tmp_path, 60)
    assert prices["at most six"] == approx((0, 0))
    assert prices["at least six"] == approx((0, 0))


def test_a_number_that_helps_has_the_price_of_easing(tmp_path: Path) -> None:
    """Proves: with 100 visits a seventh nurse saves ten at £5 for £1: £49; nothing is broken for it. One fewer at least
    is worth nothing. Sensitivity: £49 for both, or any two that differ by £49.
    """
    prices = priced(tmp_path, 100)
    assert prices["at most six"] == approx((0, 49))
    assert prices["at least six"] == approx((0, 0))
