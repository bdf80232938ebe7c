"""Keeps a route's intake as it was in the last past year."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import subject
from optimiser.constraints.limit import Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require starts[t] = starts in the year before first_year, in each area and year."""
    for route in context.routes_with_past(entry):
        if not context.whole_numbers or _whole(entry, context, route):
            where, label = {"route": (route,)}, label_of(entry, route=route)
            last = Part("starts", where, context.ones, when="before_first_year")
            yield limit(entry, context, "starts", where, "exactly", label=label, parts=(last,))


def _whole(entry: Entry, context: Context, route: str) -> bool:
    evidence = context.evidence
    last = evidence.past_starts[:, evidence.routes.index(route), 0]
    broken = [(area, number) for area, number in zip(evidence.areas, last, strict=True) if not number.is_integer()]
    for area, number in broken[:1]:
        found = f"{number:g} past starts of {route} in {area}"
        mend = "Round them in past_starts.csv, or remove whole_numbers."
        context.fault(entry, ["route", route], "not-whole", found, "whole past starts, as whole_numbers needs", mend)
    return not broken


FAMILY = Family(
    name="hold",
    help="Intakes that stay as they were in the last past year; per area.",
    subject=("route",),
    keys=(subject("route", "The route, or a list of routes.", "route: [specialty]"),),
    one_of=(),
    expand=expand,
    heading="Held intakes of",
)
