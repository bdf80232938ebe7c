"""Rules that are laid over a random case at the end, so that what came before stays as it was."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.cases import Case, chance
from tests.oracle.policy import FAMILIES

Entry = dict[str, Any]


def add_more(rng: random.Random, case: Case) -> None:
    """Some of the rules that weigh change, fairness and time, some of the time."""
    if chance(rng, 0.25):
        case.settings["unmet_discount_rate"] = rng.choice([0.015, 0.1])
    for entry in named(case, "skill_mix"):
        if chance(rng, 0.4):
            entry["max_decrease"] = rng.choice([0.5, 0.3, {2026: 0.5, 2028: 0.15}])
    option = case.constraints["option.yaml"]
    if len(case.areas) > 1 and option.get("demand", {}).get("unmet") != "forbidden" and chance(rng, 0.4):
        option["fairness"] = [fair(rng, case)]
    kinds = sorted({row["kind"] for row in case.tables["routes"]})
    if chance(rng, 0.35):
        money = option.get("demand", {}).get("unmet") == "priced" or option.get("priorities", [""])[0] == "cost"
        where = rng.choice([{}, {"where": {"kind": rng.choice(kinds)}}, {"where": {"area": case.areas[-1]}}])
        option["steady"] = {"weight": rng.choice([2000, 30000] if money else [0.05, 0.5, 3]), **where}
    if chance(rng, 0.4):
        let_break(rng, case)


def let_break(rng: random.Random, case: Case) -> None:
    """Rules that may be broken, some of which have to be."""
    money = {"budgets"}
    for family in FAMILIES:
        for entry in named(case, family):
            if family != "cohorts" and chance(rng, 0.6):
                entry["may_break"] = rng.choice([0.001, 0.0002] if family in money else [1, 2, 0.5])
            if family in money and "may_break" in entry and chance(rng, 0.5):
                entry |= {key: less(entry[key]) for key in ("limit", "total") if key in entry}


def less(value: Any) -> Any:
    """A budget too small for what is committed already, perhaps."""
    return {key: less(part) for key, part in value.items()} if isinstance(value, dict) else value * 0.05


def fair(rng: random.Random, case: Case) -> Entry:
    """A band, wide or narrow, on one service or on each."""
    demanded = {row["task"] for row in [*case.tables.get("demand", []), *case.tables.get("care", [])]}
    services = sorted({row["service"] for row in case.tables["tasks"] if row["task"] in demanded and row["service"]})
    within = rng.choice([0.3, 0.05, {"ramp": {2026: 0.4, 2029: 0.1}}])
    entry: Entry = {"service": services if chance(rng, 0.4) else rng.choice(services), "within": within}
    return entry | rng.choice([{}, {}, {"from": 2027}, {"to": 2027}])


def named(case: Case, family: str) -> list[Entry]:
    """Every entry of a family, in every file, that is not taken away."""
    return [entry for option in case.constraints.values() for entry in option.get(family, []) if "drop" not in entry]
