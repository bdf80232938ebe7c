"""Random budget options for random evidence: every family, some of the time."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.cases import Case, between, chance

Entry = dict[str, Any]


def make_option(rng: random.Random, case: Case) -> None:
    """Give the case an option, now and then as a base file and one that extends it."""
    option: Entry = {"title": "Random option"}
    demand = make_demand(rng)
    if demand:
        option["demand"] = demand
    if demand.get("unmet") != "priced" and chance(rng, 0.35):
        option["priorities"] = make_priorities(rng, case)
    makers = {
        "training_capacity": make_capacity,
        "budgets": make_budgets,
        "skill_mix": make_skill_mix,
        "outsourcing": make_outsourcing,
        "service_levels": make_service_levels,
        "pace": make_pace,
        "adoption": make_adoption,
        "hold": make_hold,
        "limits": make_limits,
    }
    for family, make in makers.items():
        entries = make(rng, case)
        if entries:
            option[family] = entries
    if option.get("training_capacity") and chance(rng, 0.1):
        route = option["training_capacity"][0]["route"]
        option["cohorts"] = [{"route": route if isinstance(route, str) else route[0], "at_least": 4}]
    if chance(rng, 0.07):
        option["whole_numbers"] = True
    case.constraints = {"option.yaml": option}
    if chance(rng, 0.3):
        split_in_two(rng, case, option)


def make_demand(rng: random.Random) -> Entry:
    """How shortage is treated."""
    demand: Entry = {}
    kind = rng.choice(["allowed"] * 4 + [None] * 5 + ["priced"] * 2 + ["forbidden"])
    if kind:
        demand["unmet"] = kind
    if kind == "priced":
        demand["price_per_fte"] = rng.choice([20000, 150000])
    if chance(rng, 0.5):
        demand["tiers"] = rng.choice(
            [
                [{"up_to": 0.05, "weight": 1}, {"up_to": 0.15, "weight": 2}, {"weight": 4}],
                [{"up_to": 0.2, "weight": 0.5}, {"weight": 1.5}],
            ]
        )
    return demand


def make_priorities(rng: random.Random, case: Case) -> list[Any]:
    """An order of priorities, some of one's own."""
    own = [
        {"quantity": "starts", "where": {"kind": rng.choice(["training", "recruitment", "exit"])}},
        {"quantity": "idle"},
        {"quantity": "staff", "where": {"staff_group": "g1"}},
        {"quantity": "unmet", "where": {"service": "s1"}},
        {"quantity": "spend", "where": {"budget": "training"}},
        {"quantity": "in_training"},
        {"quantity": "joiners", "where": {"area": case.areas[0]}},
        {"quantity": "leavers"},
    ]
    kinds = {row["kind"] for row in case.tables["routes"]}
    own = [entry for entry in own if entry["quantity"] != "starts" or entry["where"]["kind"] in kinds]
    budgets = {row["budget"] for row in case.tables["costs"]}
    groups = {row["staff_group"] for row in case.tables["roles"]}
    services = {row["service"] for row in case.tables["tasks"]}
    known = {"training": budgets, "g1": groups, "s1": services}
    wheres = [next(iter(entry.get("where", {"": ""}).values())) for entry in own]
    own = [entry for entry, where in zip(own, wheres, strict=True) if where in known.get(where, {where})]
    if not any(row["to_role"] for row in case.tables["routes"]):
        own = [entry for entry in own if entry["quantity"] != "joiners"]
    if not any(row["years"] for row in case.tables["routes"]):
        own = [entry for entry in own if entry["quantity"] != "in_training"]
    one, two = rng.sample(own, 2)
    return rng.choice(
        [["unmet", one, "cost"], [one, "unmet", "cost"], ["cost"], ["unmet", "cost", one], [one, two], ["unmet"]]
    )


def make_capacity(rng: random.Random, case: Case) -> list[Entry]:
    """Places for most routes."""
    entries: list[Entry] = []
    routes = [row["route"] for row in case.tables["routes"]]
    for route in routes:
        if chance(rng, 0.75):
            few = rng.randint(5, 12)
            places = rng.choice([few, few * 3, {2026: few, 2028: few + 8}, {"ramp": {2026: few, 2029: few + 6}}])
            entries.append({"route": route, "places": places} | ({"each": ["area"]} if chance(rng, 0.3) else {}))
    taken = {entry["route"] for entry in entries}
    left = [route for route in routes if route not in taken]
    if len(left) > 1:
        entries.append({"route": left, "places": 40})
    return entries


def make_budgets(rng: random.Random, case: Case) -> list[Entry]:
    """Limits that leave room for what is already committed."""
    costs = case.tables["costs"]
    past = sum(row["starts"] for row in case.tables.get("past_starts", []))
    dear = max([row["amount"] for row in costs if row["budget"] == "training"], default=0)
    staff = sum(row["fte"] for row in case.tables["staff_in_post"])
    pay = max([row["amount"] for row in costs if row["budget"] == "pay"], default=0)
    entries: list[Entry] = []
    if dear and chance(rng, 0.7):
        money = round(2.2 * past * dear + dear * rng.randint(2, 60))
        entries.append(money_entry(rng, "training", money, len(case.years) - case.settings["run_out_years"]))
    if pay and chance(rng, 0.4):
        entries.append(money_entry(rng, "pay", round(staff * pay * between(rng, 1.1, 2)), 4))
    bought = [row["amount"] for row in costs if row["budget"] == "outsourcing"]
    if bought and chance(rng, 0.5):
        entries.append(money_entry(rng, "outsourcing", round(max(bought) * rng.randint(5, 300)), 4))
    return entries


def money_entry(rng: random.Random, budget: str, money: float, years: int) -> Entry:
    """A total, or a limit by year, real or cash, with or without carry-forward."""
    if chance(rng, 0.3):
        return {"budget": budget, "total": money * years}
    limit = rng.choice([money, {2026: money, 2028: round(money * 1.2)}, {"ramp": {2025: money, 2029: money * 1.5}}])
    entry: Entry = {"budget": budget, "limit": limit}
    if chance(rng, 0.5):
        entry["carry_forward"] = rng.choice([0.05, 0.3, {2026: 0.1, 2027: 0.5}])
    if chance(rng, 0.5):
        entry["prices"] = rng.choice(["cash", "real"])
    return entry


def make_skill_mix(rng: random.Random, case: Case) -> list[Entry]:
    """Shares of a task's volume for a role; a least share only where it is easy."""
    entries: list[Entry] = []
    by_task: dict[str, list[str]] = {}
    for row in case.tables["productivity"]:
        by_task.setdefault(row["task"], []).append(row["role"])
    for task, roles in by_task.items():
        if not chance(rng, 0.4):
            continue
        entry: Entry = {"task": task, "role": roles if chance(rng, 0.15) else rng.choice(roles)}
        if chance(rng, 0.6):
            entry["max_share"] = rng.choice([0.5, 0.8, {"ramp": {2026: 0.4, 2029: 0.8}}, {2026: 0.3, 2028: 0.6}])
        if chance(rng, 0.5):
            entry["max_increase"] = rng.choice([0.05, 0.1, {2026: 0.2, 2028: 0.05}])
        if chance(rng, 0.2) and not isinstance(entry["role"], list) and "max_increase" not in entry:
            entry["min_share"] = 0.02
        if len(entry) > 2:
            entries.append(entry)
    return entries


def make_outsourcing(rng: random.Random, case: Case) -> list[Entry]:
    """A share of the volume for whatever can be bought."""
    tasks = [row["item"] for row in case.tables["costs"] if row["per"] == "outsourced-unit"]
    if not tasks or chance(rng, 0.4):
        return []
    return [{"task": tasks, "max_share": rng.choice([0.1, 0.2, {"ramp": {2026: 0.05, 2030: 0.3}}])}]


def make_service_levels(rng: random.Random, case: Case) -> list[Entry]:
    """A modest level, mostly from a later year."""
    if chance(rng, 0.8):
        return []
    entry: Entry = {"task": case.tables["tasks"][0]["task"], "at_least": rng.choice([0.1, 0.3]), "from": 2028}
    return [entry | ({"to": 2028} if chance(rng, 0.3) else {})]


def with_past(case: Case) -> list[str]:
    """The routes that have an intake in the year before the first, in every area."""
    seen = {(row["route"], row["area"]) for row in case.tables.get("past_starts", []) if row["year"] == 2025}
    names = [row["route"] for row in case.tables["routes"]]
    return [route for route in names if all((route, area) in seen for area in case.areas)]


def make_pace(rng: random.Random, case: Case) -> list[Entry]:
    """Ups and downs of intakes."""
    routes = with_past(case)[1:]
    if not routes or chance(rng, 0.5):
        return []
    entry: Entry = {"route": routes if chance(rng, 0.5) else routes[-1]}
    if chance(rng, 0.8):
        entry |= {"max_increase": rng.choice([0.2, {2026: 0.5, 2028: 0.1}])}
        entry |= {"seed": rng.choice([1, 3])} if chance(rng, 0.7) else {}
    if chance(rng, 0.5) or "max_increase" not in entry:
        entry["max_decrease"] = rng.choice([0.2, 0.5])
    return [entry]


def make_hold(rng: random.Random, case: Case) -> list[Entry]:
    """An intake that stays as it was."""
    routes = with_past(case)[:1]
    return [{"route": routes}] if routes and chance(rng, 0.3) else []


def make_adoption(rng: random.Random, case: Case) -> list[Entry]:
    """How fast a role may grow."""
    if chance(rng, 0.6):
        return []
    role = rng.choice(case.tables["roles"])["role"]
    entry: Entry = {"role": role}
    if chance(rng, 0.7):
        entry |= {"max_growth": rng.choice([0.1, 0.3])} | ({"seed": 5} if chance(rng, 0.8) else {})
    if chance(rng, 0.4) or "max_growth" not in entry:
        entry["max_fte"] = rng.choice([700, {2026: 600, 2028: 650}])
        entry |= {"each": ["area"], "max_fte": 260} if chance(rng, 0.4) else {}
    return [entry]


def make_limits(rng: random.Random, case: Case) -> list[Entry]:
    """Up to three linear rules of one's own."""
    from tests.oracle.rules import possible_limits

    options = possible_limits(rng, case)
    chosen = rng.sample(options, min(len(options), rng.choice([0, 0, 1, 2, 3])))
    return [{"name": f"rule {n}", **entry} for n, entry in enumerate(chosen)]


def split_in_two(rng: random.Random, case: Case, option: Entry) -> None:
    """Move entries to a base file; replace one that is inherited and drop another."""
    base: Entry = {"title": "Base", "training_capacity": [], "limits": []}
    child: Entry = {"extends": "base.yaml", **option}
    for family in ("training_capacity", "limits"):
        entries = option.get(family, [])
        base[family] = entries[: len(entries) // 2]
        child[family] = entries[len(entries) // 2 :]
    if base["training_capacity"]:
        again = dict(base["training_capacity"][0])
        base["training_capacity"][0] = {**again, "places": 1}
        child["training_capacity"] = [again, *child["training_capacity"]]
    quantity = {"quantity": "staff", "at_most": 1, "each": ["year"]}
    base["limits"] = [*base["limits"], {"name": "impossible", **quantity}]
    child["limits"] = [*child["limits"], {"name": "impossible", "drop": True}]
    override_in_part(rng, base, child)
    base["priorities"] = ["cost"]
    if "priorities" not in child:
        child["priorities"] = ["unmet", "cost"]
    if child.get("demand", {}).get("unmet") == "priced":
        del child["priorities"], base["priorities"]
    base["demand"] = {"tiers": [{"up_to": 0.5, "weight": 3}, {"weight": 9}]}
    if "demand" in child and "tiers" not in child["demand"]:
        child["demand"]["tiers"] = [{"weight": 1}]
    for family in ("training_capacity", "limits"):
        for file in (base, child):
            if not file[family]:
                del file[family]
    case.constraints = {"base.yaml": base, "option.yaml": child}


def override_in_part(rng: random.Random, base: Entry, child: Entry) -> None:
    """Move whole families to the base with other numbers; the child puts them right key by key, mostly relative."""
    for family, key, amount in (("budgets", "limit", 0.5), ("skill_mix", "max_share", 0.25), ("pace", "seed", 2)):
        entries = child.get(family, [])
        if not entries or not all(is_alone(entry) for entry in entries) or chance(rng, 0.3):
            continue
        base[family], child[family] = [], []
        for number, entry in enumerate(entries):
            named = {"name": f"{family} {number}"} if chance(rng, 0.3) else {}
            subject = {} if named else {one: entry[one] for one in ("budget", "task", "role", "route") if one in entry}
            inherited, own = {**named, **entry}, {**named, **subject}
            if isinstance(entry.get(key), int | float):
                inherited[key] = entry[key] * amount
                own[key] = rng.choice([{"times": 1 / amount}, {"times": {2025: 1 / amount}}, entry[key]])
            if isinstance(entry.get(key), dict):
                own[key] = rng.choice(
                    [{"plus": 0}, {"times": {"ramp": {2026: 0.9, 2029: 1}}}, {"times": {2027: 1, 2028: 0.8}}]
                )
            if family == "pace" and "max_decrease" not in entry and "max_increase" in entry:
                inherited["max_decrease"] = 0.01
                own["max_decrease"] = "none"
            base[family].append(inherited)
            child[family].append({**own, "note": "changed"})


def is_alone(entry: Entry) -> bool:
    """True where an entry is about one thing, so that changing it changes one name."""
    return not any(isinstance(entry.get(one), list) for one in ("task", "role", "route"))
