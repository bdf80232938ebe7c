"""Opens the options and names the futures that every command that solves many times is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from optimiser.inputs.evidence import Evidence
from optimiser.inputs.scenarios import check_chosen
from optimiser.studies.engine.case import Case, Opened, open_all
from optimiser.text.faults import Faults

AS_IT_STANDS = "none"
"""The word for the evidence without any scenario, where scenarios are listed."""

AS_THE_EVIDENCE = "as the evidence has it"
"""The same in sentences and headings."""

Future = tuple[str, ...]
"""Scenarios that apply together."""


def open_options(inputs: Path, constraints: Sequence[Path], time_limit: float | None = None) -> list[Opened]:
    """Open every option on the evidence without a scenario. Raises FaultsFound with every fault of every file."""
    return open_all([Case(inputs, option, (), time_limit) for option in dict.fromkeys(constraints)])


def names_of(constraints: Sequence[Path]) -> dict[Path, str]:
    """Return what tables call each option: its file without the ending, or its path where two would be alike."""
    stems = [path.stem for path in dict.fromkeys(constraints)]
    return {path: path.stem if stems.count(path.stem) == 1 else path.with_suffix("").as_posix() for path in constraints}


def futures_of(words: Sequence[str], evidence: Evidence) -> list[Future]:
    """Return the futures named on the command line, each once: `none`, a scenario, or several joined by +.

    Without any, the future is the evidence without a scenario. Raises FaultsFound for an unknown scenario.
    """
    table = evidence.tables["scenarios"]
    known = set(table.column("scenario"))
    found: list[Future] = []
    faults = Faults()
    for word in words or (AS_IT_STANDS,):
        future: Future
        if word in known:
            future = (word,)
        elif word == AS_IT_STANDS:
            future = ()
        else:
            future = tuple(part.strip() for part in word.split("+"))
        check_chosen(future, table, faults)
        if future not in found:
            found.append(future)
    faults.stop_if_any()
    return found


def called(future: Future) -> str:
    """Return the name of a future, as tables show it."""
    return "+".join(future) or AS_IT_STANDS


def in_words(future: Future) -> str:
    """Write a future as part of a sentence."""
    return "+".join(future) or AS_THE_EVIDENCE


def demanded(evidence: Evidence) -> tuple[str, ...]:
    """Return the tasks that some area demands."""
    there = np.flatnonzero(evidence.has_demand.any(axis=0)).tolist()
    return tuple(evidence.tasks[task] for task in there)
