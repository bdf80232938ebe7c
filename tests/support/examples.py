"""How many cases a quick run tries, and how many more where slow tests are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st


def examples(quick: int, **more: Any) -> settings:
    """So many of Hypothesis's cases; five times as many with the slow tests, by the profiles of tests/conftest.py."""
    return settings(max_examples=quick * settings.default.max_examples // 100, **more)


def seeds(numbers: Iterable[int], quick: int) -> list[Any]:
    """The seeds of a test's cases: the first few for a quick run, the others slow."""
    return [
        number if place < quick else pytest.param(number, marks=pytest.mark.slow)
        for place, number in enumerate(numbers)
    ]


def numbers(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers as people write them: none so small that inputs may not hold it."""
    return st.floats(least, most).map(lambda value: round(value, 9))
