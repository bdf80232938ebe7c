"""The least Σ |starts − another plan's starts| that leaves every priority its value, or a share of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.oracle.breaking import loosened
from tests.oracle.evidence import Evidence
from tests.oracle.families import Row
from tests.oracle.lp import Answer, Programme
from tests.oracle.policy import read_policy
from tests.oracle.quantities import Sum, known, plus
from tests.oracle.solver import minimise

Other = Mapping[tuple[str, str, int], float]


def least_difference(
    inputs: Path, constraints: Path, scenarios: tuple[str, ...], answer: Answer, other: Other, within: float
) -> float:
    """The smallest difference there is; `answer` has the best values, in order."""
    programme = Programme(Evidence(inputs, list(scenarios)), read_policy(constraints))
    rows, priorities = programme.rows(), programme.priorities()
    if answer.values.get("broken", 0.0) > 0:
        rows, broken = loosened(rows)
        priorities = {"broken": broken, **priorities}
    for name, objective in priorities.items():
        best = answer.values[name]
        most = best + (0.0 if name == "broken" else within * abs(best))
        rows.append(Row("priority", name, "", {}, "at_most", objective, known(most)))
    difference: Sum = {}
    for (route, area, year), starts in other.items():
        sides: Sum = {("above", route, area, year): 1.0, ("under", route, area, year): -1.0}
        now = plus((1.0, programme.quantities.starts(route, area, year)), (-1.0, known(starts)))
        rows.append(Row("identity", "near", "", {}, "exactly", now, sides))
        difference |= dict.fromkeys(sides, 1.0)
    found = minimise(difference, rows, programme.whole())
    assert found.status == "optimal"
    return found.value
