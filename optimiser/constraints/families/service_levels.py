"""Requires a share of a task's volume to be met."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import share, subject, years
from optimiser.constraints.limit import EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require unmet ≤ (1 − at_least) × volume, in each area and year of the entry's span."""
    span = context.span(entry)
    least = context.numbers(entry, "at_least", span[0]) if span else None
    for task in context.tasks_with_demand(entry):
        if least is not None:
            where = {"task": (task,)}
            parts = (Part("demand", where, tuple(1.0 - share for share in least)),)
            label = label_of(entry, task=task)
            yield limit(
                entry,
                context,
                "unmet",
                where,
                "at_most",
                label=label,
                parts=parts,
                years=span,
                number=EntryNumber("at_least", least, "volume", per_one=-1.0),
            )


FAMILY = Family(
    name="service_levels",
    help="The share of a task's volume that must be met; per area.",
    subject=("task",),
    keys=(
        subject("task", "The task, or a list of tasks, each with this level.", "task: xs_report"),
        share("at_least", "The least of the volume that must be met.", "at_least: 0.9", required=True),
        *years("2030"),
    ),
    one_of=(),
    expand=expand,
    heading="Service level of",
)
