"""Limits the share of a task's volume that a role may do, or must, and how fast it may grow or shrink."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import share, subject
from optimiser.constraints.limit import EntryNumber, Limit, Part, Sense
from optimiser.constraints.policy import Entry

CHANGES: tuple[tuple[str, Sense, float], ...] = (("max_increase", "at_most", 1.0), ("max_decrease", "at_least", -1.0))
"""How fast a share may change: the key, the sense of its rows, and the direction of the change."""


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require min_share × volume ≤ activity ≤ max_share × volume, in each area and year.

    For changes: share[t−1] − max_decrease ≤ share[t] ≤ share[t−1] + max_increase.
    """
    roles = context.known(entry, "role")
    if not context.ordered(entry, "min_share", "max_share"):
        return
    for task in context.tasks_with_demand(entry):
        for role in roles:
            if context.can_do(entry, role, task):
                yield from _of_pair(entry, context, role, task)


def _of_pair(entry: Entry, context: Context, role: str, task: str) -> Iterator[Limit]:
    where, of = {"task": (task,), "role": (role,)}, {"task": (task,)}
    label = label_of(entry, task=task, role=role)
    most, least = context.numbers(entry, "max_share"), context.numbers(entry, "min_share")
    if most is not None:
        parts: tuple[Part, ...] = (Part("demand", of, most),)
        yield limit(
            entry,
            context,
            "activity",
            where,
            "at_most",
            label=f"{label}/max_share",
            parts=parts,
            number=EntryNumber("max_share", most, "volume"),
        )
    if least is not None:
        parts = (Part("demand", of, least),)
        yield limit(
            entry,
            context,
            "activity",
            where,
            "at_least",
            label=f"{label}/min_share",
            parts=parts,
            number=EntryNumber("min_share", least, "volume"),
        )
    last = Part("activity", where, context.ones, when="year_before", as_share_of_volume=True)
    for key, sense, sign in CHANGES:
        change = context.numbers(entry, key)
        if change is not None and _has_current_share(entry, context, key, role, task):
            parts = (last, Part("demand", of, tuple(sign * share for share in change)))
            number = EntryNumber(key, change, "volume", per_one=sign)
            yield limit(entry, context, "activity", where, sense, label=f"{label}/{key}", parts=parts, number=number)


def _has_current_share(entry: Entry, context: Context, key: str, role: str, task: str) -> bool:
    evidence = context.evidence
    pair = (evidence.pair_role == evidence.roles.index(role)) & (evidence.pair_task == evidence.tasks.index(task))
    if not np.isnan(evidence.current_share[pair]).any():
        return True
    found = f"{key} for {role} with {task}, whose current_share is blank"
    mend = f"Add current_share to productivity.csv, or remove {key}."
    expected = f"a share to {key.removeprefix('max_')} from"
    context.fault(entry, [key], "no-current-share", found, expected, mend)
    return False


FAMILY = Family(
    name="skill_mix",
    help="The share of a task's volume that a role may do, must do, or may add or lose in a year; per area.",
    subject=("task", "role"),
    keys=(
        subject("task", "The task, or a list of tasks.", "task: plain_report"),
        subject("role", "The role, or a list of roles, each with these shares.", "role: reporting_radiographer"),
        share("max_share", "The most of the volume the role may do.", "max_share: {ramp: {2026: 0.56, 2032: 0.7}}"),
        share("min_share", "The least of the volume the role must do.", "min_share: 0.3"),
        share("max_increase", "By how much the share may grow in a year, from current_share.", "max_increase: 0.05"),
        share("max_decrease", "By how much the share may fall in a year, from current_share.", "max_decrease: 0.03"),
    ),
    one_of=("max_share", "min_share", "max_increase", "max_decrease"),
    expand=expand,
    heading="Skill mix:",
)
