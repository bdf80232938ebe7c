"""Random costs and scenarios for random evidence."""

from __future__ import annotations

import random

from tests.oracle.cases import Case, Rows, between, chance


def make_costs(rng: random.Random, case: Case) -> None:
    """Costs of every kind; training and outsourcing have budgets of their own."""
    costs: Rows = []

    def pay(item: str, per: str, low: float, high: float, budget: str, line: str) -> None:
        amount = between(rng, low, high, 0)
        costs.append(
            {
                "item": item,
                "line": line,
                "per": per,
                "amount": amount,
                "budget": budget,
                "growth": rng.choice(["", 0.01]),
            }
        )

    for route in case.tables["routes"]:
        if chance(rng, 0.8):
            pay(route["route"], "start", 500, 20000, "training", "intakes")
        if route["years"] and chance(rng, 0.6):
            pay(route["route"], "trainee-year", 1000, 30000, "training", "trainees")
        if route["to_role"] and chance(rng, 0.3):
            pay(route["route"], "joiner", 500, 5000, rng.choice(["training", ""]), "welcome")
    for row in case.tables["roles"]:
        if chance(rng, 0.7):
            pay(row["role"], "fte-year", 30000, 90000, "pay", "pay")
        if chance(rng, 0.3):
            pay(row["role"], "idle-fte-year", 100, 5000, "", "idle")
        if chance(rng, 0.2):
            pay(row["role"], "leaver", 100, 5000, "pay", "leaving")
    for row in case.tables.get("patterns", []):
        pay(row["pattern"], "pattern-fte-year", 500, 9000, "pay", "patterns")
    for row in case.tables["tasks"]:
        if chance(rng, 0.5):
            pay(row["task"], "outsourced-unit", 500, 9000, "outsourcing", "bought")
    if not costs:
        pay(case.tables["roles"][0]["role"], "fte-year", 30000, 90000, "pay", "pay")
    case.tables["costs"] = costs


def make_scenarios(rng: random.Random, case: Case) -> None:
    """Two scenarios over all tables they may touch, and which of them the case runs under."""
    if chance(rng, 0.6):
        return
    pair = rng.choice(case.tables["productivity"])
    choices: Rows = [
        {"table": "demand", "item": rng.choice(["", pair["task"]]), "area": rng.choice(["", case.areas[0]])},
        {"table": "demand", "item": pair["task"]},
        {"table": "productivity", "item": rng.choice(["", pair["role"]]), "task": rng.choice(["", pair["task"]])},
        {"table": "leaver_rate", "item": rng.choice(["", case.tables["roles"][0]["role"]])},
        {"table": "costs", "item": rng.choice(["", rng.choice(case.tables["costs"])["item"]])},
    ]
    if "patients" in case.tables:
        choices.append({"table": "patients", "item": rng.choice(["", "h1"]), "area": ""})
    rows: Rows = []
    for name in ("x", "y"):
        for chosen in rng.sample(choices, 2):
            for year in rng.choice([[2028], [2027], [2027, 2030]]):
                blank = {"scenario": name, "table": "", "item": "", "task": "", "area": ""}
                rows.append({**blank, **chosen, "year": year, "multiplier": between(rng, 0.7, 1.4)})
    unique = {tuple(row[key] for key in ("scenario", "table", "item", "task", "area", "year")): row for row in rows}
    case.tables["scenarios"] = list(unique.values())
    case.scenarios = rng.choice([[], ["x"], ["y"], ["x", "y"]])
