"""Lists the families of entries in the order their limits are made; a new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from optimiser.constraints.families import (
    adoption,
    budgets,
    cohorts,
    fairness,
    hold,
    limits,
    outsourcing,
    pace,
    service_levels,
    skill_mix,
    training_capacity,
)
from optimiser.constraints.family import Family

FAMILIES: tuple[Family, ...] = (
    budgets.FAMILY,
    training_capacity.FAMILY,
    skill_mix.FAMILY,
    outsourcing.FAMILY,
    service_levels.FAMILY,
    fairness.FAMILY,
    pace.FAMILY,
    adoption.FAMILY,
    hold.FAMILY,
    cohorts.FAMILY,
    limits.FAMILY,
)

BY_NAME: Mapping[str, Family] = {family.name: family for family in FAMILIES}
