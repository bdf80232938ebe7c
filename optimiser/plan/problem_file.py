"""The whole problem as a file for other solvers; an earlier one of ours is replaced, nothing else is."""

from __future__ import annotations

from pathlib import Path

import pulp

from optimiser.plan.sealed import write_sealed


def write_lp(path: Path, problem: pulp.LpProblem) -> None:
    """Write the problem in LP format. Raises CannotWrite."""
    write_sealed(path, problem.writeLP, b"\\*", b"*\\")


def write_mps(path: Path, problem: pulp.LpProblem) -> None:
    """Write the problem in MPS format. Raises CannotWrite."""
    write_sealed(path, problem.writeMPS, b"*", b"")
