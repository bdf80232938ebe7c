"""That there is no plan is proved in natural units, or not said."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from optimiser.model.programme import Matrix
from optimiser.solving import no_plan
from optimiser.solving.highs import Ending, Solver
from optimiser.solving.no_plan import is_proved, proves_no_plan
from optimiser.solving.priorities import Session, solve
from optimiser.solving.solvable import Arrays
from optimiser.solving.status import Ended, Status
from tests.laws.test_scales import KINDS, programme_of
from tests.oracle.cases import make_case

INF = np.inf


def matrix(rows: list[list[float]], lower: list[float], upper: list[float]) -> Matrix:
    """A dense matrix as sparse rows."""
    terms = [(at, value) for row in rows for at, value in enumerate(row) if value]
    sizes = [sum(value != 0 for value in row) for row in rows]
    return Matrix(
        np.array([0, *np.cumsum(sizes)]), np.array([at for at, _ in terms]), np.array([value for _, value in terms]),
        np.array(lower), np.array(upper), len(rows[0]),
    )  # fmt: skip


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_a_sum_of_rows_that_asks_too_much(scale: float) -> None:
    """Proves: x + y ≥ 10 and x + y ≤ 9 clash by the weights (1, −1); with 11 in the place of 9 nothing is proved.

    Sensitivity: 10 − 9 = 1 more is asked than can be given; any weights that leave x or y a positive share prove none.
    """
    both = [[scale, scale], [scale, scale]]
    clash = matrix(both, [10 * scale, -INF], [INF, 9 * scale])
    free = matrix(both, [10 * scale, -INF], [INF, 11 * scale])
    endless = np.array([INF, INF])
    assert proves_no_plan(clash, endless, np.array([1.0, -1.0]))
    assert proves_no_plan(clash, endless, np.array([-3.0, 3.0]))
    assert not proves_no_plan(clash, endless, np.array([1.0, -0.5]))
    assert not proves_no_plan(clash, endless, np.zeros(2))
    assert not proves_no_plan(free, endless, np.array([1.0, -1.0]))


def test_bounds_of_decisions_are_part_of_the_proof() -> None:
    """Proves: 2x ≥ 10 clashes with x ≤ 4.9 (9.8 are given) and not with x ≤ 5."""
    one = matrix([[2.0]], [10.0], [INF])
    assert proves_no_plan(one, np.array([4.9]), np.ones(1))
    assert not proves_no_plan(one, np.array([5.0]), np.ones(1))


def test_a_weight_on_a_side_without_a_number_counts_for_nothing() -> None:
    """Proves: x ≥ 1 has no upper number, so a negative weight on it proves nothing, however large."""
    assert not proves_no_plan(matrix([[1.0], [1.0]], [1.0, 0.0], [INF, INF]), np.array([INF]), np.array([1e9, -1e9]))


def test_what_the_solver_alone_calls_impossible_is_undecided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: a solver that says there is no plan where there is one is not believed; the outcome is 4, not 3.

    Sensitivity: volumes × 10⁶ once made exit 3, "its limits clash", of an option with a plan.
    """
    programme = programme_of(make_case(random.Random(1)), tmp_path)
    monkeypatch.setattr(Solver, "minimise", lambda *_: Ending(Status.INFEASIBLE, Ended.PROVED))
    outcome = solve(programme, Arrays(programme.matrix))
    assert (outcome.status, outcome.ended, outcome.answer) == (Status.STOPPED, Ended.UNDECIDED, None)


def test_a_warm_solve_that_is_undecided_starts_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: from the basis of another session, an unproved "no plan" is looked for again from nothing."""
    programme = programme_of(make_case(random.Random(1)), tmp_path)
    session = Session(programme, Arrays(programme.matrix))
    first = session.solve()
    assert first.answer is not None
    real, calls = Solver.minimise, []

    def hasty(self: Solver, *words: object) -> Ending:
        calls.append(words)
        return Ending(Status.INFEASIBLE, Ended.PROVED) if len(calls) == 1 else real(self, *words)

    monkeypatch.setattr(Solver, "minimise", hasty)
    monkeypatch.setattr(no_plan, "is_proved", lambda *_: False)
    again = session.again(programme)
    assert again.answer is not None
    assert again.answer.values == pytest.approx(first.answer.values, rel=1e-9)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [2, 11, 18, 33])
def test_no_plan_is_proved_at_every_scale(
    seed: int, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: a rule that no plan keeps, more staff than could ever be there, is proved to have none in any units.

    Both ways lead there: the solver's own weights, and the prices of the least slack.
    """
    case = make_case(random.Random(seed))
    option = case.constraints["option.yaml"]
    option["limits"] = [{"name": "far more than could be", "quantity": "staff", "at_least": 1e7, "each": ["year"]}]
    change, _ = KINDS[kind]
    for factor in (1e-6, 1.0, 1e8):
        programme = programme_of(change(case, factor), tmp_path / f"{factor:g}")
        assert solve(programme, Arrays(programme.matrix)).status is Status.INFEASIBLE
    solver = Solver(programme.matrix, programme.upper, programme.integer)
    assert solver.minimise(programme.objectives[0].coefficient).status is Status.INFEASIBLE
    monkeypatch.setattr(Solver, "ray", lambda _: None)
    assert is_proved(solver, {})


def test_whole_numbers_that_cannot_be_are_proved_by_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: 2x = 1 has a plan in fractions and none in whole numbers: the rows prove nothing, the search does."""
    rows = matrix([[2.0]], [1.0], [1.0])
    solver = Solver(rows, np.array([10.0]), np.array([True]))
    assert solver.minimise(np.ones(1)).status is Status.INFEASIBLE
    assert is_proved(solver, {})
    monkeypatch.setattr(no_plan, "ENOUGH", -1.0)
    assert not is_proved(solver, {})
