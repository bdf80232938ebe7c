"""What changes of intakes from year to year weigh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.oracle.families import Row
from tests.oracle.quantities import Quantities, Sum, plus, selected
from tests.oracle.values import number


def steady_starts(quantities: Quantities, policy: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Route, area and year of every change that weighs something."""
    e = quantities.evidence
    if "steady" not in policy:
        return
    past = {(row["route"], row["area"]) for row in e.rows("past_starts")}
    for labels, _ in selected(quantities.cells("starts"), policy["steady"].get("where")):
        route, area, year = labels["route"], labels["area"], labels["year"]
        if year <= e.last and (year > e.first or (route, area) in past):
            yield route, area, year


def change_rows(quantities: Quantities, policy: dict[str, Any]) -> Iterator[Row]:
    """The change is what rose less what fell."""
    for route, area, year in steady_starts(quantities, policy):
        now, before = (quantities.starts(route, area, at) for at in (year, year - 1))
        keys = {"route": route, "area": area, "year": year}
        sides: Sum = {("rose", route, area, year): 1.0, ("fell", route, area, year): -1.0}
        yield Row("identity", "change", "", keys, "exactly", plus((1.0, now), (-1.0, before)), sides)


def change(quantities: Quantities, policy: dict[str, Any]) -> Sum:
    """weight × Σ |starts[t] − starts[t−1]|."""
    weight = number(policy["steady"]["weight"]) if "steady" in policy else 0.0
    return {(side, *keys): weight for keys in steady_starts(quantities, policy) for side in ("rose", "fell")}
