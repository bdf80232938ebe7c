"""Holds a plan in Python: its worth, its tables as DataFrames, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.api.findings import Audit, Explanation, Reason, WhyNot
from optimiser.api.horizon import Horizon, longer_run_out
from optimiser.api.origin import AnyPath, Origin, refuse_changed
from optimiser.api.own_folder import OwnFolder
from optimiser.api.tables import amount, plan_table, table_of_folder
from optimiser.plan.columns import RESULT_TABLES
from optimiser.plan.reload import Reloaded, reload
from optimiser.plan.whole import whole
from optimiser.text.faults import Fault, did_you_mean
from optimiser.text.wording import fte, money

if TYPE_CHECKING:
    from pandas import DataFrame

    from optimiser.plan.make import Plan as Made

_SHOWN = 5
"""Routes that a plan names when it introduces itself."""


class Plan:
    """Hold one option solved to proved optimality: what `solve` returns and `load` reads again.

    Tables are pandas DataFrames with the columns of the results folder: `starts`, `staff`, `work`, `patterns`,
    `demand`, `spend`, `budgets` and `limits`, over the reported years; `table(name, run_out=True)` adds the run-out
    years. Years are whole numbers, figures floats, codes text (missing where they do not apply).
    """

    def __init__(self, made: Made | None, folder: Path | None, origin: Origin, known: Mapping[Path, str]) -> None:
        self._made, self._folder, self._origin, self._known = made, folder, origin, known
        self._kept: OwnFolder | None = None

    @property
    def status(self) -> str:
        """Return `optimal`: there is no other plan in Python (NoPlan and Stopped are exceptions)."""
        return str(self.record["status"])

    @property
    def title(self) -> str:
        """Return the option's title."""
        return str(self.record["title"])

    @property
    def cost(self) -> float:
        """Return the cost in £ over the reported years, undiscounted, in price_year prices."""
        return float(self.record["cost"]["undiscounted"])

    @property
    def discounted_cost(self) -> float:
        """Return the cost in £ over the reported years, discounted to first_year, in price_year prices."""
        return float(self.record["cost"]["discounted"])

    @property
    def unmet_fte_years(self) -> float:
        """Return unmet demand over the reported years, in FTE-years, unweighted."""
        return float(self.record["unmet_fte_years"])

    @property
    def priorities(self) -> dict[str, float]:
        """Return the value of each priority in order, over all modelled years, in its own unit."""
        return {str(one["name"]): float(one["value"]) for one in self.record["priorities"]}

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Return what looked wrong in the inputs and the option; none for a plan that was read again (see `record`)."""
        return () if self._made is None else self._origin.renamed(self._made.warnings)

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """Return everything in plan.json: status, worth, sizes, versions, hashes of the inputs, warnings."""
        if self._made is not None:
            return self._made.content(f"{self._origin.call}.solve()")
        return reload(self.folder).content

    @cached_property
    def starts(self) -> DataFrame:
        """List route, area, year, starts, commissions, in_training: people and places."""
        return self.table("starts")

    @cached_property
    def staff(self) -> DataFrame:
        """List role, area, year, fte, joiners, leavers, moved_out, transitions_in, transitions_out, idle: FTE."""
        return self.table("staff")

    @cached_property
    def work(self) -> DataFrame:
        """List role, task, area, year, fte (available FTE), units (of the task)."""
        return self.table("work")

    @cached_property
    def patterns(self) -> DataFrame:
        """List pattern, area, year, fte."""
        return self.table("patterns")

    @cached_property
    def demand(self) -> DataFrame:
        """List task, area, year, volume, waiting, by_staff, received, outsourced, unmet (units), unmet_fte, prices."""
        return self.table("demand")

    @cached_property
    def spend(self) -> DataFrame:
        """List budget, line, item, area, year, amount, committed: £ in price_year prices."""
        return self.table("spend")

    @cached_property
    def budgets(self) -> DataFrame:
        """List budget, year, limit, carried_in, spend, carried_out: £ in price_year prices."""
        return self.table("budgets")

    @cached_property
    def limits(self) -> DataFrame:
        """List every row of every limit: level, bound, slack, broken, and what easing it by one unit is worth."""
        return self.table("limits")

    def table(self, name: str, run_out: bool = False) -> DataFrame:
        """Return a table by name; with `run_out`, over all modelled years. Raises KeyError for an unknown name."""
        if name not in RESULT_TABLES:
            raise KeyError(f'no table called "{name}". {did_you_mean(name, RESULT_TABLES)}')
        if self._made is not None:
            frame = self._made.frames[name] if run_out else self._made.reported(name)
            return plan_table(name, frame.columns)
        with whole([self.folder]):
            return plan_table(name, table_of_folder(self.folder, name, run_out))

    def explain(
        self,
        top: int = 10,
        limits: Sequence[str] = (),
        *,
        progress: Callable[[str], None] = lambda _line: None,
        jobs: int = 0,
    ) -> Explanation:
        """Say what limits the plan and what easing each limit buys, each number priced by solving again.

        `top`: how many limits; `limits`: names of limits.csv instead; `jobs`: processes (0: one for each core).
        Raises FaultsFound for a name the option does not have.
        """
        from optimiser.explain import gap_steps_words, words
        from optimiser.explain.explanation import explain
        from optimiser.explain.gap_steps import steps

        if isinstance(limits, str):
            raise TypeError(f"limits is a list of names: write limits=[{limits!r}]")
        with whole([self.folder]):
            plan = self.reloaded
            found = explain(plan, top, limits, progress, jobs)
            gap = steps(plan)
            told = () if limits else gap_steps_words.sentences(gap, plan.programme.evidence.settings)
            return Explanation(found, gap, (*words.sentences(found), *told))

    def why(self, question: str) -> Reason:
        """Say where the number of a role in a year comes from: `role=radiologist,year=2030`. Raises FaultsFound."""
        from optimiser.explain.staff_balance import asked, why_of

        with whole([self.folder]):
            return Reason(why_of(self.reloaded, asked(question, self.reloaded)))

    def why_not(self, question: str) -> WhyNot:
        """Say why a route is not used (more): `route=radiology_training[,area=…][,year=…]`. Raises FaultsFound."""
        from optimiser.explain.explanation import why_not_of

        with whole([self.folder]):
            return WhyNot(*why_not_of(self.reloaded, question), self.reloaded.programme)

    def horizon(self) -> Horizon:
        """Say how far the first five years' commissions move with twice the run-out. Raises FaultsFound."""
        with whole([self.folder]):
            return longer_run_out(self.reloaded)

    def audit(self) -> Audit:
        """Replay the plan year by year without the optimiser and reconcile every figure."""
        return audit_folder(self.folder)

    def report(self, path: AnyPath, *, recommend: str | None = None) -> Path:
        """Write the report: a page (.html), a workbook (.xlsx) or a board paper (.docx). Raises CannotWrite."""
        from optimiser.api.reports import write_report_of

        write_report_of([self.folder], Path(path), recommend)
        return Path(path)

    def write(self, folder: AnyPath) -> Path:
        """Write the results folder, as `optimiser solve --out` does. Raises CannotWrite; what was there then stays."""
        out = Path(folder)
        if self._made is None:
            from optimiser.plan.copied import copy_results

            copy_results(self.folder, out)
        else:
            self._write(out)
            self._folder = out
        return out

    def _write(self, out: Path) -> None:
        from optimiser.plan.destination import choose

        if self._made is None:
            raise TypeError("nothing to write")
        refuse_changed(self._known)
        choose(out, self._origin.study)
        self._made.write(out, f"{self._origin.call}.solve()", self._origin.study)

    @property
    def folder(self) -> Path:
        """Return the results folder: where the plan was written or read, else one that goes when the plan does."""
        if self._folder is None or not self._folder.is_dir():
            self._kept = OwnFolder("plan")
            self._folder = self._kept.path / "plan"
            self._write(self._folder)
        return self._folder

    @property
    def made(self) -> Made | None:
        """Return what the solve made; None for a plan that was read again."""
        return self._made

    @property
    def origin(self) -> Origin:
        """Return the files the plan was made from; for a plan that was read again, its copies of them."""
        return self._origin

    @cached_property
    def reloaded(self) -> Reloaded:
        """Return the results folder as other parts of the optimiser read it."""
        return reload(self.folder)

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> list[str]:
        record, years = self.record, self.record["years"]
        scenarios = f" (scenarios: {', '.join(record['scenarios'])})" if record["scenarios"] else ""
        currency = record["currency"]
        values = ", ".join(f"{name} {amount(value)}" for name, value in self.priorities.items())
        costs = f"{money(self.cost, currency)} ({money(self.discounted_cost, currency)} discounted)"
        worth = f"cost {costs}, unmet demand {fte(self.unmet_fte_years)} FTE-years"
        lines = [
            f"Plan: {self.title}{scenarios}",
            f"{self.status}, {years['first']} to {years['last']}: {worth}",
            f"priorities: {values}",
            f"commissions in {years['first']}: {self._first_commissions()}",
        ]
        if record.get("broken"):
            lines.append(f"breaks {len(record['broken'])} rules: .record['broken']")
        if record.get("extra_rules"):
            lines.append(f"with extra rules, which are not audited: {', '.join(record['extra_rules'])}")
        return [
            *lines,
            f"tables: {', '.join(RESULT_TABLES)}",
            ".explain() says what holds it back; .audit(), .report('board.html'), .write('folder')",
        ]

    def _first_commissions(self) -> str:
        """Write the largest commissions of the first year, without a DataFrame."""
        columns: Mapping[str, Any]
        if self._made is not None:
            columns = self._made.reported("starts").columns
        else:
            columns = table_of_folder(self.folder, "starts", False)
        first, total = self.record["years"]["first"], dict[str, float]()
        for route, year, number in zip(columns["route"], columns["year"], columns["commissions"], strict=True):
            if int(year) == first:
                total[route] = total.get(route, 0.0) + float(number)
        most = sorted((one for one in total.items() if one[1] > 0), key=lambda one: (-one[1], one[0]))
        more = f" and {len(most) - _SHOWN} more routes" if len(most) > _SHOWN else ""
        return ", ".join(f"{route} {fte(number)}" for route, number in most[:_SHOWN]) + more or "none"

    def _repr_html_(self) -> str:
        by_year = self.starts.pivot_table(index="route", columns="year", values="commissions", aggfunc="sum")
        lines = "".join(f"<div>{escape(line)}</div>" for line in self._lines()[:3])
        return f"{lines}<div>Commissions:</div>{by_year.round(1).to_html()}"


def audit_folder(results: AnyPath) -> Audit:
    """Audit the results folder of a plan. Raises FaultsFound where it holds no plan."""
    from optimiser.audit.audit import audit

    folder = Path(results)
    with whole([folder]):
        return Audit(audit(folder))


def load(results: AnyPath) -> Plan:
    """Read a plan from its results folder. Raises FaultsFound where it holds no optimal plan, or is damaged."""
    folder = Path(results)
    with whole([folder]):
        content = reload(folder).content
    inputs, constraints = folder / content["inputs"], folder / content["constraints"]
    origin = Origin(inputs, constraints, tuple(content["scenarios"]), f"optimiser.load({str(results)!r})")
    return Plan(None, folder, origin, {})
