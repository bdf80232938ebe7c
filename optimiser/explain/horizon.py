"""Solves a plan again with a run-out twice as long, to see how far its commissions depend on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from optimiser.constraints.option import read_policy
from optimiser.inputs.assemble import evidence_of
from optimiser.inputs.read.workbook import read_sources
from optimiser.model.programme import Programme, build
from optimiser.plan.near import Near, announced
from optimiser.plan.reload import Reloaded
from optimiser.plan.tables import starts_table
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.near import nearest
from optimiser.solving.priorities import Outcome, solve
from optimiser.solving.solvable import Arrays
from optimiser.text.faults import Faults, Place
from optimiser.text.yamltext import Scalar

FIRST_YEARS = 5
"""The reported years whose commissions are compared: those that are about to be announced."""

Moved = tuple[str, int, float, float]
"""Route, year, commissions of the plan, commissions with the longer run-out; all areas together."""


@dataclass(frozen=True)
class Horizon:
    """Hold the commissions of the first years, with the plan's own run-out and with a longer one."""

    plan: Reloaded
    years: int
    """Of the plan's run-out."""
    longer: int
    commissions: tuple[Moved, ...]
    """By route and year; empty where there is no plan with the longer run-out."""

    @property
    def more(self) -> float:
        """Sum how many more commissions the longer run-out brings, over the routes and years with more."""
        return sum(max(after - before, 0.0) for _, _, before, after in self.commissions)

    @property
    def fewer(self) -> float:
        """Sum how many fewer commissions the longer run-out brings, over the routes and years with fewer."""
        return sum(max(before - after, 0.0) for _, _, before, after in self.commissions)

    @property
    def commissioned(self) -> float:
        """Sum all commissions of the plan in those years."""
        return sum(before for _, _, before, _ in self.commissions)


def horizon(plan: Reloaded) -> Horizon:
    """Solve the plan again with a run-out twice as long (as long as the longest route, where it has none).

    Of all plans that are equal in every priority the one nearest to this plan's starts is taken, so that what moves
    has a reason. Raises FaultsFound where the copies in `used/` no longer read well.
    """
    settings = plan.programme.evidence.settings
    longest = int(plan.programme.evidence.years.max(initial=1))
    longer = 2 * settings.run_out_years if settings.run_out_years else longest
    programme = _with_run_out(plan, longer)
    programme, outcome = solve_or_break(programme, lambda one: solve(one, Arrays(one.matrix)))
    near = announced(programme, Near(plan.folder))
    found = nearest(programme, outcome, near.starts, 0.0)
    return Horizon(plan, settings.run_out_years, longer, _compared(plan, programme, _best(found, outcome)))


def _best(found: Outcome, outcome: Outcome) -> Outcome:
    """Return the nearest plan or, where that was not proved, the optimum already found."""
    return outcome if found.answer is None else found


def _with_run_out(plan: Reloaded, years: int) -> Programme:
    """Build the programme of the copies in `used/`, with another run-out."""
    faults = Faults()
    inputs, option = plan.folder / plan.content["inputs"], plan.folder / plan.content["constraints"]
    sources = read_sources(inputs, faults)
    if sources.settings is not None:
        values = dict(sources.settings.values)
        _, place = values.get("run_out_years", (None, Place(sources.settings.file)))
        values["run_out_years"] = (Scalar(str(years), place.line), place)
        sources = replace(sources, settings=replace(sources.settings, values=values))
    evidence = evidence_of(sources, inputs, plan.content["scenarios"], faults)
    return build(evidence, read_policy(option, evidence, faults))


def _compared(plan: Reloaded, programme: Programme, outcome: Outcome) -> tuple[Moved, ...]:
    if outcome.answer is None:
        return ()
    first = programme.evidence.settings.reported_years[:FIRST_YEARS]
    sums: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    before = plan.table("starts")
    after = starts_table(programme.quantities, outcome.answer.decisions).columns
    for place, table in enumerate((before, after)):
        for route, year, number in zip(table["route"], table["year"], table["commissions"], strict=True):
            if int(year) in first:
                sums[str(route), int(year)][place] += float(number)
    return tuple((route, year, was, longer) for (route, year), (was, longer) in sorted(sums.items()))
