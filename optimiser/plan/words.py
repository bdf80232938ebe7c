"""Numbers as people read them: £m to one decimal above a million, whole FTE, one decimal under ten."""

from __future__ import annotations

import math
from collections.abc import Sequence

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def money(amount: float, currency: str = "GBP") -> str:
    """`£170.0m`, `£12,300`, `−£1.2m`."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    sign = "−" if amount < 0 and round(amount) else ""
    size = abs(amount)
    return f"{sign}{symbol}{size / 1e6:,.1f}m" if size >= 999_950 else f"{sign}{symbol}{size:,.0f}"


def fte(amount: float) -> str:
    """`1,234`, or one decimal under ten."""
    size = abs(amount)
    text = f"{size:,.1f}" if size < 9.95 else f"{size:,.0f}"
    sign = "−" if amount < 0 and text.strip("0.,") else ""
    return f"{sign}{text}"


def percent(share: float) -> str:
    """`12.3 %`."""
    return f"{100 * share:.1f} %"


def whole_shares(amounts: Sequence[float]) -> list[int]:
    """Whole numbers that add up to the rounded total: largest remainder, the first of equals first."""
    total = math.floor(sum(amounts) + 0.5 + 1e-9)
    # A solver's 3.9999999997 is 4: without the nudge its remainder would win a place it does not need.
    down = [math.floor(amount + 1e-6) for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda place: (down[place] - amounts[place], place))
    for place in order[: max(0, total - sum(down))]:
        down[place] += 1
    return down


def table(header: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """A plain-text table: the first column to the left, all others to the right."""
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines
