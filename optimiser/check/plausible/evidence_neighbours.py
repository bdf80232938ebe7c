"""Areas beside each other: figures, growth and rows that one area has of another size, or has not."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from optimiser.check.plausible.behind import by_area, staff_place
from optimiser.check.plausible.query import Queries, here, middle, only, place_of, query
from optimiser.inputs.evidence import Evidence, Floats
from optimiser.text.faults import Fault, Place

FAR, NEAR_OTHERS = 8.0, 4.0
"""How many times an area's figure may lie from what its size and the other areas suggest: in any case, and where
the other areas keep close to it."""
CLOSE = 2.5
"""How many times as far (in powers) as any other area lies from its own size."""
SMALL = 10.0
"""Figures below this differ for many reasons."""
ROUNDS = 6
"""Of taking medians off, after which nothing moves any more to speak of."""
LEAST = 3
"""Areas, and figures of an area, that are needed to know a size."""


@dataclass(frozen=True)
class Kind:
    """One kind of figure in every area: its number, and where it is written."""

    name: str
    """`units of scans`, `FTE of nurse`, `patients of lung`, `starts of degree`."""
    number: Mapping[int, float]
    place: Mapping[int, Place]


def _kinds(evidence: Evidence) -> Iterator[Kind]:
    """Everything that has a number in each area."""
    area_at = {area: at for at, area in enumerate(evidence.areas)}
    for table, code, value, what in (
        ("demand", "task", "volume", "units"),
        ("patients", "group", "number", "patients"),
    ):
        rows: dict[str, dict[int, tuple[float, int]]] = defaultdict(dict)
        for (area, name), figure in by_area(evidence, table, code, value).items():
            rows[name][area_at[area]] = figure
        for name, figures in sorted(rows.items()):
            place = {at: evidence.tables[table].place(row, value) for at, (_, row) in figures.items()}
            yield Kind(f"{what} of {name}", {at: number for at, (number, _) in figures.items()}, place)
    last, intakes = evidence.settings.first_year - 1, evidence.tables["past_starts"]
    for route, name in enumerate(evidence.routes):
        number = dict(enumerate(evidence.past_starts[:, route, 0].tolist()))
        place = {
            at: intakes.place(only(intakes, route=name, area=evidence.areas[at], year=last)[0], "starts")
            for at, starts in number.items()
            if starts > 0
        }
        yield Kind(f"starts of {name}", number, place)
    for role, name in enumerate(evidence.roles):
        number = dict(enumerate(evidence.staff_in_post[:, role].tolist()))
        yield Kind(f"FTE of {name}", number, {at: staff_place(evidence, at, [role]) for at in number})


def _away(kinds: Sequence[Kind], areas: int) -> Floats:
    """[kind, area]: how far each figure lies, in powers, from the size of its kind and of its area; NaN where none is.

    By median polish, so that no single figure moves what is expected of the others.
    """
    rest = np.array([[log(kind.number[at]) if kind.number.get(at, 0) > 0 else np.nan for at in range(areas)]
                     for kind in kinds])  # fmt: skip
    for _ in range(ROUNDS):
        rest = rest - np.nanmedian(rest, axis=1, keepdims=True)
        rest = rest - np.nan_to_num(np.nanmedian(rest, axis=0, keepdims=True))
    return rest


def figures_beside_each_other(evidence: Evidence) -> Queries:
    """A figure far from what the area's other figures and the other areas suggest; three of each are needed."""
    kinds = [kind for kind in _kinds(evidence) if sum(one > 0 for one in kind.number.values()) >= LEAST]
    if len(evidence.areas) < LEAST or len(kinds) < LEAST:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # An area without any figure has no median.
        away = _away(kinds, len(evidence.areas))
    enough = (~np.isnan(away)).sum(axis=0) >= LEAST
    for at, area in np.argwhere(np.abs(np.nan_to_num(away)) >= log(NEAR_OTHERS)).tolist():
        kind, far = kinds[at], float(away[at, area])
        value, should = kind.number[area], kind.number[area] / exp(far)
        others = float(np.nanmax(np.abs(np.delete(away[at], area))))
        alone = abs(far) > CLOSE * others
        if enough[area] and (abs(far) >= log(FAR) or alone) and max(value, should) >= SMALL:
            found = (
                f"{value:,.6g} {kind.name} in area {evidence.areas[area]}, "
                f"where its other figures and the other areas suggest about {should:,.3g}"
            )
            yield query("far-from-neighbours", kind.place[area], found, "a figure of that size", "Check it.")


def staff_of_the_neighbours(evidence: Evidence) -> Queries:
    """A role that nearly every area has, though not one with its work: a figure of 0 may be a row nobody filled in."""
    areas = len(evidence.areas)
    for role, name in enumerate(evidence.roles):
        there = evidence.staff_in_post[:, role] > 0
        tasks = evidence.pair_task[evidence.pair_role == role]
        if areas < LEAST or areas - there.sum() > max(1, areas // 10):
            continue
        usual = middle(evidence.staff_in_post[there, role].tolist())
        for area in np.flatnonzero(~there & evidence.has_demand[:, tasks].any(axis=1)).tolist():
            if usual >= SMALL:
                found = f"no {name}{here(evidence, area)}, while half the other areas have {usual:,.4g} FTE or more"
                place = place_of(evidence, "staff_in_post", "fte", area=evidence.areas[area], role=name)
                yield query("staff-missing", place, found, "staff as elsewhere", "Fill it in, if it was left at 0.")


def work_of_the_neighbours(evidence: Evidence) -> Queries:
    """A task that nearly every area has, and not one with staff who do it; patients likewise."""
    told = yield from _patients_of_the_neighbours(evidence)
    for task, name in enumerate(evidence.tasks):
        there = evidence.has_demand[:, task]
        if not _nearly_all(int(there.sum()), len(evidence.areas)):
            continue
        roles = evidence.pair_role[evidence.pair_task == task]
        for area in np.flatnonzero(~there & (evidence.staff_in_post[:, roles] > 0).any(axis=1)).tolist():
            if (name, area) not in told:
                found = f"no demand for {name}{here(evidence, area)}, which {int(there.sum())} other areas have"
                mend = "Add the row to demand (or patients); write 0 where there is none."
                yield query("work-missing", evidence.tables["demand"].place(), found, "work its staff can do", mend)


def _patients_of_the_neighbours(evidence: Evidence) -> Generator[Fault, None, set[tuple[str, int]]]:
    """Queries of patients that are missing; returns the tasks and areas whose work is missing with them."""
    table, care = evidence.tables["patients"], evidence.tables["care"]
    there: dict[str, set[str]] = defaultdict(set)
    for area, group in zip(table.column("area"), table.column("group"), strict=True):
        there[group].add(area)
    told: set[tuple[str, int]] = set()
    for group, areas in sorted(there.items()):
        tasks = [task for other, task in zip(care.column("group"), care.column("task"), strict=True) if other == group]
        if not tasks or not _nearly_all(len(areas), len(evidence.areas)):
            continue
        roles = evidence.pair_role[np.isin(evidence.pair_task, [evidence.tasks.index(task) for task in tasks])]
        for at, area in enumerate(evidence.areas):
            if area not in areas and (evidence.staff_in_post[at, roles] > 0).any():
                told |= {(task, at) for task in tasks}
                found = f"no patients of {group}{here(evidence, at)}, whom {len(areas)} other areas have"
                mend = "Add the row to patients; write 0 where there are none."
                yield query("work-missing", table.place(), found, "patients as elsewhere", mend)
    return told


def _nearly_all(some: int, areas: int) -> bool:
    """True for two thirds of the areas, or one of two."""
    return 0 < some < areas and (some * 3 >= areas * 2 or areas == 2)


def growth_of_the_neighbours(evidence: Evidence) -> Queries:
    """Growth far from that of all other areas, which are alike: a blank cell, another sign, a nought."""
    for name, code in (("demand", "task"), ("patients", "group")):
        table = evidence.tables[name]
        rows: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row, key in enumerate(zip(table.column(code), table.column("year"), strict=True)):
            rows[key].append(row)
        growth = table.column("growth")
        for (what, _), some in rows.items():
            for row in some if len(some) > LEAST else []:
                others = [growth[other] for other in some if other != row]
                low, high = min(others), max(others)
                if max(low - growth[row], growth[row] - high) > max(0.02, 3 * (high - low)):
                    area = table.column("area")[row]
                    found = f"growth of {growth[row]:.3g} a year of {what} in area {area}"
                    expected = f"growth like the other areas', {low:.3g}" + (f" to {high:.3g}" if high > low else "")
                    yield query("growth-differs", table.place(row, "growth"), found, expected, "Check it.")


CHECKS = (figures_beside_each_other, staff_of_the_neighbours, work_of_the_neighbours, growth_of_the_neighbours)
