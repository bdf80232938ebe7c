"""Policy and priorities of a results folder, evaluated at its own decisions."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.evidence import Evidence
from tests.oracle.families import Row
from tests.oracle.lp import Programme
from tests.oracle.policy import read_policy
from tests.oracle.quantities import ONE, Sum, Variable
from tests.oracle.results import Difference, Results, compare, differs
from tests.oracle.values import number

COLUMNS = ("area", "role", "route", "task", "year")


def policy_differences(evidence: Evidence, results: Results) -> list[Difference]:
    """Limits that are broken or reported otherwise, budgets and the values of the priorities."""
    policy = read_policy(results.folder / results.plan["constraints"])
    programme = Programme(evidence, policy)
    at = decisions(programme, results)
    found = [*budget_differences(programme, results)]
    for row in programme.families.rows():
        level, bound = value(row.level, at), value(row.bound, at)
        over = {"at_most": level - bound, "at_least": bound - level, "exactly": abs(level - bound)}[row.sense]
        if over > 0 and differs(level, bound):
            found.append(Difference("limit", (row.name, *row.keys.values()), row.part, level, bound))
    found += limit_differences(programme.families.rows(), at, results)
    values = {(p["name"],): {"value": p["value"]} for p in results.plan["priorities"]}
    wanted = {(name,): {"value": value(objective, at)} for name, objective in programme.priorities().items()}
    return found + compare("priorities", values, wanted)


def value(expression: Sum, at: dict[Variable, float]) -> float:
    """A sum at given decisions."""
    return sum(factor * (1.0 if variable == ONE else at[variable]) for variable, factor in expression.items())


def decisions(programme: Programme, results: Results) -> dict[Variable, float]:
    """Every variable of the programme, from the result tables."""
    t = results.tables
    at: dict[Variable, float] = {}
    at |= {("starts", *key): row["starts"] for key, row in t["starts"].items()}
    at |= {("staff", *key): row["fte"] for key, row in t["staff"].items()}
    at |= {("idle", *key): row["idle"] for key, row in t["staff"].items()}
    at |= {("work", *key): row["fte"] for key, row in t["work"].items()}
    at |= {("pattern", *key): row["fte"] for key, row in t["patterns"].items()}
    for key, row in t["demand"].items():
        at["outsourced", *key] = row["outsourced"]
        at["unmet", *key] = row["unmet"]
        task, area, year = key
        left, below = row["unmet"], 0.0
        for place, tier in enumerate(programme.tiers()):
            width = float("inf")
            if "up_to" in tier:
                width = (number(tier["up_to"]) - below) * programme.evidence.volume(area, task, year)
                below = number(tier["up_to"])
            at["slice", place, task, area, year] = min(left, width)
            left -= min(left, width)
    for name, entries in programme.policy.get("budgets", {}).items():
        for year in programme.evidence.years:
            row = t["budgets"].get((entries[0]["budget"], year), {})
            at["carry", name, year] = row.get("carried_out", 0.0)
    for name, entries in programme.policy.get("cohorts", {}).items():
        for entry in entries:
            for area, year in programme.families.everywhere():
                route = entry["route"]
                at["cohort", name, route, area, year] = float(t["starts"][route, area, year]["starts"] > 1e-6)
    return at


def budget_differences(programme: Programme, results: Results) -> list[Difference]:
    """budgets.csv: the limit, what was spent, and what passes from year to year."""
    e, table, found = programme.evidence, results.tables["budgets"], []
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for (budget, _, _, _, year), row in results.tables["spend"].items():
        spent[budget, year] += row["amount"]
    for name, entries in programme.policy.get("budgets", {}).items():
        budget, entry = entries[0]["budget"], entries[0]
        carried = 0.0
        if "total" in entry:
            spend = sum(spent[budget, year] for year in e.reported)
            expected = {(budget, ""): {"limit": number(entry["total"]), "spend": spend}}
            found += compare("budgets", {key: row for key, row in table.items() if key in expected}, expected)
        for year in e.years if "limit" in entry else ():
            row = table[budget, year]
            limit = programme.families.real_limit(name, entry, year)
            expected = {"limit": limit, "carried_in": carried, "spend": spent[budget, year]}
            found += compare("budgets", {(budget, year): row}, {(budget, year): expected})
            carried = row["carried_out"]
            over = spent[budget, year] + carried - limit - row["carried_in"]
            if over > 1e-6 * max(1.0, limit):
                found.append(Difference("budgets", (budget, year), "overspent", over, 0.0))
        if abs(carried) > 1e-6:
            found.append(Difference("budgets", (budget,), "carried out of the last year", carried, 0.0))
    return found


def limit_differences(rows: list[Row], at: dict[Variable, float], results: Results) -> list[Difference]:
    """limits.csv: every row is one of the policy's, with its level, bound and slack, and the other way round."""
    left = list(rows)
    found = []
    for given in results.rows("limits"):
        key = (given["limit"], *[given[column] for column in COLUMNS], given["sense"])
        level, bound, slack = (float(given[column]) for column in ("level", "bound", "slack"))
        gap = {"at_most": bound - level, "at_least": level - bound, "exactly": abs(bound - level)}[given["sense"]]
        if differs(slack, gap):
            found.append(Difference("limits", key, "slack", slack, gap))
        meant = [row for row in left if stands_for(given, row)]
        fits = [
            row for row in meant if not (differs(value(row.level, at), level) or differs(value(row.bound, at), bound))
        ]
        if fits:
            left.remove(fits[0])
        else:
            found.append(
                Difference("limits", key, "bound", bound, value(meant[0].bound, at) if meant else float("nan"))
            )
    missing = [row for row in left if not (row.part == "carry" and row.bound.get(ONE, 0.0) == 0.0)]
    return found + [
        Difference("limits", (row.name, *row.keys.items()), f"missing {row.part}", float("nan"), value(row.bound, at))
        for row in missing
    ]


def stands_for(given: dict[str, str], row: Row) -> bool:
    """Whether a row of limits.csv may be that row: its name, sense and keys (others may say what `where` selects)."""
    keys = {column: str(row.keys[column]) for column in COLUMNS if column in row.keys}
    names = (row.name, f"{row.name} carry_forward") if row.part == "carry" else (row.name,)
    same_year = given["year"] == keys.get("year", "")
    return given["limit"] in names and given["sense"] == row.sense and same_year and keys.items() <= given.items()
