"""Options that let rules be broken, and steady intakes, in the commands that solve many times."""

from pathlib import Path

from pytest import approx

from tests.studies.calls import call, inputs, option

PLACES = {
    "settings": {"last_year": 2027},
    "staff_in_post": "role,fte\nnurse,2",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "past_starts": "route,year,starts\nrecruit,2025,4",
    "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,10,b",
}
"""2 nurses for 10 FTE of work; a recruit costs £10 from budget b, of £50: 60 % in 2026 need £40."""
LEVEL = """
service_levels: [{task: visit, at_least: 0.6, from: 2026, to: 2026, may_break: 1}]
budgets: [{budget: b, limit: 50}]
"""


def test_a_frontier_goes_on_below_the_least_budget_that_keeps_every_rule(tmp_path: Path) -> None:
    """Proves: from £25 to £40 the level is broken by 40 − 10 × (2 + budget ÷ 10) visits, at solved points without a
    slope; above that the curve is exact. Sensitivity: a hole below £40 if nothing could be broken.
    """
    folder, policy = inputs(tmp_path, PLACES), option(tmp_path, "o", LEVEL)
    done = call("frontier", folder, policy, "--budget", "b", out=tmp_path / "out")
    rows = done.table("frontier")
    assert [float(row["budget"]) for row in rows] == approx([25, 28, 31, 34, 37, 40, 80])
    assert [row["slope"] == "" for row in rows] == [True] * 5 + [False] * 2
    assert [row["unmet_low"] for row in rows[:5]] == [row["unmet_high"] for row in rows[:5]]
    assert [float(row["priority_broken"]) for row in done.table("points")] == approx([15, 12, 9, 6, 3, 0, 0])
    assert "breaks “service_levels visit” by 15 visits, above its bound in 2026" in done.stdout


def test_a_sweep_says_what_each_point_breaks(tmp_path: Path) -> None:
    """Proves: £20 in 2026 leave 20 visits too many unmet; £50 break nothing."""
    folder, policy = inputs(tmp_path, PLACES), option(tmp_path, "o", LEVEL)
    done = call("sweep", folder, policy, "--vary", "budgets b=20,50", out=tmp_path / "out")
    assert [float(row["priority_broken"]) for row in done.table("points")] == approx([20, 0])
    assert "budgets b=20 breaks “service_levels visit” by 20 visits, above its bound in 2026." in done.stdout


def test_what_steadiness_costs_may_be_swept(tmp_path: Path) -> None:
    """Proves: everybody leaves each year, so 10 are needed after an intake of 4: at 0.1 a start the rise of 6 is made
    (3 a year), at 5 it is not. Sensitivity: the same plan twice if the weight did not move.
    """
    folder = inputs(tmp_path, {**PLACES, "roles": "role,title,leaver_rate\nnurse,Nurse,1"})
    policy = option(tmp_path, "o", "steady: {weight: 1}\n")
    done = call("sweep", folder, policy, "--vary", "steady=0.1,5", out=tmp_path / "out")
    rows = done.rows("tables", table="total", keys="change=people_a_year")
    assert [float(row["value"]) for row in rows] == approx([3, 0])
