"""Holds the answer that `plan.horizon()` gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optimiser.api.sentences import Sentences

if TYPE_CHECKING:
    from optimiser.explain.horizon import Horizon as Compared
    from optimiser.plan.reload import Reloaded


@dataclass(frozen=True, repr=False)
class Horizon(Sentences):
    """Hold how far the first years' commissions depend on the length of the run-out; prints as sentences."""

    found: Compared

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what `optimiser explain --horizon` prints."""
        from optimiser.explain.horizon_words import sentences

        return tuple(sentences(self.found))

    @property
    def content(self) -> dict[str, Any]:
        """Return the same as keys and values."""
        from optimiser.explain.horizon_words import content

        return content(self.found)


def longer_run_out(plan: Reloaded) -> Horizon:
    """Solve a plan again with a longer run-out, and compare. Raises FaultsFound."""
    from optimiser.explain.horizon import horizon

    return Horizon(horizon(plan))
