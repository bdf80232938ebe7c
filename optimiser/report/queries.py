"""Puts what looked wrong when the plans were solved into sentences for those who rely on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimiser.report.report_inputs import PlanResult


def queries(plans: Sequence[PlanResult], advice: bool = True) -> tuple[str, ...]:
    """Return each warning that these plans' plan.json records once, with the place in the user's files.

    `advice` says what its author should do about it, which is no matter for a board.
    """
    recorded = (plan.record.get("warnings") for plan in plans)
    found = (warning for warnings in recorded if isinstance(warnings, list) for warning in warnings)
    return tuple(dict.fromkeys(_sentence(warning, advice) for warning in found if isinstance(warning, dict)))


def _sentence(warning: dict[str, Any], advice: bool) -> str:
    """Write `inputs/roles.csv, line 3, column leaver_rate: found 3, expected at most 1. Check it.`"""
    place, found, expected, mend = (str(warning.get(key, "")) for key in ("place", "found", "expected", "mend"))
    what = f"found {found}, expected {expected}." if expected else f"{found[:1].upper()}{found[1:]}."
    return f"{place}: {what} {mend if advice else ''}".strip()
