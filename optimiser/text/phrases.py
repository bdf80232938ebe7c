"""Writes small pieces of sentences: numbers to the digit, amounts with their unit, lists."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.text.wording import money


def number(value: float) -> str:
    """Write a number so that it can go into a file: ten significant digits, with commas between thousands."""
    text = f"{value + 0.0:,.10g}"
    if "e" in text:
        return text
    whole, dot, rest = text.partition(".")
    return f"{whole}{dot}{rest.rstrip('0')}".rstrip(".") if dot else whole


def of_unit(value: float, unit: str, currency: str) -> str:
    """Write an amount in its unit: money as `£170.0m`, anything else as a number and the unit."""
    return money(value, currency) if unit == currency else f"{number(value)} {unit}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words for a sentence: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
