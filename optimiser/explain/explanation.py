"""Finds the limits, the work and the people that hold a plan back most, each priced by solving again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from optimiser.explain.candidates import Push, demand_pushes, limit_pushes, people_pushes
from optimiser.explain.earliest_effect import RoleInTime, RunOut, in_time, run_out
from optimiser.explain.grouped import grouped
from optimiser.explain.many_prices import price_all
from optimiser.explain.price import Price, Pricer
from optimiser.explain.why_not import WhyNot, asked, why_not
from optimiser.model.programme import Programme
from optimiser.plan.kept_basis import Codes, kept_basis
from optimiser.plan.reload import Reloaded
from optimiser.text.faults import Faults, Place, did_you_mean

_WORTH_SAYING = 1e-9
_OTHERS = 5
"""How many numbers of demand, and of people, are said beside the limits."""


@dataclass(frozen=True)
class Explanation:
    """Hold what holds the plan back, and what it cannot change."""

    plan: Reloaded
    priority: str
    """The first priority that any limit can move: prices are of it."""
    limits: tuple[Price, ...]
    demand: tuple[Price, ...]
    people: tuple[Price, ...]
    in_time: tuple[RoleInTime, ...]
    run_out: RunOut
    whole: bool
    """True with whole people or cohorts: then everything is priced by one unit more and one less."""
    free: tuple[str, ...]
    """Limits asked for by name that have room to spare everywhere."""


def explain(
    plan: Reloaded, top: int = 10, names: Iterable[str] = (), said: Callable[[str], None] = print, jobs: int = 0
) -> Explanation:
    """Price the limits that matter most, or those named. Raises FaultsFound for a name the option does not have.

    `said` is called with each line of progress. Every price is re-solved on both sides; on a large model in `jobs`
    processes (0: one for each core). The numbers do not depend on how many.
    """
    programme = plan.programme
    wanted = tuple(names)
    _refuse_unknown(wanted, programme)
    ranked, pricer = _most_telling(programme, kept_basis(plan.folder, programme))
    if wanted:
        tasks = {name.removeprefix("demand ") for name in wanted}
        limits = [push for push in ranked(limit_pushes(programme)) if push.name in wanted]
        work = [push for push in ranked(demand_pushes(programme)) if push.name in tasks]
        chosen = [*limits[:top], *work[:top]]
    else:
        last = programme.evidence.settings.last_year
        single = _until(last, ranked(limit_pushes(programme)))
        limits = ranked(grouped(single, pricer.bounds, partial(_one_percent, pricer)))
        work, people = (
            _one_of_each(_until(last, ranked(pushes(programme))))[:_OTHERS] for pushes in (demand_pushes, people_pushes)
        )
        chosen = [*limits[:top], *work, *people]
    prices = price_all(pricer, chosen, said, jobs)
    priced = {push.name for push in limits}
    return Explanation(
        plan, programme.objectives[pricer.priority].name,
        tuple(one for one in prices if one.push.kind == "limit"),
        tuple(one for one in prices if one.push.kind == "demand"),
        tuple(one for one in prices if one.push.kind in ("time", "staff")),
        tuple(in_time(programme)), run_out(plan), pricer.whole,
        tuple(name for name in wanted if name not in priced and not name.startswith("demand ")),
    )  # fmt: skip


def why_not_of(plan: Reloaded, question: str) -> tuple[WhyNot, str]:
    """Explain why a route is not used, or not more, and in which priority's units. Raises FaultsFound.

    With whole people or cohorts the prices are those of a plan in parts of people.
    """
    programme = plan.programme
    about = asked(question, programme.evidence)
    _, pricer = _most_telling(programme, kept_basis(plan.folder, programme), whole=False)
    objective = programme.objectives[pricer.priority]
    duals, decisions = pricer.base.prices[pricer.priority].rows, pricer.base.decisions
    return why_not(programme, objective.coefficient, duals, decisions, about), objective.name


def _until(last: int, pushes: Iterable[Push]) -> list[Push]:
    """Keep the pushes of the reported years: nobody asks about the run-out."""
    return [push for push in pushes if push.year is None or push.year <= last]


def _one_of_each(pushes: Iterable[Push]) -> list[Push]:
    """Keep the year of each task or role that buys most."""
    return list({(push.kind, push.name): push for push in reversed(list(pushes))}.values())[::-1]


Ranked = Callable[[Iterable[Push]], list[Push]]


def _most_telling(programme: Programme, basis: Codes | None, whole: bool = True) -> tuple[Ranked, Pricer]:
    """Choose the first priority that some limit moves, and rank pushes by what one per cent of each buys."""
    relaxed = _relaxed(programme)
    for priority in range(len(programme.objectives)):
        pricer = Pricer(relaxed, priority, basis=basis)
        ranked = _by_worth(pricer)
        if ranked(limit_pushes(programme)) or priority == len(programme.objectives) - 1:
            break
    return ranked, (Pricer(programme, priority) if whole and relaxed is not programme else pricer)


def _relaxed(programme: Programme) -> Programme:
    """Drop whole numbers, so that there are prices to rank by; the prices shown are those of whole people."""
    return programme.relaxed() if programme.integer.any() else programme


def _by_worth(pricer: Pricer) -> Ranked:
    def ranked(pushes: Iterable[Push]) -> list[Push]:
        worth = [(_one_percent(pricer, push), number, push) for number, push in enumerate(pushes)]
        worth.sort(key=lambda one: (-one[0], one[1]))
        return [push for value, _, push in worth if value > _WORTH_SAYING]

    return ranked


def _one_percent(pricer: Pricer, push: Push) -> float:
    """Return what 1 % of a number buys, or of its bound where it multiplies a decision; of time, one FTE."""
    slope = pricer.slope(push)
    if push.better and -slope * push.better <= 0:
        return 0.0
    if push.kind in ("time", "staff"):
        return abs(slope)
    if not np.isnan(push.number):
        return abs(slope) * push.one_percent
    return abs(slope) * abs(float(pricer.bounds[push.rows[0]])) / 100


def _refuse_unknown(names: Iterable[str], programme: Programme) -> None:
    faults = Faults()
    known = {limit.name for limit, _, _ in programme.limits()} | {f"demand {task}" for task in programme.evidence.tasks}
    for name in names:
        if name not in known:
            place = Place(str(programme.policy.path))
            faults.add(
                "unknown-limit", place, f'no limit called "{name}"', "a name of limits.csv", did_you_mean(name, known)
            )
    faults.stop_if_any()
