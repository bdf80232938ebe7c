"""Limits how fast a route's intake may grow or shrink from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import amount, share, subject
from optimiser.constraints.limit import EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require (1 − max_decrease) × starts[t−1] ≤ starts[t] ≤ (1 + max_increase) × starts[t−1] + seed.

    There is a row for each area and year.
    """
    context.needs(entry, "seed", "max_increase")
    up, down = context.numbers(entry, "max_increase"), context.numbers(entry, "max_decrease")
    seed = context.numbers(entry, "seed") or context.zeros
    for route in context.routes_with_past(entry):
        where, label = {"route": (route,)}, label_of(entry, route=route)
        if up is not None:
            last = Part("starts", where, tuple(1.0 + share for share in up), when="year_before")
            label_up = f"{label}/max_increase"
            yield limit(
                entry,
                context,
                "starts",
                where,
                "at_most",
                label=label_up,
                constant=seed,
                parts=(last,),
                number=EntryNumber("max_increase", up, "decision"),
            )
        if down is not None:
            last = Part("starts", where, tuple(1.0 - share for share in down), when="year_before")
            yield limit(
                entry,
                context,
                "starts",
                where,
                "at_least",
                label=f"{label}/max_decrease",
                parts=(last,),
                number=EntryNumber("max_decrease", down, "decision", per_one=-1.0),
            )


FAMILY = Family(
    name="pace",
    help="How fast a route's intake may grow or shrink in a year, from past_starts; per area.",
    subject=("route",),
    keys=(
        subject("route", "The route, or a list of routes, each at this pace.", "route: specialty"),
        amount("max_increase", "Growth in a year, as a share of last year's starts.", "max_increase: 0.2"),
        share("max_decrease", "Decline in a year, as a share of last year's starts.", "max_decrease: 0.2"),
        amount("seed", "Starts a year on top of max_increase, so that a new route can begin (0).", "seed: 5"),
    ),
    one_of=("max_increase", "max_decrease"),
    expand=expand,
    heading="Pace of",
)
