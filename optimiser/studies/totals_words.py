"""Writes what a point leaves unmet and costs: the totals of `solve` first, weighted priorities last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimiser.inputs.settings import Settings
from optimiser.model.breaking import BROKEN
from optimiser.studies.engine.points import Result
from optimiser.text.wording import fte, money, priority_amount

TOTALS = ("unmet FTE-years", "cost", "discounted")
"""Over the reported years; the second and third in pounds."""

_MEANING = {
    "unmet": "Weighted priority (unmet): what is made smallest first, the unmet demand of all modelled years, run-out "
    "included, weighted by tier and task.",
    "cost": "Priority (cost): spending of all modelled years, run-out included, discounted.",
    BROKEN: "Broken: by how much rules are broken that may be, by their weights.",
}


def total_cells(result: Result, settings: Settings) -> list[str]:
    """Return one cell for each of TOTALS; empty without a plan."""
    found = result.totals
    if found is None:
        return [""] * len(TOTALS)
    costs = (found.cost, found.cost_discounted)
    return [fte(found.unmet_fte_years), *(money(cost, settings.currency) for cost in costs)]


def priorities_shown(results: Sequence[Result]) -> list[str]:
    """Return the priorities for a table's last columns: all but a later cost, which is among the totals."""
    names = list(dict.fromkeys(name for result in results for name in result.values))
    names.sort(key=lambda name: name != BROKEN)
    first = next((name for name in names if name != BROKEN), None)
    return [name for name in names if name in (first, BROKEN) or name != "cost"]


def priority_header(name: str) -> str:
    """Return the header of a column of a priority's values."""
    return {"unmet": "weighted priority (unmet)", BROKEN: "broken, by weight"}.get(name, f"priority ({name})")


def priority_cell(name: str, result: Result, settings: Settings) -> str:
    """Write the value of a priority, whose unit is in the header; empty where the point has none."""
    if name not in result.values:
        return ""
    said = priority_amount(name, result.values[name], settings)
    return said if name == "cost" else said.partition(" ")[0]


def meanings(names: Sequence[str]) -> Iterator[str]:
    """Explain the priorities shown, once for each screen; one of the user's own is its quantity's sum."""
    for name in names:
        yield _MEANING.get(name, f"Priority ({name}): its sum over all modelled years, run-out included.")
