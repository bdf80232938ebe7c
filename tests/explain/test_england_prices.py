"""Prices on the whole of England: what the plan's duals say is what solving again finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimiser.explain.candidates import Push, demand_pushes, limit_pushes, people_pushes
from optimiser.explain.price import Pricer
from optimiser.plan.make import Request, read_and_build
from optimiser.text.faults import Faults

ROOT = Path(__file__).resolve().parents[2]
CHANGE = 5.0
"""Weighted FTE-years by which each number is moved: far above the solver's rounding, far below most ends."""


def sample(pricer: Pricer) -> dict[str, list[Push]]:
    """By kind and family, the numbers that are worth something."""
    programme, found = pricer.programme, dict[str, list[Push]]()
    for push in (*limit_pushes(programme), *demand_pushes(programme), *people_pushes(programme)):
        if abs(pricer.slope(push)) * max(push.one, push.one_percent) > 1e-3:
            found.setdefault(f"{push.kind} {push.family}", []).append(push)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("option", ["flat-cash", "expansion"])
def test_prices_of_england_lie_between_one_sided_differences(option: str) -> None:
    """Proves: in every family that binds, two numbers a little more and a little less bracket the price.

    Sensitivity: a price that forgot what may be carried forward, or a lever's other rows, lies outside by a tenth.
    """
    programme, _ = read_and_build(Request(ROOT / "inputs/england", ROOT / f"constraints/{option}.yaml"), Faults())
    pricer = Pricer(programme, 0)
    families = sample(pricer)
    assert len(families) >= 9, sorted(families)
    for pushes in families.values():
        for push in {id(push): push for push in (pushes[0], pushes[len(pushes) // 2])}.values():
            slope = pricer.slope(push)
            step = CHANGE / abs(slope)
            sides = []
            for sign in (-1.0, 1.0):
                point = pricer.at(push, sign * step)
                # Where the number cannot go further (a floor that meets its ceiling), that side has no difference.
                sides.append(sign * float("inf") if point is None else (point.value - pricer.value) / point.at)
            room = 1e-9 * pricer.value / step + 1e-6 * abs(slope)
            assert sides[0] - room <= slope <= sides[1] + room, (push.name, push.year, sides, slope)
