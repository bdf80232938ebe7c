"""Money already owed to people who started before the first year, held against the budgets that must pay it."""

from __future__ import annotations

import numpy as np

from optimiser.constraints.limit import Limit
from optimiser.inputs.evidence import Floats
from optimiser.model.followers import followers
from optimiser.model.programme import Programme
from optimiser.model.quantities import Quantities
from optimiser.model.rows import Rows
from optimiser.plan.spend_tables import TRAINING
from optimiser.text.faults import Faults
from optimiser.text.wording import money

_SHOWN = 3
_SLACK = 1e-9


def committed_by_year(quantities: Quantities, budget: str) -> Floats:
    """[year]: what a budget owes to people who started before the first year; real money."""
    evidence, spend = quantities.evidence, quantities.spend
    owed = np.zeros(len(evidence.settings.years))
    if not len(spend):
        return owed
    mine = [
        per in TRAINING and paid_from == budget
        for per, paid_from in zip(evidence.cost_per, evidence.cost_budget, strict=True)
    ]
    here = np.array(mine, dtype=bool)[spend.keys["cost"]]
    np.add.at(owed, spend.keys["year"][here], spend.constant[here])
    return owed


def check_committed(programme: Programme, faults: Faults) -> None:
    """A budget that cannot pay for those already in training leaves no plan: a fault with both figures."""
    carried = {
        one.leader.name: one.rows.limit for one in followers(programme)
        if one.rows.limit is not None and one.rows.limit.quantity == "carry"
    }  # fmt: skip
    for limit, rows, _ in programme.limits():
        if _of_one_budget(limit) and len(rows):
            owed = committed_by_year(programme.quantities, limit.where["budget"][0])
            if "year" in rows.keys:
                _check_years(programme, limit, rows, owed, carried.get(limit.label), faults)
            else:
                _check_total(programme, limit, rows, owed, faults)


def _of_one_budget(limit: Limit) -> bool:
    """True for the most that may be spent of one budget, in all areas, by year or over years together."""
    of_one = set(limit.where) == {"budget"} and len(limit.where["budget"]) == 1
    return limit.quantity == "spend" and of_one and limit.sense != "at_least" and not set(limit.each) - {"year"}


def _check_years(
    programme: Programme, limit: Limit, rows: Rows, owed: Floats, carry: Limit | None, faults: Faults
) -> None:
    """Year by year, with as much carried in as could be."""
    settings = programme.evidence.settings
    carried_in, above = 0.0, []
    for bound, year in sorted(zip(rows.bound.constant.tolist(), rows.keys["year"].tolist(), strict=True), key=_by_year):
        available = bound + carried_in
        if owed[year] > available * (1 + _SLACK) + _SLACK:
            above.append((float(owed[year]), available, settings.label(settings.years[year])))
        most = carry.constant[year] if carry is not None and settings.years[year] in carry.years else 0.0
        carried_in = min(most, max(0.0, available - float(owed[year])))
    if not above:
        return
    currency = settings.currency
    said = [
        f"{money(due, currency)} in {when} where {money(can, currency)} may be spent"
        for due, can, when in above[:_SHOWN]
    ]
    more = f" and in {len(above) - _SHOWN} more years" if len(above) > _SHOWN else ""
    _fault(programme, limit, f"{', '.join(said)}{more}", faults)


def _by_year(pair: tuple[float, int]) -> int:
    return pair[1]


def _check_total(programme: Programme, limit: Limit, rows: Rows, owed: Floats, faults: Faults) -> None:
    settings = programme.evidence.settings
    due = float(sum(owed[settings.years.index(year)] for year in limit.years))
    can = float(rows.bound.constant[0])
    if due > can * (1 + _SLACK) + _SLACK:
        first, last = settings.label(limit.years[0]), settings.label(limit.years[-1])
        said = f"{money(due, settings.currency)} from {first} to {last} where {money(can, settings.currency)} may be"
        _fault(programme, limit, f"{said} spent", faults)


def _fault(programme: Programme, limit: Limit, said: str, faults: Faults) -> None:
    budget = limit.where["budget"][0]
    base = programme.evidence.settings.price_year
    prices = f", in {programme.evidence.settings.label(base)} prices" if base is not None else ""
    found = f"already owed from the budget {budget} to people in training: {said}{prices}"
    mend = "Raise the budget, or correct past_starts and costs: those who started are paid for whatever is decided."
    faults.add("committed-above-budget", limit.place, found, "a budget that pays for them", mend)
