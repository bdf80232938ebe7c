"""Makes the rows that nobody may negotiate: people, time and demand add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from optimiser.constraints.limit import Sense
from optimiser.inputs.evidence import Integers
from optimiser.model.quantities import Quantities
from optimiser.model.quantity import Quantity, Sum, grid
from optimiser.model.rows import Rows, Slope


def staff_balance(quantities: Quantities) -> Rows:
    """Require staff[t] = staff[t−1] − leavers − transitions out + transitions in + joiners − moves out."""
    rows = _RoleRows(quantities)
    evidence = quantities.evidence
    level, bound = Sum(rows.size), Sum(rows.size)
    level.add(quantities.staff, rows.of(quantities.staff))
    before = quantities.staff_year_before
    bound.add(before, rows.of(before))
    bound.add(quantities.leavers, rows.of(quantities.leavers), -1.0)
    movers = quantities.transitions
    transition = movers.keys["transition"]
    bound.add(movers, rows.at(movers, evidence.transition_from[transition]), -1.0)
    bound.add(movers, rows.at(movers, evidence.transition_to[transition]), evidence.fte_per_mover[transition])
    joiners, moves = quantities.joiners, quantities.moves_out
    bound.add(joiners, rows.at(joiners, evidence.to_role[joiners.keys["route"]]))
    bound.add(moves, rows.at(moves, evidence.from_role[moves.keys["route"]]), -1.0)
    return rows.made("staff_balance", "exactly", level, bound)


def time_balance(quantities: Quantities) -> Rows:
    """Require work and idle time to use up the available time of staff, after what training gives and takes.

    Σ work + idle = available_share × (staff − study_release × in_training from this role)
    + trainee_work × in_training towards this role − supervisor_fte × in_training it supervises + extra_fte × pattern.
    """
    rows = _RoleRows(quantities)
    evidence = quantities.evidence
    level, bound = Sum(rows.size), Sum(rows.size)
    level.add(quantities.work, rows.of(quantities.work))
    level.add(quantities.idle, rows.of(quantities.idle))
    staff, training, pattern = quantities.staff, quantities.in_training, quantities.pattern
    bound.add(staff, rows.of(staff), evidence.available_share[staff.keys["role"]])
    route = training.keys["route"]
    released = -evidence.available_share[evidence.from_role[route]] * evidence.study_release[route]
    bound.add(training, rows.at(training, evidence.from_role[route]), released)
    bound.add(training, rows.at(training, evidence.to_role[route]), evidence.trainee_work[route])
    bound.add(training, rows.at(training, evidence.supervisor_role[route]), -evidence.supervisor_fte[route])
    bound.add(pattern, rows.of(pattern), evidence.extra_fte[pattern.keys["pattern"]])
    return rows.made("time_balance", "exactly", level, bound)


def demand_balance(quantities: Quantities) -> Rows:
    """Require done + outsourced + unmet = volume + returns × last year's unmet (first year: waiting list).

    What is done is Σ activity + received: in a network one decision, `covered`, outside of one Σ activity alone.
    """
    evidence, decisions = quantities.evidence, quantities.decisions
    years = len(evidence.settings.years)
    size = len(decisions.cell_area) * years
    level, bound = Sum(size), Sum(size)

    def row(quantity: Quantity) -> Integers:
        cell = decisions.cell_of[quantity.keys["area"], quantity.keys["task"]]
        return cell * years + quantity.keys["year"]

    own = quantities.activity
    own = own.only(evidence.network_of[own.keys["area"], own.keys["task"]] < 0)
    for quantity in (own, quantities.covered, quantities.outsourced, quantities.unmet):
        level.add(quantity, row(quantity))
    bound.add(quantities.demand, row(quantities.demand))
    waiting = quantities.unmet.moved(1, years - 1)
    bound.add(waiting, row(waiting), evidence.returns[waiting.keys["task"]])
    cell, year = grid(len(decisions.cell_area), years)
    first = (year == 0).ravel()
    bound.constant[first] += evidence.waiting_list[decisions.cell_area, decisions.cell_task]
    keys = {
        "area": decisions.cell_area[cell].ravel(), "task": decisions.cell_task[cell].ravel(), "year": year.ravel()
    }  # fmt: skip
    every = np.arange(size)
    slope = Slope(every, every, np.full(size, -1), np.ones(size))
    labels = {"area": evidence.areas, "task": evidence.tasks, "year": _year_labels(quantities)}
    return Rows("demand_balance", "exactly", keys, labels, level, bound, (slope,))


def network_balance(quantities: Quantities) -> Rows:
    """Require areas of a network to do together what is done for them: Σ received = 0."""
    evidence = quantities.evidence
    years = len(evidence.settings.years)
    size = len(evidence.networks) * years
    level, bound = Sum(size), Sum(size)
    for side, quantity in ((level, quantities.covered), (bound, quantities.shared_activity)):
        network = evidence.network_of[quantity.keys["area"], quantity.keys["task"]]
        side.add(quantity, network * years + quantity.keys["year"])
    network, year = (codes.ravel() for codes in grid(len(evidence.networks), years))
    names = ["/".join(pair) for pair in evidence.networks]
    labels = {"network": names, "year": _year_labels(quantities)}
    return Rows("network_balance", "exactly", {"network": network, "year": year}, labels, level, bound)


def patterns_within_staff(quantities: Quantities) -> Rows:
    """Allow the patterns of a role together no more FTE than its staff."""
    roles = np.unique(quantities.evidence.pattern_role)
    return _within_staff("patterns_within_staff", quantities, quantities.pattern, roles, "pattern_role")


def training_within_staff(quantities: Quantities) -> Rows:
    """Allow no more in training from a role than its staff, to whom they still belong."""
    evidence = quantities.evidence
    training = quantities.in_training
    training = training.only(evidence.from_role[training.keys["route"]] >= 0)
    roles = np.unique(evidence.from_role[training.keys["route"]])
    return _within_staff("training_within_staff", quantities, training, roles, "from_role")


IDENTITIES = (
    staff_balance, time_balance, demand_balance, patterns_within_staff, training_within_staff, network_balance,
)  # fmt: skip
"""Every identity, in the order of their rows."""


def _within_staff(name: str, quantities: Quantities, parts: Quantity, roles: Integers, end: str) -> Rows:
    rows = _RoleRows(quantities, roles)
    level, bound = Sum(rows.size), Sum(rows.size)
    owner = parts.keys["pattern"] if end == "pattern_role" else parts.keys["route"]
    level.add(parts, rows.at(parts, getattr(quantities.evidence, end)[owner]))
    bound.add(quantities.staff, rows.of(quantities.staff))
    return rows.made(name, "at_most", level, bound)


class _RoleRows:
    """Number rows by area, role and year, for all roles or some."""

    def __init__(self, quantities: Quantities, roles: Integers | None = None) -> None:
        evidence = quantities.evidence
        self._roles = np.arange(len(evidence.roles)) if roles is None else roles
        self._place = np.full(len(evidence.roles) + 1, -1, dtype=np.int64)
        self._place[self._roles] = np.arange(len(self._roles))
        self._years = len(evidence.settings.years)
        self.size = len(evidence.areas) * len(self._roles) * self._years
        self._labels = {"area": evidence.areas, "role": evidence.roles, "year": _year_labels(quantities)}
        self._areas = len(evidence.areas)

    def of(self, quantity: Quantity) -> Integers:
        """Return the row of each entry, by its own role."""
        return self.at(quantity, quantity.keys["role"])

    def at(self, quantity: Quantity, role: Integers) -> Integers:
        """Return the row of each entry for the given roles; −1 where there is no role."""
        place = self._place[role]
        row = (quantity.keys["area"] * len(self._roles) + place) * self._years + quantity.keys["year"]
        return np.where(place >= 0, row, -1)

    def made(self, name: str, sense: Sense, level: Sum, bound: Sum) -> Rows:
        area, role, year = (codes.ravel() for codes in grid(self._areas, len(self._roles), self._years))
        keys: Mapping[str, Integers] = {"area": area, "role": self._roles[role], "year": year}
        return Rows(name, sense, keys, self._labels, level, bound)


def _year_labels(quantities: Quantities) -> Sequence[str]:
    return [str(year) for year in quantities.evidence.settings.years]
