"""One case that uses every table and most families, for tests of what is done with a plan."""

from __future__ import annotations

from pathlib import Path

from tests.support.engine import Result, solve_folder
from tests.support.tiny import FULL, write_inputs

OPTION = """
title: Everything
set_by: nobody
demand: {unmet: allowed, tiers: [{up_to: 0.05, weight: 1}, {up_to: 0.15, weight: 2}, {weight: 4}]}
budgets:
  - {budget: training, limit: {2026: £900k, 2028: £950k}, carry_forward: 0.1, prices: cash}
  - {budget: outsourcing, total: £60k}
  - {budget: pay, limit: 100k}
training_capacity:
  - {route: degree, places: 40}
  - {route: [reporting, retire], places: {2026: 4, 2028: 6}, each: [area]}
skill_mix:
  - {task: plain_report, role: reporter, max_share: {ramp: {2026: 0.2, 2032: 0.7}}, max_increase: 0.1}
outsourcing:
  - {task: scan_report, max_share: 0.2}
service_levels:
  - {task: plain_report, at_least: 0.2, from: 2028}
pace:
  - {route: degree, max_increase: 0.2, max_decrease: 0.5, seed: 2}
adoption:
  - {role: reporter, max_fte: 60, max_growth: 0.3, seed: 5}
limits:
  - name: idle radiographers are sent elsewhere
    quantity: idle
    where: {role: radiologist}
    at_most: 0.9
    of: {quantity: staff, where: {role: radiologist}}
    each: [area, year]
  - {name: retirements, quantity: starts, where: {kind: exit}, at_most: 3, each: []}
"""


def full_inputs(folder: Path) -> Path:
    """The inputs of the case: two areas, financial years, three run-out years."""
    return write_inputs(folder, FULL)


def solve_full(folder: Path, option: str = OPTION, scenarios: tuple[str, ...] = ("high",)) -> Result:
    """The case solved, in `folder/plan`."""
    inputs = full_inputs(folder / "inputs")
    (folder / "option.yaml").write_text(option, encoding="utf-8")
    result = solve_folder(inputs, folder / "option.yaml", folder / "plan", scenarios)
    if result.exit_code:
        raise AssertionError(result.output)
    return result
