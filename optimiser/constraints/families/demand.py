"""Reads whether demand may go unmet, at what price, and how shortage is shared out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optimiser.constraints.keys import DEMAND, TIER
from optimiser.constraints.laying import Keys, Laying
from optimiser.constraints.limit import Limit, Selection, Tier
from optimiser.constraints.policy import Unmet
from optimiser.constraints.relative import NONE, takes_away
from optimiser.constraints.selection import unit_of
from optimiser.constraints.values import Reader
from optimiser.inputs.evidence import Evidence
from optimiser.text import yamltext
from optimiser.text.faults import Place
from optimiser.text.yamltext import Node, describe

FAMILY = "demand"
NAME = "demand unmet"
NO_TIERS = (Tier(None, 1.0),)


@dataclass(frozen=True)
class Said:
    """Hold what one file gives for `demand`: typed values, and the place of each key (faulty ones too)."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]
    taken: Place | None = None
    """The place of `demand: none`, which takes everything inherited away."""


@dataclass(frozen=True)
class Demand:
    """Hold what the option, merged, gives for `demand`."""

    unmet: Unmet
    price_per_fte: float | None
    tiers: tuple[Tier, ...]
    place: Place
    set_by: str
    reference: str


def read_demand(reader: Reader, node: Node, about: Mapping[str, str]) -> Said:
    """Read the `demand` mapping of one file; `about` is what the file gives of itself (set_by, reference …)."""
    if takes_away(node):
        return Said({}, {}, reader.place("", node.line))
    if not isinstance(node, yamltext.Mapping):
        mend = "Write it as demand: {unmet: allowed}."
        reader.fault("not-keys", reader.place("", node.line), describe(node), "keys and values", mend)
        return Said({}, {})
    values = reader.mapping(node, DEMAND)
    if values.get("unmet", NONE) is not NONE:
        values = {**{key: said for key, said in about.items() if said}, **values}
    if values.get("tiers", NONE) is not NONE:
        tiers = _tiers(reader, values.pop("tiers"))
        if tiers is not None:
            values["tiers"] = tiers
    return Said(values, dict(reader.places))


def _tiers(reader: Reader, node: Node) -> tuple[Tier, ...] | None:
    if not isinstance(node, yamltext.Sequence) or not node.items:
        found = "an empty list" if isinstance(node, yamltext.Sequence) else describe(node)
        expected = next(key for key in DEMAND if key.name == "tiers").expected
        reader.fault("not-a-list", reader.places["tiers"], found, expected, "For no tiers write [{weight: 1}].")
        return None
    read = [_tier(reader, item) for item in node.items]
    tiers = [tier for tier in read if tier is not None]
    if len(tiers) < len(read):
        return None
    lines = [reader.place("tiers", item.line) for item in node.items]
    _check_order(reader, tiers, lines)
    return tuple(tiers)


def _tier(reader: Reader, node: Node) -> Tier | None:
    if not isinstance(node, yamltext.Mapping):
        reader.fault(
            "not-a-tier", reader.place("tiers", node.line), describe(node), "up_to and weight, as in {weight: 4}"
        )
        return None
    inside = replace(reader, prefix=f"{reader.prefix} tiers", places={}, sound=True, whole=True)
    values = inside.mapping(node, TIER)
    inside.required(node, TIER)
    return Tier(values.get("up_to"), values["weight"]) if inside.sound else None


def _check_order(reader: Reader, tiers: Sequence[Tier], places: Sequence[Place]) -> None:
    """Refuse shares that do not rise to an open last tier, and weights that fall.

    Otherwise the dear slice would fill first.
    """
    for number, (tier, place) in enumerate(zip(tiers, places, strict=True)):
        last = number == len(tiers) - 1
        before = tiers[number - 1] if number else Tier(0.0, 0.0)
        if tier.weight < before.weight:
            found, expected = f"weight {tier.weight:g} after {before.weight:g}", "weights that do not fall"
            reader.fault("tier-weight", place, found, expected, "Give later tiers at least the weight of earlier ones.")
        if last and tier.up_to is not None:
            found = f"up_to {tier.up_to:g} in the last tier"
            reader.fault("tier-open", place, found, "a last tier without up_to", "Add a tier such as {weight: 4}.")
        elif not last and tier.up_to is None:
            reader.fault(
                "tier-open", place, "a tier without up_to before the last", "up_to", "Add it, or move it last."
            )
        elif tier.up_to is not None and tier.up_to <= (before.up_to or 0.0):
            found = f"up_to {tier.up_to:g} after {before.up_to or 0.0:g}"
            reader.fault("tier-order", place, found, "shares that rise", "Put the tiers in order.")


def settle(said: Sequence[Said], file: str, laying: Laying) -> Demand:
    """Merge what the files give, the first extended by each after it: key by key, tiers as a whole."""
    faults = laying.faults
    keys, depth = laid(said, laying)
    values, places = keys.values, keys.places
    unmet: Unmet = values.get("unmet", "allowed")
    priced = "price_per_fte" in places
    if unmet == "priced" and not priced:
        mend = "Add price_per_fte: £ per weighted FTE-year, such as 90_000."
        faults.add("no-price", places["unmet"], "unmet: priced without a price", "price_per_fte", mend)
    if unmet != "priced" and priced and depth["price_per_fte"] >= depth.get("unmet", 0):
        mend = "Write unmet: priced, or remove price_per_fte."
        faults.add("not-priced", places["price_per_fte"], f"a price while unmet is {unmet}", "unmet: priced", mend)
    return Demand(
        unmet,
        values.get("price_per_fte") if unmet == "priced" else None,
        values.get("tiers", NO_TIERS),
        places.get("unmet", Place(file, 0, FAMILY)),
        values.get("set_by", ""),
        values.get("reference", ""),
    )


def laid(said: Sequence[Said], laying: Laying) -> tuple[Keys, dict[str, int]]:
    """Return the keys of `demand` in force, and for each the number of the last file that gives it."""
    faults, keys = laying.faults, Keys({}, {})
    depth: dict[str, int] = {}
    for number, one in enumerate(said):
        if one.taken is not None:
            if not keys.places and laying.complete:
                found = "demand: none, where none is inherited"
                faults.add("nothing-inherited", one.taken, found, "an inherited demand", "Remove it.")
            keys = Keys({}, {})
        keys, _ = laying.over(keys, Keys(one.values, one.places), DEMAND)
        depth |= dict.fromkeys(one.places, number)
    return keys, depth


def expand(demand: Demand, evidence: Evidence) -> Iterator[Limit]:
    """Require unmet[area, task, year] ≤ 0, where no demand may go unmet."""
    if demand.unmet != "forbidden":
        return
    years = evidence.settings.years
    yield Limit(
        label=NAME,
        name=NAME,
        entry=NAME,
        family=FAMILY,
        quantity="unmet",
        where={},
        each=("area", "task", "year"),
        sense="at_most",
        constant=(0.0,) * len(years),
        years=tuple(years),
        unit=unit_of(Selection("unmet"), evidence),
        place=demand.place,
        set_by=demand.set_by,
        reference=demand.reference,
    )
