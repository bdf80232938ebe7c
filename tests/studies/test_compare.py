"""Options side by side."""

from pathlib import Path

from pytest import approx

from tests.studies.calls import call, cold, inputs, made_up, option
from tests.studies.test_sweep import SHORT

SCENARIOS = "scenario,table,item,task,year,multiplier\nhigh,demand,,,2027,1.2\ncheap,costs,visit,,2027,0.5"


def test_options_and_futures_as_a_grid(tmp_path: Path) -> None:
    """Proves: £30 buys 30 of 50 missing visits, and of 50, 70, 70 under high demand; £40 buys ten more a year.

    Unmet: 6, 10 and 3, 7 FTE. Sensitivity: 6 twice if the scenario were lost.
    """
    folder = inputs(tmp_path, {**SHORT, "scenarios": SCENARIOS})
    less = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    more = option(tmp_path, "more", "budgets: [{budget: o, limit: 40}]")
    done = call("compare", folder, less, more, "--scenario", "none", "--scenario", "high", out=tmp_path / "out")
    found = {(row["option"], row["scenario"]): float(row["priority_unmet"]) for row in done.table("points")}
    assert found == approx({("less", ""): 6, ("less", "high"): 10, ("more", ""): 3, ("more", "high"): 7})
    assert [row["point"] for row in done.table("points")] == ["less none", "less high", "more none", "more high"]


def test_scenarios_joined_apply_together(tmp_path: Path) -> None:
    """Proves: high+cheap is one future with both: £30 buy 30, then 60 of 70: 2 + 1 + 1 FTE. Sensitivity: 10 or 2."""
    folder = inputs(tmp_path, {**SHORT, "scenarios": SCENARIOS})
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, policy, "--scenario", "high+cheap", out=tmp_path / "out")
    assert done.row("points", option="less")["scenario"] == "high+cheap"
    assert done.point("less") == approx(4)


def test_an_option_without_a_plan_stays_with_its_reason(tmp_path: Path) -> None:
    """Proves: the comparison goes on, its exit code is 0, and the others are measured."""
    folder = inputs(tmp_path, SHORT)
    sound = option(tmp_path, "sound", "budgets: [{budget: o, limit: 30}]")
    never = option(tmp_path, "never", "demand: {unmet: forbidden}\nbudgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, sound, never, out=tmp_path / "out")
    assert [row["status"] for row in done.table("points")] == ["optimal", "infeasible"]
    assert done.row("points", option="never")["reason"] == "no plan satisfies its constraints"
    assert "no plan satisfies its constraints" in done.stdout


def test_no_option_with_a_plan_is_exit_code_3(tmp_path: Path) -> None:
    folder = inputs(tmp_path, SHORT)
    never = option(tmp_path, "never", "demand: {unmet: forbidden}\nbudgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, never, out=tmp_path / "out", expect=3)
    assert done.row("points", option="never")["status"] == "infeasible"


def test_what_a_plan_costs_in_real_cash_and_discounted_money(tmp_path: Path) -> None:
    """Proves: £30 real in 2027, two years after 2025 with 10 % then 20 % inflation, is £39.60 in cash; discounted at
    5 % from 2026, £28.57. Sensitivity: 36 if the first year's inflation were left out; 27.21 a year too many.
    """
    settings = {"discount_rate": 0.05, "price_year": 2025, "inflation": {2026: 0.1, 2027: 0.2}}
    folder = inputs(tmp_path, {**SHORT, "settings": settings})
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, policy, out=tmp_path / "out")
    found = {row["table"]: float(row["value"]) for row in done.rows("tables", year=2027) if "budget" in row["keys"]}
    assert found == approx({"cost": 30, "cost_cash": 39.6, "cost_discounted": 30 / 1.05})


def test_first_years_of_difference_and_what_differs(tmp_path: Path) -> None:
    """Proves: the first year in which a route's commissions differ is named, with both numbers; so is the constraint.

    Five FTE are missing; recruits may be 1 a year, or 1 and then 4. Sensitivity: 2026 if equal years counted.
    """
    tables = {
        "staff_in_post": "role,fte\nnurse,5",
        "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nr,R,recruitment,,nurse,0,1,",
    }
    folder = inputs(tmp_path, tables)
    slow = option(tmp_path, "slow", "training_capacity: [{route: r, places: 1}]")
    fast = option(tmp_path, "fast", "training_capacity: [{route: r, places: {2026: 1, 2027: 4}}]")
    done = call("compare", folder, slow, fast, out=tmp_path / "out")
    row = done.row("first_years", option="fast")
    assert (row["route"], row["year"]) == ("r", "2027")
    assert [float(row["first"]), float(row["this"])] == approx([1, 4])
    found = done.row("constraints", option="fast")
    assert (found["entry"], found["key"], found["first"]) == ("training_capacity r", "places", "1")
    assert found["this"] == "1 from 2026, 4 from 2027"
    made = {
        name: [
            float(row["value"]) for row in done.table("tables") if (row["table"], row["point"]) == ("commissions", name)
        ]
        for name in ("slow", "fast")
    }
    apart = sum(abs(one - other) for one, other in zip(made["slow"], made["fast"], strict=True))
    assert apart > 2
    assert f"{apart:.1f} commissions differ from slow, which makes 3.0" in done.stdout


def test_what_binds_is_said_with_its_worth(tmp_path: Path) -> None:
    """Proves: 1 % more of £30 a year buys 0.3 visits a year: 0.09 FTE in all. Sensitivity: 0.03 for one year."""
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, policy, out=tmp_path / "out")
    assert float(done.row("tables", table="binding", keys="limit=budgets o")["value"]) == approx(0.09)


def test_a_comparison_agrees_with_solves_of_each_option(tmp_path: Path) -> None:
    """Proves: both priorities to 1e-6, and the totals are those of plan.json."""
    folder, first = made_up(tmp_path)
    second = tmp_path / "less.yaml"
    second.write_text(f"title: less\nextends: {first.name}\nbudgets: [{{budget: training, limit: 1.2e6}}]\n")
    done = call("compare", folder, first, second, out=tmp_path / "out")
    for path in (first, second):
        alone = cold(folder, path, tmp_path / f"alone-{path.stem}")
        row = done.row("points", option=path.stem)
        assert {name: float(row[f"priority_{name}"]) for name in alone} == approx(alone, rel=1e-6)


def test_two_options_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folder = inputs(tmp_path, SHORT)
    paths = []
    for name, limit in (("a", 30), ("b", 40)):
        (tmp_path / name).mkdir()
        paths.append(option(tmp_path / name, "flat", f"budgets: [{{budget: o, limit: {limit}}}]"))
    done = call("compare", folder, *paths, out=tmp_path / "out")
    assert [float(row["priority_unmet"]) for row in done.table("points")] == approx([6, 3])
    assert len({row["option"] for row in done.table("points")}) == 2


def test_an_unknown_scenario_is_a_fault_before_any_solve(tmp_path: Path) -> None:
    folder = inputs(tmp_path, {**SHORT, "scenarios": SCENARIOS})
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, policy, "--scenario", "hihg", out=tmp_path / "out", expect=1)
    assert 'Did you mean "high"?' in done.stderr


def test_json_is_one_object(tmp_path: Path) -> None:
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    done = call("compare", folder, policy, "--json", out=tmp_path / "out")
    assert done.json()["points"][0] == {
        "option": "less", "scenario": "", "point": "less", "status": "optimal", "reason": "",
        "unmet_fte_years": approx(6), "cost": approx(90), "cost_discounted": approx(90),
        "priority_unmet": approx(6), "priority_cost": approx(90),
    }  # fmt: skip


def test_the_used_files_are_beside_the_tables(tmp_path: Path) -> None:
    """Proves: the folder can be run again from its own copies, and gives the same points."""
    folder = inputs(tmp_path, SHORT)
    base = option(tmp_path, "base", "budgets: [{budget: o, limit: 30}]")
    more = option(tmp_path, "more", "extends: base.yaml\nbudgets: [{budget: o, limit: 40}]")
    done = call("compare", folder, base, more, out=tmp_path / "out")
    used = done.folder / "used"
    again = call("compare", used / "inputs", used / "constraints/base.yaml", used / "constraints/more.yaml",
                 out=tmp_path / "again")  # fmt: skip
    assert again.bytes() == done.bytes()


def test_another_folder_is_not_overwritten(tmp_path: Path) -> None:
    """Proves: exit code 5 where the folder holds something else; an earlier result of the same command is replaced."""
    folder = inputs(tmp_path, SHORT)
    policy = option(tmp_path, "less", "budgets: [{budget: o, limit: 30}]")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    call("compare", folder, policy, out=tmp_path / "mine", expect=5)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    first = call("compare", folder, policy, out=tmp_path / "out").bytes()
    assert call("compare", folder, policy, out=tmp_path / "out").bytes() == first
