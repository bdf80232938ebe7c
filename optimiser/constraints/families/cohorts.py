"""Lets a route run with at least so many starters, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, Numbers, label_of, limit
from optimiser.constraints.families import training_capacity
from optimiser.constraints.family import Family
from optimiser.constraints.keys import amount, subject
from optimiser.constraints.limit import Cohort, EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry
from optimiser.text.numbers import quoted


def expand(entry: Entry, context: Context) -> Iterator[Limit | Cohort]:
    """Require at_least × cohort ≤ starts ≤ fill_rate × places × cohort, each area and year; cohort is 0 or 1."""
    least = context.numbers(entry, "at_least")
    for route in context.known(entry, "route"):
        most = _places(entry, context, route)
        if least is None or most is None:
            continue
        where, label = {"route": (route,)}, label_of(entry, route=route)
        here = {"entry": (label,)}
        yield Cohort(label, route)
        parts = (Part("cohort", here, least),)
        yield limit(
            entry,
            context,
            "starts",
            where,
            "at_least",
            label=f"{label}/at_least",
            parts=parts,
            number=EntryNumber("at_least", least, "decision"),
        )
        parts = (Part("cohort", here, most),)
        yield limit(entry, context, "starts", where, "at_most", label=f"{label}/places", parts=parts)


def _places(entry: Entry, context: Context, route: str) -> Numbers | None:
    """Return the fewest filled places that any capacity entry of the option gives the route, by year."""
    of_route = [
        other for other in context.entries if other.family == training_capacity.NAME and route in other.values["route"]
    ]
    filled = [training_capacity.filled_places(other, context, route) for other in of_route]
    known = [numbers for numbers in filled if numbers is not None]
    if known:
        return tuple(min(numbers) for numbers in zip(*known, strict=True))
    if not of_route and training_capacity.NAME not in context.unread:
        found, mend = f"{quoted(route)} without places", "Add its places to training_capacity."
        context.fault(entry, ["route", route], "no-places", found, "a route with training_capacity", mend)
    return None


FAMILY = Family(
    name="cohorts",
    help="Routes that run with at least so many starters, or not at all; per area and year.",
    subject=("route",),
    keys=(
        subject("route", "The route, or a list of routes; each needs places in training_capacity.", "route: degree"),
        amount("at_least", "The fewest starters a cohort may have.", "at_least: 8", required=True),
    ),
    one_of=(),
    expand=expand,
    heading="Cohorts of",
    reads_others=True,
    may_break=False,
)
