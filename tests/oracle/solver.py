"""One objective over rows of dictionaries, handed to HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from tests.oracle.families import Row
from tests.oracle.quantities import ONE, Sum, Variable, plus

MOST_SECONDS = 60.0

ROUNDINGS = (0.0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8)
"""Shares of an earlier priority's value given up for the sake of arithmetic: the first that leaves a plan."""


@dataclass(frozen=True)
class Found:
    """Status, the objective's value and every variable's."""

    status: str
    value: float
    at: dict[Variable, float]


class TooLong(Exception):
    """Tells that a search over whole numbers was given up."""


def minimise(objective: Sum, rows: list[Row], whole: set[str]) -> Found:
    """The least value of the objective over the rows; earlier priorities get room for rounding as needed."""
    for rounding in ROUNDINGS:
        found = attempt(objective, rows, whole, rounding)
        if found.status == "optimal" or not any(row.family == "priority" for row in rows):
            break
    return found


def attempt(objective: Sum, rows: list[Row], whole: set[str], rounding: float) -> Found:
    """One run of HiGHS."""
    sums = [plus((1.0, row.level), (-1.0, row.bound)) for row in rows]
    variables = sorted({v for one in [objective, *sums] for v in one if v != ONE}, key=str)
    place = {variable: column for column, variable in enumerate(variables)}
    lower, upper, starts, index, values = [], [], [0], [], []
    for row, one in zip(rows, sums, strict=True):
        side = -one.get(ONE, 0.0)
        if row.family == "priority":
            side += rounding * (1 + abs(side))
        lower.append(-highspy.kHighsInf if row.sense == "at_most" else side)
        upper.append(highspy.kHighsInf if row.sense == "at_least" else side)
        for variable, coefficient in one.items():
            if variable != ONE and coefficient != 0.0:
                index.append(place[variable])
                values.append(coefficient)
        starts.append(len(index))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(variables), len(rows)
    model.col_cost_ = np.array([objective.get(v, 0.0) for v in variables], dtype=np.double)
    model.col_lower_ = np.zeros(len(variables))
    model.col_upper_ = np.array([1.0 if v[0] == "cohort" else highspy.kHighsInf for v in variables], dtype=np.double)
    model.row_lower_, model.row_upper_ = np.array(lower, dtype=np.double), np.array(upper, dtype=np.double)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(index, dtype=np.int32)
    model.a_matrix_.value_ = np.array(values, dtype=np.double)
    if any(v[0] in whole for v in variables):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[v[0] in whole] for v in variables]
    return run(model, objective.get(ONE, 0.0), variables)


def run(model: highspy.HighsLp, constant: float, variables: list[Variable]) -> Found:
    """Hand the model over; only a proved optimum or a proved impossibility is an answer."""
    for presolve, tolerance in (("on", 1e-9), ("off", 1e-9), ("on", 1e-7)):
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("presolve", presolve)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("time_limit", MOST_SECONDS)
        solver.setOptionValue("primal_feasibility_tolerance", tolerance)
        solver.setOptionValue("dual_feasibility_tolerance", tolerance)
        solver.passModel(model)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            solution = solver.getSolution().col_value
            value = solver.getInfo().objective_function_value + constant
            return Found("optimal", value, dict(zip(variables, solution, strict=True)))
        if status == highspy.HighsModelStatus.kInfeasible:
            return Found("infeasible", 0.0, {})
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise TooLong
    raise RuntimeError(f"HiGHS ended with {status}")
