"""Finds limits whose bound follows another's number: what may be carried forward, a total's run-out years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.programme import Programme
from optimiser.model.rows import Rows


@dataclass(frozen=True)
class Follower:
    """Hold a limit whose bound is a share, by year, of the number that sets the leader's bound in that year.

    Where the leader has one row for all years, every row of the follower is a share of that one number.
    """

    rows: Rows
    first: int
    """The number of its first row in the programme."""
    leader: Rows
    share: Floats
    """[row]"""
    years: int

    def moved_by(self, amount: Floats) -> Floats:
        """Return [row]: what moving the leader's bounds, [row of the leader], adds to these rows' bounds."""
        if "year" not in self.leader.keys:
            return np.asarray(self.share * amount.sum())
        by_year = np.bincount(self.leader.keys["year"], weights=amount, minlength=self.years)
        return np.asarray(self.share * by_year[self.rows.keys["year"]])

    def passed_on(self, gain: Floats) -> Floats:
        """Return [row of the leader]: what the gains of these rows, [row], add to the gain of each."""
        weight = gain * self.share
        if "year" not in self.leader.keys:
            return np.full(len(self.leader), weight.sum())
        by_year = np.bincount(self.rows.keys["year"], weights=weight, minlength=self.years)
        return np.asarray(by_year[self.leader.keys["year"]])


def followers(programme: Programme) -> Iterator[Follower]:
    """Yield every limit that follows another's number, in the order of the option."""
    by_label = {rows.name: rows for _, rows, _ in programme.limits()}
    years = len(programme.evidence.settings.years)
    for limit, rows, first in programme.limits():
        if limit.follows is not None:
            leader, share = limit.follows
            yield Follower(rows, first, by_label[leader], np.array(share)[rows.keys["year"]], years)
