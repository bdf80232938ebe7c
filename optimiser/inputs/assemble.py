"""From the user's files to the evidence the model is built from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from optimiser.inputs import arrays_staff, arrays_work
from optimiser.inputs.checks import check_tables
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.folder import Sources
from optimiser.inputs.read_tables import Typed, read_tables
from optimiser.inputs.scenarios import Multipliers
from optimiser.inputs.settings import Settings
from optimiser.inputs.workbook import read_sources
from optimiser.reading.faults import Faults, FaultsFound, Place


def read_evidence(path: Path, scenarios: Sequence[str] = (), faults: Faults | None = None) -> Evidence:
    """Read an inputs folder or workbook, check it and apply the scenarios.

    Warnings are recorded in `faults` where it is given. Raises FaultsFound with every fault of every
    file together.
    """
    found = Faults() if faults is None else faults
    return evidence_of(read_sources(path, found), path, scenarios, found)


def evidence_of(sources: Sources, path: Path, scenarios: Sequence[str], faults: Faults) -> Evidence:
    """The evidence of tables of text, from whatever kind of file they come. Raises FaultsFound."""
    typed = read_tables(sources, faults)
    check_tables(typed, scenarios, faults)
    if faults.errors or typed.settings is None:
        raise FaultsFound(faults.found)
    with np.errstate(over="ignore", invalid="ignore"):
        evidence = _assemble(typed, typed.settings, sources, path, tuple(scenarios))
        _check_figures(evidence, faults)
    faults.stop_if_any()
    return evidence


def _assemble(typed: Typed, settings: Settings, sources: Sources, path: Path, scenarios: tuple[str, ...]) -> Evidence:
    """Every array, from tables without faults; codes in alphabetical order."""
    multipliers = Multipliers(typed.tables["scenarios"], scenarios, settings.years)
    codes = arrays_staff.Codes(
        areas=typed.areas,
        roles=tuple(sorted(typed.tables["roles"].column("role"))),
        routes=tuple(sorted(typed.tables["routes"].column("route"))),
        tasks=tuple(sorted(typed.tables["tasks"].column("task"))),
        patterns=tuple(sorted(typed.tables["patterns"].column("pattern"))),
    )
    return Evidence(
        settings=settings,
        tables=typed.tables,
        files=sources.files,
        folder=path,
        scenarios=scenarios,
        areas=codes.areas,
        roles=codes.roles,
        routes=codes.routes,
        tasks=codes.tasks,
        patterns=codes.patterns,
        **arrays_staff.area_arrays(typed.tables, codes),
        **arrays_staff.role_arrays(typed.tables, codes, settings, multipliers),
        **arrays_staff.route_arrays(typed.tables, codes, settings),
        **arrays_work.task_arrays(typed.tables, codes, settings, multipliers),
        **arrays_work.productivity_arrays(typed.tables, codes, settings, multipliers),
        **arrays_work.pattern_arrays(typed.tables, codes),
        **arrays_work.cost_arrays(typed.tables, settings, multipliers),
    )


def _check_figures(evidence: Evidence, faults: Faults) -> None:
    """What growth and scenarios make of the figures must still be usable."""
    settings = evidence.settings
    under = f" under {', '.join(evidence.scenarios)}" if evidence.scenarios else ""
    _check_leaver_rates(evidence, under, faults)
    for figures, names, table, code in (
        (evidence.volume.max(axis=0, initial=0.0), evidence.tasks, "tasks", "task"),
        (evidence.units_per_fte, [evidence.roles[role] for role in evidence.pair_role], "productivity", "role"),
        (evidence.amount, evidence.cost_item, "costs", "item"),
    ):
        for position in np.flatnonzero(~np.isfinite(figures).all(axis=1)).tolist():
            rows = evidence.tables[table].column(code)
            place = evidence.tables[table].place(rows.index(names[position]), code)
            when = settings.label(settings.years[-1])
            found = f"figures of {names[position]}{under} that grow beyond any number by {when}"
            faults.add("too-large", place, found, "a number", "Check growth and multipliers.")


def _check_leaver_rates(evidence: Evidence, under: str, faults: Faults) -> None:
    """No more than all of last year's staff can leave."""
    settings = evidence.settings
    roles, leavers = evidence.tables["roles"], evidence.tables["leavers"]
    keys = zip(*map(leavers.column, ("area", "role", "year")), strict=True)
    single = {key: row for row, key in enumerate(keys)}
    seen: set[Place] = set()
    for area, role, year in np.argwhere(evidence.leaver_rate > 1).tolist():
        code, when = evidence.roles[role], settings.years[year]
        row = single.get((evidence.areas[area], code, when), single.get(("", code, when)))
        if row is None:
            place = roles.place(roles.column("role").index(code), "leaver_rate")
        else:
            place = leavers.place(row, "leaver_rate")
        if place not in seen:
            seen.add(place)
            found = f"a leaver rate of {evidence.leaver_rate[area, role, year]:.6g} in {settings.label(when)}{under}"
            faults.add("leavers-above-1", place, found, "at most 1", "Lower the rate or the multiplier.")
