"""Rules that may be broken: only where no plan keeps to them, and then the least, by weight."""

from pathlib import Path

from pytest import approx

from tests.support.engine import Result, solve_case

PLACES = {
    "settings": {"last_year": 2027},
    "staff_in_post": "role,fte\nnurse,2",
    "routes": """route,title,kind,from_role,to_role,years,completion,non_completers
        recruit,Recruit,recruitment,,nurse,0,1,""",
    "past_starts": "route,year,starts\nrecruit,2025,4",
    "costs": "item,line,per,amount,budget\nrecruit,recruitment,start,10,b",
}
"""2 nurses for 10 FTE of work; a recruit costs £10 from budget b."""
SERVICE = "service_levels: [{task: visit, at_least: 0.6, from: 2026, to: 2026%s}]\n"
MONEY = "budgets: [{budget: b, limit: 30%s}]\n"


def broken(result: Result, name: str) -> list[float]:
    return [float(row["broken"]) for row in result.rows("limits", limit=name)]


def test_the_cheaper_rule_gives_way(tmp_path: Path) -> None:
    """Proves: 60 % of 100 visits need 4 recruits, £40 of a £30 budget. £10 at 0.1 weigh 1, 10 visits at 0.2 weigh 2:
    the budget is overspent by £10. Sensitivity: 2 if the level were broken; 40 unmet either way, were nothing counted.
    """
    result = solve_case(tmp_path, PLACES, SERVICE % ", may_break: 0.2" + MONEY % ", may_break: 0.1")
    assert list(result.values) == ["broken", "unmet", "cost"]
    assert result.values["broken"] == approx(1)
    assert broken(result, "budgets b") == approx([10, 0])
    assert broken(result, "service_levels visit") == approx([0])
    (row, _) = result.rows("limits", limit="budgets b")
    assert (float(row["level"]), float(row["bound"]), float(row["slack"])) == approx((40, 30, -10))
    assert float(row["price_broken"]) == approx(0.1)
    assert "“budgets b” by £10, above its bound in 2026" in result.output


def test_the_dearer_rule_holds(tmp_path: Path) -> None:
    """Proves: with £10 at 0.3 weighing 3, the level gives way: 10 visits at 0.2. Sensitivity: 3."""
    result = solve_case(tmp_path, PLACES, SERVICE % ", may_break: 0.2" + MONEY % ", may_break: 0.3")
    assert result.values["broken"] == approx(2)
    assert broken(result, "service_levels visit") == approx([10])
    assert broken(result, "budgets b") == approx([0, 0], abs=1e-9)


def test_an_entry_without_the_key_holds(tmp_path: Path) -> None:
    """Proves: the level alone may give way, whatever it weighs. Sensitivity: exit code 3 without the key."""
    result = solve_case(tmp_path, PLACES, SERVICE % ", may_break: 1000" + MONEY % "")
    assert broken(result, "service_levels visit") == approx([10])
    assert solve_case(tmp_path / "none", PLACES, SERVICE % "" + MONEY % "", expect=3).status == "infeasible"


def test_nothing_is_broken_where_a_plan_exists(tmp_path: Path) -> None:
    """Proves: a budget that buys 3 recruits a year is kept although breaking it would leave less unmet: every table is
    the same to the byte but for the columns of what is broken. Sensitivity: 4 recruits if a breach had a price.
    """
    kept = solve_case(tmp_path / "kept", PLACES, MONEY % "")
    free = solve_case(tmp_path / "free", PLACES, MONEY % ", may_break: 0.000001")
    assert free.values == {"broken": 0.0, **kept.values}
    for name in ("starts", "staff", "work", "spend", "budgets"):
        assert (kept.folder / f"{name}.csv").read_bytes() == (free.folder / f"{name}.csv").read_bytes()
    for name in ("limits", "demand"):
        plain = [{key: row[key] for key in row if key != "price_broken"} for row in free.table(name)]
        assert plain == kept.table(name)
    assert {row["price_broken"] for row in free.table("limits")} == {"0.0"}


def test_a_fixed_number_breaks_on_either_side(tmp_path: Path) -> None:
    """Proves: an intake held at 4 costs £40 of £30: one start less a year, 3 instead of 4, at weight 5.

    Sensitivity: 0 if only a rise were a breach.
    """
    result = solve_case(tmp_path, PLACES, "hold: [{route: recruit, may_break: 5}]\n" + MONEY % "")
    assert result.values["broken"] == approx(10)
    assert broken(result, "hold recruit") == approx([1, 1])
    assert [float(row["slack"]) for row in result.rows("limits", limit="hold recruit")] == approx([-1, -1])
    assert "“hold recruit” by 2.0 starts in all, in 2 rows; most in 2026: 1.0 starts below its bound" in " ".join(
        result.output.split()
    )


def test_the_carry_cap_never_breaks(tmp_path: Path) -> None:
    """Proves: £15 may be carried (half of £30), so 60 FTE-years of recruits in 2027 (£60) overspend 2027 by £15 at
    least. Sensitivity: 0 if carrying more than the cap were a way out.
    """
    level = "service_levels: [{task: visit, at_least: 0.8, from: 2027}]\n"
    hold = "limits: [{name: none at first, quantity: starts, exactly: 0, to: 2026}]\n"
    carry = "budgets: [{budget: b, limit: 30, carry_forward: 0.5, may_break: 1}]\n"
    result = solve_case(tmp_path, PLACES, level + hold + carry)
    assert result.values["broken"] == approx(15)
    assert sum(broken(result, "budgets b")) == approx(15)
    assert broken(result, "budgets b carry_forward") == approx([0])


def test_a_share_breaks_in_units_of_the_task(tmp_path: Path) -> None:
    """Proves: a share that may fall by 10 points from 0.5, where 2 nurses do 20 of 100 visits: 40 − 20 = 20 visits too
    few in the first year, at 0.5 a visit. In 2027 a share of 0.2 − 0.1 is no trouble. Sensitivity: 0.1 if a row were
    in points of share.
    """
    tables = {**PLACES, "productivity": "role,task,units_per_fte,current_share\nnurse,visit,10,0.5"}
    result = solve_case(
        tmp_path, tables, "skill_mix: [{task: visit, role: nurse, max_decrease: 0.1, may_break: 0.5}]\n"
        "training_capacity: [{route: recruit, places: 0}]\n",
    )  # fmt: skip
    assert result.values["broken"] == approx(10)
    assert broken(result, "skill_mix visit nurse") == approx([20, 0], abs=1e-9)


def test_whole_people_break_by_whole_people(tmp_path: Path) -> None:
    """Proves: a budget of £35 with 4 whole recruits at least is overspent by £5; a half recruit would do otherwise."""
    result = solve_case(
        tmp_path, PLACES, "whole_numbers: true\nbudgets: [{budget: b, limit: 35, may_break: 1}]\n"
        "limits: [{name: four, quantity: starts, at_least: 3.5}]\n",
    )  # fmt: skip
    assert result.values["broken"] == approx(10)
    assert broken(result, "budgets b") == approx([5, 5])
    assert result.series("starts", "starts") == approx([4, 4])


def test_two_breaches_are_weighed_against_each_other_over_all_modelled_years(tmp_path: Path) -> None:
    """Proves: a breach in the run-out weighs like any other: £10 a year over 2026 to 2028 at weight 1."""
    result = solve_case(
        tmp_path, {**PLACES, "settings": {"last_year": 2027, "run_out_years": 1}},
        "budgets: [{budget: b, limit: 30, may_break: 1}]\nlimits: [{name: four, quantity: starts, at_least: 4}]\n",
    )  # fmt: skip
    assert result.values["broken"] == approx(30)


def test_no_plan_without_breaking_what_always_holds(tmp_path: Path) -> None:
    """Proves: where rules without the key clash there is no plan, and plan.json lists what is broken as unknown."""
    result = solve_case(
        tmp_path, PLACES, MONEY % "" + "limits: [{name: four, quantity: starts, at_least: 4}]\n"
        "pace: [{route: recruit, max_increase: 1, may_break: 1}]\n", expect=3,
    )  # fmt: skip
    assert [one["name"] for one in result.plan["priorities"]] == ["broken", "unmet", "cost"]
