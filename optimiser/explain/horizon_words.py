"""Writes how far commissions depend on the run-out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from optimiser.explain.horizon import Horizon
from optimiser.text.wording import fte, table

_WORTH_NAMING = 0.05
"""Commissions of a route, over all the years, below which a move is a solver's rounding."""


def sentences(found: Horizon) -> Iterator[str]:
    """Write how many commissions move in all and, for each route that moves, its years."""
    if not found.commissions:
        yield f"With a run-out of {found.longer} years instead of {found.years} there is no plan."
        return
    settings = found.plan.programme.evidence.settings
    years = sorted({year for _, year, _, _ in found.commissions})
    span = f"{settings.label(years[0])} to {settings.label(years[-1])}" if len(years) > 1 else settings.label(years[0])
    yield (
        f"With a run-out of {found.longer} years instead of {found.years}: {fte(found.more)} commissions more and "
        f"{fte(found.fewer)} fewer than the {fte(found.commissioned)} of {span}."
    )
    changes: dict[str, dict[int, float]] = defaultdict(dict)
    for route, year, before, after in found.commissions:
        changes[route][year] = after - before
    moved = {route: sum(map(abs, by.values())) for route, by in changes.items()}
    named = sorted((route for route in moved if moved[route] > _WORTH_NAMING), key=lambda one: (-moved[one], one))
    if named:
        rows = [[route, *(_signed(changes[route][year]) for year in years)] for route in named]
        yield "More (+) or fewer (−) commissions with the longer run-out, all areas together:"
        yield from table(["route", *(settings.label(year) for year in years)], rows)
        yield "What moves is trained for years that the model does not see: raise run_out_years before announcing it."


def content(found: Horizon) -> dict[str, Any]:
    """Return the same as keys and values."""
    names = ("route", "year", "commissions", "with_longer_run_out")
    return {
        "run_out_years": found.years, "longer_run_out_years": found.longer, "more": found.more, "fewer": found.fewer,
        "commissioned": found.commissioned, "plan_exists": bool(found.commissions),
        "commissions": [dict(zip(names, one, strict=True)) for one in found.commissions],
        "sentences": list(sentences(found)),
    }  # fmt: skip


def _signed(change: float) -> str:
    return "0" if abs(change) < _WORTH_NAMING else f"{'+' if change > 0 else ''}{fte(change)}"
