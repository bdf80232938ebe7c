"""Finds per cent signs where no share can be meant, and currency signs where no money is."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.text.numbers import quoted
from optimiser.text.yamltext import Mapping, Node, Scalar

MONEY = frozenset({"limit", "total", "price_per_fte"})
COUNTED = frozenset({"places", "max_fte", "seed"})
SHARES = frozenset(
    {"carry_forward", "max_share", "min_share", "max_increase", "max_decrease", "max_growth", "weight", "up_to"}
)


def wrong_signs(key: str, node: Node) -> Iterator[tuple[int, str, str]]:
    """Yield the line of each number with a sign that its key does not take, what it is and what is expected."""
    for text, line in _texts(node):
        if "%" in text and key in MONEY | COUNTED:
            what = "an amount of money" if key in MONEY else "a number"
            yield line, quoted(text), f"{what} without a per cent sign"
        elif any(sign in text for sign in "£€$") and key in COUNTED | SHARES:
            yield line, quoted(text), "a number without a currency sign"


def _texts(node: Node) -> Iterator[tuple[str, int]]:
    """Yield every value of a node that is not a key, with its line."""
    if isinstance(node, Scalar):
        yield node.text, node.line
        return
    values = (value for _, _, value in node.items) if isinstance(node, Mapping) else node.items
    for value in values:
        yield from _texts(value)
