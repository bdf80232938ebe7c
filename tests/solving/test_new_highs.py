"""The solver is made in one place, says nothing, and every option it is given has its effect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest

from optimiser.solving import new_highs as made
from optimiser.solving.new_highs import OptionNotTaken, new_highs, set_options
from tests.architecture.sources import imported, modules

ROOT = Path(__file__).resolve().parents[2]


def model(
    solver: Any, cost: list[float], rows: list[list[float]], lower: list[float], upper: list[float], whole: bool = False
) -> None:
    """Minimise cost · x over 0 ≤ x ≤ 10, in whole numbers or not, with dense rows between two numbers."""
    columns = len(cost)
    solver.passModel(
        columns, len(rows), columns * len(rows), int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize),
        0.0, np.array(cost), np.zeros(columns), np.full(columns, 10.0), np.array(lower), np.array(upper),
        np.arange(0, columns * len(rows), columns, dtype=np.int32),
        np.tile(np.arange(columns, dtype=np.int32), len(rows)), np.array(rows).ravel(),
        np.full(columns, whole, dtype=np.int32),
    )  # fmt: skip


def transport(size: int = 12) -> tuple[list[float], list[list[float]], list[float], list[float]]:
    """Costs and rows of a small transport problem that takes some dozens of steps."""
    rng = np.random.default_rng(1)
    cost = rng.uniform(1, 5, size * size)
    rows = [np.kron(np.eye(size)[i], np.ones(size)) for i in range(size)]
    rows += [np.kron(np.ones(size), np.eye(size)[j]) for j in range(size)]
    lower = [0.0] * size + [2.0] * size
    upper = [4.0] * size + [float("inf")] * size
    return cost.tolist(), [row.tolist() for row in rows], lower, upper


def status(**options: Any) -> Any:
    """How the transport problem ends under these options, with presolve off."""
    solver = new_highs(presolve="off", **options)
    model(solver, *transport())
    solver.run()
    return solver.getModelStatus(), solver.getInfo()


def test_a_solver_that_prints_as_it_is_made_is_not_heard(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves: nothing reaches file descriptor 1, whatever the compiled code writes; what comes after does."""
    real = highspy.Highs

    def loud() -> Any:
        os.write(1, b"Running HiGHS 9.99\n")
        return real()

    monkeypatch.setattr(made.highspy, "Highs", loud)
    solver = new_highs()
    model(solver, *transport())
    solver.run()
    os.write(1, b"{}\n")
    assert capfd.readouterr().out == "{}\n"


def test_it_can_be_made_where_stdout_is_closed() -> None:
    """Proves: without a file descriptor 1 the solver is made all the same, and none is left in its place."""
    code = (
        "import os; os.close(1)\n"
        "from optimiser.solving.new_highs import new_highs\n"
        "solver = new_highs()\n"
        "try: os.fstat(1)\n"
        "except OSError: raise SystemExit(0)\n"
        "raise SystemExit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60).returncode == 0


def test_nobody_else_makes_one() -> None:
    """Proves: no other module of the optimiser calls highspy's class, or sets an option past the one function."""
    for path in (ROOT / "optimiser").rglob("*.py"):
        if path.name != "new_highs.py":
            text = path.read_text(encoding="utf-8")
            assert "Highs(" not in text.replace("new_highs(", ""), path
            assert "setOptionValue" not in text, path
    users = {module for module, tree in modules().items() if any(name == "highspy" for _, name in imported(tree))}
    assert {user for user in users if user.startswith("optimiser.")} <= {
        f"optimiser.solving.{name}" for name in ("new_highs", "highs", "basis", "near")
    }


@pytest.mark.parametrize("option", [{"no_option": 1}, {"time_limit": -1.0}, {"solver": "abacus"}, {"threads": "x"}])
def test_an_option_that_is_not_taken_is_an_error(option: dict[str, Any]) -> None:
    with pytest.raises(OptionNotTaken, match=next(iter(option))):
        new_highs(**option)


def test_an_option_that_is_taken_in_words_only_is_an_error() -> None:
    """Proves: the value is read back. Sensitivity: by its status alone this solver has done as it was asked."""

    class Forgetful:
        def setOptionValue(self, *_: Any) -> Any:
            return highspy.HighsStatus.kOk

        def getOptionValue(self, _: str) -> Any:
            return highspy.HighsStatus.kOk, float("inf")

        def version(self) -> str:
            return "9.99"

    with pytest.raises(OptionNotTaken, match=r"did not take time_limit = 5\.0"):
        set_options(Forgetful(), time_limit=5.0)


def test_the_time_limit_ends_a_solve() -> None:
    assert status(time_limit=0.0)[0] == highspy.HighsModelStatus.kTimeLimit
    assert status(time_limit=60.0)[0] == highspy.HighsModelStatus.kOptimal


def test_the_limit_of_steps_ends_a_solve() -> None:
    ended, info = status(solver="simplex", simplex_iteration_limit=2)
    assert ended == highspy.HighsModelStatus.kIterationLimit
    assert info.simplex_iteration_count <= 2
    assert status(solver="simplex")[1].simplex_iteration_count > 2


def test_the_method_is_the_one_asked_for() -> None:
    """Proves: the interior point iterates where it is asked for, with crossover to a basis only where that is on."""
    _, simplex = status(solver="simplex")
    _, crossed = status(solver="ipx", run_crossover="on")
    _, plain = status(solver="ipx", run_crossover="off")
    assert (simplex.ipm_iteration_count, simplex.simplex_iteration_count > 0) == (0, True)
    assert crossed.ipm_iteration_count > 0
    assert (crossed.basis_validity, plain.basis_validity) == (1, 0)


@pytest.mark.parametrize(("tolerance", "possible"), [(1e-7, False), (1e-3, True)])
def test_the_tolerance_of_rows_decides_what_is_possible(tolerance: float, possible: bool) -> None:
    """Proves: two rows that contradict each other by 1e-5 hold together within 1e-3 and not within 1e-7."""
    solver = new_highs(presolve="off", solver="simplex", primal_feasibility_tolerance=tolerance)
    model(solver, [0.0, 0.0], [[1.0, 1.0], [1.0, 1.0]], [1.00001, -np.inf], [np.inf, 1.0])
    solver.run()
    ended = highspy.HighsModelStatus.kOptimal if possible else highspy.HighsModelStatus.kInfeasible
    assert solver.getModelStatus() == ended


@pytest.mark.parametrize(("tolerance", "found"), [(1e-7, 5.0), (1e-3, 0.0)])
def test_the_tolerance_of_prices_decides_what_is_worth_a_step(tolerance: float, found: float) -> None:
    """Proves: a gain of 1e-5 a unit is taken at 1e-7 and left at 1e-3."""
    solver = new_highs(presolve="off", solver="simplex", simplex_strategy=4, dual_feasibility_tolerance=tolerance)
    model(solver, [-1e-5, 0.0], [[1.0, 1.0]], [-np.inf], [5.0])
    solver.run()
    assert solver.getSolution().col_value[0] == pytest.approx(found)


def packed(gap: float) -> Any:
    """How the search for 30 whole numbers under five limits ends when it may stop within a relative gap."""
    rng = np.random.default_rng(1)
    rows = rng.integers(10, 100, (5, 30)).astype(float)
    cost = -(rows.mean(axis=0) + rng.integers(0, 20, 30))
    solver = new_highs(mip_rel_gap=gap)
    model(solver, cost.tolist(), rows.tolist(), [-np.inf] * 5, (3.3 * rows.sum(axis=1)).tolist(), whole=True)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return solver.getInfo()


def test_the_gap_decides_when_whole_numbers_are_good_enough() -> None:
    """Proves: at a gap of 0 the search goes on to the optimum; at a tenth it ends at once, with less proved."""
    proved, enough = packed(0.0), packed(0.1)
    assert proved.mip_gap == 0.0
    assert 0.0 < enough.mip_gap <= 0.1
    assert enough.mip_node_count < proved.mip_node_count
    assert enough.mip_dual_bound < proved.mip_dual_bound == pytest.approx(proved.objective_function_value)


def corner(seed: int) -> tuple[float, ...]:
    """The optimum found, of very many, where every place costs the same."""
    cost, rows, lower, upper = transport()
    solver = new_highs(presolve="off", solver="simplex", random_seed=seed)
    model(solver, [1.0] * len(cost), rows, lower, upper)
    solver.run()
    return tuple(solver.getSolution().col_value)


def test_the_seed_decides_between_equal_optima() -> None:
    """Proves: one seed finds one corner, time after time; others find others, each as good."""
    found = {corner(seed) for seed in range(4)}
    assert len(found) > 1
    assert {round(sum(values), 6) for values in found} == {24.0}
    assert corner(3) == corner(3)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads in /proc")
@pytest.mark.parametrize(("options", "more"), [("", 0), ("threads=3, parallel='on'", 2)])
def test_one_thread_solves(options: str, more: int) -> None:
    """Proves: a solver starts no thread of its own; two more come where three are asked for."""
    code = (
        "import os\n"
        "from tests.solving.test_new_highs import model, new_highs, transport\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        f"solver = new_highs({options})\n"
        "model(solver, *transport())\n"
        "solver.run()\n"
        "print(len(os.listdir('/proc/self/task')) - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) == more
