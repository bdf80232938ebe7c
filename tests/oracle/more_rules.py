"""Rules that are laid over a random case at the end, so that what came before stays as it was."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.cases import Case, chance

Entry = dict[str, Any]


def add_more(rng: random.Random, case: Case) -> None:
    """Some of the rules that weigh change, fairness and time, some of the time."""
    if chance(rng, 0.25):
        case.settings["unmet_discount_rate"] = rng.choice([0.015, 0.1])
    for entry in named(case, "skill_mix"):
        if chance(rng, 0.4):
            entry["max_decrease"] = rng.choice([0.5, 0.3, {2026: 0.5, 2028: 0.15}])


def named(case: Case, family: str) -> list[Entry]:
    """Every entry of a family, in every file, that is not taken away."""
    return [entry for option in case.constraints.values() for entry in option.get(family, []) if "drop" not in entry]
