"""Shows where one number of the staff comes from: its balance, its time, and the inputs behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimiser.inputs.evidence import Evidence, Flags, Floats
from optimiser.inputs.read.table import Table
from optimiser.model.quantity import Quantity
from optimiser.plan.decisions_of import decisions_of
from optimiser.plan.reload import Reloaded
from optimiser.text.faults import Faults, Place, did_you_mean
from optimiser.text.numbers import NotReadable, read_year


@dataclass(frozen=True)
class Asked:
    """Hold what is asked about: a role in a year, in one area or all together."""

    role: int
    year: int
    """Position among the modelled years."""
    area: int | None


@dataclass(frozen=True)
class Line:
    """Hold one part of a balance, with the inputs it was worked out from."""

    said: str
    fte: float
    inputs: tuple[tuple[Place, str, str], ...] = ()
    """(place, the figure as it stands there, its source)."""


@dataclass(frozen=True)
class Reason:
    """Hold a balance of people and one of time; each ends in the number asked about."""

    plan: Reloaded
    asked: Asked
    people: tuple[Line, ...]
    staff: float
    time: tuple[Line, ...]
    work: tuple[Line, ...]


def asked(text: str, plan: Reloaded) -> Asked:
    """Read `role=radiologist,year=2028[,area=north]`. Raises FaultsFound with everything wrong in it."""
    evidence, faults = plan.programme.evidence, Faults()
    place = Place("--why")
    given = dict(part.partition("=")[::2] for part in text.split(",") if part.strip())
    words = {key.strip(): value.strip() for key, value in given.items()}
    for key in words:
        if key not in ("role", "year", "area"):
            faults.add(
                "unknown-key", place, f'"{key}"', "role, year or area", did_you_mean(key, ("role", "year", "area"))
            )
    for key in ("role", "year"):
        if key not in words:
            faults.add("missing-key", place, f"no {key}", "role=…,year=…", f"Add {key}=….")
    for key, known in (("role", evidence.roles), ("area", evidence.areas)):
        if key in words and words[key] not in known:
            faults.add(
                f"unknown-{key}", place, f'"{words[key]}"', f"a code of {key}s.csv", did_you_mean(words[key], known)
            )
    year = -1
    try:
        year = read_year(words.get("year", ""), evidence.settings.financial_years)
    except NotReadable as error:
        if "year" in words:
            faults.unreadable(error, place)
    if year not in evidence.settings.years and not faults.errors:
        settings = evidence.settings
        span = f"a year from {settings.label(settings.years[0])} to {settings.label(settings.years[-1])}"
        faults.add("year-outside", place, settings.label(year), span)
    faults.stop_if_any()
    area = evidence.areas.index(words["area"]) if "area" in words else None
    return Asked(evidence.roles.index(words["role"]), year - evidence.settings.first_year, area)


def why_of(plan: Reloaded, about: Asked) -> Reason:
    """Work out the balance of a role in a year, line by line."""
    quantities, decisions = plan.programme.quantities, decisions_of(plan)
    ask = _Balance(plan, decisions, about)
    staff = ask.sum(quantities.staff, quantities.staff.keys["role"] == about.role)
    return Reason(plan, about, tuple(ask.people()), staff, tuple(ask.time(staff)), tuple(ask.work()))


class _Balance:
    """Sum quantities in the year and area asked about, with the rows of the inputs behind them."""

    def __init__(self, plan: Reloaded, decisions: Floats, about: Asked) -> None:
        self.evidence: Evidence = plan.programme.evidence
        self.quantities, self.decisions, self.about = plan.programme.quantities, decisions, about
        self.label = self.evidence.settings.label
        self.year = self.evidence.settings.years[about.year]

    def sum(self, quantity: Quantity, mine: Flags) -> float:
        keep = mine & (quantity.keys["year"] == self.about.year)
        if self.about.area is not None:
            keep &= quantity.keys["area"] == self.about.area
        return float(quantity.only(keep).values(self.decisions).sum()) + 0.0

    def people(self) -> Iterator[Line]:
        """Yield who was there the year before, who left, joined and moved."""
        quantities, role = self.quantities, self.about.role
        before, leavers = quantities.staff_year_before, quantities.leavers
        first = self.about.year == 0
        inputs = tuple(self._rows("staff_in_post", "fte", area=True)) if first else ()
        yield Line(f"in post in {self.label(self.year - 1)}", self.sum(before, before.keys["role"] == role), inputs)
        yield Line("leavers", -self.sum(leavers, leavers.keys["role"] == role), tuple(self._leavers()))
        yield from self._transitions()
        for flow, end, sign, word in (
            (quantities.joiners, self.evidence.to_role, 1.0, "joined by"),
            (quantities.moves_out, self.evidence.from_role, -1.0, "left for"),
        ):
            route = flow.keys["route"]
            for one in np.flatnonzero(end == role).tolist():
                amount = self.sum(flow, route == one)
                if amount:
                    yield Line(f"{word} {self.evidence.routes[one]}, started in "
                               f"{self.label(self.year - int(self.evidence.years[one]))}", sign * amount,
                               tuple(self._of_route(one)))  # fmt: skip

    def _transitions(self) -> Iterator[Line]:
        """Yield who moved into the role, and out of it, as a year passed."""
        evidence, role, movers = self.evidence, self.about.role, self.quantities.transitions
        for one in range(len(evidence.transition_from)):
            from_role, to_role = int(evidence.transition_from[one]), int(evidence.transition_to[one])
            if role not in (from_role, to_role):
                continue
            amount = self.sum(movers, movers.keys["transition"] == one)
            pair = {"from_role": evidence.roles[from_role], "to_role": evidence.roles[to_role]}
            rows = tuple(self._matching("transitions", "share", pair))
            if role == to_role:
                arrived = amount * float(evidence.fte_per_mover[one])
                yield Line(f"became {evidence.roles[role]} from {pair['from_role']}", arrived, rows)
            else:
                yield Line(f"became {pair['to_role']}", -amount, rows)

    def time(self, staff: float) -> Iterator[Line]:
        """Yield the staff's time, and what training takes and gives."""
        evidence, role, training = self.evidence, self.about.role, self.quantities.in_training
        share = float(evidence.available_share[role])
        yield Line("available time of the staff", share * staff, tuple(self._rows("roles", "available_share")))
        route = training.keys["route"]
        for one in range(len(evidence.routes)):
            people = self.sum(training, route == one)
            for owner, each, word, column in (
                (evidence.from_role, -share * evidence.study_release[one], "study release on", "study_release"),
                (evidence.to_role, evidence.trainee_work[one], "work of trainees on", "trainee_work"),
                (evidence.supervisor_role, -evidence.supervisor_fte[one], "supervision of", "supervisor_fte"),
            ):
                if owner[one] == role and people * each:
                    rows = self._matching("routes", column, {"route": evidence.routes[one]})
                    yield Line(
                        f"{word} {evidence.routes[one]} ({people:,.1f} in training)", float(people * each), tuple(rows)
                    )
        pattern = self.quantities.pattern
        for one in np.flatnonzero(evidence.pattern_role == role).tolist():
            on = self.sum(pattern, pattern.keys["pattern"] == one)
            if on:
                rows = self._matching("patterns", "extra_fte", {"pattern": evidence.patterns[one]})
                yield Line(
                    f"{on:,.1f} FTE on {evidence.patterns[one]}", float(on * evidence.extra_fte[one]), tuple(rows)
                )

    def work(self) -> Iterator[Line]:
        """Yield what the time is spent on."""
        work, idle, role = self.quantities.work, self.quantities.idle, self.about.role
        for task, code in enumerate(self.evidence.tasks):
            mine = (work.keys["role"] == role) & (work.keys["task"] == task)
            if mine.any():
                pair = {"role": self.evidence.roles[role], "task": code}
                yield Line(
                    f"on {code}", self.sum(work, mine), tuple(self._matching("productivity", "units_per_fte", pair))
                )
        yield Line("idle", self.sum(idle, idle.keys["role"] == role))

    def _leavers(self) -> Iterator[tuple[Place, str, str]]:
        """Yield the role's leaver rate, and what replaces it in the year."""
        yield from self._rows("roles", "leaver_rate")
        table, role = self.evidence.tables["leavers"], self.evidence.roles[self.about.role]
        area = None if self.about.area is None else self.evidence.areas[self.about.area]
        for row in range(len(table)):
            here = table.column("area")[row]
            if (
                table.column("role")[row] == role
                and table.column("year")[row] == self.year
                and (area is None or here in ("", area))
            ):
                yield _cited(table, row, "leaver_rate")

    def _of_route(self, route: int) -> Iterator[tuple[Place, str, str]]:
        code = self.evidence.routes[route]
        yield from self._matching("routes", "completion", {"route": code})
        begun = self.year - int(self.evidence.years[route])
        if begun < self.evidence.settings.first_year:
            table = self.evidence.tables["past_starts"]
            for row in range(len(table)):
                at = table.column("route")[row], table.column("year")[row]
                area = table.column("area")[row]
                if at == (code, begun) and (self.about.area is None or area == self.evidence.areas[self.about.area]):
                    yield _cited(table, row, "starts")

    def _rows(self, table: str, column: str, area: bool = False) -> Iterator[tuple[Place, str, str]]:
        keys = {"role": self.evidence.roles[self.about.role]}
        if area and self.about.area is not None:
            keys["area"] = self.evidence.areas[self.about.area]
        return self._matching(table, column, keys)

    def _matching(self, table: str, column: str, keys: dict[str, str]) -> Iterator[tuple[Place, str, str]]:
        given = self.evidence.tables[table]
        for row in range(len(given)):
            if all(given.column(key)[row] == code for key, code in keys.items()):
                yield _cited(given, row, column)


def _cited(table: Table, row: int, column: str) -> tuple[Place, str, str]:
    """Return a figure with its place (the row's, where the column is left to its default) and its source."""
    value = table.column(column)[row]
    return (
        table.place(row, column),
        f"{column} {value:g}" if isinstance(value, float) else str(value),
        table.source(row),
    )
