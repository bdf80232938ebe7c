"""Writes numbers as people read them: £m to one decimal above a million, whole FTE, one decimal under ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol


class HasCurrency(Protocol):
    """Describe the one setting that words about money need."""

    @property
    def currency(self) -> str:
        """Return the currency's code of three letters, as in GBP."""
        ...


_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def money(amount: float, currency: str = "GBP") -> str:
    """Write money: `£170.0m`, `£12,300`, `−£1.2m`."""
    sign = "−" if amount < 0 and round(amount) else ""
    size = abs(amount)
    return f"{sign}{symbol(currency)}{size / 1e6:,.1f}m" if size >= 999_950 else f"{sign}{symbol(currency)}{size:,.0f}"


def money_close(amount: float, currency: str = "GBP") -> str:
    """Write money among amounts that lie close together: `£5.58m`, `£12.30m`; below a million as `money` does."""
    size = abs(amount)
    if size < 999_950:
        return money(amount, currency)
    return f"{'−' if amount < 0 else ''}{symbol(currency)}{size / 1e6:,.2f}m"


def symbol(currency: str) -> str:
    """Return the sign of a currency, `£` for GBP, or its code and a space where it has none."""
    return _SYMBOLS.get(currency, f"{currency} ")


def fte(amount: float) -> str:
    """Write FTE: `1,234`, or one decimal under ten."""
    size = abs(amount)
    text = f"{size:,.1f}" if size < 9.95 else f"{size:,.0f}"
    sign = "−" if amount < 0 and text.strip("0.,") else ""
    return f"{sign}{text}"


WEIGHTED = "weighted FTE-years"
"""The unit of the priority unmet, apart from the plain FTE-years of every total."""


def priority_amount(name: str, value: float, settings: HasCurrency) -> str:
    """Write a priority's value in its own unit: `57,468 weighted FTE-years`, `£1,989.5m`, `12.5 by weight`, `340`.

    Never in scientific notation. A priority of the user's own has no unit here: its name says what is counted.
    """
    if name == "cost":
        return money(value, settings.currency)
    size = abs(value)
    text = (f"{value:,.0f}" if size >= 99.5 else f"{value:,.1f}" if size >= 9.95 else f"{value:,.3g}").replace("-", "−")
    if size < 1e-4:
        # What is left of a solver's rounding, and too small to be written without an exponent.
        text = "0"
    return f"{text} {WEIGHTED if name == 'unmet' else 'by weight' if name == 'broken' else ''}".rstrip()


def amount(number: float, unit: str) -> str:
    """Write an amount of anything in its unit: `8,210 reports`, `0.4 starts`, `12 FTE`."""
    if unit == "FTE":
        return f"{fte(number)} {unit}"
    size = abs(number)
    text = f"{number:,.0f}" if size >= 9.95 else f"{number:,.1f}" if size >= 0.95 else f"{number:.2g}"
    return f"{text.replace('-', '−')} {unit}".rstrip()


def percent(share: float) -> str:
    """Write a share as a percentage: `12.3 %`."""
    return f"{100 * share:.1f} %"


def whole_shares(amounts: Sequence[float]) -> list[int]:
    """Round to whole numbers that add up to the rounded total: largest remainder, the first of equals first."""
    total = math.floor(sum(amounts) + 0.5 + 1e-9)
    # A solver's 3.9999999997 is 4: without the nudge its remainder would win a place it does not need.
    down = [math.floor(amount + 1e-6) for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda place: (down[place] - amounts[place], place))
    for place in order[: max(0, total - sum(down))]:
        down[place] += 1
    return down


def table(header: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Lay out a plain-text table: the first column to the left, all others to the right."""
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def joined(words: Sequence[str]) -> str:
    """Join words for a sentence: `A`, `A and B`, `A, B and C`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """Write how many there are: `1 place`, `2 places`, `1,200 places`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
