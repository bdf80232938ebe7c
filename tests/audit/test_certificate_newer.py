"""The audit's proof covers networks, transitions, steady intakes, fairness and rules that may be broken."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from optimiser.audit.audit import audit
from tests.audit.test_audit import change
from tests.audit.test_certificate import NURSES, audited
from tests.oracle.case_newer import make_newer_case
from tests.support.engine import Result, solve_case

TWO_AREAS = {
    **NURSES,
    "areas": "area,title\neast,East\nwest,West",
    "staff_in_post": "area,role,fte\neast,nurse,16\nwest,nurse,4",
    "demand": "area,task,year,volume\neast,visit,2026,100\nwest,visit,2026,100",
}
"""East's 16 nurses could do 160 visits of 100, West's 4 do 40; another nurse costs £100."""
NETWORK = {
    **TWO_AREAS,
    "staff_in_post": "area,role,fte\neast,nurse,12\nwest,nurse,4",
    "networks": "network,task,area\nn,visit,east\nn,visit,west",
}
LESS_WEST = {**TWO_AREAS, "staff_in_post": "area,role,fte\neast,nurse,9\nwest,nurse,4"}
CASES: dict[str, tuple[dict[str, Any], str, dict[str, float]]] = {
    "network_balance": (NETWORK, "budgets: [{budget: hiring, limit: 0}]", {"unmet": 3 * 4, "cost": 0}),
    "starts_change": (
        NURSES,
        "steady: {weight: 0.5}\nbudgets: [{budget: hiring, limit: {2026: 300, 2027: 100}}]",
        {"unmet": 7 + 6 + 5 + 0.5 * 2, "cost": 500},
    ),
    # West is 6 of 10 FTE short, so East has to be 3 short: 0.6 = 9 ÷ 20 + 0.15, and 2 of its nurses are idle.
    "common_share fairness care": (
        {**LESS_WEST, "tasks": "task,title,unit,service\nvisit,Visit,visits,care"},
        "fairness: [{service: care, within: 0.15}]\nbudgets: [{budget: hiring, limit: 0}]",
        {"unmet": 3 * 9, "cost": 0},
    ),
    "budgets hiring": (
        NURSES,
        "demand: {unmet: forbidden}\nbudgets: [{budget: hiring, limit: 300, may_break: 0.01}]",
        {"broken": 7, "unmet": 0, "cost": 1000},
    ),
}
"""By a row that has a dual: a case, an option, and what its priorities must come to."""


def solved(row: str, folder: Path) -> Result:
    """The plan of one of the cases, with the values done by hand."""
    tables, option, values = CASES[row]
    result = solve_case(folder, tables, option)
    assert result.values == pytest.approx(values)
    return result


@pytest.mark.parametrize("row", CASES)
def test_every_rule_has_its_part_in_the_proof(row: str, tmp_path: Path) -> None:
    """Proves: rows of the newer rules stand in duals.csv under the audit's own names, and every priority is proved.

    Sensitivity: a network's row, a change of starts, a common share or a breach that the audit does not know as the
    model does is named as no row of the model, or leaves a gap of whole FTE-years.
    """
    found = audit(solved(row, tmp_path).folder)
    assert found.passed, found.differences[0].sentence()
    values = CASES[row][2]
    assert {one.name: one.bound for one in found.proved} == pytest.approx(values)


@pytest.mark.parametrize("row", CASES)
def test_without_the_rows_dual_nothing_is_proved(row: str, tmp_path: Path) -> None:
    """Proves: the proof rests on the rule's own rows: with their duals at nothing it fails."""
    result = solved(row, tmp_path)
    with (result.folder / "duals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.startswith("dual_")]
    mine = [one for one in rows if one["row"] == row and any(float(one[name]) for name in names)]
    assert mine

    def nothing(given: list[dict[str, str]]) -> None:
        for one in given:
            if one["row"] == row:
                one.update(dict.fromkeys(names, "0.0"))

    change(result.folder / "duals.csv", nothing)
    assert not audit(result.folder).passed


@pytest.mark.parametrize("seed", range(10000, 10006))
def test_random_plans_under_newer_rules_are_certified(seed: int, tmp_path: Path) -> None:
    """Proves: on random cases with transitions, networks, scenarios of routes and every family, every priority is
    proved from the duals by rows that are the audit's own.
    """
    audited(make_newer_case(random.Random(seed)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(11000, 11200))
def test_hundreds_of_plans_under_newer_rules_are_certified(seed: int, tmp_path: Path) -> None:
    """Proves: the same for 200 more cases."""
    audited(make_newer_case(random.Random(seed)), tmp_path)
