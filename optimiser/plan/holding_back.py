"""The entries that hold a plan back most, in plain words: all years of one entry together."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from optimiser.constraints.families import BY_NAME
from optimiser.constraints.limit import QUANTITY_UNITS
from optimiser.model.breaking import BROKEN
from optimiser.plan.eased import Bought, Held, bought, held
from optimiser.plan.make import Plan
from optimiser.text.wording import WEIGHTED, HasCurrency, amount, fte, money

_SHOWN = 3
_A_POUND = 0.5
"""What money is rounded to."""
MOST_ROWS = 4_000
"""Rows (one alliance) up to which the option is solved again for plain figures: 0.2 s each, a minute for England."""
_MEANING = "By weight: unmet FTE-years × the weight of their tier and task, run-out years included"


def holding_back(plan: Plan, width: int) -> Iterator[str]:
    """Write a heading, a line for each entry, and what weighted FTE-years are where nothing plainer is known."""
    answer = plan.outcome.answer
    if answer is None or not answer.prices:
        yield from wrap("Whole numbers have no prices: compare options to see what holds the plan back.", width)
        return
    found = held(plan.programme, answer)[:_SHOWN]
    if not found:
        yield "Nothing that can be negotiated holds the plan back."
        return
    yield "What holds the plan back, and what it buys to ease each by 1 % in every year:"
    # The plain figures of a plan near another one would change with that, too.
    quick = plan.near is None and len(plan.programme.matrix.lower) <= MOST_ROWS
    plain = bought(plan.programme, plan.outcome, found) if quick else (None for _ in found)
    said = [f"{_entry(plan, one)}: {_buys(plan, one, what)}" for one, what in zip(found, plain, strict=True)]
    for line in said:
        yield from wrap(line, width, initial_indent="  ", subsequent_indent="    ", break_long_words=False,
                        break_on_hyphens=False)  # fmt: skip
    if any("weigh" in line for line in said) and found[0].priority == "unmet":
        rate = plan.programme.evidence.settings.unmet_discount_rate
        discounted = f", discounted at {100 * rate:g} % a year" if rate else ""
        yield from wrap(f"{_MEANING}{discounted}.", width, initial_indent="  ", subsequent_indent="  ")


def _entry(plan: Plan, one: Held) -> str:
    """`the training budget (£63,000 a year)`; an entry the user named keeps that name."""
    currency = plan.programme.evidence.settings.currency
    prefix, family = f"{one.family} ", BY_NAME.get(one.family)
    called = f"“{one.entry}”"
    if family is not None and family.in_a_sentence and one.entry.startswith(prefix):
        called = family.in_a_sentence.format(one.entry.removeprefix(prefix))
    step = money(one.a_year, currency) if one.unit == currency else amount(one.a_year, one.unit)
    return f"{called} ({step}{' a year' if one.years else ''})"


def _buys(plan: Plan, one: Held, what: Bought | None) -> str:
    """What that buys: in FTE-years and pounds by solving again, else at most what today's price says."""
    currency = plan.programme.evidence.settings.currency
    if one.priority == "unmet" and what is not None:
        unmet = f"{fte(abs(what.unmet))} FTE-years {'less' if what.unmet <= 0 else 'more'} unmet"
        unmet += "" if what.unmet <= 0 else ", though less by weight"
        if abs(what.cost) < _A_POUND:
            return f"{unmet}, at the same cost"
        return f"{unmet}, {money(abs(what.cost), currency)} {'more' if what.cost >= 0 else 'less'} cost"
    return at_most(one.priority, one.gain, plan.programme.evidence.settings)


def at_most(priority: str, gain: float, settings: HasCurrency) -> str:
    """What 1 % more buys at the plan's prices. The first of it is worth most, so all of it buys no more than that."""
    if priority == "unmet":
        return f"cuts unmet demand by at most {amount(gain, WEIGHTED)}"
    if priority == BROKEN:
        return f"lowers what is broken by at most {amount(gain, '')}, by weight"
    if priority == "cost":
        return f"saves at most {money(gain, settings.currency)}, discounted"
    return f"cuts the priority {priority} by at most {amount(gain, QUANTITY_UNITS.get(priority, ''))}"
