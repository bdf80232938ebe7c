"""Limits the share of a task's volume that may be bought outside."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import share, subject
from optimiser.constraints.limit import EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require outsourced ≤ max_share × volume, in each area and year."""
    most = context.numbers(entry, "max_share")
    for task in context.tasks_with_demand(entry):
        if context.can_be_outsourced(entry, task) and most is not None:
            where = {"task": (task,)}
            parts = (Part("demand", where, most),)
            label = label_of(entry, task=task)
            yield limit(
                entry, context, "outsourced", where, "at_most", label=label, parts=parts,
                number=EntryNumber("max_share", most, "volume"),
            )  # fmt: skip


FAMILY = Family(
    name="outsourcing",
    help="The share of a task's volume that may be bought outside; per area.",
    subject=("task",),
    keys=(
        subject("task", "The task, or a list of tasks, each with this share.", "task: xs_report"),
        share("max_share", "The most of the volume that may be outsourced.", "max_share: 0.2", required=True),
    ),
    one_of=(),
    expand=expand,
    heading="Outsourcing of",
)
