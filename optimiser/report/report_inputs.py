"""Reads what a report is made from: every results folder the user named, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from optimiser.inputs.assemble import read_evidence
from optimiser.inputs.evidence import Evidence
from optimiser.plan.marker import RECORD
from optimiser.plan.reload import TABLES, read_record
from optimiser.report.result_table import ResultTable, read_result_table
from optimiser.text.faults import Faults, FaultsFound, Place, did_you_mean

Named = TypeVar("Named")

MANY_SOLVES = ("points", "tables", "frontier", "regret", "alternatives", "tornado", "steps")
"""Tables of the commands that solve many times, and of explain."""


@dataclass(frozen=True)
class PlanResult:
    """Hold one option's results folder: its record, its tables over the reported years, and its evidence."""

    folder: Path
    record: Mapping[str, Any]
    evidence: Evidence | None
    """None where no plan was found, so that nothing but the record is there."""
    name: str = ""
    """How the report calls it, unique among the plans of the report."""

    @property
    def solved(self) -> bool:
        """Return whether an optimum was proved."""
        return bool(self.record["status"] == "optimal")

    @cached_property
    def _read(self) -> dict[str, ResultTable]:
        return {}

    def table(self, name: str) -> ResultTable:
        """Read a result table of the reported years. Raises FaultsFound where it cannot be read."""
        if name not in self._read:
            self._read[name] = read_result_table(self.folder / f"{name}.csv")
        return self._read[name]

    @property
    def facts(self) -> Evidence:
        """Return the evidence of a plan that was found."""
        if self.evidence is None:
            raise ValueError(f"{self.folder} holds no plan")
        return self.evidence

    @property
    def currency(self) -> str:
        """Return the code of the currency that money is in."""
        return str(self.record["currency"])

    @property
    def values(self) -> dict[str, float]:
        """Return the value of each priority, in order: what the optimiser was asked to make small."""
        return {str(entry["name"]): float(entry["value"]) for entry in self.record["priorities"]}

    @property
    def unmet(self) -> float:
        """Return unmet demand over the reported years, in FTE-years, unweighted."""
        return float(self.record["unmet_fte_years"])

    @property
    def cost(self) -> float:
        """Return cost over the reported years, real and undiscounted."""
        return float(self.record["cost"]["undiscounted"])

    @property
    def discounted(self) -> float:
        """Return cost over the reported years, discounted to the first."""
        return float(self.record["cost"]["discounted"])

    @property
    def unmet_discounted(self) -> float | None:
        """Return unmet demand in FTE-years, discounted as costs are; None in a record that was written without it."""
        amount = self.record.get("unmet_fte_years_discounted")
        return None if amount is None else float(amount)


@dataclass(frozen=True)
class Material:
    """Hold everything the pictures are made from."""

    plans: tuple[PlanResult, ...]
    """In the order named; the first is what the others are measured against."""
    extra: Mapping[str, tuple[ResultTable, ...]] = field(default_factory=dict)
    """Tables of `MANY_SOLVES` that are there, by name, in the order of the folders."""
    copies: Evidence | None = None
    """Evidence of a folder of many solves, for titles where no plan was named."""
    wanted: str | None = None
    """Name of the option the author recommends; None recommends none."""
    detail: str | None = None
    """Name of the plan to show in detail where none is recommended; None takes the best by the options' priorities."""

    @cached_property
    def solved(self) -> tuple[PlanResult, ...]:
        """Return the plans that were found."""
        return tuple(plan for plan in self.plans if plan.solved)

    @cached_property
    def comparable(self) -> tuple[PlanResult, ...]:
        """Return the plans found on the evidence and scenarios of the first: only these may be ranked."""
        return tuple(plan for plan in self.solved if _grounds(plan) == _grounds(self.solved[0]))

    @cached_property
    def base(self) -> PlanResult | None:
        """Return business as usual: the first plan named, where there is another to measure against it."""
        return self.comparable[0] if len(self.comparable) > 1 else None

    @cached_property
    def focus(self) -> PlanResult | None:
        """Return the plan that single-plan pictures show: the recommended one, where one is."""
        if not self.comparable:
            return None
        named = self.wanted or self.detail
        if named is not None:
            return next(plan for plan in self.comparable if plan.name == named)
        return first_of([(plan.values, (plan.unmet, plan.discounted), plan) for plan in self.comparable])

    @property
    def facts(self) -> Evidence | None:
        """Return the evidence that titles are taken from; None where no folder holds any."""
        return self.focus.facts if self.focus is not None else self.copies

    @property
    def currency(self) -> str:
        """Return the code of the currency that money is in."""
        return self.facts.settings.currency if self.facts is not None else "GBP"

    def table(self, name: str) -> ResultTable | None:
        """Return the recommended plan's own table of that name, else the first of a folder that is no other plan's."""
        others = {plan.folder for plan in self.plans if plan is not self.focus}
        found = [table for table in self.extra.get(name, ()) if table.path.parent not in others]
        own = [table for table in found if self.focus is not None and table.path.parent == self.focus.folder]
        return next(iter([*own, *found]), None)


def ranked(options: Sequence[tuple[Mapping[str, float], tuple[float, float], Named]]) -> list[Named]:
    """Rank options from best to worst, each given as its priorities' values, its unmet demand and cost, and itself.

    Where all have the same priorities these decide, in order: unmet demand in FTE-years is not what the optimiser
    makes small (shortage is weighted), so plans equally good may differ in it. Otherwise unmet demand, then cost.
    """
    same = len({tuple(values) for values, _, _ in options}) == 1 and all(values for values, _, _ in options)

    def key(option: tuple[Mapping[str, float], tuple[float, float], Named]) -> tuple[float, ...]:
        values, otherwise, _ = option
        return tuple(float(f"{number:.7g}") for number in (values.values() if same else otherwise))

    return [option[2] for option in sorted(options, key=key)]


def first_of(options: Sequence[tuple[Mapping[str, float], tuple[float, float], Named]]) -> Named:
    """Return the best of the options."""
    return ranked(options)[0]


@dataclass(frozen=True)
class Choice:
    """Choose which plan a report recommends, and which it shows in detail."""

    recommend: str | Path | None = None
    """By its title, its option's file name, or its folder; None recommends none."""
    detail: Path | None = None
    """The folder of the plan to show in detail where none is recommended."""


NONE = Choice()


def read_material(folders: Sequence[Path], choice: Choice = NONE) -> Material:
    """Read every results folder. Raises FaultsFound with every fault of all of them."""
    faults = Faults()
    plans: list[PlanResult] = []
    extra: dict[str, list[ResultTable]] = {}
    evidence: dict[object, Evidence] = {}
    for folder in folders:
        found = [name for name in MANY_SOLVES if (folder / f"{name}.csv").is_file()]
        if (folder / RECORD).is_file() or not found:
            plan = _read_plan(folder, evidence, faults)
            plans += [plan] if plan else []
        for name in found:
            extra.setdefault(name, []).append(read_result_table(folder / f"{name}.csv"))
    faults.stop_if_any()
    named = _named(plans)
    copies = None if any(plan.solved for plan in named) else _copies(folders)
    material = Material(named, {name: tuple(tables) for name, tables in extra.items()}, copies)
    if choice.recommend is not None:
        material = replace(material, wanted=_called(material, choice.recommend, faults))
        faults.stop_if_any()
    shown = [plan.name for plan in material.comparable if plan.folder == choice.detail]
    return replace(material, detail=next(iter(shown), None))


def _called(material: Material, wanted: str | Path, faults: Faults) -> str | None:
    """Return the name of the plan that is wanted by its title, its option's file name, or its folder."""
    for plan in material.comparable:
        option = PurePosixPath(str(plan.record.get("constraints", "")))
        words = (plan.name, plan.folder.name, option.name, option.stem)
        if wanted == plan.folder or str(wanted).casefold() in [word.casefold() for word in words]:
            return plan.name
    known = [plan.name for plan in material.comparable]
    expected = "one of the plans, by its title, its option's file name or its folder"
    faults.add("unknown-option", Place(), f'"{wanted}" to recommend', expected, did_you_mean(str(wanted), known))
    return None


def _read_plan(folder: Path, known: dict[object, Evidence], faults: Faults) -> PlanResult | None:
    record = read_record(folder, faults)
    if record is None:
        return None
    place, again = Place(str(folder / RECORD)), "Solve again."
    needed = ("status", "title", "priorities", "scenarios", "currency", "years", "cost", "sha256", "versions", "inputs")
    missing = [key for key in needed if key not in record]
    if missing:
        faults.add("bad-json", place, f"a record without {', '.join(missing)}", "the record of a plan", again)
        return None
    if record["status"] != "optimal":
        return PlanResult(folder, record, None)
    lost = [name for name in TABLES if not (folder / f"{name}.csv").is_file()]
    for name in lost:
        faults.add("missing-table", Place(str(folder / f"{name}.csv")), "no such file", "a result table", again)
    if lost:
        return None
    grounds = _grounds_of(record)
    if grounds not in known:
        try:
            known[grounds] = read_evidence(folder / record["inputs"], record["scenarios"], Faults())
        except FaultsFound as error:
            faults.found += error.faults
            return None
    return PlanResult(folder, record, known[grounds])


def _copies(folders: Sequence[Path]) -> Evidence | None:
    """Read the evidence copied into the first folder that has any; a report's titles need no more."""
    for folder in folders:
        inputs = folder / "used" / "inputs"
        found = inputs if (inputs / "settings.yaml").is_file() else next(iter(sorted(inputs.glob("*.xls[xm]"))), None)
        if found is not None:
            return read_evidence(found, (), Faults())
    return None


def _grounds(plan: PlanResult) -> object:
    return _grounds_of(plan.record)


def _grounds_of(record: Mapping[str, Any]) -> object:
    """Return what two plans must share to be ranked: the bytes of their inputs, and their scenarios."""
    hashes = tuple(sorted((name, text) for name, text in record["sha256"].items() if name.startswith("inputs/")))
    return hashes, tuple(record["scenarios"])


def _named(plans: Sequence[PlanResult]) -> tuple[PlanResult, ...]:
    """Give each plan a name of its own: its title, its scenarios, and its folder where both are the same."""
    names = []
    for plan in plans:
        scenarios = ", ".join(plan.record["scenarios"])
        names.append(f"{plan.record['title']} ({scenarios})" if scenarios else str(plan.record["title"]))
    return tuple(
        replace(plan, name=name if names.count(name) == 1 else f"{name} – {plan.folder.name}")
        for plan, name in zip(plans, names, strict=True)
    )
