"""Checks demand, patients, care, waiting lists, productivity and costs."""

from __future__ import annotations

from math import isnan

from optimiser.inputs.growth import earliest_rows
from optimiser.inputs.read.tables_read import Typed
from optimiser.inputs.settings import Settings
from optimiser.text.faults import Faults


def check_paths(typed: Typed, settings: Settings, faults: Faults) -> None:
    """Check that a growth path starts with a number, in the first year or before it."""
    first = settings.label(settings.first_year)
    for name, code, value in (("demand", "task", "volume"), ("patients", "group", "number")):
        table = typed.tables[name]
        years, numbers = table.column("year"), table.column(value)
        for row in earliest_rows(table, ("area", code)):
            if years[row] > settings.first_year:
                mend = f"Add a row for {first} or an earlier year; write 0 where there is none yet."
                whose = points_subject(typed, name, row, code)
                found = f"{settings.label(years[row])}, the earliest row of {whose}"
                faults.add("starts-late", table.place(row, "year"), found, f"{first} (first_year) or earlier", mend)
            if isnan(numbers[row]) and table.sound(row, value):
                mend = f"The earliest row needs a {value}; only later rows may leave it blank."
                faults.add("blank", table.place(row, value), "nothing", "a number of 0 or more", mend)


def points_subject(typed: Typed, name: str, row: int, code: str) -> str:
    """Name a growth path: `task scans in area north`; the area is left out where there is only one."""
    table = typed.tables[name]
    where = f" in area {table.column('area')[row]}" if len(typed.areas) > 1 else ""
    return f"{code} {table.column(code)[row]}{where}"


def pairs_with_demand(typed: Typed) -> set[tuple[str, str]]:
    """Return each (area, task) that has work by demand, or by patients with care."""
    demand, patients, care = (typed.tables[name] for name in ("demand", "patients", "care"))
    pairs = set(zip(demand.column("area"), demand.column("task"), strict=True))
    tasks: dict[str, list[str]] = {}
    for group, task in zip(care.column("group"), care.column("task"), strict=True):
        tasks.setdefault(group, []).append(task)
    for area, group in set(zip(patients.column("area"), patients.column("group"), strict=True)):
        pairs.update((area, task) for task in tasks.get(group, ()))
    return pairs


def check_work_tables(typed: Typed, faults: Faults) -> None:
    """Check that a waiting list has demand, and warn of a group of patients that care has no row for."""
    if not typed.ready("demand", "patients", "care"):
        return
    pairs = pairs_with_demand(typed)
    waiting = typed.tables["waiting_list"]
    for row, pair in enumerate(zip(waiting.column("area"), waiting.column("task"), strict=True)):
        if pair not in pairs and waiting.sound(row, "area", "task"):
            found = f"a waiting list for {points_subject(typed, 'waiting_list', row, 'task')}, which has no demand"
            mend = "Add its demand (0 if there is none), or remove the row."
            faults.add("no-demand", waiting.place(row), found, "a task with demand", mend)
    patients = typed.tables["patients"]
    cared_for = set(typed.tables["care"].column("group"))
    seen: set[str] = set()
    for row, group in enumerate(patients.column("group")):
        if group and group not in cared_for and group not in seen:
            seen.add(group)
            found = f"patients of group {group}, for whom care has no row"
            faults.warn("no-care", patients.place(row, "group"), found, "care for every group", "They make no demand.")


def check_tasks_can_be_done(typed: Typed, faults: Faults) -> None:
    """Check that at least one role can do each task with demand."""
    if not typed.ready("tasks", "demand", "patients", "care", "productivity"):
        return
    if "task" not in typed.tables["productivity"].positions:
        return
    able = set(typed.tables["productivity"].column("task"))
    tasks = typed.tables["tasks"]
    wanted = {task for _, task in pairs_with_demand(typed)}
    for row, task in enumerate(tasks.column("task")):
        if task in wanted and task not in able:
            found = f"task {task} has demand, but no role can do it"
            mend = "Add a row to productivity for a role that can."
            faults.add("nobody-can", tasks.place(row, "task"), found, "at least one role in productivity", mend)


def check_costs(typed: Typed, faults: Faults) -> None:
    """Check that a cost per trainee-year belongs to a route that takes time."""
    costs, routes = typed.tables["costs"], typed.tables["routes"]
    durations = {
        route: years
        for row, (route, years) in enumerate(zip(routes.column("route"), routes.column("years"), strict=True))
        if routes.sound(row, "years")
    }
    for row, (item, per) in enumerate(zip(costs.column("item"), costs.column("per"), strict=True)):
        if per == "trainee-year" and durations.get(item) == 0:
            found = f"trainee-year for {item}, a route of 0 years"
            mend = "Use per start, or give the route a year or more."
            faults.add("no-training-time", costs.place(row, "per"), found, "a route of 1 year or more", mend)
