"""An answer that fails the check is looked for again, and never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.plan.make import Request, read_and_build
from optimiser.solving import priorities
from optimiser.solving.solvable import Arrays
from optimiser.text.faults import Faults
from tests.support.engine import solve_folder
from tools.ledger import ROOT

WILLIAMS = (ROOT / "inputs/williams", ROOT / "constraints/williams/least-cost.yaml")


def williams() -> tuple[priorities.Session, priorities.Answer]:
    """The published case, solved once."""
    programme, _ = read_and_build(Request(*WILLIAMS), Faults())
    session = priorities.Session(programme, Arrays(programme.matrix))
    first = session.solve().answer
    assert first is not None
    return session, first


def fail(times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the check of the priorities fail the first so many times; returns the calls made of it."""
    calls: list[int] = []
    real = priorities._check_kept

    def check(*words: object) -> None:
        calls.append(len(calls))
        if len(calls) <= times:
            raise priorities.NotProved("made to fail")
        real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(priorities, "_check_kept", check)
    return calls


def test_a_first_failure_is_mended_by_a_second_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: with tighter tolerances the published optimum is found after all."""
    calls = fail(1, monkeypatch)
    # The screen solves small options again for its plain figures; those solves are not the ones that are counted.
    monkeypatch.setattr("optimiser.plan.holding_back.MOST_ROWS", 0)
    result = solve_folder(*WILLIAMS, tmp_path / "results")
    assert result.values["cost"] == pytest.approx(498677.2853185597, rel=1e-9)
    assert len(calls) == 2


def test_what_is_not_proved_is_not_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: two failures end with exit code 4 and plan.json alone, and no table that nobody proved."""
    fail(2, monkeypatch)
    result = solve_folder(*WILLIAMS, tmp_path / "results")
    assert result.exit_code == 4
    assert result.status == "stopped"
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["plan.json"]


def test_a_warm_answer_that_fails_is_looked_for_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: a re-solve whose answer breaks a row or priority starts afresh and finds the same optimum."""
    session, first = williams()
    calls = fail(1, monkeypatch)
    again = session.again(session.programme).answer
    assert again is not None
    assert again.values == pytest.approx(first.values, rel=1e-9)
    assert len(calls) >= 2
    monkeypatch.undo()
    fail(2, monkeypatch)
    with pytest.raises(priorities.NotProved):
        session.again(session.programme)


def test_another_sessions_basis_that_leads_nowhere_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: a point of a sweep that cannot be proved from the option's basis is solved from nothing."""
    other, first = williams()
    calls = fail(1, monkeypatch)
    found = priorities.Session(other.programme, other.problem).solve_from(other.basis).answer
    assert found is not None
    assert found.values == pytest.approx(first.values, rel=1e-9)
    assert len(calls) >= 2
