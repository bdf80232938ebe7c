"""Writes where a number of the staff comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from optimiser.explain.staff_balance import Line, Reason
from optimiser.text.wording import fte

_INPUTS_SHOWN = 3


def sentences(reason: Reason) -> Iterator[str]:
    """Write the balance of people, the balance of time, and what the time is spent on."""
    evidence, about = reason.plan.programme.evidence, reason.asked
    where = f" in {evidence.areas[about.area]}" if about.area is not None else ""
    year = evidence.settings.label(evidence.settings.years[about.year])
    yield f"{evidence.roles[about.role]}{where}, {year}: {fte(reason.staff)} FTE."
    yield from _lines(reason.people)
    yield f"  = {fte(reason.staff)} in post"
    total = sum(line.fte for line in reason.time)
    yield "Their time, in available FTE:"
    yield from _lines(reason.time)
    yield f"  = {fte(total)} to work with, spent:"
    yield from _lines(reason.work)
    if evidence.scenarios:
        yield f"Scenarios multiply some of these figures: {', '.join(evidence.scenarios)} (scenarios.csv)."


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        sign = "+" if line.fte > 0 else ""
        yield f"  {sign}{fte(line.fte)} {line.said}"
        for place, figure, source in line.inputs[:_INPUTS_SHOWN]:
            cited = f": {source}" if source else ", without a source"
            yield f"      {figure} ({place.file}, {place.words()}){cited}"
        more = len(line.inputs) - _INPUTS_SHOWN
        if more > 0:
            yield f"      and {more} more row{'s' if more > 1 else ''} of {line.inputs[0][0].file}"


def content(reason: Reason) -> dict[str, Any]:
    """Return the same as keys and values."""
    evidence, about = reason.plan.programme.evidence, reason.asked
    return {
        "role": evidence.roles[about.role],
        "year": evidence.settings.years[about.year],
        "area": None if about.area is None else evidence.areas[about.area],
        "fte": reason.staff,
        **{
            name: [
                {
                    "said": line.said, "fte": line.fte,
                    "inputs": [
                        {"file": place.file, "line": place.line, "figure": figure, "source": source}
                        for place, figure, source in line.inputs
                    ],
                }
                for line in lines
            ]
            for name, lines in (("people", reason.people), ("time", reason.time), ("work", reason.work))
        },
    }  # fmt: skip
