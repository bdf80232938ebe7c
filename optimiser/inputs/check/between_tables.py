"""Checks what must hold within and between the tables, beyond types and known codes; records every fault."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.inputs.check.networks import check_networks
from optimiser.inputs.check.routes import check_destinations, check_past_starts, check_routes, check_transitions
from optimiser.inputs.check.work import check_costs, check_paths, check_tasks_can_be_done, check_work_tables
from optimiser.inputs.read.tables_read import Typed
from optimiser.inputs.scenarios import check_chosen
from optimiser.inputs.settings import Settings
from optimiser.text.faults import Faults


def check_tables(typed: Typed, chosen: Sequence[str], faults: Faults) -> None:
    """Run every check that the tables read so far allow."""
    _check_rows(typed, faults)
    _check_staff_complete(typed, faults)
    check_routes(typed, faults)
    check_transitions(typed, faults)
    check_destinations(typed, faults)
    check_costs(typed, faults)
    check_work_tables(typed, faults)
    check_tasks_can_be_done(typed, faults)
    check_networks(typed, faults)
    _check_scenarios(typed, faults)
    if typed.ready("scenarios"):
        check_chosen(chosen, typed.tables["scenarios"], faults)
    if typed.settings is not None:
        _check_first_years(typed, typed.settings, faults)
        check_past_starts(typed, typed.settings, faults)
        check_paths(typed, typed.settings, faults)
        _check_run_out(typed, typed.settings, faults)


def _check_rows(typed: Typed, faults: Faults) -> None:
    """Check that the tables without which there is nothing to plan have rows."""
    for name, what in (("areas", "an area"), ("roles", "a role"), ("tasks", "a task")):
        table = typed.tables[name]
        if typed.ready(name) and table.positions and not len(table):
            faults.add("no-rows", table.place(), "no rows", f"at least {what}", "Add one, or remove the file."
                       if name == "areas" else "Add one.")  # fmt: skip


def _check_staff_complete(typed: Typed, faults: Faults) -> None:
    """Check that staff_in_post has one row for every area and role."""
    table = typed.tables["staff_in_post"]
    roles = typed.known("roles")
    if not typed.ready("staff_in_post", "areas") or roles is None or "role" not in table.positions:
        return
    if len(typed.areas) > 1 and "area" not in table.positions:
        return
    there = set(zip(table.column("area"), table.column("role"), strict=True))
    for area in typed.areas:
        for role in sorted(roles):
            if (area, role) not in there:
                found = f"no row for {subject(typed, area, role=role)}"
                mend = "Add it; write 0 where there are none."
                faults.add("missing-row", table.place(), found, "one row for every area and role", mend)


def subject(typed: Typed, area: str, **codes: str) -> str:
    """Name an area and a role: `area north, role nurse`; the area is left out where there is only one."""
    said = {"area": area} if len(typed.areas) > 1 else {}
    return ", ".join(f"{name} {code}" for name, code in (said | codes).items())


def _check_first_years(typed: Typed, settings: Settings, faults: Faults) -> None:
    """Refuse leaver rates and multipliers before the first year, and past starts from it on: none can be used."""
    first = settings.label(settings.first_year)
    for name in ("leavers", "scenarios"):
        table = typed.tables[name]
        for row, year in enumerate(table.column("year")):
            if year < settings.first_year and table.sound(row, "year"):
                mend = f"Remove the row, or write {first} or a later year."
                found = settings.label(year)
                faults.add("year-too-early", table.place(row, "year"), found, f"{first} (first_year) or later", mend)
    table = typed.tables["past_starts"]
    for row, year in enumerate(table.column("year")):
        if year >= settings.first_year and table.sound(row, "year"):
            mend = "Starts from the first year on are decided by the model: remove the row."
            found = settings.label(year)
            faults.add("year-too-late", table.place(row, "year"), found, f"a year before {first} (first_year)", mend)


def _check_scenarios(typed: Typed, faults: Faults) -> None:
    """Refuse a task or area where a scenario's figures have none, and pairs of role and task that do not exist."""
    table = typed.tables["scenarios"]
    pairs = set(zip(*(typed.tables["productivity"].column(name) for name in ("role", "task")), strict=True))
    names = ("table", "item", "task", "area")
    for row, (kind, item, task, area) in enumerate(zip(*map(table.column, names), strict=True)):
        if not table.sound(row, "table"):
            continue
        if task and kind != "productivity":
            mend = "Leave it blank, or put the task under item." if kind == "demand" else "Leave it blank."
            expected = f"nothing, as table is {kind}"
            faults.add("not-for-this-table", table.place(row, "task"), f'"{task}"', expected, mend)
        elif item and task and (item, task) not in pairs and typed.ready("productivity"):
            faults.add("unknown-pair", table.place(row, "task"), f"{item} and {task}",
                       "a role and task of productivity", "Add the pair there, or leave one blank.")  # fmt: skip
        if area and kind not in ("demand", "patients"):
            expected = f"nothing, as table is {kind}"
            faults.add("not-for-this-table", table.place(row, "area"), f'"{area}"', expected, "Leave it blank.")


def _check_run_out(typed: Typed, settings: Settings, faults: Faults) -> None:
    """Warn where the run-out is too short for those who start last to be worth training."""
    routes = typed.tables["routes"]
    durations = dict(zip(routes.column("route"), routes.column("years"), strict=True))
    longest = max(durations, key=lambda route: (durations[route], route), default=None)
    if longest is None or durations[longest] <= settings.run_out_years or not typed.ready("routes"):
        return
    found = f"{settings.run_out_years} run-out years"
    expected = f"{durations[longest]} or more, the years of {longest}"
    mend = "With fewer, the last reported years train for nobody."
    faults.warn("run-out-short", typed.settings_places["run_out_years"], found, expected, mend)
