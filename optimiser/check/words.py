"""Writes what a check found in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from optimiser.check.check import Checked, Option
from optimiser.text.faults import Fault, Faults, report
from optimiser.text.invocation import command_line
from optimiser.text.wording import table

FIRST_OF_CALENDARS = 1900
"""Years before this are no calendar's: a textbook counts from 1."""
APRIL = 4
"""The month in which financial years begin."""
PAGE = "docs/faults.md"
"""Where each code is explained."""

_SAID = {"other": "with another kind of source", "none": "without a source"}


def faults_in_words(faults: Faults) -> list[str]:
    """Every fault and warning grouped by file, each with its code; then how many there are."""
    coded = [replace(fault, mend=f"{fault.mend} [{fault.code}]".strip()) for fault in faults.found]
    errors, warnings = len(faults.errors), len(faults.warnings)
    count = [f"{number} {word}{'s' if number != 1 else ''}" for number, word in
             ((errors, "fault"), (warnings, "warning")) if number]  # fmt: skip
    return [report(coded), f"{' and '.join(count)}. {PAGE} explains each code in brackets."]


def findings(checked: Checked) -> Iterator[str]:
    """The sizes, what the values rest on, and for each option its model and the rows of each entry."""
    evidence = checked.evidence
    if evidence is not None:
        settings = evidence.settings
        areas = f"{len(evidence.areas)} area{'s' if len(evidence.areas) != 1 else ''}"
        yield (
            f"{settings.title or checked.inputs}: {areas}, {len(evidence.roles)} roles, "
            f"{len(evidence.routes)} routes, {len(evidence.tasks)} tasks, {settings.label(settings.first_year)} to "
            f"{settings.label(settings.last_year)} and {settings.run_out_years} run-out years."
        )
        said = [f"{number:,} {_SAID.get(kind, kind)}" for kind, number in checked.values.items() if number]
        yield f"{sum(checked.values.values()):,} values: {', '.join(said)}."
    for option in checked.options:
        yield ""
        yield from _option(option)
    if not checked.faults.errors:
        yield from ("", "No faults.")


def first_year_over(checked: Checked, today: date) -> str:
    """What to do where the first year is over on a day; empty where it is not, or the inputs have faults.

    It is no warning of the files, which say the same on any day: it is in no record and in no JSON.
    """
    settings = None if checked.evidence is None else checked.evidence.settings
    if settings is None or settings.first_year < FIRST_OF_CALENDARS:
        return ""
    now = today.year - (settings.financial_years and today.month < APRIL)
    if now <= settings.first_year:
        return ""
    label = settings.label(settings.first_year)
    if now > settings.last_year:
        return f"All years of these inputs are over, the last in {settings.label(settings.last_year)}."
    rolled = command_line("roll", checked.inputs, "--to", settings.label(now), "--out", "DIR")
    return f"The first year, {label}, is over, so its decisions lie in the past. To move the evidence on: {rolled}"


def _option(option: Option) -> Iterator[str]:
    yield (f"{option.file}: {option.title}. {option.rows:,} rows, {option.columns:,} columns, {option.terms:,} terms.")
    said = [f"{name} {low:.2g} to {high:.2g}" for name, ends in option.ranges.items() if ends for low, high in [ends]]
    yield f"Sizes of numbers: {'; '.join(said)}."
    if any(entry.may_break is not None for entry in option.entries):
        rows = [[entry.name, f"{entry.rows:,}", _weight(entry.may_break)] for entry in option.entries]
        yield from table(["entry", "rows", "may be broken, a unit weighs"], rows)
        return
    yield from table(["entry", "rows"], [[entry.name, f"{entry.rows:,}"] for entry in option.entries])
    if option.changes:
        yield "What it changes of what it extends:"
        yield from (f"  {line}" for line in option.changes)


def _weight(may_break: float | None) -> str:
    return "no" if may_break is None else f"{may_break:g}"


def as_json(checked: Checked) -> str:
    """Everything a check found, as one JSON object."""
    evidence = checked.evidence
    content = {
        "inputs": str(checked.inputs),
        "sound": not checked.faults.errors,
        "faults": [_fault(fault) for fault in checked.faults.errors],
        "warnings": [_fault(fault) for fault in checked.faults.warnings],
        "tables": dict(checked.rows),
        "values": dict(checked.values),
        "sizes": None if evidence is None else {
            "areas": len(evidence.areas), "roles": len(evidence.roles), "routes": len(evidence.routes),
            "tasks": len(evidence.tasks), "patterns": len(evidence.patterns), "years": len(evidence.settings.years),
        },
        "options": [_option_as_json(option) for option in checked.options],
    }  # fmt: skip
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _fault(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "code": fault.code,
        "page": f"{PAGE}#{fault.code}",
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "cell": place.cell or None,
        "found": fault.found,
        "expected": fault.expected,
        "mend": fault.mend,
        "sentence": fault.sentence(),
    }


def _option_as_json(option: Option) -> dict[str, Any]:
    return {
        "file": str(option.file),
        "title": option.title,
        "rows": option.rows,
        "columns": option.columns,
        "terms": option.terms,
        "ranges": {name: None if ends is None else list(ends) for name, ends in option.ranges.items()},
        "entries": [
            {
                "name": one.name, "family": one.family, "rows": one.rows, "file": one.place.file,
                "line": one.place.line, **({} if one.may_break is None else {"may_break": one.may_break}),
            }
            for one in option.entries
        ],
        "changes": list(option.changes),
    }  # fmt: skip
