"""Reads the bound from the interior point's log: HiGHS gives that of an unfinished run nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from optimiser.solving.new_highs import set_options

_LINE = re.compile(r"^\s*\d+\*?\s+\S+\s+(?P<dual>\S+)\s+\S+\s+(?P<infeasible>\S+)\s+\S+\s+\S+\s*$")
"""Iteration, primal and dual objective, primal and dual infeasibility, gap, seconds."""

_FEASIBLE = 1e-9
"""Largest relative dual infeasibility of a dual solution whose value counts as a bound."""

_DIGITS = 1e-8
"""The log has nine digits: the bound is taken this share lower."""


@dataclass
class Heard:
    """Read one solver's log line by line, and ignore what it does not understand."""

    bound: float | None = None
    """The best value proved to be a bound so far, in the solver's scaled units."""

    def listen(self, solver: Any) -> None:
        """Read every line of the solver's log from now on; nothing of it goes to the screen."""
        set_options(solver, log_to_console=False, output_flag=True)
        solver.cbLogging.subscribe(lambda event: self.line(event.message))

    def afresh(self) -> None:
        """Forget the bound: another objective is minimised."""
        self.bound = None

    def line(self, text: str) -> None:
        """Take the bound from one line of the log: by weak duality the value of a feasible dual solution is one."""
        found = _LINE.match(text)
        if found is None:
            return
        try:
            dual, infeasible = float(found["dual"]), float(found["infeasible"])
        except ValueError:
            return
        if infeasible <= _FEASIBLE:
            value = dual - _DIGITS * abs(dual)
            self.bound = value if self.bound is None else max(self.bound, value)
