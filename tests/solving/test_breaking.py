"""Where the solver proves neither a plan nor that there is none, the programme that may break rules decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.model.programme import Programme
from optimiser.plan.make import Request, read_and_build
from optimiser.solving import no_plan
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.priorities import Outcome, solve
from optimiser.solving.solvable import Arrays
from optimiser.solving.status import Ended, Status
from optimiser.text.faults import Faults
from tests.support.engine import write_inputs

LEVEL = "title: T\nservice_levels: [{task: visit, at_least: 1, may_break: 0.5}]\n"
UNPROVED = Outcome(Status.STOPPED, Ended.UNDECIDED)


@pytest.mark.parametrize(("nurses", "broken"), [(10, 0), (8, 30)])
def test_what_is_not_proved_is_decided_by_what_must_be_broken(tmp_path: Path, nurses: int, broken: float) -> None:
    """Proves: 8 nurses leave 20 of 100 visits undone in three years, each weighing 0.5: 30; 10 nurses none.

    Sensitivity: no answer, where the first programme alone is asked.
    """
    inputs = write_inputs(tmp_path / "inputs", {"staff_in_post": f"role,fte\nnurse,{nurses}"})
    (tmp_path / "option.yaml").write_text(LEVEL, encoding="utf-8")
    programme, _ = read_and_build(Request(inputs, tmp_path / "option.yaml"), Faults())
    asked: list[Programme] = []

    def first_unproved(one: Programme) -> Outcome:
        asked.append(one)
        return UNPROVED if len(asked) == 1 else solve(one, Arrays(one.matrix))

    solved, outcome = solve_or_break(programme, first_unproved)
    assert outcome.status is Status.OPTIMAL
    assert outcome.answer is not None
    assert outcome.answer.values[0] == pytest.approx(broken)
    assert solved is asked[1]


def test_what_must_be_broken_is_the_proof_that_there_is_no_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: where rules may be broken no other proof is looked for, which on England takes longer than the plan.

    Sensitivity: 45 s more for a budget cut by a fifth; without the key the proof is asked for.
    """
    asked: list[object] = []
    monkeypatch.setattr(no_plan, "is_proved", lambda *given: bool(asked.append(given)) or True)
    inputs = write_inputs(tmp_path / "inputs", {"staff_in_post": "role,fte\nnurse,8"})
    for text, broken, proofs in ((LEVEL, (30.0,), 0), (LEVEL.replace(", may_break: 0.5", ""), None, 1)):
        (tmp_path / "option.yaml").write_text(text, encoding="utf-8")
        programme, _ = read_and_build(Request(inputs, tmp_path / "option.yaml"), Faults())
        _, outcome = solve_or_break(programme, lambda one: solve(one, Arrays(one.matrix)))
        assert (outcome.answer and pytest.approx(outcome.answer.values[:1])) == broken
        assert len(asked) == proofs


def test_an_option_that_may_break_nothing_stays_unproved(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path / "inputs", {})
    (tmp_path / "option.yaml").write_text(LEVEL.replace(", may_break: 0.5", ""), encoding="utf-8")
    programme, _ = read_and_build(Request(inputs, tmp_path / "option.yaml"), Faults())
    assert solve_or_break(programme, lambda _: UNPROVED) == (programme, UNPROVED)
