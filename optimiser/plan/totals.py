"""What a plan leaves unmet and costs over the reported years: the same figures in every command and on every page."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.model.objective import discount_factors
from optimiser.model.programme import Programme

PRIORITY = "priority_"


@dataclass(frozen=True)
class Totals:
    """Hold sums over the reported years, all areas together; no priority's weights and no run-out year are in them."""

    unmet_fte_years: float
    """Unmet demand in FTE-years of each task's yardstick, neither weighted nor discounted."""
    cost: float
    """Real, undiscounted, in the currency of the settings."""
    cost_discounted: float
    unmet_fte_years_discounted: float
    """Unmet demand discounted at the rate of the costs, which a cost per FTE-year divides by."""

    def as_columns(self) -> dict[str, float]:
        """Return the totals by the names of the columns of points.csv."""
        return asdict(self)


def totals(programme: Programme, decisions: Floats) -> Totals:
    """Return the totals of one plan, summed in the same order whoever asks, so that they agree to the last digit."""
    evidence, quantities = programme.evidence, programme.quantities
    reported = len(evidence.settings.reported_years)
    spend, unmet = quantities.spend, quantities.unmet
    discount = discount_factors(evidence)
    amount = spend.values(decisions) * (spend.keys["year"] < reported)
    short = unmet.values(decisions) * (unmet.keys["year"] < reported) / evidence.yardstick[unmet.keys["task"]]
    return Totals(
        unmet_fte_years=_sum(short),
        cost=_sum(amount),
        cost_discounted=_sum(amount * discount[spend.keys["year"]]),
        unmet_fte_years_discounted=_sum(short * discount[unmet.keys["year"]]),
    )


def priority_column(name: str) -> str:
    """Return the name of the column that holds a priority's value, apart from the totals of the same name."""
    return f"{PRIORITY}{name}"


def _sum(numbers: Floats) -> float:
    # Adding 0 turns a sum of −0.0 into 0.0, which is what a person expects to read.
    return float(np.sum(numbers)) + 0.0
