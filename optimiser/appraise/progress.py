"""Shows how far an appraisal has come, in plain lines with an estimate of the time left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

PLAN, POINT, EXPLAIN, REPORT = 8.0, 1.0, 60.0, 30.0
"""Work, in solves from a basis at hand: a plan from nothing, with its tables and audit, takes about eight of them."""

_APART = 10.0
"""Seconds between two lines about one step."""


@dataclass
class Progress:
    """Show how each step goes and how long the rest may take, by how long the work so far took."""

    tell: Callable[[str], None]
    left: float = 0.0
    """Work still to do."""
    done: float = 0.0
    _began: float = field(default_factory=perf_counter)
    _last: float = field(default_factory=perf_counter)

    def finished(self, line: str, work: float) -> None:
        """Count a piece of work as finished and show its line."""
        self._count(work)
        self._say(line)

    def known(self, work: float) -> None:
        """Take off work that need not be done, because an earlier run did it; it does not count for the pace."""
        self.left -= work

    def points(self, what: str) -> Callable[[int, int], None]:
        """Return what a runner calls with the points solved and of all; it shows a line now and then."""
        seen = 0

        def progress(done: int, of: int) -> None:
            nonlocal seen
            self._count((done - seen) * POINT)
            seen = done
            if perf_counter() - self._last >= _APART or done == of:
                self._say(f"{what}: {done:,} of {of:,} solved")

        return progress

    def _count(self, work: float) -> None:
        self.done += work
        self.left -= work

    def _say(self, line: str) -> None:
        self._last = perf_counter()
        rest = self.left * (self._last - self._began) / self.done if self.done else 0.0
        self.tell(f"{line}; about {_time(rest)} left" if rest >= 1 else line)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
