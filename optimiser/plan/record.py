"""plan.json: how the run ended, what it is worth, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from optimiser.constraints.policy import Policy
from optimiser.inputs.evidence import Evidence, Floats
from optimiser.inputs.read.workbook_options import in_workbook
from optimiser.model.breaking import breakable
from optimiser.model.objective import Objective
from optimiser.model.programme import Programme
from optimiser.model.steady import changes_of
from optimiser.plan.broken import broken_rows, broken_sentences
from optimiser.plan.totals import totals
from optimiser.solving.priorities import Outcome
from optimiser.text.faults import Fault

_PACKAGES = ("pulp", "highspy", "numpy", "click", "pyyaml")


@dataclass(frozen=True)
class Run:
    """What is known of the run beside its answer."""

    command: str
    seconds: Mapping[str, float]
    """read, build, solve, write"""
    warnings: Sequence[Fault] = ()
    """What looked wrong in the inputs and the option, and stopped nothing."""


def record(programme: Programme, outcome: Outcome, run: Run) -> dict[str, Any]:
    """The content of plan.json. Values of a plan that was not found are null, never 0."""
    evidence, policy = programme.evidence, programme.policy
    matrix = programme.matrix
    return {
        "status": outcome.status.value,
        "ended": outcome.ended.value,
        "title": policy.title,
        "inputs": f"used/{_inputs_in_used(evidence)}",
        "constraints": f"used/constraints/{option_below(policy.path, relative_paths(policy.files))}",
        "scenarios": list(evidence.scenarios),
        "years": {
            "first": evidence.settings.first_year,
            "last": evidence.settings.last_year,
            "run_out": evidence.settings.run_out_years,
        },
        "currency": evidence.settings.currency,
        "price_year": evidence.settings.price_year,
        **_worth(programme, outcome),
        "model": {"rows": len(matrix.lower), "columns": matrix.columns, "nonzeros": len(matrix.value)},
        "warnings": recorded(run.warnings, used_files(evidence, policy)),
        "seconds": dict(run.seconds),
        "versions": versions(),
        "sha256": hashes(evidence, policy),
        "command": run.command,
    }


def recorded(warnings: Iterable[Fault], used: Mapping[str, Path]) -> list[dict[str, str]]:
    """Warnings as plan.json and run.json keep them; a place is `inputs/roles.csv, line 3, column leaver_rate`.

    Files go by the names of their copies in `used/`, so that the record does not depend on where they were.
    """
    names = {path.resolve(): name for name, path in used.items()}
    return [
        {
            "code": one.code,
            "place": ", ".join(
                part for part in (names.get(Path(one.place.file).resolve(), "inputs"), one.place.words()) if part
            ),
            "found": one.found,
            "expected": one.expected,
            "mend": one.mend,
        }
        for one in warnings
    ]


def _worth(programme: Programme, outcome: Outcome) -> dict[str, Any]:
    names = [objective.name for objective in programme.objectives]
    if outcome.answer is None:
        return {
            "priorities": [
                {"name": name, "value": outcome.proved[place] if place < len(outcome.proved) else None}
                for place, name in enumerate(names)
            ],
            "cost": {"discounted": None, "undiscounted": None},
            "unmet_fte_years": None,
            "unmet_fte_years_discounted": None,
            "gap": None,
            "bound": outcome.bound,
        }
    decisions = outcome.answer.decisions
    found = totals(programme, decisions)
    return {
        "priorities": [
            {"name": objective.name, "value": value, **_parts(objective, decisions)}
            for objective, value in zip(programme.objectives, outcome.answer.values, strict=True)
        ],
        "cost": {"discounted": found.cost_discounted, "undiscounted": found.cost},
        "unmet_fte_years": found.unmet_fte_years,
        "unmet_fte_years_discounted": found.unmet_fte_years_discounted,
        "gap": outcome.answer.gap if outcome.answer.gap is not None else 0.0,
        **_steady(programme, decisions),
        **_broken(programme, decisions),
    }


def _broken(programme: Programme, decisions: Floats) -> dict[str, Any]:
    """What the plan breaks, in sentences, where the option lets rules be broken; the rows are in limits.csv."""
    if not breakable(programme):
        return {}
    return {"broken": broken_sentences(broken_rows(programme, decisions), programme.evidence.settings)}


def _steady(programme: Programme, decisions: Floats) -> dict[str, Any]:
    """By how many people the intakes change that are to be steady, where the option names any."""
    if programme.policy.steady is None:
        return {}
    change = changes_of(programme.quantities, decisions)
    return {"steady": {"people": change.total, "people_a_year": change.a_year}}


def _parts(objective: Objective, decisions: Floats) -> dict[str, Any]:
    """What a value is made of, where it is more than one thing."""
    parts = objective.parts(decisions)
    return {"parts": parts} if parts else {}


def versions() -> dict[str, str]:
    """The versions an answer depends on."""
    from optimiser import __version__

    found = {"optimiser": __version__, "python": platform.python_version()}
    return found | {name: version(name) for name in _PACKAGES}


def used_files(evidence: Evidence, policy: Policy) -> dict[str, Path]:
    """Every input and constraint file under the name of its copy below `used/`."""
    inputs = {f"inputs/{path.name}": path for path in evidence.files}
    constraints = {f"constraints/{name}": path for path, name in relative_paths(policy.files).items()}
    return inputs | constraints


def hashes(evidence: Evidence, policy: Policy) -> dict[str, str]:
    """SHA-256 of every input and constraint file, by the name of its copy."""
    return hashes_of(used_files(evidence, policy))


def hashes_of(files: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of files by name, sorted by name."""
    return {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sorted(files)}


def relative_paths(files: Sequence[Path]) -> dict[Path, str]:
    """Each file's path below the folder that holds them all, so that `extends` still finds them in a copy."""
    resolved = [path.resolve() for path in files]
    parents = [path.parent for path in resolved]
    top = parents[0]
    while not all(parent.is_relative_to(top) for parent in parents):
        top = top.parent
    return {path: path.relative_to(top).as_posix() for path in resolved}


def option_below(option: Path, files: Mapping[Path, str]) -> str:
    """An option by its file's name in a copy; one of several in a workbook with its own name after it."""
    book = in_workbook(option)
    if book is None:
        return files[option.resolve()]
    return "/".join(filter(None, (files[book.file.resolve()], book.option)))


def _inputs_in_used(evidence: Evidence) -> str:
    return "inputs" if evidence.folder.is_dir() else f"inputs/{evidence.folder.name}"


def as_json(content: Mapping[str, Any]) -> str:
    """One JSON object, readable, ending in a new line."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
