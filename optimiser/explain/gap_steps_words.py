"""Writes how the gap closes as a table that a board can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimiser.explain.gap_steps import PLAN, STEPS, TODAY, Gap
from optimiser.inputs.settings import Settings
from optimiser.text.wording import fte, table


def sentences(gap: Gap, settings: Settings) -> Iterator[str]:
    """Write a column for each service; − closes the gap, + widens it. Steps of nothing are left out."""
    services = list(gap.services)
    first, last = settings.label(gap.first), settings.label(gap.last)
    yield f"How the gap closes from {first} to {last}, in unmet FTE (− closes it, + widens it):"
    rows = []
    for step in (TODAY, *STEPS, PLAN):
        amounts = [gap.services[service][step] for service in services]
        if step in (TODAY, PLAN) or any(abs(amount) >= 0.05 for amount in amounts):
            signed = step in STEPS
            rows.append([step, *(("+" if signed and amount >= 0.05 else "") + fte(amount) for amount in amounts)])
    yield from table(["", *services], rows)


def content(gap: Gap) -> list[dict[str, Any]]:
    """Return the rows of steps.csv as a list."""
    return [
        {"service": service, "step": step, "fte": amount}
        for service, given in gap.services.items()
        for step, amount in given.items()
    ]
