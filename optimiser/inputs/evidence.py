"""Holds all the evidence, complete and typed, in the one object that the model is built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from optimiser.inputs.read.table import Table
    from optimiser.inputs.settings import Settings

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE = -1
"""The position that stands for "no role" where a route has no from_role, to_role or supervisor."""


@dataclass(frozen=True)
class Evidence:
    """Hold the evidence of one inputs folder with its scenarios applied; every array is complete.

    Codes are sorted alphabetically, so that the order of rows in a file changes nothing. Arrays
    are indexed by the position of a code in its tuple; `year` runs over the modelled years
    (`settings.years`, first_year to last_year + run_out_years). Money is real, in price_year prices.
    """

    settings: Settings
    tables: Mapping[str, Table]
    """The tables as read (typed, defaults filled), by name; absent optional tables have no rows."""
    files: tuple[Path, ...]
    """Every file read, for hashes, copies and provenance."""
    folder: Path
    """What the user named: the inputs folder."""
    scenarios: tuple[str, ...]

    areas: tuple[str, ...]
    regions: tuple[str, ...]
    """By area; empty text where the evidence names none."""
    roles: tuple[str, ...]
    routes: tuple[str, ...]
    tasks: tuple[str, ...]
    patterns: tuple[str, ...]

    staff_groups: tuple[str, ...]
    """By role."""
    available_share: Floats
    """[role]: share of an FTE that is available for tasks."""
    leaver_rate: Floats
    """[area, role, year]: share of last year's staff who leave at the start of the year."""
    staff_in_post: Floats
    """[area, role]: FTE just before first_year."""

    transition_from: Integers
    """[transition]: position of the role people leave; the rows of transitions.csv sorted by both roles."""
    transition_to: Integers
    transition_share: Floats
    """[transition]: share of last year's staff who move each year."""
    fte_per_mover: Floats
    """[transition]: FTE of the role they join that one FTE of the other becomes."""

    kinds: tuple[str, ...]
    """By route."""
    from_role: Integers
    """[route]: position of the role that supplies the starters, or NONE."""
    to_role: Integers
    """[route]: position of the role joined, or NONE."""
    years: Integers
    """[route]: duration, whole years."""
    completion: Floats
    """[route, year]: share of those who start in the year who complete, scenarios included."""
    past_completion: Floats
    """[route]: the same of those who started before first_year, whom no scenario changes."""
    fte_per_completer: Floats
    fill_rate: Floats
    """[route, year]: share of commissioned places that are filled, scenarios included."""
    past_fill_rate: Floats
    """[route]: the same before first_year."""
    non_completers_return: Flags
    """[route]: True where those who do not complete stay in from_role."""
    study_release: Floats
    """[route]: share of their time that from_role staff in training lose."""
    trainee_work: Floats
    """[route]: available FTE of to_role work that one trainee delivers."""
    supervisor_role: Integers
    """[route]: position of the supervising role, or NONE."""
    supervisor_fte: Floats
    """[route]: available FTE of supervisor that one trainee takes."""
    past_starts: Floats
    """[area, route, k]: starts in year first_year − 1 − k, for k < max(1, longest duration).

    0 where there were none."""
    has_past_starts: Flags
    """[area, route]: True where past_starts.csv has rows for the pair."""
    destinations: Floats
    """[route, area trained in, area joined]: shares that sum to 1 over the last index."""

    task_units: tuple[str, ...]
    services: tuple[str, ...]
    """By task."""
    task_priority: Floats
    returns: Floats
    """[task]: share of a year's unmet demand that comes back next year."""
    yardstick: Floats
    """[task]: the most units_per_fte any role has for it (no growth, no scenario); NaN where no role can do it."""
    has_demand: Flags
    """[area, task]: True where demand.csv, or patients with care, gives the area that work."""
    volume: Floats
    """[area, task, year]: units demanded, patients' part and scenarios included; 0 where there is no such work."""
    waiting_list: Floats
    """[area, task]: units added to the demand of first_year."""

    networks: tuple[tuple[str, str], ...]
    """Sorted (network, task): each shares one task's work among areas."""
    network_of: Integers
    """[area, task]: position in `networks`, or NONE where the area does all of its own work."""

    pair_role: Integers
    """[pair]: the pairs of productivity.csv, sorted by role then task."""
    pair_task: Integers
    units_per_fte: Floats
    """[pair, year]: units per available FTE-year, growth and scenarios included."""
    current_share: Floats
    """[pair]: share of every area's volume before first_year; NaN where it is blank."""

    pattern_role: Integers
    extra_fte: Floats
    """[pattern]: available FTE that one FTE on the pattern adds or takes away."""

    cost_item: tuple[str, ...]
    """By cost row; the rows of costs.csv sorted by per, item, line, budget."""
    cost_line: tuple[str, ...]
    cost_per: tuple[str, ...]
    cost_budget: tuple[str, ...]
    """By cost row; empty text where the row belongs to no budget."""
    amount: Floats
    """[cost row, year]: real money per unit of what it is paid per, growth and scenarios included."""

    def completion_of(self, route: Integers | int, begun: Integers | int) -> Floats:
        """Return the completion of starts on a route, by position, in year `begun` (first_year is 0)."""
        year = np.maximum(begun, 0)
        return np.where(np.less(begun, 0), self.past_completion[route], self.completion[route, year])

    @cached_property
    def budgets(self) -> tuple[str, ...]:
        """Return the budgets named in costs.csv, sorted."""
        return tuple(sorted({budget for budget in self.cost_budget if budget}))
