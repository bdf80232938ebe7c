"""Fairness between areas, written out row by row."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracle.families import ONES, Entry, Families, Row
from tests.oracle.quantities import Sum, plus
from tests.oracle.values import by_year


def fairness(families: Families, name: str, entry: Entry) -> Iterator[Row]:
    """Each area's unmet FTE ≤ its volume × (the share unmet everywhere + within)."""
    e, service = families.evidence, entry["service"]
    tasks = [task for task, row in e.tasks.items() if row.get("service") == service]
    for year in [y for y in e.years if entry.get("from", y) <= y <= entry.get("to", y)]:
        unmet: dict[str, Sum] = {area: {} for area in e.areas}
        volume = dict.fromkeys(e.areas, 0.0)
        for task in tasks:
            for area in [area for area in e.areas if e.has_demand(area, task)]:
                unmet[area][("unmet", task, area, year)] = 1 / e.yardstick(task)
                volume[area] += e.volume(area, task, year) / e.yardstick(task)
        everywhere = plus(*[(1.0, one) for one in unmet.values()])
        for area in [area for area in e.areas if volume[area] > 0]:
            common = volume[area] / sum(volume.values())
            band = by_year(entry["within"], year) * volume[area]
            bound = plus((common, everywhere), (band, ONES))
            keys = {"area": area, "year": year}
            yield families.row("fairness", name, "within", keys, "at_most", unmet[area], bound)
