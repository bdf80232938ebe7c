"""Passes arrays to the solver and takes a proved status and values back: nothing else meets it directly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import highspy
import numpy as np

from optimiser.inputs.evidence import Flags, Floats, Integers
from optimiser.model.programme import Matrix
from optimiser.solving.basis import meant, tight
from optimiser.solving.corner import Corner, corner
from optimiser.solving.interruptible import run_interruptibly
from optimiser.solving.new_highs import NEAR_BY, new_highs, set_options
from optimiser.solving.proof import Face, possible_gain
from optimiser.solving.proved_bound import Heard
from optimiser.solving.scaling import Scaling, cost_scale, scaling_of
from optimiser.solving.status import Ended, Status
from optimiser.solving.status import Ending as Ending

SMALL = 4_000
"""Rows up to which the simplex method is faster than the interior point with crossover (docs/performance.md)."""

_ENDED: Mapping[Any, Ended] = {
    highspy.HighsModelStatus.kTimeLimit: Ended.TIME,
    highspy.HighsModelStatus.kMemoryLimit: Ended.MEMORY,
    highspy.HighsModelStatus.kInterrupt: Ended.INTERRUPTED,
    highspy.HighsModelStatus.kUnbounded: Ended.UNBOUNDED,
}

NO_LIMIT = 2_147_483_647

TOLERANCES: Mapping[str, float] = {"cold": 1e-7, "warm": 1e-9, "on_face": 1e-7}
"""Of rows and prices, in scaled units, by how a solve starts. A column's own unit may be 1,000 times as large, and a
re-solve that stops at HiGHS's 1e-7 can break a row by more than the check allows; on the optimal face, where
everything is degenerate, the primal simplex method stalls at 1e-9."""

GAP = 1e-4
"""Relative gap within which an optimum in whole numbers counts as proved."""

Start = Literal["cold", "warm", "on_face", "far_on_face"]


@dataclass
class Solver:
    """Hold one matrix in HiGHS, and solve it for one cost vector after another from the basis at hand.

    Every number that goes in or comes out is in natural units; inside, rows, columns and costs are scaled.
    """

    matrix: Matrix
    upper: Floats
    integer: Flags
    options: Mapping[str, Any] = field(default_factory=dict)
    scaling: Scaling = field(init=False)
    _cost_scale: float = field(init=False, default=1.0)
    _solver: Any = field(init=False)
    _held: Flags = field(init=False)
    _held_rows: Flags = field(init=False)
    _heard: Heard = field(init=False, default_factory=Heard)
    _unit: float = field(init=False, default=1.0)

    def __post_init__(self) -> None:
        self.scaling = scaling_of(self.matrix, self.integer)
        self._held = np.zeros(self.matrix.columns, dtype=bool)
        self._held_rows = np.zeros(len(self.matrix.lower), dtype=bool)
        self._solver = new_highs(mip_rel_gap=GAP, **self.options)
        self._solver.HandleUserInterrupt = True
        if "time_limit" in self.options and not self.whole:
            self._heard.listen(self._solver)
        self._pass_model()

    @property
    def whole(self) -> bool:
        """Return True where some column takes whole numbers only."""
        return bool(self.integer.any())

    def minimise(self, coefficient: Floats, start: Start = "cold", most_steps: int = NO_LIMIT) -> Ending:
        """Minimise Σ coefficient × decision, giving up after so many steps of the simplex method.

        `cold`: without a basis. `warm`: from the basis at hand, numbers changed (dual simplex). `on_face`: from the
        basis at hand, costs changed (primal simplex). `far_on_face`: where most of the programme is still to be solved:
        a large one starts cold, because from a distant basis the simplex method takes minutes; a small one on the face.
        """
        self._cost_scale = cost_scale(coefficient * self.scaling.column)
        cost = coefficient * self.scaling.column * self._cost_scale
        self._solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self._choose_method(start)
        set_options(self._solver, simplex_iteration_limit=most_steps)
        self._heard.afresh()
        run_interruptibly(self._solver.run, self._solver.cancelSolve)
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            set_options(self._solver, presolve="off", solver="simplex")
            run_interruptibly(self._solver.run, self._solver.cancelSolve)
        return self._ending()

    def limit_seconds(self, seconds: float) -> None:
        """Give the next call this long."""
        # For linear programmes HiGHS counts the seconds of all its calls together, for whole numbers those of one.
        spent = 0.0 if self.whole else float(self._solver.getRunTime())
        set_options(self._solver, time_limit=spent + seconds)

    def basis(self) -> Any:
        """Return the basis at hand, to come back to with `use_basis`."""
        return self._solver.getBasis()

    def use_basis(self, basis: Any) -> None:
        """Go on from a basis of an earlier solve."""
        self._solver.setBasis(basis)

    def forget(self) -> None:
        """Forget the basis, so that the next solve starts cold."""
        self._solver.clearSolver()

    def renumber(self, lower: Floats, upper: Floats) -> None:
        """Leave the face and any cap, and give the rows these numbers; columns get their own bounds back."""
        self.matrix = replace(self.matrix, lower=lower, upper=upper)
        self._leave_caps()
        self._held[:] = self._held_rows[:] = False
        rows, columns = np.arange(len(lower), dtype=np.int32), np.arange(self.matrix.columns, dtype=np.int32)
        self._solver.changeRowsBounds(len(rows), rows, lower * self.scaling.row, upper * self.scaling.row)
        most = self.upper / self.scaling.column
        self._solver.changeColsBounds(len(columns), columns, np.zeros(len(columns)), most)

    def replace(self, matrix: Matrix, upper: Floats) -> None:
        """Take another matrix of the same shape; the scaling stays, so that bases still fit."""
        self.matrix, self.upper = matrix, upper
        self._held[:] = self._held_rows[:] = False
        self._pass_model()

    def decisions(self) -> Floats:
        """Return [column]: the values found."""
        return np.asarray(self._solver.getSolution().col_value[: self.matrix.columns]) * self.scaling.column

    def add_number(self, rows: Integers, adds: Floats, unit: float) -> None:
        """Let a number grow from 0: each unit of it adds so much to the numbers of rows. One at a time.

        `unit` is how much of it is one step for the solver.
        """
        self._unit = unit
        nothing = np.zeros(0, dtype=np.int32)
        self._solver.addCol(0.0, 0.0, 0.0, 0, nothing, nothing.astype(float))
        for row, add in zip(rows.tolist(), adds.tolist(), strict=True):
            self._solver.changeCoeff(row, self.matrix.columns, -add * unit * self.scaling.row[row])

    def grow(self, worth: float, least: float, most: float, most_steps: int = NO_LIMIT) -> Ending:
        """Minimise what was minimised last, less `worth` for each unit of the number, between two ends of it."""
        last = self.matrix.columns
        self._solver.changeColCost(last, -worth * self._unit * self._cost_scale)
        self._solver.changeColBounds(last, least / self._unit, most / self._unit)
        self._choose_method("warm" if least == most else "on_face")
        # To tighten the tolerances of the last steps would take more steps than the number does.
        tolerance = TOLERANCES["on_face"]
        set_options(self._solver, primal_feasibility_tolerance=tolerance, dual_feasibility_tolerance=tolerance)
        set_options(self._solver, simplex_iteration_limit=most_steps, **NEAR_BY)
        run_interruptibly(self._solver.run, self._solver.cancelSolve)
        return self._ending()

    def grown(self) -> float:
        """Return how far the number has grown."""
        return float(self._solver.getSolution().col_value[self.matrix.columns]) * self._unit

    def drop_number(self, basis: Any) -> None:
        """Take the number away and go back to a basis without it."""
        self._solver.deleteCols(1, np.array([self.matrix.columns], dtype=np.int32))
        self._solver.setBasis(basis)

    def row_duals(self, noise: float = 0.0) -> Floats:
        """Return [row]: the gain as a row's number grows by one; 0 where `stay_on_face(noise)` leaves it free."""
        fixed = self._held_rows | (self.matrix.lower == self.matrix.upper)
        duals = meant(self._solver.getSolution().row_dual, self._solver.getBasis().row_status, fixed, noise)
        return duals * self.scaling.row / self._cost_scale

    def reduced_costs(self, noise: float) -> Floats:
        """Return [column]: the gain as its bound grows by one; 0 where `stay_on_face(noise)` leaves it free."""
        fixed = self._held | (self.upper == 0.0)
        costs = meant(self._solver.getSolution().col_dual, self._solver.getBasis().col_status, fixed, noise)
        return costs / (self.scaling.column * self._cost_scale)

    def natural(self, value: float) -> float:
        """Convert a value of the last cost vector into its own unit."""
        return value / self._cost_scale

    def possible_gain(self, coefficient: Floats) -> float:
        """Return the most by which the last minimum might still improve, by the duals found, in its own unit."""
        duals = np.asarray(self._solver.getSolution().row_dual) * self.scaling.row / self._cost_scale
        face = Face(self._held | (self.upper == 0.0), self._held_rows)
        return possible_gain(self.matrix, self.upper, coefficient, self.decisions(), duals, face)

    def ray(self) -> Floats | None:
        """Return [row]: weights with which the rows may prove that no plan exists; None where it has none.

        On a small model it looks for them, which is a solve by the simplex method.
        """
        if self.whole or not (len(self.matrix.lower) <= SMALL or self._solver.getDualRayExist()[1]):
            return None
        _, there, ray = self._solver.getDualRay()
        return np.asarray(ray) * self.scaling.row if there else None

    def corner(self) -> Corner | None:
        """Return the corner at the basis at hand; None where nothing there has more bounds than it needs."""
        return corner(self._solver, self.matrix, self.upper, self.scaling)

    def stay_on_face(self, tolerance: float) -> None:
        """Keep to the last optima: hold each column with a reduced cost and each row with a dual.

        By strong duality those columns and rows are exactly the optimal face, whichever optimal dual was found.
        """
        solution, basis = self._solver.getSolution(), self._solver.getBasis()
        scaled = self.scaling.row
        self._hold_columns(tight(solution.col_dual, basis.col_status, tolerance))
        low, high = tight(solution.row_dual, basis.row_status, tolerance)
        rows = np.concatenate([low, high])
        at = np.concatenate([(self.matrix.lower * scaled)[low], (self.matrix.upper * scaled)[high]])
        free = ~self._held_rows[rows]
        rows, at = rows[free], at[free]
        self._held_rows[rows] = True
        self._solver.changeRowsBounds(len(rows), rows.astype(np.int32), at, at)

    def cap(self, coefficient: Floats, most: float) -> None:
        """Add the row Σ coefficient × decision ≤ most (for whole numbers, where there is no face to stay on)."""
        used = np.flatnonzero(coefficient)
        values = coefficient[used] * self.scaling.column[used]
        scale = cost_scale(values)
        self._solver.addRows(
            1, np.array([-np.inf]), np.array([most * scale]), len(used),
            np.zeros(1, dtype=np.int32), used.astype(np.int32), values * scale,
        )  # fmt: skip

    def _leave_caps(self) -> None:
        extra = np.arange(len(self.matrix.lower), self._solver.getNumRow(), dtype=np.int32)
        if len(extra):
            self._solver.deleteRows(len(extra), extra)

    def start_from(self, decisions: Floats) -> None:
        """Offer known decisions as a first solution (whole numbers only)."""
        scaled = decisions / self.scaling.column
        self._solver.setSolution(len(scaled), np.arange(len(scaled), dtype=np.int32), scaled)

    def _pass_model(self) -> None:
        matrix, scaling = self.matrix, self.scaling
        columns, rows = matrix.columns, len(matrix.lower)
        self._solver.passModel(
            columns, rows, len(matrix.value), int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), 0.0,
            np.zeros(columns), np.zeros(columns), self.upper / scaling.column,
            matrix.lower * scaling.row, matrix.upper * scaling.row,
            matrix.start.astype(np.int32), matrix.column.astype(np.int32), scaling.matrix(matrix),
            self.integer.astype(np.int32),
        )  # fmt: skip

    def _choose_method(self, start: Start) -> None:
        if self.whole:
            return
        if start == "far_on_face":
            start = "cold" if len(self.matrix.lower) > SMALL else "on_face"
        if not self.options.keys() & {"primal_feasibility_tolerance", "dual_feasibility_tolerance"}:
            tolerance = TOLERANCES[start]
            set_options(self._solver, primal_feasibility_tolerance=tolerance, dual_feasibility_tolerance=tolerance)
        if start == "on_face":
            set_options(self._solver, solver="simplex", simplex_strategy=4, presolve="off")
        elif start == "warm":
            set_options(self._solver, solver="simplex", simplex_strategy=1, presolve="off")
        elif len(self.matrix.lower) > SMALL:
            set_options(self._solver, solver="ipx", run_crossover="on", presolve="on")
        else:
            set_options(self._solver, solver="simplex", simplex_strategy=1, presolve="on")

    def _ending(self) -> Ending:
        status = self._solver.getModelStatus()
        info = self._solver.getInfo()
        gap = float(info.mip_gap) if self.whole else None
        bound = float(info.mip_dual_bound) if self.whole else self._heard.bound
        if status == highspy.HighsModelStatus.kOptimal:
            return Ending(Status.OPTIMAL, Ended.PROVED, gap, bound)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Ending(Status.INFEASIBLE, Ended.PROVED)
        return Ending(Status.STOPPED, _ENDED.get(status, Ended.NUMERICS), gap, bound)

    def _hold_columns(self, tight: tuple[Integers, Integers]) -> None:
        """Fix the columns at their lower (0) and upper bounds; once held, for good."""
        columns = np.concatenate(tight)
        at = np.concatenate([np.zeros(len(tight[0])), (self.upper / self.scaling.column)[tight[1]]])
        free = ~self._held[columns]
        columns, at = columns[free], at[free]
        self._held[columns] = True
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), at, at)
