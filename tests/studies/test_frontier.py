"""The frontier: what each size of a budget buys."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from pytest import approx

from tests.architecture.sources import ROOT
from tests.studies.calls import Many, call, cold, inputs, made_up, option

TWO_KINDS = {
    "roles": "role,title,leaver_rate\nnurse,Nurse,0\ndoctor,Doctor,0",
    "staff_in_post": "role,fte\nnurse,5\ndoctor,5",
    "tasks": "task,title,unit,priority\nvisit,Visit,visits,2\ncheck,Check,checks,1",
    "demand": "task,year,volume\nvisit,2026,70\ncheck,2026,80",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\ndoctor,check,10",
    "costs": "item,line,per,amount,budget\nvisit,bought,outsourced-unit,1,o\ncheck,bought,outsourced-unit,1,o",
}
"""20 visits (which weigh double) and 30 checks are missing each year; each can be bought for £1."""


def curve(money: float) -> float:
    """The shortage of TWO_KINDS at so much money a year: the first £20 buy visits, the next £30 checks, no more."""
    visits, checks = min(20.0, money), min(30.0, max(0.0, money - 20))
    return 3 * (2 * (20 - visits) + (30 - checks)) / 10


def bracket(done: Many, money: float) -> tuple[float, float]:
    """What frontier.csv says of a budget: both ends, in a straight line between its rows."""
    rows = [(float(r["budget"]), float(r["unmet_low"]), float(r["unmet_high"])) for r in done.table("frontier")]
    for (left, low, high), (right, low_next, high_next) in pairwise(rows):
        if left <= money <= right:
            share = (money - left) / (right - left)
            return low + share * (low_next - low), high + share * (high_next - high)
    raise AssertionError(f"{money} is outside the frontier")


def test_a_frontier_on_paper(tmp_path: Path) -> None:
    """Proves: from £0 to £20 each £ a year buys 0.6 weighted FTE-years, to £50 0.3, then nothing; found exactly.

    Sensitivity: a slope of 0.2 if only one year counted; an end at £30 if today's budget were the last.
    """
    folder, policy = inputs(tmp_path, TWO_KINDS), option(tmp_path, "o", "budgets: [{budget: o, limit: 30}]")
    done = call("frontier", folder, policy, "--budget", "o", out=tmp_path / "out")
    rows = done.table("frontier")
    assert [float(rows[0]["budget"]), float(rows[-1]["budget"])] == approx([0, 50], abs=1e-6)
    for row in rows:
        assert float(row["unmet_low"]) == approx(curve(float(row["budget"])), abs=1e-6)
        assert float(row["unmet_high"]) == approx(curve(float(row["budget"])), abs=1e-6)
    slopes = {round(float(row["slope"]), 6) + 0.0 for row in rows}
    assert slopes == {-0.6, -0.3, 0.0}
    assert bracket(done, 10.0) == approx((curve(10), curve(10)))
    assert len(done.table("points")) <= 4


def test_the_least_money_with_a_plan_and_for_a_service_level(tmp_path: Path) -> None:
    """Proves: 0.9 of 70 and 80 needs 13 visits and 22 checks bought: £35; at least 10 visits bought: £10 for any plan.

    Sensitivity: 20 and 30 if the level were of what is missing.
    """
    folder = inputs(tmp_path, TWO_KINDS)
    rule = "{name: buy ten, quantity: outsourced, where: {task: visit}, at_least: 10}"
    policy = option(tmp_path, "o", f"budgets: [{{budget: o, limit: 40}}]\nlimits: [{rule}]")
    words = ["--budget", "o", "--service-level", "0.9"]
    done = call("frontier", folder, policy, *words, out=tmp_path / "out")
    assert float(done.table("frontier")[0]["budget"]) == approx(10)
    assert "(87.5 %)" in done.stdout  # 35 of 40


def test_no_amount_of_money_gives_a_plan(tmp_path: Path) -> None:
    folder = inputs(tmp_path, TWO_KINDS)
    rule = "{name: many nurses, quantity: staff, where: {role: nurse}, at_least: 6}"
    policy = option(tmp_path, "o", f"budgets: [{{budget: o, limit: 40}}]\nlimits: [{rule}]")
    done = call("frontier", folder, policy, "--budget", "o", out=tmp_path / "out", expect=3)
    assert "No amount of this budget gives a plan" in done.stderr


def test_whole_numbers_give_points_only(tmp_path: Path) -> None:
    """Proves: the curve is said not to be convex, low equals high at each point, and there are no slopes."""
    tables = {
        "staff_in_post": "role,fte\nnurse,5",
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nr,R,recruitment,,nurse,0,1,",
        "costs": "item,line,per,amount,budget\nr,r,start,10,o",
    }
    folder = inputs(tmp_path, tables)
    policy = option(tmp_path, "whole", "whole_numbers: true\nbudgets: [{budget: o, limit: 10}]")
    done = call("frontier", folder, policy, "--budget", "o", "--from", "0", "--to", "2", out=tmp_path / "out")
    assert "not convex" in done.stdout
    found = {
        round(float(r["budget"]), 6): (r["unmet_low"], r["unmet_high"], r["slope"]) for r in done.table("frontier")
    }
    # Five, four … recruits are missing in each of three years; a later priority may give up 1e-4 of the first.
    assert [float(found[money][0]) for money in (0.0, 8.0, 10.0, 18.0, 20.0)] == approx([15, 15, 9, 9, 4], rel=2e-4)
    assert all(low == high and slope == "" for low, high, slope in found.values())


def test_a_budget_nobody_limits_is_a_fault(tmp_path: Path) -> None:
    folder, policy = inputs(tmp_path, TWO_KINDS), option(tmp_path, "o", "budgets: [{budget: o, limit: 30}]")
    done = call("frontier", folder, policy, "--budget", "p", out=tmp_path / "out", expect=1)
    assert "Known: o." in done.stderr


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Many, Path, Path]:
    tmp_path = tmp_path_factory.mktemp("frontier")
    folder, policy = made_up(tmp_path)
    return call("frontier", folder, policy, "--budget", "training", out=tmp_path / "out"), folder, policy


def test_the_bracket_holds_at_fifty_random_budgets(traced: tuple[Many, Path, Path], tmp_path: Path) -> None:
    """Proves: lines from prices lie below, chords above, and they are within 0.1 % of each other; at points that a
    sweep solves for itself. Sensitivity: a slope of one year, or one that forgets carry-forward, cuts the curve.
    """
    done, folder, policy = traced
    rows = done.table("frontier")
    least, most = float(rows[0]["budget"]), float(rows[-1]["budget"])
    chance = random.Random(5)
    factors = sorted(chance.uniform(least, most) for _ in range(50))
    at_one = money_at_one(folder, policy, tmp_path)
    varied = ",".join(f"{100 * money / at_one!r}%" for money in factors)
    swept = call("sweep", folder, policy, "--vary", f"budgets training={varied}", out=tmp_path / "swept")
    for money, row in zip(factors, swept.table("points"), strict=True):
        low, high = bracket(done, money)
        value = float(row["priority_unmet"])
        assert low * (1 - 1e-6) <= value <= high * (1 + 1e-6)
        assert high - low <= 1.001e-3 * high


def money_at_one(folder: Path, policy: Path, tmp_path: Path) -> float:
    """The mean real limit of the reported years, from the result tables of a solve."""
    from tests.support.engine import solve_folder

    solved = solve_folder(folder, policy, tmp_path / "one")
    limits = [float(row["limit"]) for row in solved.rows("budgets", budget="training") if row["year"]]
    return sum(limits) / len(limits)


def test_solved_points_agree_with_solves_of_their_own(traced: tuple[Many, Path, Path], tmp_path: Path) -> None:
    """Proves: where low equals high, a cold solve with the limit multiplied finds both priorities to 1e-6."""
    done, folder, policy = traced
    points = done.table("points")
    for row in (points[1], points[len(points) // 2]):
        factor = float(row["point"].removeprefix("training ").removesuffix("%")) / 100
        alone = cold(folder, policy, tmp_path / f"alone{row['point'][-4:-1]}", training=factor)
        assert float(row["priority_unmet"]) == approx(alone["unmet"], rel=1e-5)
        assert float(row["priority_cost"]) == approx(alone["cost"], rel=1e-5)


def test_it_solves_only_where_it_must(tmp_path: Path) -> None:
    """Proves: an alliance's training money within 0.1 % everywhere takes at most a quarter of the solves of a 100-point
    sweep, the searches for both ends included.
    """
    name = "west-yorkshire-and-harrogate"
    folder, policy = ROOT / "inputs" / name, ROOT / "constraints" / name / "flat-real.yaml"
    done = call("frontier", folder, policy, "--budget", "training", out=tmp_path / "out")
    assert 10 <= len(done.table("points")) + 3 <= 25
