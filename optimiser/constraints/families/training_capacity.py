"""Training capacity: places that may be commissioned on a route in a year."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import BY_AREA, BY_YEAR, Context, Numbers, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import Key, amount, subject
from optimiser.constraints.limit import EntryKey, Limit
from optimiser.constraints.policy import Entry

NAME = "training_capacity"


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """starts ≤ fill_rate × places: all areas together, or each."""
    for route in context.known(entry, "route"):
        filled = filled_places(entry, context, route)
        if filled is None:
            continue
        each = BY_AREA if "area" in entry.values.get("each", ()) else BY_YEAR
        label = label_of(entry, route=route)
        where = {"route": (route,)}
        yield limit(
            entry, context, "starts", where, "at_most", label=label, each=each, constant=filled,
            number=EntryKey("places"),
        )  # fmt: skip


def filled_places(entry: Entry, context: Context, route: str) -> Numbers | None:
    """Places × fill rate in every modelled year; None where the places start too late."""
    places = context.numbers(entry, "places")
    if places is None:
        return None
    rates = context.evidence.fill_rate[context.evidence.routes.index(route)].tolist()
    return tuple(rate * number for rate, number in zip(rates, places, strict=True))


FAMILY = Family(
    name=NAME,
    help="Training places that may be commissioned on a route in a year.",
    subject=("route",),
    keys=(
        subject("route", "The route, or a list of routes, each with these places.", "route: [specialty, degree]"),
        amount("places", "Places a year; fill_rate of them are filled.", "places: {2026: 300, 2028: 430}", True),
        Key(
            "each", "axes", "[area]: the places of every area; without it, all areas together.", "each: [area]",
            choices=("area", "year"),
        ),
    ),
    one_of=(),
    expand=expand,
)  # fmt: skip
