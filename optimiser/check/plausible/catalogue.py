"""The catalogue of sense: every check of the evidence and of an option, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimiser.check.plausible import (
    evidence_costs,
    evidence_names,
    evidence_neighbours,
    evidence_rates,
    evidence_routes,
    evidence_run_out,
    evidence_staff,
    evidence_work,
    option_bounds,
    option_budgets,
    option_entries,
    option_reach,
)
from optimiser.check.plausible.evidence import warn_evidence
from optimiser.check.plausible.option import warn_policy
from optimiser.check.plausible.query import Queries
from optimiser.inputs.evidence import Evidence
from optimiser.model.programme import Programme
from optimiser.text.faults import Faults

EVIDENCE: tuple[Callable[[Evidence], Queries], ...] = (
    *evidence_costs.CHECKS, *evidence_staff.CHECKS, *evidence_neighbours.CHECKS, *evidence_rates.CHECKS,
    *evidence_routes.CHECKS, *evidence_work.CHECKS, *evidence_names.CHECKS,
    *evidence_run_out.CHECKS,
)  # fmt: skip
OPTION: tuple[Callable[[Programme], Queries], ...] = (
    *option_entries.CHECKS, *option_budgets.CHECKS, *option_bounds.CHECKS, *option_reach.CHECKS,
)  # fmt: skip


def query_evidence(evidence: Evidence, faults: Faults) -> None:
    """Record a warning for everything in the evidence that looks wrong but stops nothing."""
    warn_evidence(evidence, faults)
    with np.errstate(all="ignore"):
        for check in EVIDENCE:
            for one in check(evidence):
                faults.warn(one.code, one.place, one.found, one.expected, one.mend)


def query_option(programme: Programme, faults: Faults) -> None:
    """Record a warning for everything in an option that looks wrong beside its evidence but stops nothing."""
    warn_policy(programme, faults)
    with np.errstate(all="ignore"):
        for check in OPTION:
            for one in check(programme):
                faults.warn(one.code, one.place, one.found, one.expected, one.mend)
