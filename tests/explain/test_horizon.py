"""How far commissions hang on the length of the run-out."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import optimiser as wo
from optimiser.cli import main
from tests.support.engine import solve_case

LOCUM_OR_TRAINEE = {
    "settings": {"first_year": 2026, "last_year": 2027, "run_out_years": 1},
    "staff_in_post": "role,fte\nlocum,0\nnurse,0",
    "roles": "role,title,leaver_rate\nlocum,Locum,1\nnurse,Nurse,0",
    "routes": """route,title,kind,from_role,to_role,years,completion,fte_per_completer,non_completers
        hire,Hire,recruitment,,locum,0,1,1.5,
        train,Train,training,,nurse,1,1,1,""",
    "tasks": "task,title,unit,service\nvisit,Visit,visit,care",
    "productivity": "role,task,units_per_fte\nlocum,visit,10\nnurse,visit,10",
    "demand": "task,year,volume\nvisit,2026,0\nvisit,2027,1000",
    "costs": "item,line,per,amount,budget\nhire,hiring,start,1,b\ntrain,training,start,1,b",
}
"""£10 in 2027 alone: a locum works 1.5 FTE in that year, a trainee one FTE in every year from 2028 on."""
OPTION = "budgets: [{budget: b, limit: {2026: 0, 2027: 10, 2028: 0}}]"


def test_a_longer_run_out_trains_instead_of_hiring(tmp_path: Path) -> None:
    """Proves: to 2028 ten locums work 15 FTE-years and ten nurses 10; to 2029 ten nurses work 20, so all ten
    commissions of 2027 change over. Sensitivity: nothing moves if the longer run-out had the same years.
    """
    plan = solve_case(tmp_path, LOCUM_OR_TRAINEE, OPTION)
    assert plan.series("starts", "starts", route="hire") == [0, 10]
    found = wo.load(plan.folder).horizon().content
    assert (found["run_out_years"], found["longer_run_out_years"]) == (1, 2)
    moved = {
        (one["route"], one["year"]): one["with_longer_run_out"] - one["commissions"] for one in found["commissions"]
    }
    assert {key: round(change, 9) for key, change in moved.items() if change} == {
        ("hire", 2027): -10,
        ("train", 2027): 10,
    }
    done = CliRunner().invoke(main, ["explain", str(plan.folder), "--horizon"], catch_exceptions=False)
    assert done.exit_code == 0
    first = done.stdout.splitlines()[0]
    assert first == (
        "With a run-out of 2 years instead of 1: 10 commissions more and 10 fewer than the 10 of 2026 to 2027."
    )


def test_a_longer_run_out_may_have_no_plan(tmp_path: Path) -> None:
    """Proves: where the years beyond cannot be met, that is the answer. Sensitivity: a traceback."""
    demand = "task,year,volume\nvisit,2026,0\nvisit,2027,100\nvisit,2029,1000000"
    option = "budgets: [{budget: b, limit: 100}]\ndemand: {unmet: forbidden}"
    plan = solve_case(tmp_path, {**LOCUM_OR_TRAINEE, "demand": demand}, option)
    assert plan.status == "optimal"
    done = CliRunner().invoke(main, ["explain", str(plan.folder), "--horizon", "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["plan_exists"] is False
