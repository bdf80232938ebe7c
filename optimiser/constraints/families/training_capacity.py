"""Limits the places that may be commissioned on a route in a year."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import BY_AREA, BY_YEAR, Context, Numbers, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import Key, amount, subject
from optimiser.constraints.limit import EntryNumber, Limit
from optimiser.constraints.policy import Entry

NAME = "training_capacity"


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require starts ≤ fill_rate × places, in all areas together or in each."""
    places = context.numbers(entry, "places")
    for route in context.known(entry, "route"):
        if places is None:
            continue
        filled = _filled(places, fill_rate(context, route))
        each = BY_AREA if "area" in entry.values.get("each", ()) else BY_YEAR
        label = label_of(entry, route=route)
        where = {"route": (route,)}
        yield limit(
            entry, context, "starts", where, "at_most", label=label, each=each, constant=filled,
            number=EntryNumber("places", places, per_one=fill_rate(context, route), unit="places"),
        )  # fmt: skip


def filled_places(entry: Entry, context: Context, route: str) -> Numbers | None:
    """Return places × fill rate in every modelled year; None where the places start too late."""
    places = context.numbers(entry, "places")
    return None if places is None else _filled(places, fill_rate(context, route))


def fill_rate(context: Context, route: str) -> Numbers:
    """Return the share of a route's places that is filled, in every modelled year."""
    rates: list[float] = context.evidence.fill_rate[context.evidence.routes.index(route)].tolist()
    return tuple(rates)


def _filled(places: Numbers, rates: Numbers) -> Numbers:
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
    heading="Places for",
)  # fmt: skip
