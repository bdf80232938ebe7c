"""The oracle itself, against published figures and sums done by hand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pytest import approx

from tests.oracle.evidence import path
from tests.oracle.lp import solve
from tests.oracle.values import by_year
from tests.support.engine import write_inputs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.mark.parametrize("module", sorted(HERE.glob("*.py")), ids=lambda path: path.stem)
def test_the_oracle_shares_no_code_with_the_optimiser(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    # A test may set the audit beside both; the oracle itself may not.
    allowed = ("optimiser.audit.audit",) if module.stem.startswith("test_") else ()
    assert not [name for name in names if name.split(".")[0] == "optimiser" and name not in allowed]


def williams(option: str, **changes: object) -> dict[str, float]:
    """The priorities of the shipped Williams case."""
    policy = ROOT / "constraints" / "williams" / f"{option}.yaml"
    return solve(ROOT / "inputs" / "williams", policy, **changes).values  # type: ignore[arg-type]


def test_williams_is_as_published() -> None:
    """Proves: the oracle finds the published optima of H. P. Williams' manpower planning problem."""
    assert williams("least-cost") == approx({"cost": 498677.2853185597}, rel=1e-9)
    assert williams("least-redundancy") == approx({"starts": 841.796875, "cost": 1441389.8026}, rel=1e-9)


@pytest.mark.parametrize(
    ("task", "marginal_costs"),
    [
        ("unskilled_work", (-20, -20, -200)),
        ("semi_skilled_work", (-300, 10.526316, 210.526316)),
        ("skilled_work", (-710.526316, 37.396122, 747.922438)),
    ],
)
def test_one_more_person_costs_what_is_published(task: str, marginal_costs: tuple[float, ...]) -> None:
    """Proves: solving again with one more unit gives the published marginal costs."""
    base = williams("least-cost")["cost"]
    more = [williams("least-cost", more={("all", task, year): 1.0})["cost"] for year in (1, 2, 3)]
    assert [cost - base for cost in more] == approx(marginal_costs, abs=1e-5)


def test_a_growth_path() -> None:
    """Proves: 100 growing by 10 % from 2025; the row of 2027 keeps the path and doubles from then on: 110, 121, 242."""
    rows = [{"year": "2025", "volume": "100", "growth": "0.1"}, {"year": "2027", "volume": "", "growth": "1"}]
    assert [path(rows, "volume", year) for year in (2026, 2027, 2028)] == approx([110, 121, 242])


def test_values_by_year() -> None:
    """Proves: steps hold, ramps are straight and stay; before the first year there is nothing."""
    assert [by_year({2026: 1, 2028: 5}, year) for year in (2026, 2027, 2028, 2030)] == [1, 1, 5, 5]
    assert [by_year({"ramp": {2026: 1, 2028: 5}}, year) for year in (2026, 2027, 2028, 2030)] == [1, 3, 5, 5]
    with pytest.raises(ValueError, match="after 2025"):
        by_year({2026: 1}, 2025)


def test_a_tiny_model(tmp_path: Path) -> None:
    """Proves: 5 nurses do 50 of 100 visits, £30 buy 30 more, 20 ÷ 10 = 2 FTE are unmet each year: 6, for £90."""
    inputs = write_inputs(
        tmp_path / "inputs",
        {
            "staff_in_post": "role,fte\nnurse,5",
            "costs": "item,line,per,amount,budget\nvisit,outsourcing,outsourced-unit,1,o",
        },
    )
    option = tmp_path / "option.yaml"
    option.write_text("budgets: [{budget: o, limit: 30}]")
    assert solve(inputs, option).values == approx({"unmet": 6, "cost": 90})
    option.write_text("budgets: [{budget: o, limit: 30}]\ndemand: {unmet: forbidden}")
    assert solve(inputs, option).status == "infeasible"
