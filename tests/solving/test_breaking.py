"""Where the solver proves neither a plan nor that there is none, the programme that may break rules decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.model.programme import Programme
from optimiser.plan.make import Request, read_and_build
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


def test_an_option_that_may_break_nothing_stays_unproved(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path / "inputs", {})
    (tmp_path / "option.yaml").write_text(LEVEL.replace(", may_break: 0.5", ""), encoding="utf-8")
    programme, _ = read_and_build(Request(inputs, tmp_path / "option.yaml"), Faults())
    assert solve_or_break(programme, lambda _: UNPROVED) == (programme, UNPROVED)
