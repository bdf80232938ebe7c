"""Counts a service's demand and shortage in FTE of the yardstick, and an area's part of the common share.

The common share (unmet ÷ volume in all areas together) is a column of its own for each year, so that a row about one
area has one term for all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity, grid, of_columns


def unmet_fte(quantities: Quantities) -> Quantity:
    """Return unmet demand in FTE of the yardstick, unweighted, by area, task and year."""
    return _in_fte(quantities.unmet, quantities.evidence)


def demand_fte(quantities: Quantities) -> Quantity:
    """Return the volume in FTE of the yardstick, by area, task and year."""
    return _in_fte(quantities.demand, quantities.evidence)


IN_FTE: Mapping[str, Callable[[Quantities], Quantity]] = {"unmet_fte": unmet_fte, "demand_fte": demand_fte}
"""Quantities that a limit may be made of and no entry names."""


def of_service(quantity: Quantity, service: str, evidence: Evidence) -> Quantity:
    """Keep the entries of a service's tasks."""
    mine = np.array([own == service for own in evidence.services], dtype=bool)
    return quantity.only(mine[quantity.keys["task"]])


def volume_fte(quantities: Quantities, service: str) -> Floats:
    """Return [area, year]: the service's volume in FTE."""
    evidence = quantities.evidence
    demand = of_service(demand_fte(quantities), service, evidence)
    total = np.zeros((len(evidence.areas), len(evidence.settings.years)))
    np.add.at(total, (demand.keys["area"], demand.keys["year"]), demand.constant)
    return total


def own_part(quantities: Quantities, label: str) -> Quantity:
    """Return the common share × the area's own volume in FTE, by area and year."""
    shared = quantities.decisions.common_share[label]
    volume = volume_fte(quantities, shared.service)
    area, year = grid(*volume.shape)
    share = of_columns("common_share", shared.columns[year], {"area": area, "year": year})
    return share.times(volume.ravel())


def moves_with(quantities: Quantities, label: str, row: Integers) -> tuple[Integers, Integers, Integers, Floats]:
    """Return how share × volume moves with each of the service's volumes: row, point, column and coefficient.

    `row` is [area, year], −1 where there is none.
    """
    evidence, shared = quantities.evidence, quantities.decisions.common_share[label]
    demand = of_service(demand_fte(quantities), shared.service, evidence)
    area, task, year = (demand.keys[key] for key in ("area", "task", "year"))
    at = row[area, year]
    inside = at >= 0
    point = quantities.decisions.cell_of[area, task] * len(evidence.settings.years) + year
    return at[inside], point[inside], shared.columns[year][inside], 1.0 / evidence.yardstick[task][inside]


def _in_fte(quantity: Quantity, evidence: Evidence) -> Quantity:
    return quantity.times(1.0 / evidence.yardstick[quantity.keys["task"]])
