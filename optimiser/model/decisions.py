"""Lays out the decisions, which are what the optimiser may choose, each as a block of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from optimiser.constraints.limit import Selection
from optimiser.constraints.policy import Policy
from optimiser.constraints.selection import can_be_outsourced, selected
from optimiser.inputs.evidence import Evidence, Flags, Floats, Integers
from optimiser.model.quantity import grid


@dataclass(frozen=True)
class Block:
    """Hold the columns of one decision; `keys` gives each column's area, route, year …."""

    name: str
    columns: Integers
    keys: Mapping[str, Integers]


@dataclass(frozen=True)
class Shared:
    """Hold the columns of a common share: `columns` has one for each year."""

    service: str
    columns: Integers


@dataclass(frozen=True)
class Change:
    """Hold columns for how starts change: `more` and `fewer` than the year before, by the same keys."""

    keys: Mapping[str, Integers]
    more: Integers
    fewer: Integers


@dataclass(frozen=True)
class Breach:
    """Hold columns for how far a limit's rows lie above and below their bound; None on a side that is free."""

    above: Integers | None
    below: Integers | None


@dataclass
class Columns:
    """Number columns block by block and keep their bounds."""

    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    _upper: list[Floats] = field(default_factory=list)
    _integer: list[Flags] = field(default_factory=list)
    _unit: list[Floats] = field(default_factory=list)

    def add(
        self, name: str, keys: Mapping[str, Integers], upper: Floats | float = np.inf, integer: bool = False,
        unit: Floats | float = 1.0,
    ) -> Integers:  # fmt: skip
        """Add a block of columns ≥ 0, one for each entry of the keys, and return their numbers in that shape.

        `unit` is how much of the decision goes with one FTE, for the solver's scaling; 0 leaves it to the rows.
        """
        shape = next(iter(keys.values())).shape
        count = int(np.prod(shape))
        columns = np.arange(self.size, self.size + count, dtype=np.int64).reshape(shape)
        self.size += count
        self.blocks.append(Block(name, columns.ravel(), {key: codes.ravel() for key, codes in keys.items()}))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=float), shape).ravel())
        self._integer.append(np.full(count, integer))
        self._unit.append(np.broadcast_to(np.asarray(unit, dtype=float), shape).ravel())
        return columns

    def copied(self) -> Columns:
        """Return the same columns, to which others may be added."""
        return Columns(list(self.blocks), self.size, list(self._upper), list(self._integer), list(self._unit))

    @property
    def upper(self) -> Floats:
        """Return [column]: upper bound, infinite where there is none. Every lower bound is 0."""
        return np.concatenate(self._upper)

    @property
    def integer(self) -> Flags:
        """Return [column]: True where only whole numbers are allowed."""
        return np.concatenate(self._integer)

    @property
    def unit(self) -> Floats:
        """Return [column]: how much of it goes with one FTE; 0 where the rows it is in decide that."""
        return np.concatenate(self._unit)


@dataclass(frozen=True)
class Decisions:
    """Hold the column number of every decision, as arrays over the positions of their keys.

    `cell` means a pair of area and task with demand, `task_cell` a cell that can be outsourced,
    `post` an area and a pair of productivity.csv whose task has demand there.
    """

    columns: Columns
    cell_area: Integers
    cell_task: Integers
    cell_of: Integers
    """[area, task]: position of the cell, or −1 where there is no such work."""
    post_area: Integers
    post_pair: Integers
    outsourced_cell: Integers
    """Cells that may be outsourced."""
    starts: Integers
    """[area, route, year]"""
    staff: Integers
    """[area, role, year]"""
    idle: Integers
    """[area, role, year]"""
    work: Integers
    """[post, year]"""
    pattern: Integers
    """[area, pattern, year]"""
    outsourced: Integers
    """[outsourced cell, year]"""
    shared_cell: Integers
    """Cells in a network, whose work other areas of it may do."""
    covered: Integers
    """[shared cell, year]: units of the area's own demand that staff of the network do. With it in place of what is
    received from others (covered less the area's own activity) no decision is negative."""
    unmet: Integers
    """[tier, cell, year]: each tier is a slice of a cell's shortage."""
    tier_share: Floats
    """[tier]: width of the tier as a share of the volume; infinite for the last."""
    carry: Mapping[str, Block]
    """By label of the budget entry: money carried out of each of its years."""
    cohort: Mapping[str, Block]
    """By label of the cohorts entry: yes or no for each area and year."""
    common_share: Mapping[str, Shared]
    """By label: the share of a service's volume that is unmet in all areas together."""
    change: Change | None
    """Of the starts that are to be kept steady; None where changes weigh nothing."""
    breaches: Mapping[str, Breach] = field(default_factory=dict)
    """By label of a limit whose rows may be broken; empty where the programme lets none be."""

    def block(self, name: str) -> Block:
        """Return the block of columns of a decision (the first of that name)."""
        return next(block for block in self.columns.blocks if block.name == name)


def decide(evidence: Evidence, policy: Policy) -> Decisions:
    """Lay out every column of the linear programme."""
    columns = Columns()
    areas, years = len(evidence.areas), len(evidence.settings.years)
    cell_area, cell_task = np.nonzero(evidence.has_demand)
    cell_of = np.full(evidence.has_demand.shape, -1, dtype=np.int64)
    cell_of[cell_area, cell_task] = np.arange(len(cell_area))
    post_area, post_pair = np.nonzero(evidence.has_demand[:, evidence.pair_task])
    widths = tier_widths(policy)
    return Decisions(
        columns,
        cell_area,
        cell_task,
        cell_of,
        post_area,
        post_pair,
        outsourced_cell=(outsourced := np.flatnonzero(can_be_outsourced(evidence)[cell_task])),
        starts=_table(columns, "starts", "route", areas, len(evidence.routes), years, policy.whole_numbers),
        staff=_table(columns, "staff", "role", areas, len(evidence.roles), years),
        idle=_table(columns, "idle", "role", areas, len(evidence.roles), years),
        work=_listed(
            columns,
            "work",
            years,
            area=post_area,
            role=evidence.pair_role[post_pair],
            task=evidence.pair_task[post_pair],
        ),
        pattern=_table(columns, "pattern", "pattern", areas, len(evidence.patterns), years),
        outsourced=_units(columns, "outsourced", evidence, cell_area[outsourced], cell_task[outsourced]),
        shared_cell=(shared := np.flatnonzero(evidence.network_of[cell_area, cell_task] >= 0)),
        covered=_units(columns, "covered", evidence, cell_area[shared], cell_task[shared]),
        unmet=_unmet(columns, evidence, cell_area, cell_task, widths),
        tier_share=widths,
        carry=dict(_carries(columns, evidence, policy)),
        cohort=dict(_cohorts(columns, evidence, policy)),
        common_share=dict(_common_shares(columns, evidence, policy)),
        change=_change(columns, evidence, policy),
    )


def tier_widths(policy: Policy) -> Floats:
    """Return the width of each tier as a share of a volume: 5 %, then the next 10 %, then all beyond."""
    ends = np.array([np.inf if tier.up_to is None else tier.up_to for tier in policy.tiers])
    return np.diff(ends, prepend=0.0)


def money_unit(evidence: Evidence) -> float:
    """Return what one FTE typically costs: the geometric mean over the rows of costs.

    A unit bought outside has its price multiplied by the task's yardstick, and so counts as one FTE.
    """
    yardstick = dict(zip(evidence.tasks, evidence.yardstick.tolist(), strict=True))
    bought = [per == "outsourced-unit" for per in evidence.cost_per]
    units = [yardstick[item] if outside else 1.0 for item, outside in zip(evidence.cost_item, bought, strict=True)]
    amount = evidence.amount[:, 0] * np.array(units)
    paid = amount[amount > 0]
    return float(np.exp(np.log(paid).mean())) if len(paid) else 1.0


def _table(
    columns: Columns, name: str, key: str, areas: int, count: int, years: int, integer: bool = False
) -> Integers:
    area, other, year = grid(areas, count, years)
    return columns.add(name, {"area": area, key: other, "year": year}, integer=integer)


def _listed(columns: Columns, name: str, years: int, **keys: Integers) -> Integers:
    size = len(next(iter(keys.values())))
    position, year = grid(size, years)
    return columns.add(name, {**{key: codes[position] for key, codes in keys.items()}, "year": year})


def _unmet(columns: Columns, evidence: Evidence, cell_area: Integers, cell_task: Integers, widths: Floats) -> Integers:
    tier, cell, year = grid(len(widths), len(cell_area), len(evidence.settings.years))
    volume = evidence.volume[cell_area, cell_task]
    finite = np.where(np.isfinite(widths), widths, 0.0)
    upper = np.where(np.isfinite(widths)[tier], finite[tier] * volume[cell, year], np.inf)
    keys = {"tier": tier, "area": cell_area[cell], "task": cell_task[cell], "year": year}
    return columns.add("unmet", keys, upper=upper, unit=evidence.yardstick[cell_task[cell]])


def _units(columns: Columns, name: str, evidence: Evidence, cell_area: Integers, cell_task: Integers) -> Integers:
    """Add columns for the units of each cell's task, in each year."""
    cell, year = grid(len(cell_area), len(evidence.settings.years))
    keys = {"area": cell_area[cell], "task": cell_task[cell], "year": year}
    return columns.add(name, keys, unit=evidence.yardstick[cell_task[cell]])


def _carries(columns: Columns, evidence: Evidence, policy: Policy) -> Iterator[tuple[str, Block]]:
    first = evidence.settings.first_year
    for number, carry in enumerate(policy.carries):
        year = np.array(carry.years, dtype=np.int64) - first
        columns.add("carry", {"entry": np.full_like(year, number), "year": year}, unit=money_unit(evidence))
        yield carry.label, columns.blocks[-1]


def _cohorts(columns: Columns, evidence: Evidence, policy: Policy) -> Iterator[tuple[str, Block]]:
    area, year = grid(len(evidence.areas), len(evidence.settings.years))
    for cohort in policy.cohorts:
        route = np.full_like(area, evidence.routes.index(cohort.route))
        columns.add("cohort", {"area": area, "route": route, "year": year}, upper=1.0, integer=True)
        yield cohort.label, columns.blocks[-1]


def _common_shares(columns: Columns, evidence: Evidence, policy: Policy) -> Iterator[tuple[str, Shared]]:
    year = np.arange(len(evidence.settings.years))
    for number, one in enumerate(policy.common_shares):
        made = columns.add("common_share", {"entry": np.full_like(year, number), "year": year}, unit=0.0)
        yield one.label, Shared(one.service, made)


def _change(columns: Columns, evidence: Evidence, policy: Policy) -> Change | None:
    """Add columns for changes of starts in the reported years.

    The first year has them only where past starts give the year before it.
    """
    if policy.steady is None:
        return None
    chosen = selected(Selection("starts", policy.steady.where), evidence)
    area = np.array([evidence.areas.index(code) for code in chosen["area"]], dtype=np.int64)
    route = np.array([evidence.routes.index(code) for code in chosen["route"]], dtype=np.int64)
    place, year = (codes.ravel() for codes in grid(len(area), len(evidence.settings.reported_years)))
    known = (year > 0) | evidence.has_past_starts[area[place], route[place]]
    keys = {"area": area[place][known], "route": route[place][known], "year": year[known]}
    return Change(keys, columns.add("starts_more", keys), columns.add("starts_fewer", keys))
