"""Declares every key of a constraints file once, with its kind, its bounds and its meaning.

Reading, checking, the reference page and the JSON schema all come from these declarations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from optimiser.text.field import Field

Kind = Literal[
    "text", "flag", "choice", "year", "number", "by_year", "code", "codes", "axes", "where", "quantity", "of",
    "tiers", "priorities",
]  # fmt: skip
"""What a value may look like: `by_year` is a number, a mapping of years or a ramp; `code` names one thing of the
inputs, `codes` one or a list of them; `axes` is a list of keys such as [area, year]; `where` a mapping of keys to
codes; `of` a quantity with its `where`."""


@dataclass(frozen=True)
class Key(Field):
    """Declare one key of a constraints file."""

    kind: Kind
    of: str = ""
    """For codes: what they are codes of (`route`, `role`, `task`, `budget`)."""
    is_money: bool = False

    @property
    def expected(self) -> str:
        """Describe in words what a value of this key must be."""
        return {
            "flag": "yes or no",
            "choice": " or ".join(self.choices),
            "year": "a year",
            "code": f"a {self.of}",
            "codes": f"a {self.of} or a list of them",
            "axes": f"a list of {', '.join(self.choices)}" if self.choices else "a list of keys",
            "where": "keys with a value or a list of values, as in {role: radiologist}",
            "of": "a quantity and where, as in {quantity: joiners, where: {role: radiologist}}",
            "quantity": f"one of {', '.join(self.choices)}",
            "tiers": "a list of tiers, as in [{up_to: 0.05, weight: 1}, {weight: 4}]",
            "priorities": "a list, as in [unmet, cost]",
            "number": "a number",
            "by_year": "a number, {2026: a, 2030: b} or {ramp: {2026: a, 2030: b}}",
        }.get(self.kind, "text")

    @property
    def bounds(self) -> str:
        """Describe in words the numbers allowed; empty where any number is."""
        return self.numbers_allowed("a number" if math.isinf(self.most) else "a share")


def share(name: str, help_: str, example: str, required: bool = False) -> Key:
    """Declare a key that holds a share between 0 and 1, by year."""
    return Key(name, "by_year", help_, example, required, least=0.0, most=1.0)


def amount(name: str, help_: str, example: str, required: bool = False) -> Key:
    """Declare a key that holds a number of 0 or more, by year."""
    return Key(name, "by_year", help_, example, required, least=0.0)


def subject(of: str, help_: str, example: str) -> Key:
    """Declare the key that names an entry's routes, roles or tasks: one, or a list in which each counts alone."""
    return Key(of, "codes", help_, example, required=True, of=of)


def years(example: str) -> tuple[Key, Key]:
    """Declare the keys that give the first and the last year in which a rule holds."""
    return (
        Key("from", "year", "The first year it holds for; without it, first_year.", f"from: {example}"),
        Key("to", "year", "The last year it holds for; without it, the last modelled one.", f"to: {int(example) + 4}"),
    )


ABOUT = (
    Key("set_by", "text", "Who decided it.", "set_by: NHS England, Workforce, Training and Education"),
    Key("reference", "text", "Where it is written down.", "reference: Settlement letter, 14 March 2026, table 2"),
    Key("source", "text", "Where the number comes from.", "source: 'published: Cancer Workforce Plan, p. 21'"),
    Key("note", "text", "Anything worth saying.", "note: Assumes the autumn intake goes ahead."),
)
"""Keys that are allowed on a file and on any entry, and change no number."""

COMMON = (
    Key("name", "text", "What the entry is called; without it, its family and subject.", "name: degree places"),
    Key("drop", "flag", "yes: remove the inherited entry of this name.", "drop: true"),
    *ABOUT,
)
"""Keys that every entry may have."""

MAY_BREAK = Key(
    "may_break", "number", "On any entry but cohorts: its rows may be broken where no plan exists otherwise, and each "
    "unit (the row's own in limits.csv) weighs so much.", "may_break: 2", above=0.0,
)  # fmt: skip
"""The key of an entry whose rows may be broken where there is no plan otherwise."""

DEMAND = (
    Key(
        "unmet", "choice", "Whether demand may go unmet: freely (allowed), never (forbidden) or at a price (priced).",
        "unmet: forbidden", choices=("allowed", "forbidden", "priced"),
    ),
    Key(
        "price_per_fte", "number", "With unmet: priced, £ per weighted FTE-year of unmet demand, discounted like a "
        "cost.", "price_per_fte: 90_000", least=0.0, is_money=True,
    ),
    Key(
        "tiers", "tiers", "How shortage is shared out: slices of a volume, each weighing more than the one before; "
        "the last is open.", "tiers: [{up_to: 0.05, weight: 1}, {weight: 4}]",
    ),
    *ABOUT,
)  # fmt: skip

TIER = (
    Key("up_to", "number", "Where the slice ends, as a share of the volume; the last tier has none.", "up_to: 0.05",
        least=0.0),
    Key("weight", "number", "What a unit of shortage in the slice weighs.", "weight: 2", required=True, least=0.0),
)  # fmt: skip

STEADY = (
    Key("weight", "number", "What one start more or fewer than the year before weighs, on one route in one area and "
        "reported year, in the first priority's own unit: weighted FTE-years for unmet, £ for cost.", "weight: 0.5",
        required=True, least=0.0),
    Key("where", "where", "Which starts; without it, all.", "where: {kind: [specialty training, degree]}"),
    *ABOUT,
)  # fmt: skip

TOP = (
    Key("title", "text", "What the option is called.", "title: Flat cash"),
    Key("extends", "text", "The file this one builds on, as seen from this file.", "extends: base.yaml"),
    Key("priorities", "priorities", "What is minimised, first things first.", "priorities: [unmet, cost]"),
    Key("whole_numbers", "flag", "yes: starts are whole people.", "whole_numbers: true"),
    *ABOUT,
)
"""The keys of a file beside `demand`, `steady` and the families."""

SECTIONS: Mapping[str, tuple[Key, ...]] = {"demand": DEMAND, "steady": STEADY}
"""The top-level keys that hold keys of their own and are no family of entries."""
