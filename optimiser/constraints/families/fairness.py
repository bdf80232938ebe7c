"""Limits how far an area's share of a service's volume that is unmet may lie above that of all areas together."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import share, subject, years
from optimiser.constraints.limit import CommonShare, EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry
from optimiser.text.numbers import quoted


def expand(entry: Entry, context: Context) -> Iterator[Limit | CommonShare]:
    """Require unmet ≤ volume × (unmet ÷ volume of all areas together + within), in FTE, in each area and year."""
    span = context.span(entry)
    within = context.numbers(entry, "within", span[0]) if span else None
    sound = _can_differ(entry, context)
    for service in context.known(entry, "service"):
        if not _demanded(entry, context, service) or not sound or within is None:
            continue
        where, label = {"service": (service,)}, label_of(entry, service=service)
        yield CommonShare(label, service)
        parts = (
            Part("common_share", {"entry": (label,)}, context.ones),
            Part("demand_fte", where, within),
        )
        number = EntryNumber("within", within, "volume")
        yield limit(
            entry, context, "unmet_fte", where, "at_most", label=label, parts=parts, years=span, number=number,
            with_volume=True,
        )  # fmt: skip


def _can_differ(entry: Entry, context: Context) -> bool:
    """Return True where there are areas to compare and demand may go unmet; otherwise record the faults."""
    sound = True
    if len(context.evidence.areas) == 1:
        mend = "Remove the entry, or give the inputs an areas table."
        context.fault(entry, [], "one-area", "fairness with one area", "two areas or more", mend)
        sound = False
    if context.unmet == "forbidden":
        mend = "Remove the entry, or write unmet: allowed."
        context.fault(entry, [], "unmet-forbidden", "fairness while unmet is forbidden", "unmet demand to share", mend)
        sound = False
    return sound


def _demanded(entry: Entry, context: Context, service: str) -> bool:
    """Return True where some area demands a task of the service; otherwise record the fault."""
    evidence = context.evidence
    tasks = [place for place, own in enumerate(evidence.services) if own == service]
    if evidence.has_demand[:, tasks].any():
        return True
    found, mend = f"{quoted(service)}, which no area demands", "Add its demand to the inputs, or remove the entry."
    context.fault(entry, ["service", service], "no-demand", found, "a service with demand", mend)
    return False


FAMILY = Family(
    name="fairness",
    help="How far the share of a service's volume that is unmet in an area may lie above that of all areas together.",
    subject=("service",),
    keys=(
        subject("service", "The service, or a list of services, each with this band.", "service: imaging"),
        share("within", "How far above the common share, as a share of the volume.", "within: 0.04", required=True),
        *years("2028"),
    ),
    one_of=(),
    expand=expand,
)
