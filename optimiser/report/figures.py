"""Takes the sums that several pictures share straight from the result tables of one plan."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats
from optimiser.report.report_inputs import PlanResult
from optimiser.report.result_table import summed

Key = TypeVar("Key", bound=Hashable)


def years(plan: PlanResult) -> tuple[int, ...]:
    """Return the reported years."""
    return plan.facts.settings.reported_years


def label(plan: PlanResult, year: int) -> str:
    """Write a year as people see it."""
    return plan.facts.settings.label(year)


def period(plan: PlanResult) -> str:
    """Write the reported years as `2024/25 to 2035/36`."""
    first, last = years(plan)[0], years(plan)[-1]
    return label(plan, first) if first == last else f"{label(plan, first)} to {label(plan, last)}"


def place(plan: PlanResult) -> str:
    """Return what the figures are about: the title of the evidence, or its folder's name."""
    return plan.facts.settings.title or plan.facts.folder.name


def prices(plan: PlanResult) -> str:
    """Write `2024/25 prices`; empty where no price year is given."""
    year = plan.facts.settings.price_year
    return f"{label(plan, year)} prices" if year is not None else ""


def measured(plan: PlanResult, what: str) -> str:
    """Say what is measured, under which option, where and when."""
    return f"{what} under “{plan.name}”. {place(plan)}, {period(plan)}."


_CODE = {"areas": "area", "roles": "role", "routes": "route", "tasks": "task", "patterns": "pattern"}


def titles(facts: Evidence, table: str) -> dict[str, str]:
    """Return what people call each code of a table of inputs: its title, or the code in words."""
    read = facts.tables[table].columns
    known = dict(zip(read.get(_CODE[table], ()), read.get("title", ()), strict=False))
    codes: Sequence[str] = getattr(facts, table)
    return {code: known.get(code) or code.replace("_", " ") for code in codes}


def service_of(plan: PlanResult) -> dict[str, str]:
    """Return each task's service; a task without one is its own."""
    facts, named = plan.facts, titles(plan.facts, "tasks")
    return {task: service or named[task] for task, service in zip(facts.tasks, facts.services, strict=True)}


def yardstick_of(plan: PlanResult) -> dict[str, float]:
    """Return the units that one FTE-year of work delivers, by task."""
    return dict(zip(plan.facts.tasks, plan.facts.yardstick.tolist(), strict=True))


def demand_fte(plan: PlanResult, column: str) -> Floats:
    """Return a column of demand.csv in FTE: units ÷ the task's yardstick, in the order of the file."""
    table, yardstick = plan.table("demand"), yardstick_of(plan)
    per_fte: Floats = np.array([yardstick[task] for task in table.text("task")], dtype=float)
    return np.asarray(table.numbers(column) / per_fte, dtype=float)


def by_year(plan: PlanResult, table: str, group: Iterable[Key], values: Floats) -> dict[tuple[Key, int], float]:
    """Sum values by group and year; rows without a year are left aside."""
    when = plan.table(table).years()
    pairs = [(key, year) for key, year in zip(group, when, strict=True)]
    return {key: total for key, total in summed(pairs, values).items() if key[1] is not None}


def unmet_by(plan: PlanResult, group: Sequence[Key]) -> dict[tuple[Key, int], float]:
    """Return unmet demand in FTE by group and year."""
    return by_year(plan, "demand", group, plan.table("demand").numbers("unmet_fte"))


def asked_by(plan: PlanResult, group: Sequence[Key]) -> dict[tuple[Key, int], float]:
    """Return demand in FTE by group and year, including what waits from the year before."""
    volume = demand_fte(plan, "volume") + np.nan_to_num(demand_fte(plan, "waiting"))
    return by_year(plan, "demand", group, volume)


def services(plan: PlanResult) -> list[str]:
    """Return the service of each row of demand.csv."""
    known = service_of(plan)
    return [known[task] for task in plan.table("demand").text("task")]


def largest(totals: dict[Key, float], most: int) -> list[Key]:
    """Return the keys with the largest totals, largest first; equals in the order of their names."""
    return sorted(totals, key=lambda key: (-round(totals[key], 9), str(key)))[:most]
