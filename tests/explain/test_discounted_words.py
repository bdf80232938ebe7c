"""Shortage of later years that weighs less is not called plain FTE-years."""

from __future__ import annotations

from pathlib import Path

import optimiser as wo
from tests.support.engine import solve_case

HIRED = {
    "staff_in_post": "role,fte\nnurse,0",
    "roles": "role,title,leaver_rate\nnurse,Nurse,1",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        hire,Hire,recruitment,,nurse,0,1,""",
    "costs": "item,line,per,amount,budget\nhire,hiring,start,1,b",
}
OPTION = "budgets: [{budget: b, limit: 3}]"


def test_a_discounted_price_says_so(tmp_path: Path) -> None:
    """Proves: £1 a year more hires a nurse in each of three years: 1 + 0.8 + 0.64 FTE-years at 25 % a year, discounted;
    without a rate 3, plain. Sensitivity: 2.4 called FTE-years.
    """
    shown = {}
    for rate in (0.0, 0.25):
        case = {**HIRED, "settings": {"last_year": 2028, "unmet_discount_rate": rate}}
        plan = solve_case(tmp_path / str(rate), case, OPTION)
        shown[rate] = " ".join(wo.load(plan.folder).explain(10).sentences)
    assert "3.0 FTE-years, and" in shown[0.0]
    assert "2.4 FTE-years, discounted, and" in shown[0.25]
