"""Holds the settings of the evidence: its years, its prices, its rates and its title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from optimiser.text.by_year import ByYear
from optimiser.text.faults import Place
from optimiser.text.numbers import year_label
from optimiser.text.yamltext import Node


@dataclass(frozen=True)
class RawSettings:
    """Hold the settings as a file has them: each key's value and place, whatever the file's format."""

    file: str
    values: Mapping[str, tuple[Node, Place]]
    sources: Mapping[str, str] = field(default_factory=dict)
    """What is said of where each key's value comes from: the comment on its line, or its source column."""


@dataclass(frozen=True)
class Settings:
    """Hold the settings. Years are integers; the model runs from first_year to last_year + run_out_years.

    Rates and parts are shares (0.035 is 3.5 per cent a year).
    """

    title: str
    first_year: int
    last_year: int
    run_out_years: int
    discount_rate: float
    unmet_discount_rate: float
    """What a shortage of a later year weighs less, a year, in the priority unmet; a priced one has no part in it."""
    price_year: int | None
    """The year in whose prices all money is; None where it is not said."""
    inflation: ByYear | None
    """Inflation a year, by year; None where it is not given."""
    first_year_part: float
    """Part of an intake's first year of training that falls into the year it starts in."""
    currency: str
    financial_years: bool
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each key that was written stands."""
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What is said of where each key's value comes from."""

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Return every modelled year, the run-out included."""
        return tuple(range(self.first_year, self.last_year + self.run_out_years + 1))

    @cached_property
    def reported_years(self) -> tuple[int, ...]:
        """Return the years that the result tables and totals cover."""
        return tuple(range(self.first_year, self.last_year + 1))

    @cached_property
    def run_out(self) -> tuple[int, ...]:
        """Return the modelled years after the reported ones."""
        return self.years[len(self.reported_years) :]

    def label(self, year: int) -> str:
        """Write a year as people see it: `2026/27` where years are financial years, else `2026`."""
        return year_label(year, self.financial_years)
