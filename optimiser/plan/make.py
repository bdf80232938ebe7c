"""From files to a plan: read, build, solve, and lay out the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from optimiser.check.plausible.catalogue import query_evidence, query_option
from optimiser.model.programme import Programme
from optimiser.model.to_pulp import Problem, to_pulp
from optimiser.plan.destination import Study
from optimiser.plan.duals_table import DUALS, duals_table
from optimiser.plan.extra_rules import Extra, with_extra
from optimiser.plan.frame import Frame
from optimiser.plan.kept_basis import BASIS, Codes, basis_bytes, kept_basis
from optimiser.plan.near import NEAR, Announced, Near, announced
from optimiser.plan.opening import open_files
from optimiser.plan.option_words import CHANGES, changes_frame
from optimiser.plan.problem_file import write_lp, write_mps
from optimiser.plan.provenance import PROVENANCE, provenance
from optimiser.plan.record import Run, as_json, record, used_files
from optimiser.plan.store import write_plan, write_record_alone
from optimiser.plan.tables import tables
from optimiser.solving.basis import from_codes
from optimiser.solving.breaking import solve_or_break
from optimiser.solving.near import nearest
from optimiser.solving.priorities import Outcome, solve
from optimiser.text.faults import Fault, Faults


@dataclass
class Clock:
    """Count the seconds spent in each stage of a run."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage; stages of one name add up."""
        began = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + perf_counter() - began, 4)


@dataclass(frozen=True)
class Plan:
    """One option solved: the model, how it ended, and (where optimal) every table over all modelled years."""

    programme: Programme
    outcome: Outcome
    frames: Mapping[str, Frame]
    clock: Clock
    warnings: tuple[Fault, ...] = ()
    """What looked wrong in the inputs and the option, and stopped nothing."""
    near: Announced | None = None
    """The plan that this one's starts are to be near."""
    extra_rules: tuple[str, ...] = ()
    """The names of rules that were added in Python, which no option file says."""
    went_on: bool = False
    """True where the solve went on from the basis of an earlier plan."""

    @property
    def solved(self) -> bool:
        """True only where the optimum was proved."""
        return self.outcome.answer is not None

    def how_far(self) -> str:
        """How far a solve came that stopped: what is proved of the priorities, and the bound of the one at work."""
        outcome, names = self.outcome, [objective.name for objective in self.programme.objectives]
        lines = [f"Stopped before an optimum was proved: {outcome.ended.value}."]
        proved = zip(names, outcome.proved, strict=False)
        lines += [f"The best {name} is proved to be {value:,.6g}." for name, value in proved]
        if outcome.bound is not None:
            lines.append(f"No plan can have {names[len(outcome.proved)]} below {outcome.bound:,.6g}.")
        return " ".join(lines)

    def reported(self, name: str) -> Frame:
        """Return a table without the run-out years."""
        return self._split(self.frames[name])[0]

    def content(self, command: str) -> dict[str, Any]:
        """Return what plan.json holds, but for what writing adds: the list of files and what they were made from."""
        content = record(self.programme, self.outcome, Run(command, self.clock.seconds, self.warnings))
        if self.near is not None and self.outcome.answer is not None:
            content["near"] = self.near.recorded(self.outcome.answer.decisions)
        return content | ({"extra_rules": list(self.extra_rules), "audited": False} if self.extra_rules else {})

    def write(self, out: Path, command: str, study: Study | None = None) -> bool:
        """Write the results folder; without a plan, plan.json alone into a fresh folder. True where it was written.

        `study` says what it was made from, where that is not the option itself. Raises CannotWrite; whatever was
        there is then as it was.
        """
        made = study or Study(self.programme.evidence.folder, (self.programme.policy.path,))
        began = perf_counter()

        def said(written: Mapping[str, Any]) -> str:
            if self.solved:
                self.clock.seconds["write"] = round(perf_counter() - began, 4)
            near = {} if self.near is None or not self.solved else {"near_starts": self.near.file_in(out)}
            return as_json({**self.content(command), "made_from": made.recorded(out), **near, **written})

        if not self.solved:
            return write_record_alone(out, said)

        used = used_files(self.programme.evidence, self.programme.policy)
        evidence, policy = self.programme.evidence, self.programme.policy
        texts: dict[str, str | bytes] = {
            PROVENANCE: provenance(evidence, policy).text(),
            CHANGES: changes_frame(policy.changes, evidence.settings).text(),
        }
        if self.outcome.answer is not None and self.outcome.answer.prices and not self.extra_rules:
            texts[DUALS] = duals_table(self.programme, self.outcome.answer).text()
            basis = basis_bytes(self.programme, self.outcome)
            texts |= {} if basis is None else {BASIS: basis}
        if self.near is not None and self.outcome.answer is not None:
            texts[NEAR] = self.near.frame(self.outcome.answer.decisions).text()
        write_plan(out, said, [self._split(frame) for frame in self.frames.values()], used, texts=texts)
        return True

    def _split(self, frame: Frame) -> tuple[Frame, Frame | None]:
        settings = self.programme.evidence.settings
        if not settings.run_out_years:
            return frame, None
        late = np.array([year != "" and int(year) > settings.last_year for year in frame.columns["year"]], dtype=bool)
        return frame.only(~late), frame.only(late)


@dataclass(frozen=True)
class Request:
    """Hold what the user asked to be solved."""

    inputs: Path
    constraints: Path
    scenarios: Sequence[str] = ()
    time_limit: float | None = None
    """Seconds the solver may take for one priority."""
    write_lp: Path | None = None
    write_mps: Path | None = None
    near: Near | None = None
    """The plan whose starts are to be changed as little as possible."""
    start: Path | None = None
    """A results folder whose basis the solve goes on from, where it is of a model with the same columns and rows."""


def read_and_build(request: Request, faults: Faults) -> tuple[Programme, Clock]:
    """Read the evidence and one option, lay out the model, and record what looks wrong in them.

    Raises FaultsFound with every fault of both.
    """
    clock = Clock()
    programme = open_files(request.inputs, request.constraints, request.scenarios, faults, clock.stage).programme
    with clock.stage("build"):
        look_over(programme, faults)
    return programme, clock


def look_over(programme: Programme, faults: Faults) -> None:
    """Record what looks wrong in the evidence and the option of a programme, and stops nothing."""
    query_evidence(programme.evidence, faults)
    query_option(programme, faults)


def make_plan(request: Request, faults: Faults | None = None) -> Plan:
    """Make the optimal plan of one option, or say how far the solve came. Raises FaultsFound and CannotWrite."""
    faults = Faults() if faults is None else faults
    programme, clock = read_and_build(request, faults)
    with clock.stage("read"):
        near = announced(programme, request.near) if request.near is not None else None
    return solved_plan(programme, clock, faults.warnings, request, near=near)


def solved_plan(
    programme: Programme, clock: Clock, warnings: Sequence[Fault], request: Request, extra: Extra | None = None,
    near: Announced | None = None,
) -> Plan:  # fmt: skip
    """The optimal plan of a programme that is built, with the rules that `extra` adds. Raises CannotWrite, ValueError.

    Of the request its time limit counts, and where to write the problem; `near` is the plan to stay near to.
    """
    with clock.stage("build"):
        problem = to_pulp(programme)
    with clock.stage("write"):
        _write_problem(problem, request)
    options = {} if request.time_limit is None else {"time_limit": request.time_limit}
    added: tuple[str, ...] = ()
    went_on = False

    def solved(one: Programme) -> Outcome:
        nonlocal added, went_on
        with clock.stage("build"):
            laid_out = problem if one is programme else to_pulp(one)
            if extra is not None:
                one, added = with_extra(one, laid_out, extra)
        with clock.stage("solve"):
            basis = _start(one, request.start)
            went_on = basis is not None
            return solve(one, laid_out, options, basis)

    programme, outcome = solve_or_break(programme, solved)
    if near is not None:
        with clock.stage("solve"):
            outcome = nearest(programme, outcome, near.starts, near.asked.within, options)
    with clock.stage("write"):
        frames = tables(programme, outcome.answer) if outcome.answer is not None else ()
    tables_of_it = {frame.name: frame for frame in frames}
    return Plan(programme, outcome, tables_of_it, clock, tuple(warnings), near, added, went_on)


def _start(programme: Programme, results: Path | None) -> Any:
    """Return the basis to go on from; None to solve from nothing."""
    codes: Codes | None = None if results is None else kept_basis(results, programme)
    return None if codes is None or programme.integer.any() else from_codes(codes)


def _write_problem(problem: Problem, request: Request) -> None:
    for path, write in ((request.write_lp, write_lp), (request.write_mps, write_mps)):
        if path is not None:
            write(path, problem.pulp)
