"""What a run that was stopped can still prove."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.generator import Size, write_case
from optimiser.cli import main
from optimiser.plan.make import Request, read_and_build
from optimiser.solving import highs
from optimiser.solving.highs import Ending, Solver
from optimiser.solving.priorities import solve
from optimiser.solving.proved_bound import Heard
from optimiser.solving.solvable import Arrays
from optimiser.solving.status import Ended, Status
from optimiser.text.faults import Faults


def test_only_feasible_duals_are_bounds() -> None:
    """Proves: of the log's lines the best dual value with next to no dual infeasibility counts, a hair lower.

    Sensitivity: −80 would be taken from the first line, though its dual breaks rows by a tenth.
    """
    heard = Heard()
    for line in (
        " Iter       primal obj         dual obj       pinf       dinf       gap      time",
        "   0    1.42114346e+05  -8.00000000e+01   1.54e-01   1.00e-01  2.02e+00       0.1",
        "   7*   1.42114346e+05  -1.00000000e+02   1.54e-01   4.81e-15  2.02e+00       0.1",
        "   8    1.42114346e+05  -1.10000000e+02   1.54e-01   4.81e-15  2.02e+00       0.1",
        "  12    nothing understood here",
    ):
        heard.line(line)
    assert heard.bound == pytest.approx(-100 - 1e-6)
    heard.afresh()
    assert heard.bound is None


def test_the_bound_closes_in_on_the_optimum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: what is heard by the end of a whole run is the optimum to seven digits, and never above it.

    Sensitivity: a value in the solver's scaled unit, or without the objective's constant, is far off.
    """
    monkeypatch.setattr(highs, "SMALL", 0)
    inputs, option = write_case(tmp_path / "case", Size(2, 5, 6, 5, 10))
    programme, _ = read_and_build(Request(inputs, option), Faults())
    answer = solve(programme, Arrays(programme.matrix)).answer
    assert answer is not None
    real = Solver.minimise

    def out_of_time(self: Solver, *words: object) -> Ending:
        real(self, *words)  # type: ignore[arg-type]
        return Ending(Status.STOPPED, Ended.TIME, None, self._heard.bound)

    monkeypatch.setattr(Solver, "minimise", out_of_time)
    stopped = solve(programme, Arrays(programme.matrix), {"time_limit": 60.0})
    assert stopped.bound is not None
    assert stopped.bound <= answer.values[0]
    assert stopped.bound == pytest.approx(answer.values[0], rel=1e-6)


def test_a_stopped_run_says_what_it_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves: stopped in the second priority, the first one's best value is said and is in plan.json."""
    inputs, option = map(str, write_case(tmp_path / "case", Size(1, 4, 6, 4, 11)))
    real, calls = Solver.minimise, []

    def second(self: Solver, *words: object) -> Ending:
        calls.append(words)
        return real(self, *words) if len(calls) == 1 else Ending(Status.STOPPED, Ended.TIME)  # type: ignore[arg-type]

    monkeypatch.setattr(Solver, "minimise", second)
    done = CliRunner().invoke(main, ["solve", inputs, option, "--json", "--out", str(tmp_path / "plan")])
    assert done.exit_code == 4
    found = re.search(r"The best unmet is proved to be ([\d.,]+)\.", done.stderr)
    assert found is not None, done.stderr
    assert '"name": "cost",\n      "value": null' in done.stdout
