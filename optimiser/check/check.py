"""Checking without solving: every fault, warnings of sense, the sizes, and the rows each entry makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from optimiser.check.committed_spend import check_committed
from optimiser.check.plausible.catalogue import query_evidence, query_option
from optimiser.constraints.option import check_form, read_policy
from optimiser.inputs.assemble import check_scenarios, evidence_of
from optimiser.inputs.check.source_kinds import count_values
from optimiser.inputs.evidence import Evidence, Floats
from optimiser.inputs.read.folder import Sources
from optimiser.inputs.read.workbook import read_sources
from optimiser.model.programme import Programme, build
from optimiser.plan.option_words import change_lines
from optimiser.text.faults import Faults, FaultsFound, Place


@dataclass(frozen=True)
class EntryRows:
    """Hold one entry of an option, where it is written, and the rows it makes."""

    name: str
    family: str
    rows: int
    place: Place
    may_break: float | None
    """What a unit by which a row is broken weighs; None where the rows always hold."""


@dataclass(frozen=True)
class Option:
    """What building one option showed; ranges are the smallest and largest size of numbers that are not 0."""

    file: Path
    title: str
    rows: int
    columns: int
    terms: int
    entries: tuple[EntryRows, ...]
    ranges: Mapping[str, tuple[float, float] | None]
    """Of the coefficients of rows, of their bounds, and of each priority."""
    changes: tuple[str, ...] = ()
    """What it changes of what it extends, in words."""


@dataclass(frozen=True)
class Checked:
    """What a check found: faults and warnings of every file, and what it counted."""

    inputs: Path
    faults: Faults
    evidence: Evidence | None = None
    """None where the inputs have faults."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows of each table."""
    values: Mapping[str, int] = field(default_factory=dict)
    """Numbers by what their source begins with: published, derived, recalled, assumed, other, none."""
    options: tuple[Option, ...] = ()


def check(inputs: Path, constraints: Sequence[Path]) -> Checked:
    """Read the evidence and every option, build each model, solve nothing."""
    faults = Faults()
    sources = read_sources(inputs, faults)
    try:
        evidence = evidence_of(sources, inputs, (), faults)
    except FaultsFound:
        for path in constraints:
            check_form(path, faults)
        return Checked(inputs, faults, None, _rows_of(sources), count_values(sources))
    check_scenarios(evidence, faults)
    query_evidence(evidence, faults)
    options = [_option(path, evidence, faults) for path in constraints]
    built = tuple(option for option in options if option is not None)
    return Checked(inputs, faults, evidence, _rows_of(sources), count_values(sources), built)


def as_strict(checked: Checked) -> Checked:
    """The same findings with every warning taken for a fault."""
    return replace(checked, faults=Faults([replace(one, severity="error") for one in checked.faults.found]))


def _rows_of(sources: Sources) -> dict[str, int]:
    return {name: len(raw.rows) for name, raw in sources.tables.items()}


def _option(path: Path, evidence: Evidence, faults: Faults) -> Option | None:
    """One option built, or None with its faults recorded."""
    try:
        programme = build(evidence, read_policy(path, evidence, faults))
    except FaultsFound as found:
        faults.extend(found.faults)
        return None
    check_committed(programme, faults)
    query_option(programme, faults)
    matrix = programme.matrix
    return Option(
        path,
        programme.policy.title,
        len(matrix.lower),
        matrix.columns,
        len(matrix.value),
        _entries(programme),
        _ranges(programme),
        tuple(change_lines(programme.policy.changes, evidence.settings)),
    )


def _entries(programme: Programme) -> tuple[EntryRows, ...]:
    """The rows of every name of an option, in the order of the option."""
    count: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Place] = {}
    weights: dict[tuple[str, str], float | None] = {}
    for limit, rows, _ in programme.limits():
        count[limit.family, limit.name] += len(rows)
        places.setdefault((limit.family, limit.name), limit.place)
        weights.setdefault((limit.family, limit.name), limit.may_break)
    return tuple(
        EntryRows(name, family, rows, places[family, name], weights[family, name])
        for (family, name), rows in count.items()
    )


def _ranges(programme: Programme) -> dict[str, tuple[float, float] | None]:
    """How far apart the numbers of the model lie: more than nine powers of ten strain a solver."""
    matrix = programme.matrix
    found = {
        "coefficients": _range(matrix.value),
        "bounds": _range(np.concatenate([matrix.lower, matrix.upper])),
    }
    return found | {f"priority {one.name}": _range(one.coefficient) for one in programme.objectives}


def _range(numbers: Floats) -> tuple[float, float] | None:
    sizes = np.abs(numbers[np.isfinite(numbers) & (numbers != 0)])
    return (float(sizes.min()), float(sizes.max())) if len(sizes) else None
