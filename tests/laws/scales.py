"""The same case in other units: all money in another currency, or a task counted in other units of work."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from tests.oracle.cases import Case

UNITS_OF_WORK = {"activity", "outsourced", "unmet", "received", "demand"}
"""Quantities that are counted in units of a task."""


MONEY = {"spend"}
"""Quantities that are counted in money."""

OF_MONEY = {"budgets"}
OF_WORK = {"skill_mix", "outsourcing", "service_levels"}
"""Families whose rows are in money, and in units of a task."""

COUNTED = {"demand": "volume", "waiting_list": "volume", "care": "units_per_patient", "productivity": "units_per_fte"}
"""The column of each table that is counted in units of a task."""


def times(value: Any, factor: float) -> Any:
    """A number, or a value by year, multiplied; a blank, and a multiple of what is inherited, stay as they are."""
    if isinstance(value, dict):
        return {key: part if key == "times" else times(part, factor) for key, part in value.items()}
    return value if value == "" else value * factor


def in_money(case: Case, factor: float) -> Case:
    """All money times a factor: costs, budgets, the price of a shortage, and limits on spending."""
    other = copy.deepcopy(case)
    for row in other.tables["costs"]:
        row["amount"] = row["amount"] * factor
    for option in other.constraints.values():
        _scale_keys(option.get("budgets", ()), ("limit", "total"), factor)
        if "price_per_fte" in option.get("demand", {}):
            option["demand"]["price_per_fte"] *= factor
        _scale_limits(option, MONEY, factor)
        _scale_weights(option, MONEY, OF_MONEY, factor)
    _scale_steady(other, MONEY, factor)
    return other


def in_work(case: Case, factor: float) -> Case:
    """Every task in other units: volumes, what waits, care, rates and limits times a factor, a unit's price less."""
    other = copy.deepcopy(case)
    for table, column in COUNTED.items():
        for row in other.tables.get(table, []):
            row[column] = times(row[column], factor)
    for row in other.tables["costs"]:
        if row["per"] == "outsourced-unit":
            row["amount"] = row["amount"] / factor
    for option in other.constraints.values():
        _scale_limits(option, UNITS_OF_WORK, factor)
        _scale_weights(option, UNITS_OF_WORK, OF_WORK, factor)
    _scale_steady(other, UNITS_OF_WORK, factor)
    return other


def counted_in(case: Case, quantities: set[str]) -> set[str]:
    """The names of the priorities that are sums of these quantities; `unmet` itself is in weighted FTE-years."""
    option = case.constraints["option.yaml"]
    wanted = option.get("priorities", ["unmet", "cost"])
    taken = [one for one in wanted if isinstance(one, str)]
    found = {name for name in taken if name == "cost" and "spend" in quantities}
    for one in wanted:
        if not isinstance(one, str):
            quantity = one["quantity"]
            count = 1 + taken.count(quantity)
            taken.append(quantity)
            if quantity in quantities:
                found.add(quantity if count == 1 else f"{quantity}_{count}")
    return found


def _scale_limits(option: dict[str, Any], quantities: set[str], factor: float) -> None:
    mine = [entry for entry in option.get("limits", ()) if entry.get("quantity") in quantities and "of" not in entry]
    _scale_keys(mine, ("at_most", "at_least", "exactly"), factor)


def _scale_weights(option: dict[str, Any], quantities: set[str], families: set[str], factor: float) -> None:
    """A unit that is broken weighs so much less where there are more units."""
    mine = [entry for family in families for entry in option.get(family, ())]
    mine += [entry for entry in option.get("limits", ()) if entry.get("quantity") in quantities]
    _scale_keys(mine, ("may_break",), 1 / factor)


def _scale_steady(case: Case, quantities: set[str], factor: float) -> None:
    """A change of starts weighs in the unit of the first priority."""
    option = case.constraints["option.yaml"]
    priced = option.get("demand", {}).get("unmet") == "priced"
    first = "cost" if priced else option.get("priorities", ["unmet"])[0]
    money_first = first == "cost" and "spend" in quantities
    if "steady" in option and (money_first or (isinstance(first, dict) and first["quantity"] in quantities)):
        _scale_keys([option["steady"]], ("weight",), factor)


def _scale_keys(entries: Iterable[dict[str, Any]], keys: Iterable[str], factor: float) -> None:
    for entry in entries:
        for key in keys:
            if key in entry:
                entry[key] = times(entry[key], factor)
