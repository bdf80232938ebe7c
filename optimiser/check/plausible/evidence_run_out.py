"""A run-out that ends before those who start last have repaid their training."""

from __future__ import annotations

import numpy as np

from optimiser.check.plausible.evidence_costs import PER_ROUTE, totals
from optimiser.check.plausible.query import Queries, query
from optimiser.inputs.evidence import NONE, Evidence, Floats
from optimiser.text.faults import Place


def training_repaid(evidence: Evidence) -> dict[str, float]:
    """Years of work after which what it costs to train somebody is repaid, by route, at what such work is paid.

    The cost of a route for each FTE that joins: what is paid for a start, for every year in training of those who are
    still there, and for a joiner, and the pay of supervisors' and feeder staff's time. A year of work is worth what an
    FTE-year of the role costs, which is the least an employer must think of it. All at the amounts of the first year;
    only routes with a cost, to a role with pay.
    """
    per = {kind: totals(evidence, kind) for kind in (*PER_ROUTE, "fte-year")}
    pay = np.array([per["fte-year"].get(role, 0.0) for role in evidence.roles])
    found = {}
    for at, route in enumerate(evidence.routes):
        to_role, completes = int(evidence.to_role[at]), float(evidence.completion[at, 0])
        years, fte = int(evidence.years[at]), float(evidence.fte_per_completer[at])
        if to_role == NONE or pay[to_role] <= 0 or completes * fte <= 0:
            continue
        in_training = sum(completes ** (gone / years) for gone in range(years)) if years else 0.0
        others = _pay_of(pay, int(evidence.supervisor_role[at])) * float(evidence.supervisor_fte[at])
        others += _pay_of(pay, int(evidence.from_role[at])) * float(evidence.study_release[at])
        cost = per["start"].get(route, 0.0) + in_training * (per["trainee-year"].get(route, 0.0) + others)
        each = (cost / completes + per["joiner"].get(route, 0.0) * fte) / fte
        if each > 0:
            found[route] = each / float(pay[to_role])
    return found


def _pay_of(pay: Floats, role: int) -> float:
    return 0.0 if role == NONE else float(pay[role])


def run_out_repays(evidence: Evidence) -> Queries:
    """Where the run-out covers every route but ends before half of the training of the longest is repaid.

    Then those who start last join, and work too few of the years they are trained for to look worth it.
    """
    settings = evidence.settings
    longest = int(evidence.years.max(initial=0))
    needed = {
        route: int(evidence.years[evidence.routes.index(route)]) + years / 2
        for route, years in training_repaid(evidence).items()
        if evidence.years[evidence.routes.index(route)] == longest
    }
    route = max(needed, key=lambda one: (needed[one], one), default=None)
    if route is None or not longest <= settings.run_out_years < round(needed[route]):
        return
    half = needed[route] - longest
    found = f"{settings.run_out_years} run-out years"
    expected = (
        f"{round(needed[route])} or more: the {longest} years of {route}, and {half:.1f} of work, in which half of "
        "its cost is repaid at the pay of the role"
    )
    mend = (
        "With fewer, training looks dearer than it is in the last reported years; explain --horizon says by how much."
    )
    yield query("run-out-repays", Place(str(evidence.folder)), found, expected, mend)


CHECKS = (run_out_repays,)
