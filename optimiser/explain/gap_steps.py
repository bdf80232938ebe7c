"""Divides how the gap closes into steps, for each service, from the first year's shortfall to the last's.

For a task, unmet = volume + waiting − Σ units − outsourced, each ÷ the task's yardstick, so the steps are in unmet FTE.
The units of a role change with its productivity, with its working time, and with how it shares its time among tasks:

    u₁w₁ − u₀w₀ = ½ (w₀ + w₁) Δu + ½ (u₀ + u₁) Δw,    Δw = p₁ ΔW + W₀ Δp

u units per FTE, w the role's work on the task, W all its work, p = w ÷ W. ΔW is what its stock brings (who joined, left
and moved), less time for training, more for extra sessions, less idle time; p₁ is the share of its work there in the
plan's last year. W₀ Δp is work moved between tasks, from the work table alone. Nothing is a remainder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity
from optimiser.plan.decisions_of import decisions_of
from optimiser.plan.frame import Frame
from optimiser.plan.reload import Reloaded

TODAY, PLAN = "shortfall today", "shortfall in the plan"
STEPS = (
    "training already under way", "new commissions", "upskilling and new roles", "recruitment", "retention", "leavers",
    "transitions", "time for training", "extra sessions", "idle time", "skill-mix shift", "productivity", "outsourcing",
    "waiting list", "demand growth",
)  # fmt: skip
"""The steps in their order; those of a role's stock first."""


@dataclass(frozen=True)
class Gap:
    """Hold the steps of every service; a negative step closes the gap, a positive one widens it."""

    first: int
    last: int
    services: Mapping[str, Mapping[str, float]]
    """Service → today's shortfall, each step, the plan's shortfall."""

    def frame(self) -> Frame:
        """Lay out steps.csv: service, step, fte."""
        rows = [(service, step, fte) for service, given in self.services.items() for step, fte in given.items()]
        return Frame(
            "steps",
            {
                "service": [row[0] for row in rows], "step": [row[1] for row in rows],
                "fte": np.array([row[2] for row in rows]),
            },
        )  # fmt: skip


def steps(plan: Reloaded) -> Gap:
    """Work out the steps from the first to the last reported year, of all areas together."""
    programme = plan.programme
    evidence, decisions = programme.evidence, decisions_of(plan)
    last = len(evidence.settings.reported_years) - 1
    by_task = _of_demand(plan, evidence, last)
    work = _Work(programme.quantities, decisions, last)
    for step, amount in _stock(programme.quantities, decisions, last).items():
        by_task[step] = -work.brings(amount)
    for step, amount in _time(programme.quantities, decisions, last).items():
        by_task[step] = -work.brings(amount)
    by_task["skill-mix shift"], by_task["productivity"] = -work.moved(), -work.productivity()
    named = [service or task for task, service in zip(evidence.tasks, evidence.services, strict=True)]
    services = {}
    for service in sorted(set(named)):
        mine = np.array([name == service for name in named])
        services[service] = {step: float(by_task[step][mine].sum()) + 0.0 for step in (TODAY, *STEPS, PLAN)}
    return Gap(evidence.settings.first_year, evidence.settings.last_year, services)


def _of_demand(plan: Reloaded, evidence: Evidence, last: int) -> dict[str, Floats]:
    """Return [task]: shortfalls, and the steps that are demand's own, from demand.csv."""
    cells = plan.table("demand")
    years = evidence.settings.years
    found = {}

    def change(column: str) -> tuple[Floats, Floats]:
        ends = np.zeros((2, len(evidence.tasks)))
        for task, year, value in zip(cells["task"], cells["year"], cells[column], strict=True):
            for end, at in enumerate((years[0], years[last])):
                if int(year) == at:
                    place = evidence.tasks.index(task)
                    ends[end, place] += float(value) / evidence.yardstick[place]
        return ends[0], ends[1]

    found[TODAY], found[PLAN] = change("unmet")
    for step, column, sign in (
        ("demand growth", "volume", 1.0), ("waiting list", "waiting", 1.0), ("outsourcing", "outsourced", -1.0)
    ):  # fmt: skip
        before, after = change(column)
        found[step] = sign * (after - before)
    return found


class _Work:
    """Hold the work table in the first and last year: units per FTE, and who spends how much on what."""

    def __init__(self, quantities: Quantities, decisions: Floats, last: int) -> None:
        evidence = self.evidence = quantities.evidence
        size = (len(evidence.areas), len(evidence.roles), len(evidence.tasks))
        self.before, self.after = (_at(quantities.work, decisions, year, size) for year in (0, last))
        units = np.zeros((2, *size[1:]))
        units[:, evidence.pair_role, evidence.pair_task] = evidence.units_per_fte[:, [0, last]].T
        self.units = units / np.where(np.isnan(evidence.yardstick), 1.0, evidence.yardstick)
        all_before, all_after = self.before.sum(axis=2), self.after.sum(axis=2)
        self.total = all_before
        before = _share(self.before, all_before)
        # A role without work at one end shares its time as at the other, so that nothing seems to have moved.
        self.share = np.where((all_after > 0)[:, :, None], _share(self.after, all_after), before)
        self.share_before = np.where((all_before > 0)[:, :, None], before, self.share)

    def brings(self, amount: Floats) -> Floats:
        """Return [task]: the FTE that working time [area, role] delivers, shared as in the plan's last year."""
        return np.asarray(np.einsum("ar,art,rt->t", amount, self.share, self.units.mean(axis=0)))

    def moved(self) -> Floats:
        """Return [task]: what work moved between tasks delivers there."""
        return np.asarray(
            np.einsum("ar,art,rt->t", self.total, self.share - self.share_before, self.units.mean(axis=0))
        )

    def productivity(self) -> Floats:
        """Return [task]: how much more the same work delivers."""
        return np.asarray(np.einsum("art,rt->t", (self.before + self.after) / 2, self.units[1] - self.units[0]))


def _share(work: Floats, total: Floats) -> Floats:
    return np.divide(work, total[:, :, None], out=np.zeros_like(work), where=(total > 0)[:, :, None])


def _at(quantity: Quantity, decisions: Floats, year: int, size: tuple[int, ...]) -> Floats:
    """Return [area, role, task]: the quantity in one year."""
    here = quantity.only(quantity.keys["year"] == year)
    found = np.zeros(size)
    np.add.at(found, (here.keys["area"], here.keys["role"], here.keys["task"]), here.values(decisions))
    return found


def _stock(quantities: Quantities, decisions: Floats, last: int) -> dict[str, Floats]:
    """Return, by step, [area, role] working time that joined, left and moved after the first year."""
    evidence = quantities.evidence
    found = {step: np.zeros((len(evidence.areas), len(evidence.roles))) for step in STEPS[:7]}
    for flow, end, sign in (
        (quantities.joiners, evidence.to_role, 1.0), (quantities.moves_out, evidence.from_role, -1.0)
    ):  # fmt: skip
        later = flow.only((flow.keys["year"] > 0) & (flow.keys["year"] <= last))
        route = later.keys["route"]
        past, all_ = later.constant, later.values(decisions)
        where = (later.keys["area"], end[route])
        share = evidence.available_share[end[route]] * sign
        np.add.at(found["training already under way"], where, past * share)
        for step in STEPS[1:6]:
            mine = np.array([step_of(evidence, one) == step for one in range(len(evidence.routes))], dtype=bool)
            np.add.at(found[step], where, np.where(mine[route], (all_ - past) * share, 0.0))
    leavers = quantities.leavers
    gone = leavers.only((leavers.keys["year"] > 0) & (leavers.keys["year"] <= last))
    role = gone.keys["role"]
    np.add.at(found["leavers"], (gone.keys["area"], role), -gone.values(decisions) * evidence.available_share[role])
    movers = quantities.transitions
    later = movers.only((movers.keys["year"] > 0) & (movers.keys["year"] <= last))
    one = later.keys["transition"]
    for end, each in (
        (evidence.transition_from, np.full(len(one), -1.0)),
        (evidence.transition_to, evidence.fte_per_mover[one]),
    ):
        amount = later.values(decisions) * each * evidence.available_share[end[one]]
        np.add.at(found["transitions"], (later.keys["area"], end[one]), amount)
    return found


def step_of(evidence: Evidence, route: int) -> str:
    """Return the step that new starts on a route belong to."""
    roles = evidence.tables["roles"]
    new = {role for role, is_new in zip(roles.column("role"), roles.column("new_role"), strict=True) if is_new == "yes"}
    to_role = int(evidence.to_role[route])
    if to_role < 0:
        return "leavers"
    if "retention" in evidence.kinds[route].lower():
        return "retention"
    if evidence.from_role[route] >= 0 or evidence.roles[to_role] in new:
        return "upskilling and new roles"
    return "new commissions" if evidence.years[route] >= 1 else "recruitment"


def _time(quantities: Quantities, decisions: Floats, last: int) -> dict[str, Floats]:
    """Return [area, role] working time that training, patterns and idleness take or give, last year less first."""
    evidence = quantities.evidence
    size = (len(evidence.areas), len(evidence.roles))
    found = {step: np.zeros(size) for step in ("time for training", "extra sessions", "idle time")}

    def change(quantity: Quantity, role: Integers, factor: Floats, step: str) -> None:
        values = quantity.values(decisions) * factor
        for year, sign in ((last, 1.0), (0, -1.0)):
            here = (quantity.keys["year"] == year) & (role >= 0)
            np.add.at(found[step], (quantity.keys["area"][here], role[here]), sign * values[here])

    training, pattern, idle = quantities.in_training, quantities.pattern, quantities.idle
    route = training.keys["route"]
    released = -evidence.available_share[evidence.from_role[route]] * evidence.study_release[route]
    change(training, evidence.from_role[route], released, "time for training")
    change(training, evidence.to_role[route], evidence.trainee_work[route], "time for training")
    change(training, evidence.supervisor_role[route], -evidence.supervisor_fte[route], "time for training")
    change(pattern, pattern.keys["role"], evidence.extra_fte[pattern.keys["pattern"]], "extra sessions")
    change(idle, idle.keys["role"], -np.ones(len(idle)), "idle time")
    return found
