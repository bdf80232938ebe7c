"""The option with some of its entries changed, as if the user had written it so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from optimiser.constraints.context import Context
from optimiser.constraints.limit import Carry, Cohort, CommonShare, Limit
from optimiser.constraints.policy import Policy
from optimiser.diagnose.clash import WHOLE
from optimiser.diagnose.numbers import family_of
from optimiser.inputs.evidence import Evidence
from optimiser.model.programme import Programme, build
from optimiser.text.faults import Faults, FaultsFound

Changes = Mapping[str, Mapping[str, Any]]
"""By entry, the new values of its keys."""


def rewritten(programme: Programme, changes: Changes, dropped: Collection[str] = ()) -> Programme | None:
    """The programme under the changed option; None where the reader would refuse a value in it.

    `dropped` entries are left out; "demand unmet" among them allows demand to go unmet, "whole_numbers" parts of
    people.
    """
    policy, evidence, faults = programme.policy, programme.evidence, Faults()
    entries = tuple(
        replace(entry, values={**entry.values, **changes.get(entry.name, {})})
        for entry in policy.entries
        if entry.name not in dropped
    )
    kept = tuple(limit for limit in policy.of_no_entry if limit.entry not in dropped)
    freed = len(kept) < len(policy.of_no_entry)
    whole = policy.whole_numbers and WHOLE not in dropped
    changed = replace(policy, entries=entries, whole_numbers=whole, unmet="allowed" if freed else policy.unmet)
    try:
        return build(evidence, _expanded(changed, evidence, kept, faults))
    except FaultsFound:
        return None


def _expanded(policy: Policy, evidence: Evidence, kept: tuple[Limit, ...], faults: Faults) -> Policy:
    context = Context(evidence, faults, policy.entries, policy.whole_numbers, policy.unmet)
    made: list[Limit | Carry | Cohort | CommonShare] = []
    for entry in policy.entries:
        family = family_of(entry)
        if family is not None:
            made += family.expand(entry, context)
    faults.stop_if_any()
    return replace(
        policy,
        limits=(*(one for one in made if isinstance(one, Limit)), *kept),
        carries=tuple(one for one in made if isinstance(one, Carry)),
        cohorts=tuple(one for one in made if isinstance(one, Cohort)),
        common_shares=tuple(one for one in made if isinstance(one, CommonShare)),
    )
