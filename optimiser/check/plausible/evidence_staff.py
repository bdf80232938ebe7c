"""Staff beside their work: too many, too few, none to do, or none of what their neighbours do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimiser.check.plausible.evidence import row_place
from optimiser.check.plausible.query import Queries, here, middle, place_of, query, times_beyond
from optimiser.inputs.evidence import Evidence
from optimiser.text.faults import Place

TOO_FEW, TOO_MANY = 1 / 3, 3.0
"""Staff as a share of what the work needs in the first year, beyond which a figure is doubted."""
FAR = 8.0
"""How many times an area's figure may lie from what its size and the other areas suggest."""
SMALL = 20.0
"""Figures below this differ for many reasons."""


def groups_of(evidence: Evidence) -> Iterator[tuple[list[int], list[int]]]:
    """Roles and tasks that hang together: every role that can do one of the tasks, every task of one of the roles."""
    left = set(evidence.pair_role.tolist())
    while left:
        roles, tasks = {min(left)}, set[int]()
        while True:
            more = set(evidence.pair_task[np.isin(evidence.pair_role, list(roles))].tolist())
            also = set(evidence.pair_role[np.isin(evidence.pair_task, list(more))].tolist())
            if more == tasks and also == roles:
                break
            tasks, roles = more, also
        left -= roles
        yield sorted(roles), sorted(tasks)


def staff_beside_work(evidence: Evidence) -> Queries:
    """Staff × available_share beside the FTE that the volumes need at the quickest, area by area."""
    bought = {item for item, per in zip(evidence.cost_item, evidence.cost_per, strict=True) if per == "outsourced-unit"}
    joined = set(evidence.to_role.tolist())
    for roles, tasks in groups_of(evidence):
        names = " and ".join(evidence.tasks[task] for task in tasks[:2]) + (" and others" if len(tasks) > 2 else "")
        for area in range(len(evidence.areas)):
            need = (evidence.volume[area, tasks] / evidence.yardstick[tasks][:, None]).sum(axis=0)
            have = float((evidence.staff_in_post[area, roles] * evidence.available_share[roles]).sum())
            first = float(need[0])
            few = 0 < have < first * TOO_FEW or (have == 0 < first and not joined & set(roles))
            if few and first > 1 and not all(evidence.tasks[task] in bought for task in tasks):
                found = f"{have:,.4g} FTE available for {names}{here(evidence, area)}, which needs {first:,.4g} FTE"
                mend = "Check volumes, units_per_fte, fte and available_share: one may be in another unit."
                yield query("staff-too-few", _staff(evidence, area, roles), found, "at least a third of the need", mend)
            elif not few:
                yield from _one_task_alone(evidence, area, tasks, bought)
            most = float(need.max())
            if have > TOO_MANY * most and have > 1:
                found = f"{have:,.4g} FTE for {names}{here(evidence, area)}, which needs {most:,.4g} FTE at most"
                mend = "Check volumes, units_per_fte, fte and available_share, which work outside the plan lowers."
                yield query("staff-too-many", _staff(evidence, area, roles), found, "work for a third of them", mend)
            elif have > 1:
                yield from _one_role_alone(evidence, area, roles)


def _one_task_alone(evidence: Evidence, area: int, tasks: list[int], bought: set[str]) -> Queries:
    """A task that all who can do it, doing nothing else, would do a third of."""
    for task in tasks:
        pairs = np.flatnonzero(evidence.pair_task == task)
        roles = evidence.pair_role[pairs]
        fte = evidence.staff_in_post[area, roles] * evidence.available_share[roles]
        most, volume = float((fte * evidence.units_per_fte[pairs, 0]).sum()), float(evidence.volume[area, task, 0])
        short = (volume - most) / evidence.yardstick[task]
        if 0 < most < volume * TOO_FEW and short > 1 and evidence.tasks[task] not in bought:
            found = f"staff for {most:,.4g} of {evidence.tasks[task]}{here(evidence, area)}, at most, of {volume:,.4g}"
            mend = "Check volume, units_per_fte, fte and available_share: one may be in another unit."
            place = _staff(evidence, area, roles.tolist())
            yield query("staff-too-few", place, found, "at least a third of the volume", mend)


def _one_role_alone(evidence: Evidence, area: int, roles: list[int]) -> Queries:
    """A role with more staff than five times all the work it can do."""
    for role in roles:
        mine = evidence.pair_role == role
        best = evidence.volume[area, evidence.pair_task[mine]] / evidence.units_per_fte[mine]
        most = float(best.sum(axis=0).max())
        have = float(evidence.staff_in_post[area, role] * evidence.available_share[role])
        if have > 5 * most and have > SMALL:
            found = f"{have:,.4g} FTE of {evidence.roles[role]}{here(evidence, area)}, whose work needs {most:,.4g}"
            mend = "Check fte, and the volumes of its tasks."
            yield query("staff-too-many", _staff(evidence, area, [role]), found, "work for a fifth of them", mend)


def _staff(evidence: Evidence, area: int, roles: list[int]) -> Place:
    """The row of staff in post of the role that has most staff there."""
    role = max(roles, key=lambda one: (evidence.staff_in_post[area, one], -one))
    return place_of(evidence, "staff_in_post", "fte", area=evidence.areas[area], role=evidence.roles[role])


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
            place = _staff(evidence, area, [role])
            yield query("staff-without-work", place, found, "demand there", "Add the rows to demand, or correct fte.")


def work_of_the_neighbours(evidence: Evidence) -> Queries:
    """A task that nearly every area has, and not one with staff who do it."""
    areas = len(evidence.areas)
    if areas < 2:
        return
    for task, name in enumerate(evidence.tasks):
        there = evidence.has_demand[:, task]
        roles = evidence.pair_role[evidence.pair_task == task]
        if there.sum() * 3 < areas * 2 and not (areas == 2 and there.any()):
            continue
        for area in np.flatnonzero(~there).tolist():
            alone = [role for role in roles.tolist() if evidence.staff_in_post[area, role] > 0]
            if alone:
                found = f"no demand for {name}{here(evidence, area)}, while {int(there.sum())} of {areas} areas have it"
                mend = "Add the row to demand (or patients); write 0 where there is none."
                place = evidence.tables["demand"].place()
                yield query("work-missing", place, found, "the work its staff can do", mend)


def areas_beside_each_other(evidence: Evidence) -> Queries:
    """Volumes and staff of an area beside its size and the other areas'; three areas and three figures are needed."""
    if len(evidence.areas) < 3:
        return
    columns = np.concatenate([evidence.volume[:, :, 0], evidence.staff_in_post], axis=1)
    known = np.where(columns > 0, columns, np.nan)
    enough = (~np.isnan(known)).sum(axis=0) >= 3
    if enough.sum() < 3:
        return
    usual = np.array([np.nanmedian(known[:, at]) if enough[at] else np.nan for at in range(known.shape[1])])
    beside = known / usual
    tasks = len(evidence.tasks)
    for area in range(len(evidence.areas)):
        sizes = beside[area][~np.isnan(beside[area])]
        if len(sizes) < 3:
            continue
        expected = middle(sizes.tolist()) * usual
        for at in np.flatnonzero(~np.isnan(beside[area])).tolist():
            value, should = float(known[area, at]), float(expected[at])
            if times_beyond(value, [should]) >= FAR and max(value, should) >= SMALL:
                name = evidence.areas[area]
                if at < tasks:
                    place = place_of(evidence, "demand", "volume", area=name, task=evidence.tasks[at])
                    what = f"{value:,.6g} units of {evidence.tasks[at]}"
                else:
                    place = _staff(evidence, area, [at - tasks])
                    what = f"{value:,.6g} FTE of {evidence.roles[at - tasks]}"
                found = f"{what} in area {name}, whose other figures and the other areas suggest about {should:,.3g}"
                yield query(
                    "far-from-neighbours", place, found, "less than eight times as much or as little", "Check it."
                )


CHECKS = (staff_beside_work, roles_without_work, work_of_the_neighbours, areas_beside_each_other)
