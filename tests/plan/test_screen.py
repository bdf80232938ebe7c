"""The first screen: whole sentences that fit, in plain units, against business as usual."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.engine import solve_case, solve_folder, write_inputs

ROUTES = "route,title,kind,from_role,to_role,years,completion,non_completers\n" + "\n".join(
    f"r{number},Recruitment of a rather long name number {number},recruitment,,nurse,0,1," for number in range(40)
)
COSTS = "item,line,per,amount,budget\n" + "\n".join(
    f"r{number},recruitment,start,{1000 + number},b" for number in range(40)
)
MANY = {
    "routes": ROUTES,
    "costs": COSTS,
    "tasks": "task,title,unit,service\n" + "\n".join(f"t{number},Task,visits,service {number}" for number in range(12)),
    "demand": "task,year,volume\n" + "\n".join(f"t{number},2026,{100 + number}" for number in range(12)),
    "productivity": "role,task,units_per_fte\n" + "\n".join(f"nurse,t{number},10" for number in range(12)),
    "settings": {"run_out_years": 1},
}
PLACES = "training_capacity:\n" + "\n".join(f"  - {{route: r{number}, places: 2}}" for number in range(40))
"""40 routes, 12 services."""
ONE_ROUTE = {
    "routes": "route,title,kind,from_role,to_role,years,completion,non_completers\nr,R,recruitment,,nurse,0,1,",
    "costs": "item,line,per,amount,budget\nr,recruitment,start,1000,workforce",
}


def test_it_fits_thirty_lines_of_a_hundred_columns(tmp_path: Path) -> None:
    """Proves: however many routes and services there are, the screen has room for them; `--full` has them all."""
    result = solve_case(tmp_path, MANY, f"{PLACES}\nbudgets: [{{budget: b, limit: 30000}}]")
    screen = result.output[result.output.index("Tiny: Test") :].splitlines()
    assert len(screen) <= 30
    commands = [line for line in screen if line.startswith(("Next:", "  or:"))]
    assert len(commands) == 2
    assert max(len(line) for line in screen if line not in commands) <= 100
    assert "all 12 services" in result.output
    full = solve_folder(tmp_path / "inputs", tmp_path / "option.yaml", tmp_path / "full", more=["--full"])
    assert all(f"r{number} " in full.output for number in range(40))
    assert all(f"service {number}" in full.output for number in range(12))


def test_a_narrow_terminal_gets_narrow_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = solve_case(tmp_path, MANY, f"{PLACES}\nbudgets: [{{budget: b, limit: 30000}}]")
    screen = result.output[result.output.index("Tiny: Test") :].splitlines()
    commands = [line for line in screen if line.startswith(("Next:", "  or:"))]
    assert max(len(line) for line in screen if line not in commands) <= 80


def test_what_a_budget_buys_is_plain(tmp_path: Path) -> None:
    """Proves: £2,000 a year recruits 2; 1 % more recruits 0.02 a year, who stay: 0.02 × (3 + 2 + 1) = 0.12
    FTE-years less unmet for £60. Sensitivity: 0.0 if only one year were eased; by weight if not solved again.
    """
    demand = "task,year,volume\nvisit,2026,300"
    result = solve_case(tmp_path, {**ONE_ROUTE, "demand": demand}, "budgets: [{budget: workforce, limit: 2000}]")
    assert "the workforce budget (£20 a year): 0.1 FTE-years less unmet, £60 more cost" in result.output
    assert "by weight" not in result.output


def test_business_as_usual_beside_it_is_what_it_is_measured_against(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: after do-nothing has been solved on the same evidence, the next screen says the difference and which
    folder it is from; on other evidence it does not. Sensitivity: a stale comparison if hashes were not looked at.
    """
    monkeypatch.chdir(tmp_path)
    inputs = write_inputs(tmp_path / "area", {**ONE_ROUTE, "demand": "task,year,volume\nvisit,2026,300"})
    for name, limit in (("do-nothing", 0), ("more", 2000)):
        text = f"title: {name.title()}\nbudgets: [{{budget: workforce, limit: {limit}}}]"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    usual, more = Path("results/area-do-nothing"), Path("results/area-more")
    solve_folder(inputs, tmp_path / "do-nothing.yaml", usual)
    result = solve_folder(inputs, tmp_path / "more.yaml", more)
    gained = (
        solve_folder(inputs, tmp_path / "do-nothing.yaml", usual).plan["unmet_fte_years"]
        - result.plan["unmet_fte_years"]
    )
    against = f"Against “Do-Nothing”: £6,000 more (£6,000 discounted), {gained:.0f} FTE-years less unmet"
    assert against in " ".join(result.output.split())
    assert "results/area-do-nothing" in result.output
    write_inputs(tmp_path / "area", {**ONE_ROUTE, "demand": "task,year,volume\nvisit,2026,301"})
    assert "Against" not in solve_folder(inputs, tmp_path / "more.yaml", more).output


def test_money_that_stays_unspent_is_named(tmp_path: Path) -> None:
    result = solve_case(tmp_path, ONE_ROUTE, "budgets: [{budget: workforce, limit: {2026: 1000, 2027: 500000}}]")
    assert "Money not spent: workforce" in result.output
