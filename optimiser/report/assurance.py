"""Puts the audit's outcome into a sentence, for the plan that is recommended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from optimiser.report.report_inputs import PlanResult
from optimiser.text.faults import FaultsFound
from optimiser.text.wording import counted


class Difference(Protocol):
    """Hold one figure that is not confirmed."""

    def sentence(self) -> str:
        """Say what differs."""
        ...


class Audited(Protocol):
    """Describe what an audit found, as far as a report needs to know it."""

    @property
    def passed(self) -> bool:
        """Return whether nothing differs."""
        ...

    @property
    def figures(self) -> int:
        """Count the figures looked at."""
        ...

    @property
    def limits(self) -> int:
        """Count the rows of limits looked at."""
        ...

    @property
    def files(self) -> int:
        """Count the copies of files whose hash was taken."""
        ...

    @property
    def differences(self) -> Sequence[Difference]:
        """Return all that differs."""
        ...


Auditor = Callable[[Path], Audited]
"""Audits a results folder; handed in, because an audit shares no code with what it checks. Raises FaultsFound."""


def assurance(plan: PlanResult, audit: Auditor) -> str:
    """Replay the plan without the optimiser and say whether every figure is confirmed."""
    gap = plan.record.get("gap")
    proof = "The optimum was proved" if not gap else f"The plan was proved to be within {gap:.2g} of the optimum"
    try:
        found = audit(plan.folder)
    except FaultsFound as error:
        return f"{plan.name}: {proof}. The audit could not be made: {error}"
    looked = f"{counted(found.figures, 'figure')} and {counted(found.limits, 'row')} of limits"
    if found.passed:
        return (
            f"{plan.name}: {proof}. The audit, which replays the plan year by year without the optimiser, confirms "
            f"{looked} and the hashes of {counted(found.files, 'file')}."
        )
    count = counted(len(found.differences), "difference")
    return (
        f"{plan.name}: {proof}, but the audit found {count} in {looked}; the first: {found.differences[0].sentence()} "
        "These figures must not be used before that is resolved."
    )
