"""Holds a model in Python: one option on one body of evidence, read and built, ready to be solved or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from optimiser.api.changed_option import Change, Value, changed
from optimiser.api.findings import Diagnosis
from optimiser.api.origin import AnyPath, Inputs, Origin, hashes, origin_of, refuse_changed
from optimiser.api.plan import Plan
from optimiser.constraints.policy import Policy
from optimiser.errors import FaultsFound, NoPlan, Stopped
from optimiser.inputs.evidence import Evidence
from optimiser.plan.make import Clock, Request, look_over, solved_plan
from optimiser.plan.opening import OpenedFiles, open_files
from optimiser.solving.status import Status
from optimiser.text.faults import Fault, Faults

if TYPE_CHECKING:
    import pulp

    from optimiser.model.programme import Programme
    from optimiser.studies.engine.case import Opened


class Model:
    """Hold one option on one body of evidence. `read` makes it; it never changes: `changed` makes another."""

    def __init__(self, origin: Origin, files: OpenedFiles, faults: Faults, clock: Clock) -> None:
        self._origin, self._files, self._faults, self._clock = origin, files, faults, clock
        self._known = hashes((*self.evidence.files, *self.policy.files))

    @property
    def programme(self) -> Programme:
        """Return the linear programme: quantities, rows and priorities as arrays."""
        return self._files.programme

    @property
    def evidence(self) -> Evidence:
        """Return what is believed: tables, rates and volumes, with the scenarios applied."""
        return self.programme.evidence

    @property
    def policy(self) -> Policy:
        """Return what is allowed: the option's entries and the limits they make."""
        return self.programme.policy

    @property
    def title(self) -> str:
        """Return the option's title."""
        return self.policy.title

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Return the names of the scenarios that apply."""
        return self.evidence.scenarios

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the names of the option's entries, which `changed`, `sweep` and `frontier` take."""
        from optimiser.studies.engine.bounds import varied_entries

        return tuple(entry.name for entry in varied_entries(self.policy))

    @cached_property
    def warnings(self) -> tuple[Fault, ...]:
        """Return what looks wrong in the inputs and the option, and stops nothing."""
        return self._origin.renamed(self._faults.warnings)

    def solve(
        self,
        *,
        time_limit: float | None = None,
        extra: Callable[[pulp.LpProblem, Mapping[str, pulp.LpVariable]], object] | None = None,
    ) -> Plan:
        """Find the optimal plan. Raises NoPlan where there is none, and Stopped where nothing was proved.

        `time_limit`: seconds for all priorities together. `extra`: called with the PuLP problem and its variables by
        name, to add constraints that are solved too; no file holds them, so the plan is marked as not audited.
        Raises ValueError where `extra` does anything but add constraints to the variables there are.
        """
        refuse_changed(self._known)
        origin = self._origin
        request = Request(origin.inputs, origin.constraints, origin.scenarios, time_limit)
        clock = Clock(dict(self._clock.seconds))
        made = solved_plan(self.programme, clock, self._faults.warnings, request, extra)
        if made.solved:
            return Plan(made, None, origin, self._known)
        if made.outcome.status is Status.INFEASIBLE:
            rules = ", or with the extra rules" if extra is not None else ""
            raise NoPlan(
                f"No plan satisfies {self.title}: its limits clash with each other or with the evidence{rules}. "
                "diagnose() of this exception, or of the model, says which.",
                self.diagnose,
            )
        raise Stopped(made.how_far())

    def changed(
        self,
        entry: str,
        key: str | None = None,
        *,
        to: Value | None = None,
        times: Value | None = None,
        plus: Value | None = None,
    ) -> Model:
        """Make a model with another value for one number of one entry; `key` is the entry's main number if not given.

        Exactly one of `to`, `times` and `plus`: a number, `{2028: a, 2031: b}` or `{"ramp": {2028: a, 2031: b}}`, as
        in an option file. Changes add up: `model.changed(…).changed(…)`. Raises FaultsFound for an entry, key or value
        that the option cannot have.
        """
        change = Change(entry, key, to, times, plus)
        refuse_changed(self._known)
        return opened(changed(self._origin, self.policy, change))

    def diagnose(self) -> Diagnosis:
        """Say why there is no plan: the entries that clash, and the least that would give one. Raises Undecided."""
        from optimiser.diagnose.diagnosis import diagnosed

        return Diagnosis(diagnosed(self.programme), self._origin)

    def to_pulp(self) -> pulp.LpProblem:
        """Return the whole problem with readable names, minimising its first priority; each call makes a new one."""
        from optimiser.model.to_pulp import to_pulp

        return to_pulp(self.programme).pulp

    def write_lp(self, path: AnyPath) -> Path:
        """Write the problem in LP format. Raises CannotWrite."""
        from optimiser.plan.problem_file import write_lp

        write_lp(Path(path), self.to_pulp())
        return Path(path)

    def write_mps(self, path: AnyPath) -> Path:
        """Write the problem in MPS format. Raises CannotWrite."""
        from optimiser.plan.problem_file import write_mps

        write_mps(Path(path), self.to_pulp())
        return Path(path)

    @cached_property
    def opened(self) -> Opened:
        """Return the model in the form that studies solve: one basis, many changes."""
        from optimiser.studies.engine.case import Case, Opened

        origin = self._origin
        case = Case(origin.inputs, origin.constraints, self.scenarios)
        return Opened(case, self._files.sources, self.policy, self.programme, self._faults)

    def refuse_changed_files(self) -> None:
        """Stop where a file has changed since it was read. Raises FaultsFound."""
        refuse_changed(self._known)

    @property
    def call(self) -> str:
        """Return the call that makes this model."""
        return self._origin.call

    @property
    def origin(self) -> Origin:
        """Return the files that the model was read from."""
        return self._origin

    def _lines(self) -> list[str]:
        evidence, matrix = self.evidence, self.programme.matrix
        settings = evidence.settings
        scenarios = f" (scenarios: {', '.join(self.scenarios)})" if self.scenarios else ""
        counts = {"area": evidence.areas, "role": evidence.roles, "route": evidence.routes, "task": evidence.tasks}
        sizes = ", ".join(f"{len(codes)} {word}{'s' if len(codes) != 1 else ''}" for word, codes in counts.items())
        years = f"{settings.label(settings.first_year)} to {settings.label(settings.last_year)}"
        priorities = ", ".join(one.name for one in self.programme.objectives)
        return [
            f"Model: {settings.title or evidence.folder.name}: {self.title}{scenarios}",
            f"{sizes}; {years} and {settings.run_out_years} run-out years",
            f"{len(matrix.lower):,} rows, {matrix.columns:,} columns; priorities: {priorities}",
            f"{len(self.entries)} entries: {', '.join(self.entries[:6])}{' …' if len(self.entries) > 6 else ''}",
            f"{len(self.warnings)} warning{'s' if len(self.warnings) != 1 else ''}",
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return "".join(f"<div>{escape(line)}</div>" for line in self._lines())


def read(inputs: Inputs, constraints: AnyPath, *, scenarios: Sequence[str] = ()) -> Model:
    """Read evidence and one option, and build the model; nothing is solved yet.

    `inputs`: a folder, a workbook, or a dict of DataFrames named like the tables (with "settings", a dict or a table
    of key and value). `constraints`: a YAML file or a workbook. Raises FaultsFound, which lists every fault.
    """
    return opened(origin_of(inputs, constraints, scenarios))


def opened(origin: Origin) -> Model:
    """Read the model of an origin. Raises FaultsFound, with its places in the user's words."""
    faults, clock = Faults(), Clock()
    try:
        files = open_files(origin.inputs, origin.constraints, origin.scenarios, faults, clock.stage)
        with clock.stage("build"):
            look_over(files.programme, faults)
    except FaultsFound as error:
        raise FaultsFound(origin.renamed(error.faults)) from None
    return Model(origin, files, faults, clock)


def model_of(plan: Plan) -> Model:
    """Read a plan's model again from its files. Raises FaultsFound."""
    if plan.record.get("extra_rules"):
        _ = plan.reloaded.programme  # says that no file holds the extra rules
    return opened(plan.origin)
