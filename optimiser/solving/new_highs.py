"""Makes the solver: the only place where a `Highs` comes into being and where its options are set."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

import highspy

from optimiser.errors import OptionNotTaken as OptionNotTaken

_ALWAYS = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
"""One thread and one seed: the same inputs give the same bytes, and several processes do not fight for cores."""

_ONE_AT_A_TIME = Lock()

NEAR_BY: Mapping[str, float | int] = {
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "primal_simplex_bound_perturbation_multiplier": 0.0,
    "simplex_dual_edge_weight_strategy": 1,
}
"""For an optimum a few steps away: perturbed costs and bounds lead thousands of steps astray, and exact weights of a
basis that is not the slack one cost more than they save."""


def new_highs(**options: Any) -> Any:
    """Make a solver that prints nothing, with these options set. Raises OptionNotTaken.

    Some versions of HiGHS (1.16) print when the object is made, before they can be asked not to.
    """
    with _nothing_on_stdout():
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
    set_options(solver, **{**_ALWAYS, **options})
    return solver


def set_options(solver: Any, /, **options: Any) -> None:
    """Set options and read each back, so that none is ignored in silence. Raises OptionNotTaken."""
    for name, value in options.items():
        taken = solver.setOptionValue(name, value) == highspy.HighsStatus.kOk
        kept = solver.getOptionValue(name)[1] if taken else None
        if not taken or kept != value:
            raise OptionNotTaken(f"HiGHS {solver.version()} did not take {name} = {value!r} (it has {kept!r})")


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """Discard whatever is written to file descriptor 1 meanwhile, by compiled code too."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(1)
        except OSError:  # closed: nobody reads it
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
