"""Reads and builds one option on its evidence once, then solves it with one change after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimiser.check.plausible.catalogue import query_evidence, query_option
from optimiser.constraints.option import read_policy
from optimiser.constraints.policy import Policy
from optimiser.inputs.assemble import evidence_of
from optimiser.inputs.evidence import Evidence
from optimiser.inputs.read.folder import Sources
from optimiser.model.programme import Programme, build
from optimiser.plan.opening import open_files
from optimiser.solving.basis import as_codes, from_codes
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.highs import SMALL
from optimiser.solving.priorities import NotProved, Outcome, Session
from optimiser.solving.solvable import Arrays, Solvable
from optimiser.solving.verify import BrokenRow
from optimiser.studies.engine.bounds import moved, with_bounds
from optimiser.studies.engine.changed_cells import with_cells
from optimiser.studies.engine.point_changes import Bound, Cell, Change
from optimiser.text.faults import Fault, Faults, FaultsFound


@dataclass(frozen=True)
class Case:
    """Name an option, its inputs, and the scenarios under which its basis is made."""

    inputs: Path
    option: Path
    scenarios: tuple[str, ...] = ()
    time_limit: float | None = None
    """Seconds the solver may take for one priority."""


@dataclass
class Opened:
    """Hold a case in memory: the unchanged programme and the basis that every point starts from."""

    case: Case
    sources: Sources
    policy: Policy
    programme: Programme
    faults: Faults
    basis: Any = None
    outcome: Outcome | None = None
    """How the unchanged option ended, where it was solved in this process."""
    started: bool = False
    """True once there is a basis, or it is known that there is none."""
    _evidence: dict[tuple[object, ...], Evidence] = field(default_factory=dict)

    def start(self) -> None:
        """Solve the unchanged option from nothing, for its basis. Without a plan there is none to start from."""
        if self.started:
            return
        self.started = True
        session = Session(self.programme, Arrays(self.programme.matrix), self._options, corners=True)
        try:
            self.outcome = session.solve()
        except (NotProved, BrokenRow):
            return
        self.basis = as_codes(session.basis)

    def changed(self, scenarios: Sequence[str], changes: Sequence[Change]) -> Programme:
        """Return the programme with other scenarios, bounds or cells. Raises FaultsFound and NoSuchCell."""
        cells = tuple(change for change in changes if isinstance(change, Cell))
        bounds = [change for change in changes if isinstance(change, Bound)]
        faults = Faults()
        if not cells and tuple(scenarios) == self.case.scenarios:
            return moved(self.programme, with_bounds(self.policy, self.programme.evidence, bounds, faults))
        evidence = self._evidence_with(tuple(scenarios), cells)
        policy = read_policy(self.case.option, evidence, faults)
        return build(evidence, with_bounds(policy, evidence, bounds, faults))

    def solve(self, programme: Solvable) -> Outcome:
        """Solve a changed programme: from the basis of the unchanged option, or from nothing where it does not help.

        A solver of its own for each point: its answer cannot depend on the points before it.
        """
        return self.solve_extended(programme, self.basis if self._helps(programme) else None)

    def solve_or_break(self, programme: Programme) -> tuple[Programme, Outcome]:
        """Solve as `solve` does, with rules allowed to be broken if no plan keeps them; return the programme too."""
        return solve_or_break(programme, self.solve)

    def solve_alone(self, programme: Programme) -> tuple[Outcome, tuple[bytes, bytes] | None]:
        """Solve as `solve` does, and return the basis of the first priority too, for others to start from."""
        session = self._session(programme)
        from_here = self.basis is not None and self._helps(programme)
        outcome = session.solve_from(from_codes(self.basis)) if from_here else session.solve()
        return outcome, as_codes(session.found)

    def solve_extended(self, extended: Solvable, basis: tuple[bytes, bytes] | None) -> Outcome:
        """Solve a larger programme from a basis put together for it; from nothing where there is none."""
        session = self._session(extended)
        return session.solve() if basis is None else session.solve_from(from_codes(basis))

    def _helps(self, programme: Solvable) -> bool:
        """Return whether the basis fits, and is near enough to be quicker than starting from nothing.

        Other scenarios move every number of demand. On a large programme the way from the old basis is then four times
        as long as a fresh start by the interior point (England, high growth: 55 s against 13 s of one core).
        """
        if not same_shape(programme, self.programme):
            return False
        if len(programme.matrix.lower) <= SMALL or not isinstance(programme, Programme):
            return True
        return programme.evidence.scenarios == self.case.scenarios

    def _session(self, programme: Solvable) -> Session:
        return Session(programme, Arrays(programme.matrix), self._options, corners=True)

    @property
    def _options(self) -> dict[str, float]:
        return {} if self.case.time_limit is None else {"time_limit": self.case.time_limit}

    def _evidence_with(self, scenarios: tuple[str, ...], cells: tuple[Cell, ...]) -> Evidence:
        key = (scenarios, cells)
        if key not in self._evidence:
            # One at a time: several points on the same evidence follow each other.
            self._evidence.clear()
            sources = with_cells(self.sources, cells)
            self._evidence[key] = evidence_of(sources, self.case.inputs, scenarios, Faults())
        return self._evidence[key]


def open_case(case: Case) -> Opened:
    """Read the files and lay out the programme; nothing is solved yet. Raises FaultsFound."""
    faults = Faults()
    files = open_files(case.inputs, case.option, case.scenarios, faults)
    return Opened(case, files.sources, files.programme.policy, files.programme, faults)


def open_all(cases: Sequence[Case]) -> list[Opened]:
    """Open every case, with the faults of all their files in one message. Raises FaultsFound."""
    found: Faults = Faults()
    opened = []
    for case in cases:
        try:
            opened.append(open_case(case))
        except FaultsFound as error:
            found.extend(error.faults)
    if found.errors:
        raise FaultsFound(found.found)
    return opened


def look_over(opened: Sequence[Opened]) -> list[Fault]:
    """Return each warning of these cases' files once, with what looks wrong in evidence and options.

    What is found is recorded in each case's own `faults`. Cases on the same inputs and scenarios share their evidence.
    """
    together = Faults()
    seen: dict[tuple[Path, tuple[str, ...]], Faults] = {}
    for one in opened:
        about = (one.case.inputs, one.case.scenarios)
        if about not in seen:
            seen[about] = Faults()
            query_evidence(one.programme.evidence, seen[about])
        for warning in seen[about].warnings:
            one.faults.warn(warning.code, warning.place, warning.found, warning.expected, warning.mend)
        query_option(one.programme, one.faults)
        for warning in one.faults.warnings:
            together.warn(warning.code, warning.place, warning.found, warning.expected, warning.mend)
    return together.warnings


def same_shape(one: Solvable, other: Solvable) -> bool:
    """Return whether a basis of one programme fits the other."""
    return len(one.matrix.lower) == len(other.matrix.lower) and one.matrix.columns == other.matrix.columns
