"""Puts the audit into words: one sentence for each difference, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimiser.audit.audit import Audit


def sentences(found: Audit) -> Iterator[str]:
    """Yield the answer as lines of text."""
    looked = f"{found.figures:,} figures, {found.limits:,} rows of limits and {found.files} copies of files"
    if found.passed:
        yield f"Every figure is confirmed: {looked}, replayed from {found.folder / 'used'} and the plan's decisions."
        yield from _proved(found)
        yield from _near(found)
        yield "Prices are not replayed: of them it is only known that a limit with room to spare has none."
        return
    count = len(found.differences)
    yield f"{count:,} difference{'s' if count != 1 else ''} in {looked} of {found.folder}:"
    for difference in found.differences:
        yield f"  - {difference.sentence()}"
    yield "The plan and its tables do not belong together: solve again, or find out who changed which."


def _proved(found: Audit) -> Iterator[str]:
    """Yield what the duals prove of each priority."""
    if found.extra_rules:
        count = len(found.extra_rules)
        yield (
            f"{count} extra rule{'s were' if count > 1 else ' was'} added in Python ({', '.join(found.extra_rules)}): "
            "no file says what they are, so neither they nor that no plan is better is audited."
        )
        return
    if not found.proved:
        yield "Whole numbers and cohorts have no duals: that no plan is better is the solver's word, within its gap."
        return
    proved = [f"less {one.name} than {amount(one.bound if one.within else one.value)}" for one in found.proved]
    yield f"Certified from duals.csv, to a millionth: no plan has {', nor then '.join(proved)}."


def _near(found: Audit) -> Iterator[str]:
    """Yield what is not proved of a plan that was to be near another."""
    within = max((one.within for one in found.proved), default=0.0)
    if within:
        yield (
            f"The plan gives up no more than {100 * within:.4g} % of each value, to be near another plan's starts; "
            "its prices are those of the best plan."
        )
    yield from found.queries


def amount(value: float) -> str:
    """Write a value with thousands separators and two decimals, or in six digits where it is below 1,000."""
    return f"{value:,.2f}" if abs(value) >= 1000 else f"{value:.6g}"


def content(found: Audit) -> dict[str, Any]:
    """Return the same as keys and values."""
    return {
        "results": str(found.folder), "passed": found.passed, "figures": found.figures, "limits": found.limits,
        "files": found.files,
        "proved": [{"priority": one.name, "value": one.value, "bound": one.bound} for one in found.proved],
        "differences": [difference.as_json() for difference in found.differences],
        **({"queries": list(found.queries)} if found.queries else {}),
        **({"extra_rules": list(found.extra_rules)} if found.extra_rules else {}),
    }  # fmt: skip
