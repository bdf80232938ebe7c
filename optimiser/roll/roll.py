"""Evidence moved forward: the year becomes a later one, and what happened in between becomes what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from optimiser.inputs.assemble import evidence_of
from optimiser.inputs.read.folder import SETTINGS_FILE
from optimiser.inputs.read.workbook import read_sources
from optimiser.inputs.write.convert import csv_text
from optimiser.plan.reload import reload
from optimiser.roll.between import between_years, warn_of_budgets
from optimiser.roll.option import rolled_option
from optimiser.roll.tables import carried_tables, settings_text
from optimiser.text.faults import Faults, Place


@dataclass(frozen=True)
class Rolled:
    """The files of the evidence moved forward, by name, and what the user ought to know of them."""

    files: Mapping[str, str]
    first_year: int
    option: str
    """The file to solve with, where the starts are those of a plan; else empty."""
    staff: tuple[float, float]
    """FTE in post, all roles and areas, just before the old first year and the new one."""


def roll(inputs: Path, year: int, starts: Path | None, faults: Faults) -> Rolled:
    """Return the inputs with `year` as their first year, as the text of each file.

    `starts` is a CSV file with route, area, year and starts, the results folder of a plan, or None: then every intake
    is as large as the last one. With a plan, its option is rolled too, into a folder of its own. Raises FaultsFound
    with every fault; warnings are recorded in `faults`.
    """
    sources = read_sources(inputs, faults)
    evidence = evidence_of(sources, inputs, (), faults)
    settings = evidence.settings
    if not settings.first_year < year <= settings.last_year:
        span = f"a year from {settings.label(settings.first_year + 1)} to {settings.label(settings.last_year)}"
        faults.add("year-outside", Place("--to"), settings.label(year), f"{span}, after first_year", "")
    faults.stop_if_any()
    plan = reload(starts) if starts is not None and starts.is_dir() else None
    between = between_years(evidence, year, plan or starts, faults)
    faults.stop_if_any()
    tables = carried_tables(evidence, sources, year, between, faults)
    files = {f"{name}.csv": csv_text([table.header, *table.rows]) for name, table in tables.items()}
    if sources.settings is not None:
        files[SETTINGS_FILE] = settings_text(sources.settings, year, settings.label(settings.first_year))
    option = rolled_option(plan, year, faults) if plan else {}
    if plan and not option:
        warn_of_budgets(plan, year, faults)
    return Rolled(
        {**files, **option},
        year,
        next(reversed(option), ""),
        (float(evidence.staff_in_post.sum()), float(between.staff.sum())),
    )
