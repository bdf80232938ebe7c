"""What the command is measured against; each runs in a process of its own: `python -m benchmarks.rivals NAME FILES`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.measure import peak_megabytes, say


def command(inputs: str, option: str, out: str) -> None:
    """(a) The whole `solve` command: both priorities and every file; the process's own start is in the wall time."""
    from optimiser.cli.main import main

    main(["solve", inputs, option, "--out", out], standalone_mode=False)
    plan = json.loads((Path(out) / "plan.json").read_text(encoding="utf-8"))
    value = plan["priorities"][0]["value"]
    print(json.dumps({"stages": plan["seconds"], "value": value, "megabytes": peak_megabytes()}))


def save(inputs: str, option: str, out: str) -> None:
    """The matrix of a case as arrays on disk, for the measurements that start from arrays."""
    from optimiser.plan.make import Request, read_and_build
    from optimiser.text.faults import Faults

    programme, _ = read_and_build(Request(Path(inputs), Path(option)), Faults())
    matrix = programme.matrix
    np.savez(
        out, start=matrix.start, column=matrix.column, value=matrix.value, lower=matrix.lower, upper=matrix.upper,
        most=programme.upper, costs=np.array([objective.coefficient for objective in programme.objectives]),
        constant=programme.objectives[0].constant,
    )  # fmt: skip
    print(json.dumps({"rows": len(matrix.lower), "columns": matrix.columns, "terms": len(matrix.value)}))


def limit(arrays: str) -> None:
    """(b) The limit: the same matrix as arrays, one hand-over, the best settings, the first priority only."""
    from optimiser.solving.highs import Solver

    data = np.load(arrays)
    costs = data["costs"]
    began = perf_counter()
    solver = Solver(_matrix(data), data["most"], np.zeros(len(data["most"]), dtype=bool))
    ending = solver.minimise(costs[0])
    value = float(costs[0] @ solver.decisions() + data["constant"])
    say(perf_counter() - began, status=ending.status.value, value=value)


def default(arrays: str) -> None:
    """(c) HiGHS with its default settings, the first priority only."""
    import highspy

    data = np.load(arrays)
    columns = len(data["most"])
    began = perf_counter()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.passModel(
        columns, len(data["lower"]), len(data["value"]), 2, 1, 0.0, data["costs"][0], np.zeros(columns), data["most"],
        data["lower"], data["upper"], data["start"].astype(np.int32), data["column"].astype(np.int32), data["value"],
        np.zeros(columns, dtype=np.int32),
    )  # fmt: skip
    solver.run()
    value = solver.getObjectiveValue() + float(data["constant"])
    say(perf_counter() - began, status=solver.modelStatusToString(solver.getModelStatus()), value=value)


def plain(arrays: str) -> None:
    """(d) What a user would write: PuLP expressions and CBC, the second priority with the first as a row."""
    import pulp

    data = np.load(arrays)
    began = perf_counter()
    problem = pulp.LpProblem("plain", pulp.LpMinimize)
    upper = [None if np.isinf(most) else most for most in data["most"].tolist()]
    variables = [problem.add_variable(f"x{j}", 0, most) for j, most in enumerate(upper)]
    start, column, value = data["start"].tolist(), data["column"].tolist(), data["value"].tolist()
    for i, (low, high) in enumerate(zip(data["lower"].tolist(), data["upper"].tolist(), strict=True)):
        terms = pulp.lpSum(value[k] * variables[column[k]] for k in range(start[i], start[i + 1]))
        problem += (terms == low) if low == high else (terms <= high) if np.isinf(low) else (terms >= low)
    built, values = perf_counter() - began, []
    for costs in data["costs"]:
        objective = pulp.lpSum(cost * x for cost, x in zip(costs.tolist(), variables, strict=True) if cost)
        problem.setObjective(objective)
        problem.solve(pulp.PULP_CBC_CMD(msg=False))
        values.append(pulp.value(objective))
        problem += objective <= values[-1] * (1 + 1e-9) + 1e-6
    value = values[0] + float(data["constant"])
    say(perf_counter() - began, build=built, status=pulp.LpStatus[problem.status], value=value)


def linopy(arrays: str) -> None:
    """(e) linopy with the same rows and terms, built and handed over to HiGHS, not solved."""
    import linopy as lp
    import xarray as xr

    data = np.load(arrays)
    began = perf_counter()
    model = lp.Model()
    x = model.add_variables(lower=0, upper=xr.DataArray(data["most"], dims="column"), name="x")
    width = np.diff(data["start"])
    names = x.labels.to_numpy()
    for terms in np.unique(width[width > 0]):
        rows = np.flatnonzero(width == terms)
        place = data["start"][rows][:, None] + np.arange(terms)
        dims = ("row", "_term")
        expression = lp.LinearExpression(
            xr.Dataset(
                {"coeffs": (dims, data["value"][place]), "vars": (dims, names[data["column"][place]])},
                coords={"row": rows},
            ),
            model,
        )
        low, high = data["lower"][rows], data["upper"][rows]
        sign = np.where(low == high, "=", np.where(np.isinf(low), "<=", ">="))
        number = xr.DataArray(np.where(np.isinf(low), high, low), dims="row", coords={"row": rows})
        model.add_constraints(expression, xr.DataArray(sign, dims="row", coords={"row": rows}), number)
    costs = data["costs"][0]
    model.add_objective((x * xr.DataArray(costs, dims="column")).sum())
    there = model.to_highspy()
    say(perf_counter() - began, rows=there.getNumRow(), columns=there.getNumCol(), terms=there.getNumNz())


def build(inputs: str, option: str) -> None:
    """Our own building and hand-over, from the evidence to the solver's matrix, as (e) does it."""
    from optimiser.constraints.option import read_policy
    from optimiser.inputs.assemble import read_evidence
    from optimiser.model.programme import build as build_programme
    from optimiser.model.to_pulp import to_pulp
    from optimiser.solving.highs import Solver

    evidence = read_evidence(Path(inputs))
    policy = read_policy(Path(option), evidence)
    began = perf_counter()
    programme = build_programme(evidence, policy)
    matrix = to_pulp(programme).matrix()
    Solver(matrix, programme.upper, programme.integer)
    say(perf_counter() - began, rows=len(matrix.lower), columns=matrix.columns, terms=len(matrix.value))


def _matrix(data: Any) -> Any:
    from optimiser.model.programme import Matrix

    return Matrix(data["start"], data["column"], data["value"], data["lower"], data["upper"], len(data["most"]))


RIVALS = {one.__name__: one for one in (command, save, limit, default, plain, linopy, build)}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](*sys.argv[2:])
