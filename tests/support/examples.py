"""How many cases Hypothesis tries."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(quick: int, **more: Any) -> settings:
    """So many cases; five times as many where slow tests are asked for, by the profiles of tests/conftest.py."""
    return settings(max_examples=quick * settings.default.max_examples // 100, **more)
