"""Solves an option whose rules may be broken, breaking one only where no plan keeps to all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optimiser.model.breaking import breakable, with_breaches, with_nothing_broken
from optimiser.model.programme import Programme
from optimiser.solving.priorities import Outcome, Priced
from optimiser.solving.status import Ended, Status


def solve_or_break(programme: Programme, solve: Callable[[Programme], Outcome]) -> tuple[Programme, Outcome]:
    """Solve the programme, breaking rules where it must, and return how it ended and which one was solved last.

    It is solved as if nothing could be broken; where there is a plan, that is the answer, and 0 is broken. Where it is
    proved that there is none, the programme is solved in which the least is broken. Where neither is proved, that
    programme decides: more than 0 at least is a proof that no plan keeps to every rule.
    """
    outcome = solve(programme)
    if not breakable(programme):
        return programme, outcome
    if outcome.status is Status.INFEASIBLE or outcome.ended in (Ended.UNDECIDED, Ended.NUMERICS):
        opened = with_breaches(programme)
        return opened, solve(opened)
    return with_nothing_broken(programme), _nothing_broken(outcome)


def _nothing_broken(outcome: Outcome) -> Outcome:
    """Return the same ending with what is broken put before the other priorities: 0, at no price."""
    if outcome.answer is None:
        proved = (0.0, *outcome.proved) if outcome.proved else ()
        return replace(outcome, proved=proved, bound=outcome.bound if outcome.proved else None)
    answer = outcome.answer
    nothing = [Priced(np.zeros_like(one.rows), np.zeros_like(one.columns)) for one in answer.prices[:1]]
    values, prices = (0.0, *answer.values), (*nothing, *answer.prices)
    return replace(outcome, answer=replace(answer, values=values, prices=prices))
