"""How many cases a quick run tries, and how many more where slow tests are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st


def examples(quick: int, **more: Any) -> settings:
    """So many of Hypothesis's cases; five times as many with the slow tests, by the profiles of tests/conftest.py.

    Derandomised or not, the cases differ from run to run: Hypothesis also draws numbers that it finds in the modules
    loaded so far, and which these are depends on the tests that the process ran before.
    """
    return settings(max_examples=quick * settings.default.max_examples // 100, **more)


def seeds(cases: Iterable[Any], quick: int) -> list[Any]:
    """A test's cases, mostly seeds: the first few for a quick run, the others slow."""
    return [case if place < quick else pytest.param(case, marks=pytest.mark.slow) for place, case in enumerate(cases)]


def numbers(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers as people write them: none so small that inputs may not hold it."""
    return st.floats(least, most).map(lambda value: round(value, 9))
