"""Lets a user write any other linear rule on a quantity, without code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from optimiser.constraints.context import Context, limit
from optimiser.constraints.family import Family
from optimiser.constraints.keys import Key, years
from optimiser.constraints.limit import QUANTITY_KEYS, VOLUMES, EntryNumber, Limit, Part, Selection, Sense
from optimiser.constraints.policy import Entry
from optimiser.constraints.selection import EVERYWHERE, check_selection, selected
from optimiser.text.by_year import ByYear
from optimiser.text.faults import did_you_mean
from optimiser.text.numbers import quoted

SENSES: tuple[Sense, ...] = ("at_most", "at_least", "exactly")


def expand(entry: Entry, context: Context) -> Iterator[Limit]:
    """Require a quantity to be at most, at least or exactly a number, alone or times another quantity.

    There is one row for each group of `each`.
    """
    quantity, of = Selection(entry.values["quantity"], entry.values.get("where", {})), entry.values.get("of")
    each = entry.values.get("each", ("year",))
    sense, span = _sense(entry, context), context.span(entry)
    sound = _exists(entry, context, quantity, of) and _axes(entry, context, quantity, of, each)
    if sense is None or span is None or not sound:
        return
    numbers = _numbers(entry, context, sense, each, span[0])
    if numbers is None:
        return
    parts = () if of is None else (Part(of.quantity, of.where, numbers),)
    constant = numbers if of is None else None
    yield limit(
        entry,
        context,
        quantity.quantity,
        quantity.where,
        sense,
        label=entry.name,
        each=each,
        constant=constant,
        parts=parts,
        years=span,
        number=EntryNumber(sense, numbers, _acts_on(of)),
    )


def _acts_on(of: Selection | None) -> Literal["bound", "volume", "decision"]:
    """Return what the number multiplies: nothing, a volume, or what a plan decides."""
    return "bound" if of is None else "volume" if of.quantity in VOLUMES else "decision"


def _sense(entry: Entry, context: Context) -> Sense | None:
    given: list[Sense] = [sense for sense in SENSES if sense in entry.values]
    if len(given) == 1:
        return given[0]
    if given:
        mend = "Make an entry of each."
        context.fault(entry, [given[1]], "two-senses", " and ".join(given), "one of them", mend)
    return None


def _exists(entry: Entry, context: Context, quantity: Selection, of: Selection | None) -> bool:
    """Return True where the quantity holds a decision, and both it and `of` select something in the inputs."""
    sound = check_selection(quantity, context.evidence, context.faults, entry.place_of)
    if quantity.quantity == "demand":
        mend = "Limit what meets it, and put demand in `of`."
        context.fault(entry, ["quantity"], "no-decision", "demand", "a quantity that a plan can change", mend)
        sound = False
    if of is None:
        return sound
    return check_selection(of, context.evidence, context.faults, lambda *path: entry.place_of("of", *path)) and sound


def _axes(entry: Entry, context: Context, quantity: Selection, of: Selection | None, each: tuple[str, ...]) -> bool:
    """Return True where every key of `each` belongs to the quantity and to `of`, and some selected part has it."""
    sound = True
    for axis in (axis for axis in each if axis != "year"):
        for selection in (quantity, *(() if of is None else (of,))):
            keys = (*QUANTITY_KEYS[selection.quantity], *EVERYWHERE, "year")
            if axis not in keys:
                found, expected = f"{quoted(axis)}, which {selection.quantity} lacks", f"keys among {', '.join(keys)}"
                mend = did_you_mean(axis, keys)
                context.fault(entry, ["each", axis], "unknown-key", found, expected, mend)
                sound = False
            elif not np.any(selected(selection, context.evidence)[axis] != ""):
                found = f"{quoted(axis)}, which none of the selected {selection.quantity} has"
                mend = f"Remove it, or give the inputs a {axis}."
                context.fault(entry, ["each", axis], "selects-nothing", found, "a key they have", mend)
                sound = False
    return sound


def _numbers(
    entry: Entry, context: Context, sense: Sense, each: tuple[str, ...], first: int
) -> tuple[float, ...] | None:
    """Return the bound by modelled year; refuse a value by year without `year` in `each`, which has no one row."""
    value = entry.values[sense]
    if "year" not in each and isinstance(value, ByYear) and value.years:
        found, mend = "numbers by year", "Write one number, or add year to each."
        context.fault(entry, [sense], "one-number", found, "one number, because each has no year", mend)
        return None
    return context.numbers(entry, sense, first)


FAMILY = Family(
    name="limits",
    help="Any other linear rule: a quantity at most, at least or exactly a number, or a share of another quantity.",
    subject=(),
    keys=(
        Key(
            "quantity", "quantity", "What is limited.", "quantity: joiners", required=True,
            choices=tuple(QUANTITY_KEYS),
        ),
        Key("where", "where", "Which part of it; without it, all.", "where: {route: intl_radiology}"),
        Key("at_most", "by_year", "The most it may be.", "at_most: 0.25"),
        Key("at_least", "by_year", "The least it may be.", "at_least: 100"),
        Key("exactly", "by_year", "What it must be.", "exactly: 0"),
        Key(
            "of", "of", "The quantity the number is a share of; without it, the number is absolute.",
            "of: {quantity: joiners, where: {role: radiologist}}",
        ),
        Key(
            "each", "axes", "One row for each of these keys; [] is one row for all years together. Without it, "
            "[year].", "each: [area, year]",
        ),
        *years("2028"),
    ),
    one_of=SENSES,
    expand=expand,
)  # fmt: skip
