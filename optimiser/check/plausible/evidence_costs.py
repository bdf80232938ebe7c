"""Costs that are missing beside their neighbours', or of another size."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from optimiser.check.plausible.evidence import row_place
from optimiser.check.plausible.query import Queries, only, place_of, query, times_beyond
from optimiser.inputs.evidence import NONE, Evidence
from optimiser.text.faults import Fault

PER_ROUTE = ("start", "trainee-year", "joiner")
PAY_APART, TRAINING_APART, ONCE_APART = 6.0, 6.0, 15.0
"""How many times a cost may lie beyond all others of its sort: pay, a year of training, what is paid once."""
KIND_APART = 4.0
"""The same beside those of its staff group or kind of route alone."""
MANY, MANY_APART = 6, 3.0
"""Roles whose pay is known well enough for three times the largest to be doubted."""
TRIFLE, DEAR = 30.0, 4.0
"""Part of the lowest pay that a year of training costs at least, and times the highest that a start costs at most."""
FULL_TIME_APART, EXTRA_APART = 5.0, 5.0
"""How many times what an FTE of bought work, or of extra sessions, costs may lie from the pay of those who do it."""


def totals(evidence: Evidence, *per: str) -> dict[str, float]:
    """Money per unit in the first year, by item, all lines together."""
    found: dict[str, float] = defaultdict(float)
    for row, (item, kind) in enumerate(zip(evidence.cost_item, evidence.cost_per, strict=True)):
        if kind in per:
            found[item] += float(evidence.amount[row, 0])
    return dict(found)


def roles_without_pay(evidence: Evidence) -> Queries:
    """A role that works, that people join or leave by a route, and that has no pay while others have: it is free."""
    paid = totals(evidence, "fte-year")
    if not paid:
        return
    for position, role in enumerate(evidence.roles):
        works = bool(evidence.has_demand[:, evidence.pair_task[evidence.pair_role == position]].any())
        moves = position in evidence.to_role or position in evidence.from_role
        if role not in paid and works and moves:
            found = (
                f"{role} without an fte-year row in costs, while {len(paid)} of {len(evidence.roles)} roles have one"
            )
            mend = "Add what an FTE-year of it costs; write 0 where another row covers it."
            yield query(
                "role-without-pay", row_place(evidence, "roles", role, "role"), found, "a cost of its staff", mend
            )


def routes_without_cost(evidence: Evidence) -> Queries:
    """A route that costs nothing while others like it do would be the first to be used."""
    priced = set(totals(evidence, *PER_ROUTE))
    external = [
        route for at, route in enumerate(evidence.routes)
        if evidence.years[at] == 0 and evidence.from_role[at] == NONE
    ]  # fmt: skip
    for at, route in enumerate(evidence.routes):
        if route in priced or evidence.to_role[at] == NONE:
            continue
        kind = evidence.kinds[at]
        alike = [
            other for k, other in enumerate(evidence.routes)
            if other in priced and (
                (kind and evidence.kinds[k] == kind) or (evidence.years[at] > 0 and evidence.years[k] > 0)
            )
        ]  # fmt: skip
        recruits = [other for other in external if other in priced] if route in external else []
        if alike or len(recruits) > 1:
            found = f"{route} without any cost, while {(alike or recruits)[0]} has one"
            mend = "Add a start, trainee-year or joiner row; write 0 where it is free."
            yield query("route-without-cost", row_place(evidence, "routes", route, "route"), found, "a cost", mend)


def free_work(evidence: Evidence) -> Queries:
    """Patterns that add work, and work bought outside, for nothing."""
    paid = totals(evidence, "pattern-fte-year")
    for at, pattern in enumerate(evidence.patterns):
        if evidence.extra_fte[at] > 0 and not paid.get(pattern):
            found = f"{pattern}, which adds {evidence.extra_fte[at]:g} FTE for each FTE on it and costs nothing"
            mend = "Add a pattern-fte-year row to costs."
            place = row_place(evidence, "patterns", pattern, "pattern")
            yield query("free-pattern", place, found, "a cost of working it", mend)
    for task, amount in totals(evidence, "outsourced-unit").items():
        if amount == 0:
            place = place_of(evidence, "costs", "amount", item=task, per="outsourced-unit")
            found = f"{task} bought outside for nothing"
            yield query("free-outsourcing", place, found, "a price above 0", "Write what a unit costs.")


def amounts_beside_others(evidence: Evidence) -> Queries:
    """Amounts of one sort lie together: one in thousands, a month's, or with a nought too many, does not."""
    groups = dict(zip(evidence.roles, evidence.staff_groups, strict=True))
    kinds = dict(zip(evidence.routes, evidence.kinds, strict=True))
    for per, apart, least, kind_of in (
        ("fte-year", PAY_APART, 2, groups), ("trainee-year", TRAINING_APART, 2, kinds), ("start", ONCE_APART, 3, kinds),
    ):  # fmt: skip
        by_item = totals(evidence, per)
        for item, amount in by_item.items():
            others = [other for name, other in by_item.items() if name != item]
            kind = kind_of[item]
            alike = [other for name, other in by_item.items() if name != item and kind and kind_of[name] == kind]
            known = others if _apart(amount, others, least, apart) else alike if len(alike) >= 2 else []
            if per == "fte-year" and len(others) >= MANY and amount > MANY_APART * max(others):
                known = others
            if known and (known is others or times_beyond(amount, known) > KIND_APART):
                found = (
                    f"{amount:,.6g} per {per} of {item}, while the others are {min(known):,.6g} to {max(known):,.6g}"
                )
                yield _amount(evidence, item, per, found)
    yield from _training_beside_pay(evidence)


def _apart(amount: float, others: list[float], least: int, apart: float) -> bool:
    return len(others) >= least and times_beyond(amount, others) > apart


def _training_beside_pay(evidence: Evidence) -> Queries:
    """A year of training, or a start, of another size than a year's pay."""
    pay = [amount for amount in totals(evidence, "fte-year").values() if amount > 0]
    least, most = min(pay, default=0.0), max(pay, default=0.0)
    for per, low, high in (("trainee-year", least / TRIFLE, most * 8), ("start", 0.0, most * DEAR)):
        for item, amount in totals(evidence, per).items():
            if pay and amount > 0 and not low <= amount <= high:
                found = (
                    f"{amount:,.6g} per {per} of {item}, where an FTE-year of staff costs {least:,.6g} to {most:,.6g}"
                )
                yield _amount(evidence, item, per, found)


def paid_per(evidence: Evidence) -> Queries:
    """A long route that is paid once while all others of its kind are paid every year, or the other way about."""
    yearly, once = totals(evidence, "trainee-year"), totals(evidence, "start", "joiner")
    long = [at for at in range(len(evidence.routes)) if evidence.years[at] >= 2]
    for at in long:
        name, kind = evidence.routes[at], evidence.kinds[at]
        others = [evidence.routes[other] for other in long if other != at and kind and evidence.kinds[other] == kind]
        for mine, theirs, per, should in (
            (once, yearly, "start", "trainee-year"),
            (yearly, once, "trainee-year", "start"),
        ):
            differs = name in mine and name not in theirs
            if differs and len(others) >= 2 and all(other in theirs and other not in mine for other in others):
                found = (
                    f"{name} of {evidence.years[at]} years paid per {per}, while all others of {kind} are per {should}"
                )
                table = evidence.tables["costs"]
                place = table.place(only(table, item=name)[0], "per")
                yield query("per-differs", place, found, should, "Check what the amount is paid per.")


def bought_work(evidence: Evidence) -> Queries:
    """What an FTE's worth of outsourced work, or of extra sessions, costs beside the pay of those who do it."""
    pay = totals(evidence, "fte-year")
    for task, price in totals(evidence, "outsourced-unit").items():
        at = evidence.tasks.index(task)
        roles = [evidence.roles[role] for role in evidence.pair_role[evidence.pair_task == at]]
        wages = [pay[role] for role in roles if pay.get(role)]
        each = price * evidence.yardstick[at]
        if wages and times_beyond(each, wages) > FULL_TIME_APART:
            found = (
                f"{price:,.6g} a unit of {task}, so {each:,.6g} for what one FTE does in a year, "
                f"where its pay is {min(wages):,.6g} to {max(wages):,.6g}"
            )
            yield _amount(evidence, task, "outsourced-unit", found)
    for pattern, amount in totals(evidence, "pattern-fte-year").items():
        at = evidence.patterns.index(pattern)
        wage = pay.get(evidence.roles[evidence.pattern_role[at]])
        extra = float(evidence.extra_fte[at])
        if wage and extra > 0 and times_beyond(amount / extra, [wage]) > EXTRA_APART:
            found = (
                f"{amount:,.6g} for {extra:g} FTE of {pattern}, {amount / extra:,.6g} an FTE, where pay is {wage:,.6g}"
            )
            yield _amount(evidence, pattern, "pattern-fte-year", found)


def _amount(evidence: Evidence, item: str, per: str, found: str) -> Fault:
    """The query of an amount at its row."""
    place = place_of(evidence, "costs", "amount", item=item, per=per)
    return query("amount-far-off", place, found, "amounts of one size", "Check thousands, noughts and the unit of per.")


def budgets_spelt_apart(evidence: Evidence) -> Queries:
    """A budget in another spelling escapes the limit of the first."""
    rows = np.array(evidence.cost_budget, dtype=object)
    by_form: dict[str, list[str]] = defaultdict(list)
    for budget in evidence.budgets:
        by_form["".join(letter for letter in budget.casefold() if letter.isalnum())].append(budget)
    for spellings in by_form.values():
        if len(spellings) > 1:
            odd = min(spellings, key=lambda name: (int((rows == name).sum()), name))
            other = next(name for name in spellings if name != odd)
            place = place_of(evidence, "costs", "budget", budget=odd)
            found, expected = f'the budget "{odd}" beside "{other}"', "one spelling of one budget"
            yield query(
                "nearly-same", place, found, expected, "A limit on one does not limit the other: write them alike."
            )


CHECKS = (
    roles_without_pay,
    routes_without_cost,
    free_work,
    amounts_beside_others,
    paid_per,
    bought_work,
    budgets_spelt_apart,
)
