"""Policy and priorities of a results folder, evaluated at its own decisions."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.evidence import Evidence
from tests.oracle.families import Row
from tests.oracle.lp import Programme
from tests.oracle.policy import read_policy
from tests.oracle.quantities import ONE, Sum, Variable
from tests.oracle.results import Difference, Results, compare, differs
from tests.oracle.steady import steady_starts
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
        over = overrun(row, at)
        if over > 0 and differs(level, bound) and not row.weight:
            found.append(Difference("limit", (row.name, *row.keys.values()), row.part, level, bound))
    found += limit_differences(programme.families.rows(), at, results)
    values = {(p["name"],): {"value": p["value"]} for p in results.plan["priorities"]}
    wanted = {(name,): {"value": value(objective, at)} for name, objective in programme.priorities().items()}
    if any(row.weight for row in programme.families.rows()):
        wanted["broken",] = {"value": sum(row.weight * overrun(row, at) for row in programme.families.rows())}
    return found + compare("priorities", values, wanted)


def overrun(row: Row, at: dict[Variable, float]) -> float:
    """By how much a row is broken; what rounding leaves open counts as nothing."""
    level, bound = value(row.level, at), value(row.bound, at)
    over = {"at_most": level - bound, "at_least": bound - level, "exactly": abs(level - bound)}[row.sense]
    return over if over > 0 and differs(level, bound) else 0.0


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
        at["taken", *key], at["given", *key] = max(row["received"], 0.0), max(-row["received"], 0.0)
        task, area, year = key
        left, below = row["unmet"], 0.0
        for place, tier in enumerate(programme.tiers()):
            width = float("inf")
            if "up_to" in tier:
                width = (number(tier["up_to"]) - below) * programme.evidence.volume(area, task, year)
                below = number(tier["up_to"])
            at["slice", place, task, area, year] = min(left, width)
            left -= min(left, width)
    for route, area, year in steady_starts(programme.quantities, programme.policy):
        now, before = (value(programme.quantities.starts(route, area, t), at) for t in (year, year - 1))
        at["rose", route, area, year], at["fell", route, area, year] = max(now - before, 0), max(before - now, 0)
    for name, entries in programme.policy.get("budgets", {}).items():
        for year in programme.evidence.years:
            carrying = [row for row in results.budgets if (row["budget"], row["year"]) == (entries[0]["budget"], year)]
            at["carry", name, year] = max([row["carried_out"] for row in carrying], default=0.0)
    for name, entries in programme.policy.get("cohorts", {}).items():
        for entry in entries:
            for area, year in programme.families.everywhere():
                route = entry["route"]
                at["cohort", name, route, area, year] = float(t["starts"][route, area, year]["starts"] > 1e-6)
    return at


def budget_differences(programme: Programme, results: Results) -> list[Difference]:
    """budgets.csv: every limit, what was spent of it, and what passes from year to year; no row beside those."""
    e, left, found = programme.evidence, list(results.budgets), []
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for (budget, _, _, _, year), row in results.tables["spend"].items():
        spent[budget, year] += row["amount"]

    def take(budget: str, year: int | str, limit: float, carried_in: float, spend: float, carries: bool) -> float:
        """Remove the row that says so; returns what it carries out."""
        wanted = {"limit": limit, "carried_in": carried_in, "spend": spend}
        for row in left:
            same = (row["budget"], row["year"]) == (budget, year)
            if same and not any(differs(row[column], value) for column, value in wanted.items()):
                carried = float(row["carried_out"])
                if carries or abs(carried) <= 1e-6:
                    left.remove(row)
                    return carried
        found.append(Difference("budgets", (budget, year), "no such row; limit", float("nan"), limit))
        return 0.0

    for name, entries in programme.policy.get("budgets", {}).items():
        entry, budget, carried = entries[0], entries[0]["budget"], 0.0
        if "limit" in entry:
            for year in e.years:
                limit, brought = programme.families.real_limit(name, entry, year), carried
                carries = "carry_forward" in entry and year != e.years[-1]
                carried = take(budget, year, limit, brought, spent[budget, year], carries)
                if "may_break" in entry:
                    continue  # By how much it is broken is in limits.csv.
                if spent[budget, year] + carried > (limit + brought) * (1 + 1e-6) + 1e-6:
                    found.append(Difference("budgets", (budget, year), "overspent", spent[budget, year], limit))
        if "total" in entry:
            money = number(entry["total"])
            take(budget, "", money, 0.0, sum(spent[budget, year] for year in e.reported), carries=False)
            for year in e.years[len(e.reported) :]:
                take(budget, year, money / len(e.reported), 0.0, spent[budget, year], carries=False)
    for row in left:
        found.append(Difference("budgets", (row["budget"], row["year"]), "unexpected row", row["limit"], float("nan")))
    return found


def limit_differences(rows: list[Row], at: dict[Variable, float], results: Results) -> list[Difference]:
    """limits.csv: every row is one of the policy's, with its level, bound and slack, and the other way round."""
    left = list(rows)
    found = []
    for given in results.rows("limits"):
        key = (given["limit"], *[given[column] for column in COLUMNS], given["sense"])
        level, bound, slack = (float(given[column]) for column in ("level", "bound", "slack"))
        gap = {"at_most": bound - level, "at_least": level - bound, "exactly": abs(bound - level)}[given["sense"]]
        gap = gap if given["sense"] != "exactly" or not float(given["broken"]) else -gap
        if differs(slack, gap):
            found.append(Difference("limits", key, "slack", slack, gap))
        meant = [row for row in left if stands_for(given, row)]
        broken = float(given["broken"])
        if broken and differs(broken, -slack):
            found.append(Difference("limits", key, "broken", broken, -slack))
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
    names = (row.name, f"{row.name} carry_forward") if row.part == "carry" else (row.name,)
    if given["limit"] not in names or given["sense"] != row.sense:
        return False
    keys = {column: str(row.keys[column]) for column in COLUMNS if column in row.keys}
    return given["year"] == keys.get("year", "") and keys.items() <= given.items()
