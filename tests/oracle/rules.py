"""Generic limits that make sense for a random case, over every quantity and every way to group."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.cases import Case, between

Entry = dict[str, Any]


def possible_limits(rng: random.Random, case: Case) -> list[Entry]:
    """Limits that most plans can keep, without a name yet."""
    return [
        *of_starts(rng, case),
        *of_staff(rng, case),
        *of_work(rng, case),
        *of_money(rng, case),
    ]


def of_starts(rng: random.Random, case: Case) -> list[Entry]:
    """Starts, people in training and joiners."""
    route = rng.choice(case.tables["routes"])
    kind, role = route["kind"], route["to_role"]
    limits: list[Entry] = [
        {"quantity": "starts", "where": {"kind": kind}, "at_most": rng.choice([20, {2026: 15, 2028: 25}])},
        {"quantity": "starts", "at_most": 12, "each": ["area", "year"], "from": 2027},
        {"quantity": "starts", "where": {"route": route["route"]}, "at_most": 30, "each": []},
        {
            "quantity": "starts",
            "where": {"route": route["route"]},
            "at_most": 9,
            "each": ["route", "area"],
            "from": 2027,
            "to": 2028,
        },
        {"quantity": "starts", "where": {"route": [route["route"]]}, "at_least": 2, "each": [], "to": 2027},
        {"quantity": "starts", "where": {"route": route["route"]}, "exactly": between(rng, 1, 3, 1), "from": 2028},
        {"quantity": "starts", "at_most": 25, "each": ["kind", "year"]},
        {"quantity": "starts", "at_most": 0.1, "of": {"quantity": "staff"}, "each": ["area", "year"]},
    ]
    if role:
        limits += [
            {"quantity": "starts", "where": {"role": role}, "at_most": 14, "each": ["role", "year"]},
            {
                "quantity": "joiners",
                "where": {"route": route["route"]},
                "at_most": 0.6,
                "of": {"quantity": "joiners", "where": {"role": role}},
                "from": 2028,
            },
            {"quantity": "joiners", "where": {"role": role}, "at_most": 45, "each": ["area", "role"], "from": 2028},
        ]
    if route["years"]:
        ratio = {"quantity": "in_training", "where": {"kind": kind}, "at_most": 0.3}
        limits.append({**ratio, "of": {"quantity": "staff"}, "each": ["area", "year"]})
        limits.append({"quantity": "in_training", "at_most": 60, "each": ["year"], "from": 2027})
    return limits


def of_staff(rng: random.Random, case: Case) -> list[Entry]:
    """Staff, leavers, idle time and patterns."""
    role = rng.choice(case.tables["roles"])
    limits: list[Entry] = [
        {"quantity": "staff", "where": {"role": role["role"]}, "at_most": 420, "each": ["role", "year"]},
        {
            "quantity": "staff",
            "at_least": 0.02,
            "of": {"quantity": "staff", "where": {"staff_group": role["staff_group"]}},
        },
        {"quantity": "idle", "at_most": 0.95, "of": {"quantity": "staff"}, "each": ["area", "role", "year"]},
        {"quantity": "leavers", "where": {"staff_group": role["staff_group"]}, "at_most": 900, "each": []},
        {"quantity": "idle", "at_most": 300, "each": ["staff_group", "year"]},
    ]
    if "areas" in case.tables:
        limits.append({"quantity": "staff", "where": {"region": "north"}, "at_most": 1500, "each": ["region", "year"]})
    if "patterns" in case.tables:
        limits.append({"quantity": "pattern", "at_most": 15, "each": ["pattern", "year"]})
        limits.append({"quantity": "pattern", "at_most": 0.2, "of": {"quantity": "staff"}, "each": ["role", "year"]})
    return limits


def of_work(rng: random.Random, case: Case) -> list[Entry]:
    """Work, activity, demand that is met elsewhere or not at all."""
    pair = rng.choice(case.tables["productivity"])
    task = next(row for row in case.tables["tasks"] if row["task"] == pair["task"])
    own = {"role": pair["role"], "task": pair["task"]}
    whole = {"quantity": "demand", "where": {"task": pair["task"]}}
    limits: list[Entry] = [
        {"quantity": "work", "where": own, "at_most": between(rng, 20, 90, 0), "each": ["area", "year"]},
        {
            "quantity": "work",
            "where": {"role": pair["role"]},
            "at_most": 0.9,
            "of": {"quantity": "staff", "where": {"role": pair["role"]}},
        },
        {"quantity": "activity", "where": own, "at_most": 0.7, "of": whole, "each": ["task", "year"]},
        {"quantity": "activity", "where": {"service": task["service"]}, "at_least": 1, "each": ["service", "year"]},
        {"quantity": "unmet", "at_most": 5000, "each": ["task", "year"]},
        {
            "quantity": "unmet",
            "where": {"task": pair["task"]},
            "at_most": 1.2,
            "of": whole,
            "each": ["area", "year"],
            "to": 2026,
        },
    ]
    if any(row["per"] == "outsourced-unit" for row in case.tables["costs"]):
        limits.append({"quantity": "outsourced", "at_most": between(rng, 100, 900, 0), "each": []})
        limits.append(
            {"quantity": "outsourced", "at_most": 0.15, "of": {"quantity": "demand"}, "each": ["task", "year"]}
        )
    return limits


def of_money(rng: random.Random, case: Case) -> list[Entry]:
    """Spend by line, item and budget."""
    row = rng.choice(case.tables["costs"])
    most = 1e7 if row["per"] in ("fte-year", "leaver") else row["amount"] * 200
    limits: list[Entry] = [
        {"quantity": "spend", "where": {"line": row["line"]}, "at_most": most * 8, "each": ["line"]},
        {"quantity": "spend", "where": {"item": row["item"]}, "at_most": most * 4, "each": ["area", "item", "year"]},
    ]
    if row["budget"]:
        limits.append({"quantity": "spend", "where": {"budget": row["budget"]}, "at_most": most * 30, "each": []})
    return limits
