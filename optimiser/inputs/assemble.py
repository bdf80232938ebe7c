"""Turns the user's files into the evidence that the model is built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from optimiser.inputs import arrays_staff, arrays_work
from optimiser.inputs.check.between_tables import check_tables
from optimiser.inputs.check.figures import check_figures
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.folder import Sources
from optimiser.inputs.read.table import Table
from optimiser.inputs.read.tables_read import read_tables
from optimiser.inputs.read.workbook import read_sources
from optimiser.inputs.scenarios import Multipliers
from optimiser.inputs.settings import Settings
from optimiser.text.faults import Faults, FaultsFound


def read_evidence(path: Path, scenarios: Sequence[str] = (), faults: Faults | None = None) -> Evidence:
    """Read an inputs folder or workbook, check it and apply the scenarios.

    Warnings are recorded in `faults` where it is given. Raises FaultsFound with every fault of every
    file together.
    """
    found = Faults() if faults is None else faults
    return evidence_of(read_sources(path, found), path, scenarios, found)


def evidence_of(sources: Sources, path: Path, scenarios: Sequence[str], faults: Faults) -> Evidence:
    """Check tables of text from any kind of file and return their evidence. Raises FaultsFound."""
    typed = read_tables(sources, faults)
    check_tables(typed, scenarios, faults)
    if faults.errors or typed.settings is None:
        raise FaultsFound(faults.found)
    with np.errstate(over="ignore", invalid="ignore"):
        evidence = _assemble(typed.tables, typed.areas, typed.settings, sources.files, path, tuple(scenarios))
        check_figures(evidence, faults)
    faults.stop_if_any()
    return evidence


def check_scenarios(evidence: Evidence, faults: Faults) -> None:
    """Try each scenario of the evidence alone; record the faults of the figures that come out."""
    about = (evidence.tables, evidence.areas, evidence.settings, evidence.files, evidence.folder)
    with np.errstate(over="ignore", invalid="ignore"):
        for scenario in sorted(set(evidence.tables["scenarios"].column("scenario"))):
            check_figures(_assemble(*about, (scenario,)), faults)


def _assemble(
    tables: Mapping[str, Table],
    areas: Sequence[str],
    settings: Settings,
    files: tuple[Path, ...],
    path: Path,
    scenarios: tuple[str, ...],
) -> Evidence:
    """Make every array from tables without faults; codes are in alphabetical order."""
    multipliers = Multipliers(tables["scenarios"], scenarios, settings.years)
    codes = arrays_staff.Codes(
        areas=tuple(areas),
        roles=tuple(sorted(tables["roles"].column("role"))),
        routes=tuple(sorted(tables["routes"].column("route"))),
        tasks=tuple(sorted(tables["tasks"].column("task"))),
        patterns=tuple(sorted(tables["patterns"].column("pattern"))),
    )
    return Evidence(
        settings=settings,
        tables=tables,
        files=files,
        folder=path,
        scenarios=scenarios,
        areas=codes.areas,
        roles=codes.roles,
        routes=codes.routes,
        tasks=codes.tasks,
        patterns=codes.patterns,
        **arrays_staff.area_arrays(tables, codes),
        **arrays_staff.role_arrays(tables, codes, settings, multipliers),
        **arrays_staff.transition_arrays(tables, codes),
        **arrays_staff.route_arrays(tables, codes, settings, multipliers),
        **arrays_work.task_arrays(tables, codes, settings, multipliers),
        **arrays_work.network_arrays(tables, codes),
        **arrays_work.productivity_arrays(tables, codes, settings, multipliers),
        **arrays_work.pattern_arrays(tables, codes),
        **arrays_work.cost_arrays(tables, settings, multipliers),
    )
