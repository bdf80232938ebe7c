"""Names how a solve can end: only a proved optimum counts as solved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Name what is known of the answer."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"


class Ended(StrEnum):
    """Name why the solver ended: with a proof, or why without one."""

    PROVED = "proved"
    TIME = "the time limit was reached"
    MEMORY = "the memory limit was reached"
    INTERRUPTED = "it was interrupted"
    UNBOUNDED = "a priority has no least value: some decision saves without end"
    UNDECIDED = "neither a plan, nor that there is none, could be proved"
    NUMERICS = "the solver could not prove an optimum"


@dataclass(frozen=True)
class Ending:
    """Hold how one call of the solver ended."""

    status: Status
    ended: Ended
    gap: float | None = None
    bound: float | None = None
    """The best value proved to be a bound, in scaled units, where the solver gives one."""
