"""Random cases with what the evidence learnt later: transitions between roles, networks of areas, scenarios of
completion and fill rates.

Drawn after everything else, so that a seed of `make_case` gives the case it always gave.
"""

from __future__ import annotations

import random

from tests.oracle.cases import Case, between, chance, make_case


def make_newer_case(rng: random.Random, size: int = 1) -> Case:
    """A random case of `make_case` with the new tables added."""
    case = make_case(rng, size)
    if chance(rng, 0.8):
        add_transitions(rng, case)
    if len(case.areas) > 1 and chance(rng, 0.8):
        add_networks(rng, case)
    if chance(rng, 0.6):
        add_scenario(rng, case)
    return case


def add_transitions(rng: random.Random, case: Case) -> None:
    """Shares that move on by the passing of a year: up a ladder, sometimes round, with FTE kept, lost or won."""
    roles = [row["role"] for row in case.tables["roles"]]
    pairs = [(roles[n], roles[n + 1]) for n in range(len(roles) - 1) if n == 0 or chance(rng, 0.5)]
    if chance(rng, 0.3):
        pairs.append((roles[-1], roles[0]))
    case.tables["transitions"] = [
        {
            "from_role": from_role,
            "to_role": to_role,
            "share": between(rng, 0, 0.25),
            "fte_per_mover": rng.choice(["", 1, 0.9, 1.1]),
        }
        for from_role, to_role in pairs
    ]


def add_networks(rng: random.Random, case: Case) -> None:
    """One task or two shared by areas that have a volume of it, and limits on what they do for each other."""
    rows = []
    for number, row in enumerate(case.tables["tasks"]):
        task = row["task"]
        has = sorted({d["area"] for d in case.tables["demand"] if d["task"] == task and d["volume"]})
        if len(has) > 1 and (not rows or chance(rng, 0.4)):
            members = has[: 2 if chance(rng, 0.3) else None]
            rows += [{"network": f"n{number}", "task": task, "area": area} for area in members]
    if not rows:
        return
    case.tables["networks"] = rows
    some = rows[0]
    wanted = [
        {"quantity": "received", "where": {"task": some["task"]}, "at_most": 40, "each": ["area", "year"]},
        {"quantity": "received", "where": {"area": some["area"]}, "at_least": -25, "each": ["task", "year"]},
        {
            "quantity": "received",
            "where": {"task": some["task"]},
            "at_most": 0.1,
            "of": {"quantity": "demand"},
            "each": ["area", "year"],
            "from": 2027,
        },
    ]
    if chance(rng, 0.6):
        limit = {"name": "what areas do for each other", **rng.choice(wanted)}
        case.constraints["option.yaml"].setdefault("limits", []).append(limit)


def add_scenario(rng: random.Random, case: Case) -> None:
    """A future in which fewer complete and fewer places are filled, of one route or of all; the case runs under it."""
    route = rng.choice(case.tables["routes"])["route"]
    rows = []
    for table in ("completion", "fill_rate"):
        for item in rng.choice([[""], [route], ["", route]]):
            for year in rng.choice([[2026], [2027], [2027, 2029]]):
                blank = {"scenario": "fewer", "task": "", "area": ""}
                multiplier = between(rng, 0.5, 1)
                rows.append({**blank, "table": table, "item": item, "year": year, "multiplier": multiplier})
    case.tables["scenarios"] = [*case.tables.get("scenarios", []), *rows]
    case.scenarios = [*case.scenarios, "fewer"]
