"""The columns of every result table, declared once: what they hold, and in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "year", "number"]


@dataclass(frozen=True)
class ResultColumn:
    """One column of a result table."""

    name: str
    kind: Kind
    unit: str
    help: str


def _text(*names: str) -> tuple[ResultColumn, ...]:
    return tuple(ResultColumn(name, "text", "", f"The code of the {name}.") for name in names)


def _number(name: str, unit: str, words: str) -> ResultColumn:
    return ResultColumn(name, "number", unit, words)


_YEAR = ResultColumn("year", "year", "", "The year; a financial year goes by the one it begins in.")

RESULT_TABLES: Mapping[str, tuple[ResultColumn, ...]] = {
    "starts": (
        *_text("route", "area"), _YEAR,
        _number("starts", "people", "People who start on the route."),
        _number("commissions", "places", "Places to commission so that so many start: starts ÷ fill_rate."),
        _number("in_training", "people", "People on the route during the year."),
    ),
    "staff": (
        *_text("role", "area"), _YEAR,
        _number("fte", "FTE", "Staff in post during the year."),
        _number("joiners", "FTE", "Who joined from a route at its start."),
        _number("leavers", "FTE", "Who left at its start."),
        _number("moved_out", "FTE", "Who moved to another role by a route."),
        _number("transitions_in", "FTE", "Who came from another role by a transition."),
        _number("transitions_out", "FTE", "Who went to another role by a transition."),
        _number("idle", "available FTE", "Time that no task needs."),
    ),
    "work": (
        *_text("role", "task", "area"), _YEAR,
        _number("fte", "available FTE", "Time the role gives to the task."),
        _number("units", "units of the task", "What is done in that time."),
    ),
    "patterns": (
        *_text("pattern", "area"), _YEAR,
        _number("fte", "FTE", "Staff on the working pattern."),
    ),
    "demand": (
        *_text("task", "area"), _YEAR,
        _number("volume", "units of the task", "What is asked for in the year."),
        _number("waiting", "units of the task", "What comes back from last year's unmet demand."),
        _number("by_staff", "units of the task", "What the area's own staff do."),
        _number("received", "units of the task", "What its network does for it, less what it does for the network."),
        _number("outsourced", "units of the task", "What is bought."),
        _number("unmet", "units of the task", "What nobody does."),
        _number("unmet_fte", "FTE", "The same ÷ the most units any role does in an FTE-year."),
    ),
    "spend": (
        *_text("budget", "line", "item", "area"), _YEAR,
        _number("amount", "£", "Spent in the year, in price_year prices."),
        _number("committed", "£", "The part owed to people who started before first_year."),
    ),
    "budgets": (
        *_text("budget"), _YEAR,
        _number("limit", "£", "What may be spent; empty where nothing limits it."),
        _number("carried_in", "£", "Carried forward from last year."),
        _number("spend", "£", "Spent in the year."),
        _number("carried_out", "£", "Carried forward to next year."),
    ),
    "limits": (
        *_text("limit", "family", "area", "role", "route", "task"), _YEAR,
        ResultColumn("sense", "text", "", "at_most, at_least or exactly."),
        ResultColumn("unit", "text", "", "The unit of level, bound and slack."),
        _number("level", "see unit", "What the plan has."),
        _number("bound", "see unit", "What it may have at most or must have at least."),
        _number("slack", "see unit", "The room that is left; negative where the row is broken."),
        _number("broken", "see unit", "By how much the row is broken."),
    ),
}  # fmt: skip
"""By table, in the order of the contract; demand and limits also have a price column for each priority."""

PRICE = "price_"
"""What the names of price columns begin with."""


def kind_of(table: str, column: str) -> Kind:
    """What a column of a result table holds. Raises KeyError for a column the table does not have."""
    if column.startswith(PRICE) and table in ("demand", "limits"):
        return "number"
    return {one.name: one.kind for one in RESULT_TABLES[table]}[column]
