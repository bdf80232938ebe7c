"""A case opened: evidence and one option read, and the linear programme laid out; the one place that does all three."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from optimiser.constraints.option import check_form, read_policy
from optimiser.inputs.assemble import evidence_of
from optimiser.inputs.read.folder import Sources
from optimiser.inputs.read.workbook import read_sources
from optimiser.model.programme import Programme, build
from optimiser.text.faults import Faults, FaultsFound


@dataclass(frozen=True)
class OpenedFiles:
    """The tables as text, and the programme they and the option make."""

    sources: Sources
    programme: Programme


def _untimed(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


def open_files(
    inputs: Path,
    option: Path,
    scenarios: Sequence[str],
    faults: Faults,
    stage: Callable[[str], AbstractContextManager[None]] = _untimed,
) -> OpenedFiles:
    """Read the evidence and one option, and lay out the model; `stage` times reading and building.

    Raises FaultsFound with every fault of both: where the evidence has faults, with those of the option's form.
    """
    with stage("read"):
        sources = read_sources(inputs, faults)
        try:
            evidence = evidence_of(sources, inputs, scenarios, faults)
        except FaultsFound:
            check_form(option, faults)
            raise FaultsFound(faults.found) from None
        policy = read_policy(option, evidence, faults)
    with stage("build"):
        return OpenedFiles(sources, build(evidence, policy))
