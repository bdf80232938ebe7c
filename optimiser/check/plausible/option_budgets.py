"""Budgets beside what is paid from them: rows that no limit reaches, and limits of another size."""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np

from optimiser.check.plausible.query import Queries, place_of, query
from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Evidence
from optimiser.model.programme import Programme
from optimiser.text.faults import nearest

LIKE = 0.8
"""How alike two budgets' names must be for one to be taken for the other, misspelt."""
TRAINING = ("start", "trainee-year", "joiner")
OTHER = 8.0
"""How many times today's figures the bounds of an option are, in the middle, where they belong to other inputs."""
LARGE = 6.0
"""How many times what is spent today a budget may be."""
TRIFLE = 0.005
"""Part of all the work that can be bought, below which a budget for it is doubted."""


def limited(programme: Programme) -> dict[str, Limit]:
    """The budgets whose yearly or total spending some entry limits, with the first such limit."""
    found: dict[str, Limit] = {}
    for limit in programme.policy.limits:
        if limit.quantity == "spend" and limit.sense != "at_least":
            for budget in limit.where.get("budget", ()):
                found.setdefault(budget, limit)
    return found


def rows_that_escape(programme: Programme) -> Queries:
    """A cost row in no limited budget, while the rows beside it are: one letter, and the limit does not reach it."""
    evidence, known = programme.evidence, limited(programme)
    if not known:
        return
    rows = list(zip(evidence.cost_item, evidence.cost_per, evidence.cost_line, evidence.cost_budget, strict=True))
    told: set[str] = set()
    for item, per, line, budget in rows:
        if budget in known or (budget in told and budget):
            continue
        near = _misspelt(budget, list(known))
        beside = {
            b for _, p, row_line, b in rows if b in known and _same_kind(per, p) and (row_line == line or not budget)
        }
        whole = {b for _, p, _, b in rows if b in known and p in TRAINING} if per in TRAINING else set()
        if not (near or beside or (whole and budget and _a_row_alone(rows, budget))):
            continue
        told.add(budget)
        other = near or min(beside or whole)
        what = f'the budget "{budget}"' if budget else "no budget"
        found = f'{what} for {item}, which nothing limits, while "{other}" beside it is limited'
        mend = f'Did you mean "{other}"? Else limit it too.'
        place = place_of(evidence, "costs", "budget", item=item, per=per, line=line, budget=budget)
        yield query("budget-unlimited", place, found, "a budget that the option limits", mend)


def _misspelt(budget: str, known: list[str]) -> str | None:
    """The limited budget a name is nearly, where it is."""
    near = nearest(budget, known, LIKE) if budget else None
    return near if near and SequenceMatcher(None, near.lower(), budget.lower()).ratio() >= LIKE else None


def _same_kind(one: str, other: str) -> bool:
    return one == other or (one in TRAINING and other in TRAINING)


def _a_row_alone(rows: list[tuple[str, str, str, str]], budget: str) -> bool:
    """True where a budget has one row, about a route: a budget of several rows may be left free on purpose."""
    mine = [per for _, per, _, other in rows if other == budget]
    return len(mine) == 1 and mine[0] in TRAINING


def spent_today(evidence: Evidence, budget: str) -> float | None:
    """What staff in post, people in training and last year's intake cost in a year; None where that is not known.

    Bought work, sessions and what leavers cost are decided anew each year, so their budgets have no such figure.
    """
    total = 0.0
    for row, (item, per, paid_from) in enumerate(
        zip(evidence.cost_item, evidence.cost_per, evidence.cost_budget, strict=True)
    ):
        if paid_from != budget:
            continue
        each = float(evidence.amount[row, 0])
        if per == "fte-year":
            total += each * float(evidence.staff_in_post[:, evidence.roles.index(item)].sum())
        elif per in TRAINING:
            route = evidence.routes.index(item)
            if not evidence.has_past_starts[:, route].any():
                return None
            years = max(1, int(evidence.years[route])) if per == "trainee-year" else 1
            total += each * float(evidence.past_starts[:, route, :years].sum())
        else:
            return None
    return total


def limits_beside_spending(programme: Programme) -> Queries:
    """A limit that cannot pay for one of anything, or that nothing could ever reach."""
    evidence = programme.evidence
    for limit in programme.policy.limits:
        if limit.family != "budgets" or limit.quantity != "spend" or "year" not in limit.each:
            continue
        (budget,) = limit.where["budget"]
        mine = [row for row, name in enumerate(evidence.cost_budget) if name == budget]
        units = [float(evidence.amount[row, 0]) for row in mine if evidence.amount[row, 0] > 0]
        money, today = limit.constant[0], spent_today(evidence, budget)
        if units and 0 < money < min(units):
            found = f"{money:,.6g} a year for {budget}, where the cheapest of what it pays for costs {min(units):,.6g}"
            yield query(
                "budget-far-off", limit.place, found, "enough for one", "Write the whole amount: 6.3e6 for 6.3 million."
            )
        elif today and money > LARGE * today:
            found = f"{money:,.6g} a year for {budget}, where today's staff and intakes cost {today:,.6g}"
            yield query(
                "budget-far-off", limit.place, found, "less than six times as much", "Check thousands and noughts."
            )
        else:
            yield from _beside_all_there_is(evidence, limit, budget, money)
            yield from _less_than_pay(evidence, limit, budget, money)


def _beside_all_there_is(evidence: Evidence, limit: Limit, budget: str, money: float) -> Queries:
    """A budget of bought work and sessions beside what all of them would cost: a trifle, or never to be spent."""
    most = 0.0
    for row, (item, per, paid_from) in enumerate(
        zip(evidence.cost_item, evidence.cost_per, evidence.cost_budget, strict=True)
    ):
        if paid_from != budget:
            continue
        if per == "outsourced-unit":
            units = float(evidence.volume[:, evidence.tasks.index(item)].sum(axis=0).max())
        elif per == "pattern-fte-year":
            units = float(evidence.staff_in_post[:, evidence.pattern_role[evidence.patterns.index(item)]].sum())
        else:
            return
        most += float(evidence.amount[row, 0]) * units
    if money < TRIFLE * most:
        found = f"{money:,.6g} a year for {budget}, where all that it may buy would cost {most:,.6g}"
        yield query("budget-far-off", limit.place, found, "more than a trifle of it", "Check thousands and noughts.")
    elif most > 0 and money > LARGE * most:
        found = f"{money:,.6g} a year for {budget}, where all that it may buy would cost {most:,.6g}"
        yield query("budget-far-off", limit.place, found, "money that can be spent", "Check thousands and noughts.")


def _less_than_pay(evidence: Evidence, limit: Limit, budget: str, money: float) -> Queries:
    """A budget that cannot pay those in post who stay."""
    stay = evidence.staff_in_post * (1 - evidence.leaver_rate[:, :, 0])
    pay = 0.0
    for row, (item, per, paid_from) in enumerate(
        zip(evidence.cost_item, evidence.cost_per, evidence.cost_budget, strict=True)
    ):
        if paid_from == budget and per == "fte-year":
            pay += float(evidence.amount[row, 0]) * float(stay[:, evidence.roles.index(item)].sum())
    if pay > 0 and money < pay / 2:
        found = f"{money:,.6g} a year for {budget}, where the staff in post who stay cost {pay:,.6g}"
        yield query("budget-far-off", limit.place, found, "enough to pay them", "Raise it, or check pay and fte.")


def sizes(programme: Programme) -> dict[str, tuple[float, float]]:
    """By label, for every bound with a figure of today beside it: how many times that figure it is, and the figure."""
    evidence = programme.evidence
    found: dict[str, tuple[float, float]] = {}
    for limit in programme.policy.limits:
        if limit.sense == "at_least" or limit.parts or "year" not in limit.each:
            continue
        now: float | None = None
        rows = len(evidence.areas) if "area" in limit.each else 1
        if limit.quantity == "starts" and set(limit.where) == {"route"} and len(limit.where["route"]) == 1:
            now = float(evidence.past_starts[:, evidence.routes.index(limit.where["route"][0]), 0].sum())
        elif limit.quantity == "staff" and set(limit.where) == {"role"} and len(limit.where["role"]) == 1:
            now = float(evidence.staff_in_post[:, evidence.roles.index(limit.where["role"][0])].sum())
        elif limit.family == "budgets" and limit.quantity == "spend":
            now = spent_today(evidence, limit.where["budget"][0])
        if now and limit.constant[0] > 0:
            found[limit.label] = (limit.constant[0] * rows / now, now)
    return found


def other_inputs(programme: Programme) -> Queries:
    """Bounds that are all many times today's figures belong to other inputs."""
    ratios = [ratio for ratio, _ in sizes(programme).values()]
    middle = float(np.median(ratios)) if len(ratios) >= 3 else 1.0
    if 1 / OTHER < middle < OTHER:
        return
    policy, inputs = programme.policy, programme.evidence.folder
    said = f"{middle:,.3g} times" if middle > 1 else f"a {1 / middle:,.3g}th of"
    own = [policy.path.parent / inputs.stem, policy.path.parent.parent / inputs.stem]
    options = (folder for folder in own if folder != policy.path.parent and any(folder.glob("*.yaml")))
    there = next((folder for folder in options if not (folder / "settings.yaml").exists()), None)
    mend = f"{there} goes with these inputs." if there else "Check that this option goes with these inputs."
    place = policy.limits[0].place
    found = f"bounds that are {said} the figures of these inputs (the middle of {len(ratios)})"
    yield query("other-inputs", place, found, "bounds of the size of the inputs", mend)


CHECKS = (rows_that_escape, limits_beside_spending, other_inputs)
