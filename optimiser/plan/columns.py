"""The columns of every result table, declared once: what they hold, and in which unit.

The types of DataFrames and the page docs/results.md come from these declarations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "year", "number"]


@dataclass(frozen=True)
class ResultColumn:
    """One column of a result table; a name with a part in angle brackets stands for a column of each such part."""

    name: str
    kind: Kind
    unit: str
    help: str

    @property
    def is_pattern(self) -> bool:
        """True where it stands for any number of columns: `price_<priority>`."""
        return "<" in self.name

    def means(self, column: str) -> bool:
        """True where a column of a file is this one, or one of those it stands for."""
        pattern = re.sub(r"<\w+>", ".+", self.name)
        return re.fullmatch(pattern, column) is not None


_WORDS = {
    "option": "The option, by its file.", "scenario": "The scenarios together; empty for none.",
    "point": "The name of the point.", "limit": "The name of the entry.", "family": "The family of the entry.",
    "line": "The line of costs.csv.", "item": "The item of costs.csv.", "budget": "The budget of costs.csv.",
}  # fmt: skip


def _text(*names: str) -> tuple[ResultColumn, ...]:
    return tuple(ResultColumn(name, "text", "", _WORDS.get(name, f"The code of the {name}.")) for name in names)


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
        _number("price_<priority>", "the priority's", "How much worse it gets when one more unit is demanded."),
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
        _number("price_<priority>", "the priority's", "How much better it gets with the bound eased by one unit."),
        ResultColumn("<key>", "text", "", "Before year: any other key that some limit has rows by."),
    ),
}  # fmt: skip
"""By table, in the order of the contract."""

_POINT = _text("option", "scenario", "point")

OTHER_TABLES: Mapping[str, tuple[ResultColumn, ...]] = {
    "changes": (
        ResultColumn("entry", "text", "", "The entry, or the top-level key, that the option changes."),
        ResultColumn("key", "text", "", "The key of it; empty for an entry that is dropped."),
        ResultColumn("inherited", "text", "", "What the file it extends has, in words."),
        ResultColumn("here", "text", "", "What holds here, in words."),
        ResultColumn("how", "text", "", "new, changed, dropped, taken away, or what it is relative to."),
    ),
    "near": (
        *_text("route", "area"), _YEAR,
        _number("starts", "people", "Starts of this plan."),
        _number("other", "people", "Starts of the plan it is near to."),
        _number("more", "people", "How many more this plan makes."),
    ),
    "duals": (
        ResultColumn("row", "text", "", "The identity or limit."),
        ResultColumn("<key>", "text", "", "What the row is about, one column for each key."), _YEAR,
        _number("dual_<priority>", "the priority's", "The dual of the row under that priority."),
    ),
    "steps": (
        ResultColumn("service", "text", "", "The service."),
        ResultColumn("step", "text", "", "What moves the gap, in order."),
        _number("fte", "FTE", "By how much."),
    ),
    "backcast": (
        *_text("role", "area"), _YEAR,
        _number("observed", "FTE", "Staff that were counted."),
        _number("modelled", "FTE", "Staff that the inputs give from the first count on."),
        _number("error", "FTE", "modelled − observed."),
    ),
}  # fmt: skip
"""What a results folder may also hold, and what explain and backcast write."""

STUDY_TABLES: Mapping[str, tuple[ResultColumn, ...]] = {
    "points": (
        *_POINT,
        ResultColumn("status", "text", "", "optimal, infeasible, stopped or failed."),
        ResultColumn("reason", "text", "", "Why there is no plan."),
        _number("unmet_fte_years", "FTE-years", "Unmet demand of the reported years, unweighted, as solve gives it."),
        _number("cost", "£", "Spent in the reported years, in price_year prices, as solve gives it."),
        _number("cost_discounted", "£", "The same, discounted."),
        _number("priority_<name>", "the priority's", "The value of the priority, over all modelled years."),
    ),
    "tables": (
        ResultColumn("point", "text", "", "The point of points.csv."),
        ResultColumn("table", "text", "", "What is counted."),
        ResultColumn("keys", "text", "", "What it is about: key=code, several joined by semicolons."),
        _YEAR,
        _number("value", "see the page on studies", "The figure, of all areas together."),
    ),
    "first_years": (
        *_text("option", "scenario", "route"), _YEAR,
        _number("first", "places", "Commissions of the first option in that year."),
        _number("this", "places", "Commissions of this option: the first year in which they differ."),
    ),
    "constraints": (
        *_text("option"),
        ResultColumn("entry", "text", "", "The entry, or the top-level key."),
        ResultColumn("key", "text", "", "The key of it."),
        ResultColumn("first", "text", "", "What the first option has, in words."),
        ResultColumn("this", "text", "", "What this option has, in words."),
    ),
    "cost_effectiveness": (
        *_text("option", "scenario"),
        _number("cost_discounted", "£", "Cost of the reported years, discounted."),
        _number("unmet_fte_years_discounted", "FTE-years", "Unmet demand of the reported years, discounted."),
        _number("extra_cost", "£", "More than the first option costs."),
        _number("fewer_fte_years", "FTE-years", "Fewer unmet than with the first option."),
        _number("cost_per_fte_year", "£ per FTE-year", "The one divided by the other; empty where none is fewer."),
        _number("incremental_cost_per_fte_year", "£ per FTE-year", "The same for the step from the option in after."),
        ResultColumn("after", "text", "", "The next cheaper option that none beats."),
        ResultColumn("dominated_by", "text", "", "The option, or the mixture of two, that beats it."),
    ),
    "frontier": (
        _number("budget", "£ a year", "The budget, in price_year prices: the mean of the reported years."),
        _number("<priority>_low", "the priority's", "The least the first priority can be at this budget."),
        _number("<priority>_high", "the priority's", "The most it can be: what lies between two solved budgets."),
        _number("slope", "the priority's, per £ a year", "What one more pound a year does to it."),
        _number("unmet_fte_years", "FTE-years", "Unmet demand of the plan solved at this budget; empty elsewhere."),
        _number("cost", "£", "What that plan spends in the reported years."),
    ),
    "regret": (
        *_text("option", "scenario"),
        _number("value", "the priority's", "The first priority; empty without a plan."),
        _number("regret", "the priority's", "How much worse it is than the best option in that future."),
        _number("unmet_fte_years", "FTE-years", "Unmet demand of the same plan, unweighted."),
        _number("unmet_more", "FTE-years", "How much more than the least of any option."),
    ),
    "no_regret": (
        *_text("option", "route"), _YEAR,
        _number("commissions", "places", "What every future's own plan commissions at least."),
        _number("most", "places", "The most that any of them does."),
    ),
    "decided": (
        *_text("route", "area"), _YEAR,
        _number("starts", "people", "Starts that are decided before the future is known."),
        _number("commissions", "places", "Places for them."),
    ),
    "stochastic": (
        ResultColumn("measure", "text", "", "What is measured: the value of knowing, of planning for all futures."),
        ResultColumn("priority", "text", "", "Of which priority."),
        _number("value", "the priority's", "The measure; empty where it is not known."),
    ),
    "alternatives": (
        *_text("route"),
        ResultColumn("years", "text", "", "The block of years."),
        _number("least", "places", "The fewest commissions that give the priorities within what may be given up."),
        _number("best", "places", "The plan's own."),
        _number("most", "places", "The most commissions that do."),
    ),
    "tornado": (
        ResultColumn("assumption", "text", "", "What is moved."),
        _number("low", "× what it is, or its own", "The low end."),
        _number("high", "× what it is, or its own", "The high end."),
        _number("unmet_low", "FTE-years", "Unmet demand at the low end."),
        _number("unmet_high", "FTE-years", "Unmet demand at the high end."),
        _number("cost_low", "£", "Cost at the low end."),
        _number("cost_high", "£", "Cost at the high end."),
        _number("priority_<name>_low", "the priority's", "The value of the priority at the low end."),
        _number("priority_<name>_high", "the priority's", "The value of the priority at the high end."),
    ),
    "switching": (
        ResultColumn("assumption", "text", "", "What is moved."),
        _number("value", "× what it is, or its own", "Where another option becomes the best; empty where none does."),
        ResultColumn("better", "text", "", "The option that does."),
    ),
}  # fmt: skip
"""The tables of commands that solve many times."""

ALL_TABLES: Mapping[str, tuple[ResultColumn, ...]] = {**RESULT_TABLES, **OTHER_TABLES, **STUDY_TABLES}


def column_of(table: str, column: str) -> ResultColumn:
    """The declaration of a column of a result table. Raises KeyError for a column the table does not have."""
    declared = ALL_TABLES[table]
    exact = (one for one in declared if one.name == column)
    found = next(exact, None) or next((one for one in declared if one.is_pattern and one.means(column)), None)
    if found is None:
        raise KeyError(f"{table}.csv has no column {column}")
    return found


def kind_of(table: str, column: str) -> Kind:
    """What a column of a result table holds. Raises KeyError for a column the table does not have."""
    return column_of(table, column).kind
