"""Builds every quantity of the model, as the evidence and the decisions define it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimiser.inputs.evidence import Evidence, Floats, Integers
from optimiser.model.decisions import Decisions
from optimiser.model.quantity import Quantity, gathered, grid, joined, of_columns, of_constants

BEFORE = -1
"""Position of the year before first_year."""


@dataclass(frozen=True)
class Quantities:
    """Build each quantity that a policy, an identity or a result table may need when it is first asked for.

    Keys are positions: `area`, `year` (0 is first_year), `route`, `role`, `task`, `pattern`, `cost`.
    """

    evidence: Evidence
    decisions: Decisions

    def __getitem__(self, name: str) -> Quantity:
        quantity: Quantity = getattr(self, name)
        return quantity

    @property
    def _years(self) -> int:
        return len(self.evidence.settings.years)

    @cached_property
    def starts(self) -> Quantity:
        """Count people who start a route, by the area they train in."""
        return of_columns("starts", self.decisions.starts, self._block("starts"))

    @cached_property
    def in_training(self) -> Quantity:
        """Count people on a route of a year or more: starters of the last `years` years still there.

        Σ over j < years of starts[t−j] × completion^(j/years), past starts included.
        """
        return self._training(range(self._years))

    @cached_property
    def in_training_before(self) -> Quantity:
        """Count the same in the year before first_year (year −1), from past starts only."""
        return self._training([BEFORE])

    def _training(self, years: Iterable[int]) -> Quantity:
        evidence, kept = self.evidence, self.evidence.completion_of
        pieces = [
            self._started(route, year, ago, float(kept(route, year - ago)) ** (ago / evidence.years[route]))
            for route in np.flatnonzero(evidence.years >= 1).tolist()
            for year in years
            for ago in range(evidence.years[route])
        ]
        return gathered("in_training", pieces, ("area", "route", "year"))

    @cached_property
    def completed(self) -> Quantity:
        """Count starters whose course ends at the start of the year, before any loss: starts[t − years]."""
        pieces = [
            self._started(route, year, int(self.evidence.years[route]), 1.0)
            for route in range(len(self.evidence.routes))
            for year in range(self._years)
        ]
        return gathered("completed", pieces, ("area", "route", "year"))

    @cached_property
    def joiners(self) -> Quantity:
        """Count FTE who join a role, by the area joined: completers × FTE each × share of the destination."""
        evidence = self.evidence
        share = evidence.destinations
        trained = self.completed
        trained = trained.only(evidence.to_role[trained.keys["route"]] >= 0)
        rate = self._completion(trained) * evidence.fte_per_completer[trained.keys["route"]]
        pieces = []
        for area in range(len(evidence.areas)):
            joined_share = share[trained.keys["route"], trained.keys["area"], area]
            part = trained.times(rate * joined_share).only(joined_share > 0)
            if len(part):
                here = {**part.keys, "area": np.full(len(part), area)}
                pieces.append(Quantity("joiners", here, part.entry, part.column, part.coefficient, part.constant))
        return gathered("joiners", pieces, ("area", "route", "year"))

    @cached_property
    def moves_out(self) -> Quantity:
        """Count FTE who leave a feeder role when their course ends (all starters where non-completers leave)."""
        evidence = self.evidence
        trained = self.completed.only(evidence.from_role[self.completed.keys["route"]] >= 0)
        returning = evidence.non_completers_return[trained.keys["route"]]
        return trained.times(np.where(returning, self._completion(trained), 1.0))

    def _completion(self, ended: Quantity) -> Floats:
        """Return [entry]: the completion of those whose course ends, that of the year they began in."""
        begun = ended.keys["year"] - self.evidence.years[ended.keys["route"]]
        return self.evidence.completion_of(ended.keys["route"], begun)

    @cached_property
    def staff(self) -> Quantity:
        """Count FTE in post during the year."""
        return of_columns("staff", self.decisions.staff, self._block("staff"))

    @cached_property
    def staff_year_before(self) -> Quantity:
        """Count FTE in post the year before, from staff_in_post before the first year."""
        return self.year_before("staff")

    @cached_property
    def leavers(self) -> Quantity:
        """Count FTE who leave at the start of the year: the leaver rate × last year's staff."""
        before = self.staff_year_before
        keys = before.keys
        return before.times(self.evidence.leaver_rate[keys["area"], keys["role"], keys["year"]])

    @cached_property
    def transitions(self) -> Quantity:
        """Count FTE whom a transition takes from its from_role: its share × last year's staff."""
        evidence, before, pieces = self.evidence, self.staff_year_before, []
        for one, role in enumerate(evidence.transition_from.tolist()):
            mine = before.only(before.keys["role"] == role).times(evidence.transition_share[one])
            keys = {**mine.keys, "transition": np.full(len(mine), one)}
            pieces.append(Quantity("transitions", keys, mine.entry, mine.column, mine.coefficient, mine.constant))
        return gathered("transitions", pieces, ("area", "transition", "year"))

    @cached_property
    def idle(self) -> Quantity:
        """Count available FTE without work."""
        return of_columns("idle", self.decisions.idle, self._block("idle"))

    @cached_property
    def work(self) -> Quantity:
        """Count available FTE a role spends on a task."""
        return of_columns("work", self.decisions.work, self._block("work"))

    @cached_property
    def activity(self) -> Quantity:
        """Count units of a task a role delivers: units_per_fte × work."""
        return self.work.times(self.evidence.units_per_fte[self.decisions.post_pair].ravel())

    @cached_property
    def pattern(self) -> Quantity:
        """Count FTE on a working pattern."""
        keys = self._block("pattern")
        roles = {"role": self.evidence.pattern_role[keys["pattern"]]}
        return of_columns("pattern", self.decisions.pattern, {**keys, **roles})

    @cached_property
    def outsourced(self) -> Quantity:
        """Count units bought from outside."""
        return of_columns("outsourced", self.decisions.outsourced, self._block("outsourced"))

    @cached_property
    def covered(self) -> Quantity:
        """Count units of an area's demand that staff of its network do, its own among them."""
        return of_columns("covered", self.decisions.covered, self._block("covered"))

    @cached_property
    def received(self) -> Quantity:
        """Count units other areas of the network do for this one, less those it does for them (may be negative)."""
        return gathered("received", [self.covered, self.shared_activity.times(-1.0)], ("area", "task", "year"))

    @cached_property
    def shared_activity(self) -> Quantity:
        """Count the activity of an area's own staff on tasks that it shares in a network."""
        activity = self.activity
        return activity.only(self.evidence.network_of[activity.keys["area"], activity.keys["task"]] >= 0)

    @cached_property
    def unmet_tiers(self) -> Quantity:
        """Count units nobody delivers, by tier of shortage."""
        return of_columns("unmet", self.decisions.unmet, self._block("unmet"))

    @cached_property
    def unmet(self) -> Quantity:
        """Count units nobody delivers."""
        tiers = len(self.decisions.tier_share)
        pieces = self.unmet_tiers
        size = len(pieces) // tiers
        keys = {key: codes[:size] for key, codes in pieces.keys.items() if key != "tier"}
        return Quantity("unmet", keys, pieces.entry % size, pieces.column, pieces.coefficient, np.zeros(size))

    @cached_property
    def demand(self) -> Quantity:
        """Count units asked for in the year: the volume, without what waits from last year."""
        area, task = self.decisions.cell_area, self.decisions.cell_task
        cell, year = grid(len(area), self._years)
        return of_constants(
            "demand", self.evidence.volume[area, task], {"area": area[cell], "task": task[cell], "year": year}
        )

    @cached_property
    def spend(self) -> Quantity:
        """Add up money spent: every row of costs.csv × what it is paid per."""
        evidence = self.evidence
        codes: Mapping[str, tuple[str, ...]] = {
            "route": evidence.routes, "role": evidence.roles, "pattern": evidence.patterns, "task": evidence.tasks
        }  # fmt: skip
        pieces = []
        for cost, (item, per) in enumerate(zip(evidence.cost_item, evidence.cost_per, strict=True)):
            name, key = PAID_PER[per]
            paid = self.trainee_years if per == "trainee-year" else self[name]
            mine = paid.only(paid.keys[key] == codes[key].index(item))
            mine = mine.times(evidence.amount[cost, mine.keys["year"]])
            keys = {"cost": np.full(len(mine), cost), "area": mine.keys["area"], "year": mine.keys["year"]}
            pieces.append(Quantity("spend", keys, mine.entry, mine.column, mine.coefficient, mine.constant))
        return gathered("spend", pieces, ("cost", "area", "year"))

    @cached_property
    def trainee_years(self) -> Quantity:
        """Count trainee-years paid for in a year: its part of this year's training, and last year's rest."""
        part = self.evidence.settings.first_year_part
        last = self._years - 1
        this_year = self.in_training.times(part)
        year_before = joined("in_training", [self.in_training_before, self.in_training]).moved(1, last)
        return gathered("trainee_years", [this_year, year_before.times(1 - part)], ("area", "route", "year"))

    def carry(self, label: str) -> Quantity:
        """Return the money one budget entry carries out of a year."""
        block = self.decisions.carry[label]
        return of_columns("carry", block.columns, block.keys)

    def cohort(self, label: str) -> Quantity:
        """Return whether a route runs in an area and year, 1 or 0."""
        block = self.decisions.cohort[label]
        return of_columns("cohort", block.columns, block.keys)

    def year_before(self, name: str) -> Quantity:
        """Return a quantity of the year before, with the evidence's figure for the year before first_year."""
        later = self[name].moved(1, self._years - 1)
        return joined(name, [_at_year(KNOWN_BEFORE[name](self), 0), later]) if name in KNOWN_BEFORE else later

    def before_first_year(self, name: str) -> Quantity:
        """Return a quantity of the year before first_year, repeated in every modelled year."""
        known = KNOWN_BEFORE[name](self)
        return joined(name, [_at_year(known, year) for year in range(self._years)])

    def _started(self, route: int, year: int, ago: int, factor: float) -> Quantity:
        """Return factor × the starts on a route `ago` years before `year`, by area."""
        areas = np.arange(len(self.evidence.areas))
        keys, when = {"area": areas, "route": np.full_like(areas, route), "year": np.full_like(areas, year)}, year - ago
        if when >= 0:
            return of_columns("starts", self.decisions.starts[:, route, when], keys).times(factor)
        return of_constants("starts", self.evidence.past_starts[:, route, -when - 1] * factor, keys)

    def _block(self, name: str) -> Mapping[str, Integers]:
        return self.decisions.block(name).keys


PAID_PER: Mapping[str, tuple[str, str]] = {
    "start": ("starts", "route"),
    "trainee-year": ("trainee_years", "route"),
    "joiner": ("joiners", "route"),
    "fte-year": ("staff", "role"),
    "idle-fte-year": ("idle", "role"),
    "leaver": ("leavers", "role"),
    "pattern-fte-year": ("pattern", "pattern"),
    "outsourced-unit": ("outsourced", "task"),
}
"""What each `per` of costs.csv multiplies, and the key its item is a code of."""


def _known_starts(quantities: Quantities) -> Quantity:
    area, route = np.nonzero(quantities.evidence.has_past_starts)
    return of_constants("starts", quantities.evidence.past_starts[area, route, 0], {"area": area, "route": route})


def _known_staff(quantities: Quantities) -> Quantity:
    area, role = grid(len(quantities.evidence.areas), len(quantities.evidence.roles))
    return of_constants("staff", quantities.evidence.staff_in_post, {"area": area, "role": role})


def _known_activity(quantities: Quantities) -> Quantity:
    """Return current_share × the first year's volume: last year's share, taken of this year's work."""
    evidence, decisions = quantities.evidence, quantities.decisions
    known = ~np.isnan(evidence.current_share[decisions.post_pair])
    area, pair = decisions.post_area[known], decisions.post_pair[known]
    role, task = evidence.pair_role[pair], evidence.pair_task[pair]
    share = evidence.current_share[pair] * evidence.volume[area, task, 0]
    return of_constants("activity", share, {"area": area, "role": role, "task": task})


KNOWN_BEFORE: Mapping[str, Callable[[Quantities], Quantity]] = {
    "starts": _known_starts,
    "staff": _known_staff,
    "activity": _known_activity,
}
"""The quantities whose value in the year before first_year is evidence."""


def _at_year(known: Quantity, year: int) -> Quantity:
    keys = {**known.keys, "year": np.full(len(known), year)}
    return Quantity(known.name, keys, known.entry, known.column, known.coefficient, known.constant)
