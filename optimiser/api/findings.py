"""Holds the answers that a model or a plan gives: checked, explained, diagnosed, audited. Each prints itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.api.origin import Origin
from optimiser.api.sentences import Sentences
from optimiser.api.tables import records
from optimiser.text.faults import Fault

if TYPE_CHECKING:
    from pandas import DataFrame

    from optimiser.audit.audit import Audit as Audited
    from optimiser.check.check import Checked as Found
    from optimiser.diagnose.diagnosis import Diagnosis as Diagnosed
    from optimiser.explain.explanation import Explanation as Explained
    from optimiser.explain.gap_steps import Gap
    from optimiser.explain.staff_balance import Reason as Why
    from optimiser.explain.why_not import WhyNot as RouteBalance
    from optimiser.model.programme import Programme

_FAULT = ("severity", "code", "file", "line", "column", "cell", "found", "expected", "mend")


@dataclass(frozen=True, repr=False)
class Checked:
    """Hold every fault and every warning of a check, each with its place."""

    faults: tuple[Fault, ...]
    """What stops a solve; none where the files are sound."""
    warnings: tuple[Fault, ...]
    """What looks wrong and stops nothing."""
    found: Found | None
    """Sizes, sources and the rows of each entry; None where the DataFrames could not be taken for inputs."""

    def strict(self) -> Checked:
        """Return the same with every warning taken for a fault."""
        both = tuple(replace(one, severity="error") for one in self._both)
        return Checked(both, (), self.found)

    @property
    def _both(self) -> tuple[Fault, ...]:
        return (*self.faults, *self.warnings)

    @property
    def messages(self) -> tuple[str, ...]:
        """Write every fault and warning, grouped by file, and how many there are; empty where there is none."""
        from optimiser.check.words import faults_in_words
        from optimiser.text.faults import Faults

        return tuple(faults_in_words(Faults(list(self._both)))) if self._both else ()

    @property
    def findings(self) -> tuple[str, ...]:
        """Write the sizes, what kinds of source the values have, and the rows of each entry."""
        from optimiser.check.words import findings

        return () if self.found is None else tuple(findings(self._in_my_words(self.found)))

    @property
    def json(self) -> str:
        """Return what `optimiser check --json` prints."""
        from optimiser.check.words import as_json

        return "{}\n" if self.found is None else as_json(self._in_my_words(self.found))

    def annotate(self, workbook: Path, target: Path) -> int:
        """Write a copy of the workbook with a comment on each faulty cell; returns how many. Raises CannotWrite."""
        from optimiser.check.annotated_workbook import annotated_copy

        return annotated_copy(workbook, target, list(self._both))

    def _in_my_words(self, found: Found) -> Found:
        from optimiser.text.faults import Faults

        return replace(found, faults=Faults(list(self._both)))

    def to_frame(self) -> DataFrame:
        """Return a row for each fault and warning: severity, code, file, line, column, cell, found, expected, mend."""
        return records((_fault_row(one) for one in self._both), _FAULT)

    def __repr__(self) -> str:
        return "\n".join((*self.messages, *self.findings))

    def _repr_html_(self) -> str:
        counts = f"{len(self.faults)} faults, {len(self.warnings)} warnings"
        return f"<p>{counts}</p>{self.to_frame().to_html(index=False)}"


def _fault_row(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "severity": fault.severity, "code": fault.code, "file": place.file, "line": place.line or None,
        "column": place.column or None, "cell": place.cell or None, "found": fault.found,
        "expected": fault.expected, "mend": fault.mend,
    }  # fmt: skip


@dataclass(frozen=True, repr=False)
class Explanation:
    """Hold what limits a plan, and what each limit, task and role is worth; prints as sentences."""

    found: Explained
    gap: Gap
    sentences: tuple[str, ...]
    """What `optimiser explain` prints."""

    @property
    def content(self) -> dict[str, Any]:
        """Return the same as keys and values: what `optimiser explain --json` prints."""
        from optimiser.explain import gap_steps_words, words

        return {**words.content(self.found), "steps": gap_steps_words.content(self.gap)}

    @property
    def prices(self) -> DataFrame:
        """Return one row for each number that was priced, those that limit the plan most first.

        kind, name, year, number and unit (what it is now), priority; `one` says what one unit of it is; gain (how much
        better the priority gets with one unit in the better direction), loss (how much worse with one in the other),
        one_percent, and the range from `from` to `to` over which the price holds.
        """
        from optimiser.explain.words import content

        columns = (
            "kind", "name", "year", "number", "unit", "priority", "one", "better", "gain", "loss", "one_percent",
            "from", "to", "sentence",
        )  # fmt: skip
        said = content(self.found)
        prices = [*self.found.limits, *self.found.demand, *self.found.people]
        rows = [*said["limits"], *said["demand"], *said["people"]]
        both = ({**row, "gain": price.gain, "loss": price.loss} for row, price in zip(rows, prices, strict=True))
        frame = records(({name: row[name] for name in columns} for row in both), columns)
        numbers = ["number", "gain", "loss", "one_percent", "from", "to"]
        return frame.astype({"year": "Int64", **dict.fromkeys(numbers, "float64")})

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        shown = self.prices[["name", "year", "number", "unit", "gain", "one_percent", "from", "to"]]
        return f"{_paragraphs(self.sentences)}{shown.to_html(index=False)}"


@dataclass(frozen=True, repr=False)
class Reason(Sentences):
    """Hold where the number of a role in a year comes from; prints as sentences."""

    found: Why

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what `optimiser explain --why` prints."""
        from optimiser.explain.staff_balance_words import sentences

        return tuple(sentences(self.found))

    @property
    def content(self) -> dict[str, Any]:
        """Return the same as keys and values."""
        from optimiser.explain.staff_balance_words import content

        return content(self.found)


@dataclass(frozen=True, repr=False)
class Diagnosis(Sentences):
    """Hold why there is no plan: the entries that clash, and what would help; prints as sentences."""

    found: Diagnosed
    origin: Origin

    @property
    def plan_exists(self) -> bool:
        """Return True where there is nothing to diagnose."""
        return self.found.plan_exists

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the names of the entries that cannot hold together, clash by clash."""
        return tuple(suspect.name for suspect in self.found.suspects)

    def to_frame(self) -> DataFrame:
        """Return one row for each entry of a clash: clash (1, 2 …), entry, family, file, line, set_by, alone.

        `alone` is True where changing that entry alone gives a plan.
        """
        columns = ("clash", "entry", "family", "file", "line", "set_by", "alone")
        rows = (
            {
                "clash": number, "entry": one.name, "family": one.family, "file": one.place.file,
                "line": one.place.line, "set_by": one.set_by, "alone": one.alone is not None,
            }
            for number, clash in enumerate(self.found.clashes, 1)
            for one in clash
        )  # fmt: skip
        return records(rows, columns).astype({"clash": "int64", "line": "int64", "alone": "bool"})

    @property
    def content(self) -> dict[str, Any]:
        """Return what `optimiser diagnose --json` prints."""
        from optimiser.diagnose.words import content

        return content(self.found, self.origin.inputs, self.origin.constraints)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what `optimiser diagnose` prints."""
        from optimiser.diagnose.words import sentences

        names = self.origin.names
        return tuple(names.text(line) for line in sentences(self.found, self.origin.inputs, self.origin.constraints))

    def _repr_html_(self) -> str:
        return f"{_paragraphs(self.sentences)}{self.to_frame().to_html(index=False)}"


@dataclass(frozen=True, repr=False)
class WhyNot(Sentences):
    """Hold why a route is not used, or not used more; prints as sentences."""

    found: RouteBalance
    priority: str
    programme: Programme

    @property
    def content(self) -> dict[str, Any]:
        """Return what `optimiser explain --why-not --json` prints."""
        from optimiser.explain.why_not_words import content

        return content(self.found, self.priority, self.programme)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what `optimiser explain --why-not` prints."""
        from optimiser.explain.why_not_words import sentences

        return tuple(sentences(self.found, self.priority, self.programme))


@dataclass(frozen=True, repr=False)
class Audit:
    """Hold the result of replaying a plan without the optimiser: whether it confirms every figure, and what differs."""

    found: Audited

    @property
    def passed(self) -> bool:
        """Return True where nothing differs."""
        return self.found.passed

    @property
    def content(self) -> dict[str, Any]:
        """Return what `optimiser audit --json` prints."""
        from optimiser.audit.words import content

        return content(self.found)

    @property
    def differences(self) -> tuple[Any, ...]:
        """Return every difference; each has `sentence()`."""
        return self.found.differences

    def to_frame(self) -> DataFrame:
        """Return one row for each difference."""
        rows = [one.as_json() for one in self.found.differences]
        return records(rows, tuple(rows[0]) if rows else ("file", "where", "figure", "found", "expected", "sentence"))

    def __repr__(self) -> str:
        from optimiser.audit.words import sentences

        return "\n".join(sentences(self.found))


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(_html(lines))


def _html(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        indent = len(line) - len(line.lstrip())
        yield f'<div style="margin-left: {indent / 2}em">{escape(line.strip()) or "&nbsp;"}</div>'
