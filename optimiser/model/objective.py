"""Makes the ordered list of priorities that are minimised, each a cost on every column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimiser.constraints.limit import Priority
from optimiser.constraints.policy import Policy
from optimiser.inputs.evidence import Evidence, Floats
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity
from optimiser.model.selection import selected
from optimiser.model.steady import weighed


@dataclass(frozen=True)
class Objective:
    """Hold one priority: Σ coefficient × column + constant, to be as small as possible.

    `coefficient` is [column].
    """

    name: str
    coefficient: Floats
    constant: float
    change: Floats | None = None
    """[column]: the part of the coefficient that weighs changes of intakes; None where the option weighs none."""

    def value(self, decisions: Floats) -> float:
        """Return the priority's value under the given decisions."""
        return float(self.coefficient @ decisions) + self.constant

    def parts(self, decisions: Floats) -> dict[str, float]:
        """Split the value into the priority itself and changes of intakes; empty where it is one thing."""
        if self.change is None:
            return {}
        own = float((self.coefficient - self.change) @ decisions) + self.constant
        return {self.name: own, "change": float(self.change @ decisions)}


def objectives(quantities: Quantities, policy: Policy) -> tuple[Objective, ...]:
    """Make every priority of the policy in order, over all modelled years; changes of intakes join the first."""
    first, *later = [_objective(priority, quantities, policy) for priority in policy.priorities]
    if policy.steady is not None:
        change = weighed(quantities, policy.steady.weight)
        first = Objective(first.name, first.coefficient + change, first.constant, change)
    return (first, *later)


def _objective(priority: Priority, quantities: Quantities, policy: Policy) -> Objective:
    evidence = quantities.evidence
    if priority.own:
        quantity = quantities[priority.quantity]
        return _sum(priority.name, [quantity.only(selected(quantity, priority.where, evidence))], quantities)
    if priority.quantity == "unmet":
        shortage = weighted_shortage(quantities, policy)
        weight = discounted(evidence, evidence.settings.unmet_discount_rate)
        return _sum(priority.name, [shortage.times(weight[shortage.keys["year"]])], quantities)
    discount = discount_factors(evidence)
    spend = quantities.spend
    parts = [spend.times(discount[spend.keys["year"]])]
    if policy.unmet == "priced" and policy.price_per_fte is not None:
        shortage = weighted_shortage(quantities, policy)
        parts.append(shortage.times(policy.price_per_fte * discount[shortage.keys["year"]]))
    return _sum(priority.name, parts, quantities)


def weighted_shortage(quantities: Quantities, policy: Policy) -> Quantity:
    """Return unmet demand in weighted FTE-years, by tier and cell.

    Each is tier weight × task priority × unmet ÷ yardstick.
    """
    evidence, tiers = quantities.evidence, quantities.unmet_tiers
    weight = np.array([tier.weight for tier in policy.tiers])[tiers.keys["tier"]]
    task = tiers.keys["task"]
    return tiers.times(weight * evidence.task_priority[task] / evidence.yardstick[task])


def discount_factors(evidence: Evidence) -> Floats:
    """Return [year]: (1 + discount_rate)^−(t − first_year)."""
    return discounted(evidence, evidence.settings.discount_rate)


def discounted(evidence: Evidence, rate: float) -> Floats:
    """Return [year]: (1 + rate)^−(t − first_year)."""
    years = np.arange(len(evidence.settings.years))
    return np.asarray((1.0 + rate) ** -years.astype(float))


def _sum(name: str, parts: list[Quantity], quantities: Quantities) -> Objective:
    size = quantities.decisions.columns.size
    coefficient = np.zeros(size)
    for part in parts:
        coefficient += np.bincount(part.column, weights=part.coefficient, minlength=size)
    return Objective(name, coefficient, float(sum(part.constant.sum() for part in parts)))
