"""What an FTE-year less unmet costs: one definition for every screen, table and page.

Cost and unmet demand are those of the reported years, both discounted at the rate of the settings. The average is
against business as usual; the increment is against the next cheaper option among those that no other beats. An option
is dominated where another does as well on both counts and better on one, or where a mixture of two others does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Floats
from optimiser.plan.frame import Frame
from optimiser.text.wording import money, percent

_SAME = 1e-6
"""Costs, and FTE-years, that differ by less than this share (of 1 where they are smaller) are the same: a solver's
rounding beats no option."""


@dataclass(frozen=True)
class Sums:
    """What one option comes to over the reported years."""

    name: str
    cost: float
    """Discounted."""
    unmet: float
    """FTE-years, unweighted, discounted at the same rate."""


@dataclass(frozen=True)
class CostEffectiveness:
    """One option against business as usual, and against the options that no other beats."""

    sums: Sums
    extra_cost: float
    """Discounted cost above business as usual; negative where the option is cheaper."""
    fewer: float
    """Discounted FTE-years less unmet than business as usual; negative where more stays unmet."""
    average: float | None
    """Cost of an FTE-year less unmet against business as usual; None unless it costs more and leaves less unmet."""
    incremental: float | None
    """The same against `after`; None for the cheapest option and for dominated ones."""
    after: str
    """The next cheaper option that no other beats; empty where there is no increment."""
    dominated_by: tuple[str, ...]
    """One option that beats it, or the two whose mixture does; empty where none does."""

    @property
    def dominated(self) -> str:
        """`more`, `a mixture of less and more`, or nothing."""
        if len(self.dominated_by) == 2:
            return f"a mixture of {self.dominated_by[0]} and {self.dominated_by[1]}"
        return "".join(self.dominated_by)


def cost_effectiveness(options: Sequence[Sums]) -> tuple[CostEffectiveness, ...]:
    """Every option, in the order given; the first is business as usual."""
    frontier = _frontier(options)
    return tuple(_one(option, options, frontier) for option in options)


def frame(futures: Sequence[tuple[str, Sequence[CostEffectiveness]]]) -> Frame:
    """cost_effectiveness.csv: the options of each scenario, in the order given."""
    rows = [(scenario, one) for scenario, found in futures for one in found]

    def numbers(of: Callable[[CostEffectiveness], float | None]) -> Floats:
        return np.array([of(one) for _, one in rows], dtype=float)

    return Frame(
        "cost_effectiveness",
        {
            "option": [one.sums.name for _, one in rows],
            "scenario": [scenario for scenario, _ in rows],
            "cost_discounted": numbers(lambda one: one.sums.cost),
            "unmet_fte_years_discounted": numbers(lambda one: one.sums.unmet),
            "extra_cost": numbers(lambda one: one.extra_cost),
            "fewer_fte_years": numbers(lambda one: one.fewer),
            "cost_per_fte_year": numbers(lambda one: one.average),
            "incremental_cost_per_fte_year": numbers(lambda one: one.incremental),
            "after": [one.after for _, one in rows],
            "dominated_by": [one.dominated for _, one in rows],
        },
    )


def meaning(base: str, discount_rate: float) -> str:
    """What the figures are, in a sentence for the foot of a table."""
    return (
        f"Cost per FTE-year: extra cost ÷ FTE-years less unmet, both discounted at {percent(discount_rate)} a year; on "
        f"average against “{base}”, and each step from the next cheaper option that none beats. Dominated: another "
        "option, or a mixture of two, costs no more and leaves no more unmet."
    )


def per_fte_year(amount: float | None, currency: str) -> str:
    """`£49,293`, or a dash where there is none."""
    return "–" if amount is None else money(amount, currency)


def _frontier(options: Sequence[Sums]) -> list[Sums]:
    """The options that none beats, nor a mixture of two: cheapest first, each step dearer an FTE-year than the last.

    Of options that are the same, the first one named.
    """
    found: list[Sums] = []
    for option in sorted(options, key=lambda one: (one.cost, one.unmet)):
        if found and not _less(option.unmet, found[-1].unmet):
            continue
        if found and not _less(found[-1].cost, option.cost):
            found.pop()  # As cheap, within rounding, and leaves less unmet.
        while len(found) > 1 and _step(found[-1], option) <= _step(found[-2], found[-1]):
            found.pop()
        found.append(option)
    return found


def _one(option: Sums, options: Sequence[Sums], frontier: Sequence[Sums]) -> CostEffectiveness:
    base = options[0]
    extra, fewer = option.cost - base.cost, base.unmet - option.unmet
    gains = _less(base.cost, option.cost) and _less(option.unmet, base.unmet)
    before, beaten_by = _place(option, options, frontier)
    return CostEffectiveness(
        option,
        extra,
        fewer,
        extra / fewer if gains else None,
        None if before is None else _step(before, option),
        "" if before is None else before.name,
        beaten_by,
    )


def _place(option: Sums, options: Sequence[Sums], frontier: Sequence[Sums]) -> tuple[Sums | None, tuple[str, ...]]:
    """The option before it on the frontier, and what beats it where it is not there."""
    for number, one in enumerate(frontier):
        if _same(one, option):
            return (frontier[number - 1] if number else None), ()
    # A better option may itself be beaten: one of the frontier that beats both is what a reader would rather have.
    for other in (*frontier, *options):
        if other is not option and _beats(other, option):
            return None, (other.name,)
    dearer = next(number for number, one in enumerate(frontier) if one.cost > option.cost)
    return None, (frontier[dearer - 1].name, frontier[dearer].name)


def _beats(this: Sums, that: Sums) -> bool:
    as_good = not _less(that.cost, this.cost) and not _less(that.unmet, this.unmet)
    return as_good and (_less(this.cost, that.cost) or _less(this.unmet, that.unmet))


def _same(this: Sums, that: Sums) -> bool:
    apart = (_less(this.cost, that.cost), _less(that.cost, this.cost), _less(this.unmet, that.unmet),
             _less(that.unmet, this.unmet))  # fmt: skip
    return not any(apart)


def _less(this: float, that: float) -> bool:
    return this < that - _SAME * max(1.0, abs(this), abs(that))


def _step(cheaper: Sums, dearer: Sums) -> float:
    return (dearer.cost - cheaper.cost) / (cheaper.unmet - dearer.unmet)
