"""The audit's outcome in a sentence, for the plan that is recommended."""

from __future__ import annotations

from optimiser.audit.audit import audit
from optimiser.plan.words import counted
from optimiser.reading.faults import FaultsFound
from optimiser.report.material import PlanResult


def assurance(plan: PlanResult) -> str:
    """Replays the plan without the optimiser and says whether every figure is confirmed."""
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
