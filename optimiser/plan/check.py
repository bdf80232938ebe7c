"""Checking without solving: every fault, the sizes, and the rows each entry makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from optimiser.constraints.read import read_policy
from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.model.programme import Programme, build
from optimiser.plan.words import table
from optimiser.reading.faults import Faults, FaultsFound


@dataclass(frozen=True)
class Checked:
    """What a check found: faults and warnings of every file, and what it counted."""

    faults: Faults
    lines: list[str]


def check(inputs: Path, constraints: Sequence[Path]) -> Checked:
    """Read the evidence and every option, build each model, solve nothing."""
    faults = Faults()
    lines: list[str] = []
    try:
        evidence = read_evidence(inputs, (), faults)
    except FaultsFound as found:
        return Checked(_with(faults, found), lines)
    lines += _sizes(evidence)
    for path in constraints:
        try:
            lines += ["", *_rows(path, build(evidence, read_policy(path, evidence, faults)))]
        except FaultsFound as found:
            faults = _with(faults, found)
    lines += ["", "No faults." if not faults.errors else ""]
    return Checked(faults, lines)


def _with(faults: Faults, found: FaultsFound) -> Faults:
    both = Faults(list(faults.found))
    for fault in found.faults:
        both.add(fault.code, fault.place, fault.found, fault.expected, fault.mend, fault.severity)
    return both


def _sizes(evidence: Evidence) -> Iterator[str]:
    settings = evidence.settings
    yield (
        f"{settings.title or evidence.folder}: {len(evidence.areas)} areas, {len(evidence.roles)} roles, "
        f"{len(evidence.routes)} routes, {len(evidence.tasks)} tasks, {settings.label(settings.first_year)} to "
        f"{settings.label(settings.last_year)} and {settings.run_out_years} run-out years."
    )


def _rows(path: Path, programme: Programme) -> Iterator[str]:
    matrix = programme.matrix
    yield (
        f"{path}: {programme.policy.title}. {len(matrix.lower):,} rows, {matrix.columns:,} columns, "
        f"{len(matrix.value):,} terms."
    )
    count: Counter[tuple[str, str]] = Counter()
    for limit, rows, _ in programme.limits():
        count[limit.family, limit.name] += len(rows)
    yield from table(["entry", "rows"], [[name, f"{number:,}"] for (_, name), number in count.items()])
