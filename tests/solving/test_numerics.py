"""The same optimum whichever method finds it, and on cases that stand on an edge."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.inputs.shipped import shipped_constraints
from optimiser.plan.make import Request, read_and_build
from optimiser.solving import highs
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.priorities import Answer, solve
from optimiser.solving.solvable import Arrays
from optimiser.text.faults import Faults
from tests.support.engine import Result, solve_case

ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = "west-yorkshire-and-harrogate"
SHIPPED = [
    (place, path.stem) for place in ("williams", ALLIANCE) for path in shipped_constraints(place) if path.stem != "base"
]
METHODS = {"interior point": 0, "simplex": 10**9}
"""Rows up to which the simplex method is used, so that each is used for all."""


def found(inputs: str, option: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """The optimum by one method."""
    monkeypatch.setattr(highs, "SMALL", METHODS[method])
    programme, _ = read_and_build(Request(ROOT / "inputs" / inputs, option), Faults())
    _, outcome = solve_or_break(programme, lambda one: solve(one, Arrays(one.matrix)))
    assert outcome.answer is not None
    return outcome.answer


@pytest.mark.parametrize(("inputs", "option"), SHIPPED)
def test_both_methods_find_the_same_optimum(inputs: str, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: on every shipped case of one area the interior point and the simplex method agree on every priority.

    Sensitivity: an optimal face held where the dual was noise makes the second priority dearer by one method.
    """
    path = ROOT / "constraints" / inputs / f"{option}.yaml"
    point, simplex = (found(inputs, path, method, monkeypatch).values for method in METHODS)
    assert point == pytest.approx(simplex, rel=1e-8, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("option", ["do-nothing", "one-year-settlement"])
def test_a_fresh_start_and_a_near_basis_agree_on_england(option: str) -> None:
    """Proves: on England the interior point from nothing and the dual simplex from another option's basis agree.

    From nothing the simplex method is not finished after ten minutes there; from the basis of the same option with
    one per cent more of every number it is, and it shares nothing with the interior point but the rows.
    """
    from dataclasses import replace

    from optimiser.solving.priorities import Session

    programme, _ = read_and_build(Request(ROOT / "inputs/england", ROOT / f"constraints/{option}.yaml"), Faults())
    direct = solve(programme, Arrays(programme.matrix)).answer
    limits = {int(row) for _, rows, first in programme.limits() for row in range(first, first + len(rows))}
    upper = programme.matrix.upper.copy()
    chosen = sorted(limits)[::50]
    upper[chosen] += 0.001 * abs(upper[chosen])
    matrix = replace(programme.matrix, upper=upper, lower=programme.matrix.lower.clip(max=upper))
    nearby = replace(programme, matrix=matrix)
    session = Session(nearby, Arrays(nearby.matrix))
    assert session.solve().answer is not None
    again = session.again(programme).answer
    assert direct is not None
    assert again is not None
    assert again.values == pytest.approx(direct.values, rel=1e-8)


TWINS = {
    "roles": "role,title,leaver_rate\nnurse,Nurse,0\ntwin,Twin,0",
    "staff_in_post": "role,fte\nnurse,5\ntwin,0",
    "routes": """route,title,kind,to_role,years,completion
        new_nurse,New nurse,recruitment,nurse,0,1
        new_twin,New twin,recruitment,twin,0,1""",
    "productivity": "role,task,units_per_fte\nnurse,visit,10\ntwin,visit,10",
}
"""5 nurses do 50 of 100 visits; a nurse or a twin can be recruited, and each does as much."""


def twins(tmp_path: Path, nurse: str, twin: str, option: str) -> Result:
    costs = f"item,line,per,amount,budget\nnew_nurse,fee,start,{nurse},r\nnew_twin,fee,start,{twin},r"
    return solve_case(tmp_path, {**TWINS, "costs": costs}, option)


@pytest.fixture(params=METHODS)
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each method in turn."""
    monkeypatch.setattr(highs, "SMALL", METHODS[request.param])
    return str(request.param)


@pytest.mark.usefixtures("either")
def test_equal_ways_cost_the_same(tmp_path: Path) -> None:
    """Proves: with two ways that are alike in everything the optimum is 5 starts in all for £500, nothing unmet.

    Sensitivity: an unsettled tie between ways that stops between vertices would leave rows open by its tolerance.
    """
    result = twins(tmp_path, "100", "100", "")
    assert result.values == pytest.approx({"unmet": 0, "cost": 500}, abs=1e-6)


@pytest.mark.usefixtures("either")
def test_a_millionth_decides(tmp_path: Path) -> None:
    """Proves: of two ways that differ by £0.0001 in £100 the cheaper is taken, for £500.0000 and not £500.0005."""
    result = twins(tmp_path, "100.0001", "100", "")
    assert result.values["cost"] == pytest.approx(500, abs=1e-5)
    assert sum(result.series("starts", "starts", route="new_twin")) == pytest.approx(5, abs=1e-6)


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("limit", ["500", "499.999999", "500.000001"])
def test_a_budget_on_the_edge_of_what_is_needed(tmp_path: Path, limit: str) -> None:
    """Proves: a budget exactly as large as the need, or a millionth of a £ beside it, leaves next to nothing unmet.

    Sensitivity: a row held tight that is not would make the second priority infeasible.
    """
    result = twins(tmp_path, "100", "100", f"budgets: [{{budget: r, limit: {limit}}}]")
    assert result.values == pytest.approx({"unmet": 0, "cost": 500}, abs=1e-5)


@pytest.mark.usefixtures("either")
def test_two_limits_that_say_the_same(tmp_path: Path) -> None:
    """Proves: places and a budget that bind at the same 3 starts give one optimum: 2 FTE short for three years.

    3 of 5 nurses are bought at once, so 20 visits = 2 FTE are unmet each year: 6 in all, £300.
    Sensitivity: redundant rows with split duals, both held, would still have to leave the 3 starts possible.
    """
    option = """
training_capacity: [{route: [new_nurse, new_twin], places: 1.5}]
budgets: [{budget: r, limit: {2026: 300, 2027: 0, 2028: 0}}]
"""
    result = twins(tmp_path, "100", "100", option)
    assert result.values == pytest.approx({"unmet": 6, "cost": 300}, abs=1e-5)


@pytest.mark.usefixtures("either")
def test_large_and_small_side_by_side(tmp_path: Path) -> None:
    """Proves: £10bn and a thousandth of a £, a millionth of a visit and a million of them, in one model.

    A nurse costs £2bn, a twin £0.001; 1 place for twins a year, so one joins each year and the rest are nurses:
    2026: 1 twin, 4 nurses (£8bn + £0.001); from then on nobody more is needed.
    """
    option = "training_capacity: [{route: new_twin, places: {2026: 1, 2027: 0, 2028: 0}}]"
    result = twins(tmp_path, "2000000000", "0.001", option)
    assert result.values["unmet"] == pytest.approx(0, abs=1e-6)
    assert result.values["cost"] == pytest.approx(8e9 + 0.001, rel=1e-9)
    assert result.series("starts", "starts", route="new_twin") == pytest.approx([1, 0, 0], abs=1e-6)
