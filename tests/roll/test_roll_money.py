"""What a plan has spent and carried by the year its evidence is rolled to, in the option that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.constraints.option import read_policy
from optimiser.inputs.assemble import read_evidence
from optimiser.text.faults import Faults
from tests.roll.test_roll import OPTION, rolled, run
from tests.support.engine import TINY, solve_folder, write_inputs
from tests.support.full import full_inputs


def test_money_of_the_years_before_is_taken_off(tmp_path: Path) -> None:
    """Proves: of a total of 3,000, 100 FTE at £5 cost 500 a year in 2026 and 2027: 2,000 are left from 2028 on."""
    inputs = write_inputs(
        tmp_path / "inputs",
        {
            **TINY,
            "settings": {"last_year": 2030},
            "staff_in_post": "role,fte\nnurse,100",
            "costs": "item,line,per,amount,budget\nnurse,pay,fte-year,5,pay",
        },
    )
    option = tmp_path / "option.yaml"
    option.write_text("title: T\nbudgets: [{budget: pay, total: 3000}]\n", encoding="utf-8")
    plan = solve_folder(inputs, option, tmp_path / "plan").folder
    done = run(inputs, "--to", "2028", "--out", tmp_path / "rolled", "--starts", plan)
    assert done.exit_code == 0, done.output
    assert "total: 2000.0" in (tmp_path / "rolled/constraints/option-from-2028.yaml").read_text(encoding="utf-8")
    assert done.output.strip().endswith(
        f"optimiser check {tmp_path}/rolled {tmp_path}/rolled/constraints/option-from-2028.yaml"
    )


DATED = (
    OPTION
    + """
budgets: [{budget: training, total: 3e6}]
service_levels: [{task: plain_report, at_least: 0.01, from: 2027}]
limits:
  - {name: few at first, quantity: starts, where: {route: reporting}, at_most: 8, each: [year], to: 2026}
"""
)


def test_the_option_of_a_plan_is_rolled_with_it(tmp_path: Path) -> None:
    """Proves: the rolled option is the plan's own less what was spent of a total and without what belongs to earlier
    years, and it can be solved.

    Sensitivity: with the option as it was, `from` 2027 is a fault, and the whole total could be spent again.
    """
    inputs, option = full_inputs(tmp_path / "inputs"), tmp_path / "option.yaml"
    option.write_text(DATED, encoding="utf-8")
    plan = solve_folder(inputs, option, tmp_path / "plan")
    assert plan.exit_code == 0, plan.output
    new = read_evidence(rolled(inputs, 2028, tmp_path / "rolled", "--starts", plan.folder))
    path = tmp_path / "rolled" / "constraints" / "option-from-2028.yaml"
    policy = read_policy(path, new, Faults())
    assert "few at first" not in {entry.name for entry in policy.entries}
    spent = sum(float(row["amount"]) for row in plan.rows("spend", budget="training") if int(row["year"]) < 2028)
    (total,) = [limit for limit in policy.limits if limit.label == "budgets training/total"]
    assert spent > 0
    assert total.constant[0] == pytest.approx(3e6 - spent, rel=1e-12)
    assert solve_folder(tmp_path / "rolled", path, tmp_path / "again").exit_code == 0


def test_money_carried_into_the_first_year_is_added_to_its_limit(tmp_path: Path) -> None:
    """Proves: 100 FTE at £5 cost £500 a year; of 600 in 2026 and 2027 at least £50 go on into 2028, which has 450 of
    its own (544.5 in cash, at 10 % a year). Sensitivity: without it there is no plan from 2028 on.
    """
    inputs = write_inputs(
        tmp_path / "inputs",
        {
            **TINY,
            "settings": {"price_year": 2026, "inflation": 0.1},
            "staff_in_post": "role,fte\nnurse,100",
            "costs": "item,line,per,amount,budget\nnurse,pay,fte-year,5,pay",
        },
    )
    option = tmp_path / "option.yaml"
    limits = "{2026: 600, 2027: 660, 2028: 544.5}"
    option.write_text(
        f"title: T\nbudgets: [{{budget: pay, limit: {limits}, carry_forward: 0.5, prices: cash}}]\n", encoding="utf-8"
    )
    plan = solve_folder(inputs, option, tmp_path / "plan")
    new = read_evidence(rolled(inputs, 2028, tmp_path / "rolled", "--starts", plan.folder))
    carried = plan.figure("budgets", "carried_out", budget="pay", year=2027)
    assert carried >= 50 - 1e-9
    path = tmp_path / "rolled" / "constraints" / "option-from-2028.yaml"
    (limit,) = [one for one in read_policy(path, new, Faults()).limits if one.label == "budgets pay"]
    assert limit.constant[0] == pytest.approx(450 + carried, rel=1e-12)
    assert solve_folder(tmp_path / "rolled", path, tmp_path / "again").exit_code == 0
