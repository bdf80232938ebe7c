"""Small pieces of sentences: numbers to the digit, amounts with their unit, lists."""

from __future__ import annotations

from collections.abc import Sequence

from optimiser.text.wording import money


def number(value: float) -> str:
    """A number that can be written into a file: ten digits that count, thousands apart."""
    text = f"{value + 0.0:,.10g}"
    if "e" in text:
        return text
    whole, dot, rest = text.partition(".")
    return f"{whole}{dot}{rest.rstrip('0')}".rstrip(".") if dot else whole


def of_unit(value: float, unit: str, currency: str) -> str:
    """`£170.0m`, or a number with its unit."""
    return money(value, currency) if unit == currency else f"{number(value)} {unit}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
