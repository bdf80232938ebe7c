"""Prices many numbers: one after the other, or at once where each takes many seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optimiser.explain.candidates import Push
from optimiser.explain.price import Known, Price, Pricer
from optimiser.model.programme import Programme
from optimiser.solving.processes import ProcessDied, Work, cores, in_processes


@dataclass(frozen=True)
class OnePrice(Work[Price]):
    """Hold one number to be priced in another process."""

    place: int
    push: Push
    programme: Programme
    priority: int
    known: Known

    def solve(self) -> list[tuple[int, Price]]:
        """Price it from the answer that is known; nothing is remembered from one number to the next."""
        return [(self.place, Pricer(self.programme, self.priority, self.known).price(self.push))]

    def died(self) -> list[tuple[int, Price]]:
        """Raise ProcessDied: there is no price to return instead."""
        raise ProcessDied(f"The process that priced “{self.push.name}” was ended. If memory ran short, try --jobs 1.")


def price_all(pricer: Pricer, pushes: Sequence[Push], said: Callable[[str], None], jobs: int) -> list[Price]:
    """Return the price of every number, in order; `said` is called with each line of progress."""
    if pricer.roughly and not pricer.whole and min(cores(jobs), len(pushes)) > 1:
        return _at_once(pricer, pushes, said, cores(jobs))
    prices = []
    for number, push in enumerate(pushes, 1):
        said(f"Solving again on both sides of number {number} of {len(pushes)}: {push.name}")
        prices.append(pricer.price(push))
    return prices


def _at_once(pricer: Pricer, pushes: Sequence[Push], said: Callable[[str], None], jobs: int) -> list[Price]:
    known = pricer.known
    tasks = [OnePrice(place, push, pricer.programme, pricer.priority, known) for place, push in enumerate(pushes)]
    said(f"Solving again on both sides of {len(pushes)} numbers, {min(jobs, len(pushes))} at a time")
    found: dict[int, Price] = {}
    for place, price in in_processes(tasks, jobs):
        found[place] = price
        said(f"{len(found)} of {len(pushes)} done: {pushes[place].name}")
    return [found[place] for place in range(len(pushes))]
