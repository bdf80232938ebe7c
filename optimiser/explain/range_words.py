"""Writes how far a price holds, and what comes next."""

from __future__ import annotations

import math

from optimiser.explain.price import Price, Side
from optimiser.inputs.settings import Settings
from optimiser.model.entry_numbers import POINTS
from optimiser.text.phrases import number
from optimiser.text.wording import money, percent

_FARTHER = 1.1
"""How much farther than the price itself half of it must hold to be worth saying."""


def how_far(price: Price, settings: Settings) -> str:
    """Write how far a price holds, and what comes next."""
    push, less, more = price.push, price.less, price.more
    if math.isnan(less.slope) and math.isnan(more.slope):
        return "."
    better = push.better or price.direction
    ahead = more if better > 0 else less
    if is_narrow(price):
        return f"{_half(price, ahead, settings)}."  # The rest is written already.
    holds = _for_up_to(price, settings) if math.isnan(push.number) else _from_to(price, settings)
    return f"; {holds}{_half(price, ahead, settings)}{beyond(ahead, settings)}." if holds else "."


def _half(price: Price, ahead: Side, settings: Settings) -> str:
    """Write `; it buys at least half as much for up to £3.2m more`; empty where that is not known."""
    if not math.isfinite(ahead.half) or ahead.half <= ahead.end * _FARTHER:
        return ""
    word = "more" if (price.push.better or price.direction) > 0 else "less"
    return f"; it buys at least half as much for up to {size_of(ahead.half, price, settings)} {word}"


def step(price: Price, side: Side) -> float:
    """Return the amount to write about on one side: a unit, or all that the price holds for if less."""
    return min(price.push.one, side.end) if side.end > 0 else price.push.one


def is_narrow(price: Price) -> bool:
    """Return whether a side's price does not hold for one unit, so that a sentence about one would be untrue."""
    return any(step(price, side) < price.push.one * (1 - 1e-9) for side in (price.more, price.less))


def _from_to(price: Price, settings: Settings) -> str:
    """Write `that holds from 1,913 to 2,093.5 FTE`, with “at least” where no end was found on one side."""
    push = price.push

    def said(value: float) -> str:
        if push.unit == POINTS:
            return percent(value)
        return money(value, settings.currency) if push.unit == settings.currency else _rounded(value)

    ends = [side.end if math.isfinite(side.end) else side.looked for side in (price.less, price.more)]
    open_ended = not (math.isfinite(price.less.end) and math.isfinite(price.more.end))
    unit = "" if push.unit in (POINTS, settings.currency) else f" {push.unit}"
    low, now, high = (said(push.number + way) for way in (-ends[0], 0.0, ends[1]))
    between = f"from {low} to {high}{unit}"
    if push.years > 1 or (now in (low, high) and max(ends) > 0):
        # The range is so narrow beside the number that its ends would read the same.
        between = f"for {size_of(ends[1], price, settings)} more and {size_of(ends[0], price, settings)} less"
    return f"that holds at least {between}, as far as was looked" if open_ended else f"that holds {between}"


def size_of(amount: float, price: Price, settings: Settings) -> str:
    """Write an amount that is small beside the number itself: `£27,662`, `0.02 places`, `0.04 percentage points`."""
    unit = price.push.unit
    if unit == settings.currency:
        return money(amount, settings.currency)
    return f"{float(f'{amount * (100 if unit == POINTS else 1):.2g}'):g} {unit}"


def _rounded(value: float) -> str:
    """Write one decimal from a hundred on and two below: nobody needs a range's end to the digit."""
    return number(round(value, 1 if abs(value) >= 100 else 2))


def _for_up_to(price: Price, settings: Settings) -> str:
    better = price.push.better or price.direction
    ahead = price.more if better > 0 else price.less
    end = ahead.end if math.isfinite(ahead.end) else ahead.looked
    if math.isnan(end):
        return ""
    looked = "" if math.isfinite(ahead.end) else ", as far as was looked"
    unit = "" if price.push.unit == settings.currency else f" {price.push.unit}"
    many = money(end, settings.currency) if price.push.unit == settings.currency else _rounded(end)
    return f"that holds for up to {many}{unit} {'more' if better > 0 else 'less'}{looked}"


def beyond(side: Side, settings: Settings) -> str:
    """Write `; beyond it the next limit is …`; empty where nothing is known."""
    if side.possible is False:
        return "; beyond it there is no plan"
    if side.next_limit:
        name, _, year = side.next_limit.partition("|")
        return f"; beyond it the next limit is “{name}”{f' in {settings.label(int(year))}' if year else ''}"
    if not math.isnan(side.beyond) and abs(side.beyond) < 1e-9:
        return "; beyond it more of it buys nothing"
    return ""
