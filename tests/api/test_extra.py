"""Rules added in PuLP are solved too, and said to be unaudited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import optimiser as wo
from tests.api.test_api import INPUTS, OPTION


@pytest.fixture(scope="module")
def model() -> wo.Model:
    return wo.read(INPUTS, OPTION)


def at_most_ten(problem: Any, variables: Mapping[str, Any]) -> None:
    problem += variables["starts.all.pgcert.2026"] <= 10, "ten at first"


def test_an_extra_rule_is_solved_too(model: wo.Model, tmp_path: Path) -> None:
    """Proves: the plan keeps the rule and is the one an option file with that limit gives; Sensitivity: 35 starts."""
    plan = model.solve(extra=at_most_ten)
    here = plan.starts.query("route == 'pgcert' and year == 2026")["starts"].item()
    assert here == pytest.approx(10)
    option = tmp_path / "option.yaml"
    option.write_text(
        OPTION.read_text()
        + "limits:\n  - {name: ten, quantity: starts, where: {route: pgcert}, at_most: 10, from: 2026, to: 2026}\n"
    )
    assert plan.priorities == pytest.approx(wo.read(INPUTS, option).solve().priorities, rel=1e-9)
    assert model.solve().priorities["unmet"] < plan.priorities["unmet"]


def test_a_plan_with_extra_rules_says_that_they_are_not_audited(model: wo.Model, tmp_path: Path) -> None:
    plan = model.solve(extra=at_most_ten)
    folder = plan.write(tmp_path / "plan")
    (name,) = plan.record["extra_rules"]
    assert plan.record["audited"] is False
    assert name in repr(plan)
    audit = wo.load(folder).audit()
    assert audit.passed
    assert f"1 extra rule was added in Python ({name})" in repr(audit)
    assert "Certified" not in repr(audit)
    assert not (folder / "duals.csv").exists()
    with pytest.raises(wo.FaultsFound, match="extra rules added in Python"):
        wo.load(folder).explain()


def test_extra_rules_that_clash_leave_no_plan(model: wo.Model) -> None:
    def more_than_there_are(problem: Any, variables: Mapping[str, Any]) -> None:
        problem += variables["staff.all.radiologist.2026"] >= 1000

    with pytest.raises(wo.NoPlan, match="extra rules"):
        model.solve(extra=more_than_there_are)


def _another_objective(problem: Any, variables: Mapping[str, Any]) -> None:
    problem.setObjective(variables["starts.all.pgcert.2026"] + 0)


def _another_bound(_problem: Any, variables: Mapping[str, Any]) -> None:
    variables["starts.all.pgcert.2026"].upBound = 5


def _another_variable(problem: Any, variables: Mapping[str, Any]) -> None:
    mine = problem.add_variable("mine", 0, None, "Continuous")
    problem += variables["starts.all.pgcert.2026"] <= mine


def _another_number(problem: Any, _variables: Mapping[str, Any]) -> None:
    problem.constraints()[0].changeRHS(1e6)


@pytest.mark.parametrize("extra", [_another_objective, _another_bound, _another_variable, _another_number])
def test_an_extra_rule_that_would_be_lost_is_refused(
    model: wo.Model, extra: Callable[[Any, Mapping[str, Any]], None]
) -> None:
    """Proves: what is not read back from PuLP is never passed over in silence."""
    with pytest.raises(ValueError, match="extra rule"):
        model.solve(extra=extra)
