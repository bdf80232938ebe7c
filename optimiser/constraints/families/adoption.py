"""Limits how many FTE a role may reach, and how fast it may grow."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.constraints.context import BY_AREA, BY_YEAR, Context, label_of, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import Key, amount, subject
from optimiser.constraints.limit import EntryNumber, Limit, Part
from optimiser.constraints.policy import Entry


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require staff ≤ max_fte (all areas together, or each) and staff[t] ≤ (1 + max_growth) × staff[t−1] + seed."""
    context.needs(entry, "seed", "max_growth")
    most, growth = context.numbers(entry, "max_fte"), context.numbers(entry, "max_growth")
    seed = context.numbers(entry, "seed") or context.zeros
    each = BY_AREA if "area" in entry.values.get("each", ()) else BY_YEAR
    for role in context.known(entry, "role"):
        where, label = {"role": (role,)}, label_of(entry, role=role)
        if most is not None:
            label_most = f"{label}/max_fte"
            yield limit(
                entry,
                context,
                "staff",
                where,
                "at_most",
                label=label_most,
                each=each,
                constant=most,
                number=EntryNumber("max_fte", most),
            )
        if growth is not None:
            last = Part("staff", where, tuple(1.0 + share for share in growth), when="year_before")
            label_growth = f"{label}/max_growth"
            yield limit(
                entry,
                context,
                "staff",
                where,
                "at_most",
                label=label_growth,
                constant=seed,
                parts=(last,),
                number=EntryNumber("max_growth", growth, "decision"),
            )


FAMILY = Family(
    name="adoption",
    help="How many FTE a role may reach, and how fast it may grow.",
    subject=("role",),
    keys=(
        subject("role", "The role, or a list of roles, each with these limits.", "role: clinical_endoscopist"),
        amount("max_fte", "The most FTE in post.", "max_fte: 900"),
        amount("max_growth", "Growth in a year per area, as a share of last year's staff.", "max_growth: 0.3"),
        amount("seed", "FTE a year on top of max_growth, so that a new role can begin (0).", "seed: 10"),
        Key(
            "each", "axes", "[area]: max_fte is that of every area; without it, all areas together.", "each: [area]",
            choices=("area", "year"),
        ),
    ),
    one_of=("max_fte", "max_growth"),
    expand=expand,
    heading="Adoption of",
)  # fmt: skip
