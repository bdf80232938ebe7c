"""The figures behind work and staff: where each of them is written, so that a query can name them."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np

from optimiser.check.plausible.query import only, place_of
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.growth import follow, points_by_key
from optimiser.inputs.read.table import Table
from optimiser.text.faults import Place
from optimiser.text.phrases import listed


def staff_place(evidence: Evidence, area: int, roles: list[int]) -> Place:
    """The row of staff in post of the role that has most staff there."""
    role = max(roles, key=lambda one: (evidence.staff_in_post[area, one], -one))
    return place_of(evidence, "staff_in_post", "fte", area=evidence.areas[area], role=evidence.roles[role])


def by_area(evidence: Evidence, table: str, code: str, value: str) -> dict[tuple[str, str], tuple[float, int]]:
    """(area, code) → the figure of the first year and the row that gives it, of demand or patients."""
    first = evidence.settings.first_year
    found = {}
    for key, points in points_by_key(evidence.tables[table], ("area", code), value).items():
        given = [point for point in points if point.year <= first and not np.isnan(point.value)]
        found[key] = follow(points, [first])[0], (given or points)[-1].row
    return found


def shared_figure(evidence: Evidence, tasks: list[int]) -> Place:
    """The figure of a task that all areas share: what a patient needs, or what an FTE does where there are none."""
    task = _largest(evidence, range(len(evidence.areas)), tasks)
    care = _care_row(evidence, task)
    return evidence.tables["care"].place(care, "units_per_patient") if care is not None else _quickest(evidence, task)


def figures_behind(evidence: Evidence, area: int, roles: list[int], tasks: list[int]) -> str:
    """`check fte (staff_in_post line 5), units_per_fte (productivity line 3: 480) and volume (demand line 9)`."""
    task = _largest(evidence, [area], tasks)
    name = evidence.tasks[task]
    each = evidence.yardstick[task]
    parts = [
        _said("fte", staff_place(evidence, area, roles)),
        _said("units_per_fte", _quickest(evidence, task), f": {each:,.6g} of {name}"),
    ]
    rows = only(evidence.tables["demand"], area=evidence.areas[area], task=name)
    if rows:
        parts.append(_said("volume", evidence.tables["demand"].place(rows[0], "volume")))
    care = _care_row(evidence, task)
    if care is not None:
        table = evidence.tables["care"]
        units = f": {table.column('units_per_patient')[care]:,.6g} of {name}"
        parts.append(_said("units_per_patient", table.place(care, "units_per_patient"), units))
        group = table.column("group")[care]
        parts.append(_said("number", place_of(evidence, "patients", "number", area=evidence.areas[area], group=group)))
    return f"check {listed(parts, 'and')}"


def _said(column: str, place: Place, more: str = "") -> str:
    where = place.cell or f"{PurePath(place.file).name} line {place.line}"
    return f"{column} ({where}{more})"


def _largest(evidence: Evidence, areas: range | list[int], tasks: list[int]) -> int:
    """The task of most FTE."""
    return max(tasks, key=lambda task: (evidence.volume[areas, task, 0].sum() / evidence.yardstick[task], -task))


def _quickest(evidence: Evidence, task: int) -> Place:
    """The row of productivity that does most of a task in a year."""
    table: Table = evidence.tables["productivity"]
    rows = only(table, task=evidence.tasks[task])
    return table.place(max(rows, key=lambda row: table.column("units_per_fte")[row]), "units_per_fte")


def _care_row(evidence: Evidence, task: int) -> int | None:
    """The row of care that makes most of a task's work; None where no patients need it."""
    table = evidence.tables["care"]
    rows = only(table, task=evidence.tasks[task])
    number: dict[str, float] = {}
    for (_, group), (patients, _) in by_area(evidence, "patients", "group", "number").items():
        number[group] = number.get(group, 0.0) + patients
    units, groups = table.column("units_per_patient"), table.column("group")
    return max(rows, key=lambda row: units[row] * number.get(groups[row], 0.0), default=None)
