"""Staff beside their work: too many, too few, none to do, or none of what their neighbours do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimiser.check.plausible.behind import figures_behind, shared_figure, staff_place
from optimiser.check.plausible.evidence import row_place
from optimiser.check.plausible.query import Queries, here, query
from optimiser.inputs.evidence import NONE, Evidence, Flags, Floats
from optimiser.text.phrases import listed

TOO_FEW, TOO_MANY = 0.4, 3.0
"""Staff as a share of what the work needs in the first year, beyond which a figure is doubted."""
TOO_MANY_ALONE = 4.0
"""The same of one role alone, most of whose work may lie outside the plan."""
SMALL_PART = 0.5
"""Of work that can be bought, staff may do half as much again less before it is doubted."""
SMALL = 20.0
"""Figures below this differ for many reasons."""
SOON = 5
"""First years within which work may begin that staff are in post for."""


def _hanging_together(able: Mapping[int, frozenset[int]]) -> list[frozenset[int]]:
    """Roles that share work, directly or by way of others."""
    joined: list[frozenset[int]] = []
    for pool in able.values():
        together = [one for one in joined if one & pool]
        joined = [*(one for one in joined if not one & pool), pool.union(*together)]
    return joined


@dataclass(frozen=True)
class Pool:
    """Roles and some work in one area: the FTE they have available, and what the work needs at the quickest."""

    area: int
    roles: list[int]
    tasks: list[int]
    have: float
    need: float


def staff_beside_work(evidence: Evidence) -> Queries:
    """Staff × available_share beside the FTE that the volumes need, area by area."""
    able = {
        task: frozenset(evidence.pair_role[evidence.pair_task == task].tolist())
        for task in sorted(set(evidence.pair_task.tolist()))
    }
    yield from _too_few(evidence, able)
    yield from _too_many(evidence, able)
    yield from _nobody(evidence)


def _too_few(evidence: Evidence, able: Mapping[int, frozenset[int]]) -> Queries:
    """Roles that, doing nothing else, could not do two fifths of what only they can do."""
    told: list[list[int]] = []
    for roles in sorted({*able.values(), *_hanging_together(able)}, key=lambda pool: (len(pool), sorted(pool))):
        tasks = [task for task, its_roles in able.items() if its_roles <= roles]
        if any(set(before) <= set(tasks) for before in told):
            continue
        least = TOO_FEW * (SMALL_PART if _all_bought(evidence, tasks) else 1.0)
        first = (evidence.volume[:, tasks, 0] / evidence.yardstick[tasks]).sum(axis=1)
        pools = _pools(evidence, sorted(roles), tasks, first)
        few = [one for one in pools if 0 < one.have < one.need * least and one.need - one.have > 1]
        if few:
            told.append(tasks)
            yield from _doubt(evidence, "few", few, int((first > 0).sum()))


def _too_many(evidence: Evidence, able: Mapping[int, frozenset[int]]) -> Queries:
    """Roles for less than a third of whom there is work; of one that shares its work, less than a quarter."""
    told: list[list[int]] = []
    groups = _hanging_together(able)
    alone = [frozenset([role]) for role in sorted(set(evidence.pair_role.tolist()))]
    for roles in [*groups, *(one for one in alone if one not in groups)]:
        tasks = [task for task, its_roles in able.items() if its_roles & roles]
        if any(set(tasks) <= set(before) for before in told):
            continue
        rates = [evidence.units_per_fte[_pairs(evidence, roles, task)].max(axis=0) for task in tasks]
        soon = (evidence.volume[:, tasks, :SOON] / np.array(rates)[:, :SOON]).sum(axis=1).max(axis=1)
        times, least = (TOO_MANY, 1.0) if roles in groups else (TOO_MANY_ALONE, SMALL)
        pools = _pools(evidence, sorted(roles), tasks, soon)
        many = [one for one in pools if 0 < one.need * times < one.have and one.have > least]
        if many:
            told.append(tasks)
            yield from _doubt(evidence, "many", many, int((soon > 0).sum()))


def _pairs(evidence: Evidence, roles: frozenset[int], task: int) -> Flags:
    """Which pairs of productivity are these roles' on the task."""
    theirs: Flags = np.isin(evidence.pair_role, list(roles)) & (evidence.pair_task == task)
    return theirs


def _pools(evidence: Evidence, roles: list[int], tasks: list[int], need: Floats) -> list[Pool]:
    have = (evidence.staff_in_post[:, roles] * evidence.available_share[roles]).sum(axis=1)
    return [Pool(area, roles, tasks, float(have[area]), float(need[area])) for area in range(len(evidence.areas))]


def _all_bought(evidence: Evidence, tasks: list[int]) -> bool:
    bought = {item for item, per in zip(evidence.cost_item, evidence.cost_per, strict=True) if per == "outsourced-unit"}
    return all(evidence.tasks[task] in bought for task in tasks)


def _doubt(evidence: Evidence, way: str, pools: list[Pool], areas: int) -> Queries:
    """One query of each area, or one of a figure that they share where most areas are alike."""
    most = len(pools) >= 3 and len(pools) * 3 >= areas * 2
    for pool in pools[:1] if most else pools:
        names = listed([evidence.tasks[task] for task in pool.tasks])
        more = f" (and alike in {len(pools) - 1} more areas)" if most else ""
        who = evidence.roles[pool.roles[0]] if len(pool.roles) == 1 else "staff"
        found = (
            f"{pool.have:,.4g} FTE of {who} available for {names}{here(evidence, pool.area)}, "
            f"which needs {pool.need:,.4g} FTE{more}"
        )
        expected = "two fifths of the need or more" if way == "few" else "work for a third of them or more"
        place = shared_figure(evidence, pool.tasks) if most else staff_place(evidence, pool.area, pool.roles)
        mend = f"One may be in another unit: {figures_behind(evidence, pool.area, pool.roles, pool.tasks)}."
        yield query(f"staff-too-{way}", place, found, expected, mend)


def _nobody(evidence: Evidence) -> Queries:
    """Work that nobody is in post for, and that nobody can join to do."""
    joined = {*evidence.to_role.tolist(), *evidence.transition_to.tolist()}
    for area, task in np.argwhere(evidence.volume[:, :, 0] > evidence.yardstick).tolist():
        roles = evidence.pair_role[evidence.pair_task == task].tolist()
        elsewhere = _all_bought(evidence, [task]) or evidence.network_of[area, task] != NONE
        if not joined & set(roles) and not evidence.staff_in_post[area, roles].any() and not elsewhere:
            found = f"nobody in post for {evidence.tasks[task]}{here(evidence, area)}, and no way to join them"
            mend = f"Either that is meant, or {figures_behind(evidence, area, roles, [task])}."
            yield query("staff-too-few", staff_place(evidence, area, roles), found, "somebody to do it", mend)


def roles_without_work(evidence: Evidence) -> Queries:
    """A role that does no task, and that people join or that is paid; a pool that only feeds or supervises is none."""
    paid = {item for item, per in zip(evidence.cost_item, evidence.cost_per, strict=True) if per == "fte-year"}
    joined = set(evidence.to_role.tolist())
    others = set(evidence.from_role.tolist()) | set(evidence.supervisor_role.tolist())
    for at, role in enumerate(evidence.roles):
        tasks = evidence.pair_task[evidence.pair_role == at]
        if evidence.has_demand[:, tasks].any():
            yield from _nothing_here(evidence, at, tasks.tolist())
        elif (at in joined and (role in paid or at not in others)) or (role in paid and at not in others):
            why = "is paid and" if role in paid else "is in no use:"
            found = f"{role}, which {why} has no task with demand in productivity"
            place = row_place(evidence, "roles", role, "role")
            yield query("role-without-work", place, found, "work for it", "Add its rows to productivity, or remove it.")


def _nothing_here(evidence: Evidence, role: int, tasks: list[int]) -> Queries:
    """Staff of an area without any of the role's tasks, which other areas have."""
    for area in np.flatnonzero(~evidence.has_demand[:, tasks].any(axis=1)).tolist():
        if evidence.staff_in_post[area, role] > 0:
            found = (
                f"{evidence.staff_in_post[area, role]:,.4g} FTE of {evidence.roles[role]}{here(evidence, area)}, "
                "where none of its tasks has demand"
            )
            place = staff_place(evidence, area, [role])
            yield query("staff-without-work", place, found, "demand there", "Add the rows to demand, or correct fte.")


CHECKS = (staff_beside_work, roles_without_work)
