"""Replays people, time and work, year by year from the decisions: starts, work, patterns, outsourced units."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from optimiser.audit.book import Book
from optimiser.audit.difference import Difference, Key, apart, compared
from optimiser.audit.results import KEYS, Results

Figures = dict[Key, dict[str, float]]

WITHIN_STAFF: Mapping[str, str] = {
    "training_within_staff": "people in training from the role", "patterns_within_staff": "people on patterns"
}  # fmt: skip
"""What may be no more than the staff there are, by the name of its row."""


class Replay:
    """Play the plan through the years from the evidence and its decisions."""

    def __init__(self, book: Book, results: Results) -> None:
        """Balance every role in every area and year, from staff in post onwards."""
        self.book, self.results = book, results
        self.broken: list[Difference] = []
        self._into: Mapping[str, list[str]] = _routes_by(book, "to_role")
        self._out_of: Mapping[str, list[str]] = _routes_by(book, "from_role")
        self._supervised_by: Mapping[str, list[str]] = _routes_by(book, "supervisor_role")
        self._worked: dict[Key, float] = defaultdict(float)
        for (worker, _, place, when), row in results.tables["work"].items():
            self._worked[worker, place, when] += row["fte"]
        self.staff: Figures = {}
        for year in book.years:
            for area in book.areas:
                for role in book.roles:
                    self.staff[role, area, str(year)] = self._balance(role, area, year)

    def started(self, route: str, area: str, year: int) -> float:
        """Return the starts of any year: decided, or past."""
        if year < self.book.first:
            return self.book.past(route, area, year)
        return self.results.column("starts", (route, area, str(year)), "starts")

    def training(self, route: str, area: str, year: int, past_only: bool = False) -> float:
        """Count people on a route in a year: each intake of the last `years` years, less those lost on the way."""
        about = self.book.routes[route]
        years = int(about["years"])
        people = 0.0
        for ago in range(years):
            if not past_only or year - ago < self.book.first:
                people += self.started(route, area, year - ago) * self.book.completion(route, year - ago) ** (
                    ago / years
                )
        return people

    def joined(self, route: str, area: str, year: int, past_only: bool = False) -> float:
        """Count FTE who join an area from a route, wherever they trained."""
        about = self.book.routes[route]
        begun = year - about["years"]
        if not about["to_role"] or (past_only and begun >= self.book.first):
            return 0.0
        each = self.book.completion(route, begun) * float(about["fte_per_completer"])
        return sum(
            self.started(route, trained, begun) * each * self.book.destination(route, trained, area)
            for trained in self.book.areas
        )

    def moved(self, route: str, area: str, year: int) -> float:
        """Count FTE who leave the role a route draws on, when their course ends."""
        about = self.book.routes[route]
        begun = int(year - about["years"])
        share = self.book.completion(route, begun) if about["non_completers"] == "return" else 1.0
        return share * self.started(route, area, begun)

    def _balance(self, role: str, area: str, year: int) -> dict[str, float]:
        """Balance one role in one area and year: who was there, came and went, and the time left over."""
        key = (role, area, str(year))
        before = self._in_post_before(role, area, year)
        leavers = before * self.book.leaver_rate(area, role, year)
        joiners = sum(self.joined(route, area, year) for route in self._into[role])
        moved_out = sum(self.moved(route, area, year) for route in self._out_of[role])
        arrived, gone = self._transitions(role, area, year)
        staff = before - leavers + joiners - moved_out + arrived - gone
        fte = self.follows("staff_balance", "staff", key, "fte", staff)
        left_over = self._time(role, area, year, fte) - self._worked[key]
        idle = self.follows("time_balance", "staff", key, "idle", left_over)
        return {
            "fte": fte, "joiners": joiners, "leavers": leavers, "moved_out": moved_out,
            "transitions_in": arrived, "transitions_out": gone, "idle": idle,
        }  # fmt: skip

    def _in_post_before(self, role: str, area: str, year: int) -> float:
        """Return FTE of the role in the year before."""
        if year == self.book.first:
            return self.book.in_post(area, role)
        return self.staff[role, area, str(year - 1)]["fte"]

    def _transitions(self, role: str, area: str, year: int) -> tuple[float, float]:
        """Count FTE whom the passing of a year brings to the role and takes from it."""
        arrived = gone = 0.0
        for row in self.book.tables["transitions"]:
            if row["to_role"] == role:
                others = self._in_post_before(row["from_role"], area, year)
                arrived += row["share"] * row["fte_per_mover"] * others
            if row["from_role"] == role:
                gone += row["share"] * self._in_post_before(role, area, year)
        return arrived, gone

    def follows(self, identity: str, table: str, key: Key, column: str, value: float) -> float:  # noqa: ARG002
        """Return a figure that follows through a row of the model as it was worked out.

        `identity` names the row, `table`, `key` and `column` the figure, for a subclass that notes the row itself.
        """
        return value

    def _time(self, role: str, area: str, year: int, fte: float) -> float:
        """Return available FTE: staff not studying, with what trainees deliver, without what they take."""
        book = self.book
        away = {route: self.training(route, area, year) for route in self._out_of[role]}
        studying = sum(people * book.routes[route]["study_release"] for route, people in away.items())
        time: float = (fte - studying) * float(book.roles[role]["available_share"])
        for route in self._into[role]:
            time += book.routes[route]["trainee_work"] * self.training(route, area, year)
        for route in self._supervised_by[role]:
            time -= book.routes[route]["supervisor_fte"] * self.training(route, area, year)
        on_patterns = 0.0
        for pattern, about in book.patterns.items():
            if about["role"] == role:
                on = self.results.column("patterns", (pattern, area, str(year)), "fte")
                on_patterns += on
                time += about["extra_fte"] * on
        self.at_most("training_within_staff", (role, area, str(year)), sum(away.values()), fte)
        self.at_most("patterns_within_staff", (role, area, str(year)), on_patterns, fte)
        return time

    def at_most(self, identity: str, key: Key, level: float, most: float) -> None:
        """Check that nobody is counted twice: what is drawn from a role is no more than its staff."""
        if level > most and apart(level, most):
            what = WITHIN_STAFF[identity]
            where = dict(zip(KEYS["staff"], key, strict=True))
            self.broken.append(
                Difference("staff.csv", where, what, level, most, "It is more than the staff there are.")
            )

    @cached_property
    def starts(self) -> Figures:
        """Work out starts.csv from its own starts."""
        table: Figures = {}
        for route in self.book.routes:
            for area in self.book.areas:
                for year in self.book.years:
                    starts = self.started(route, area, year)
                    table[route, area, str(year)] = {
                        "starts": starts,
                        "commissions": starts / self.book.filled(route, year),
                        "in_training": self.training(route, area, year),
                    }
        return table

    @cached_property
    def work(self) -> Figures:
        """Work out work.csv: units from available FTE, for each role that can do a task where it is demanded."""
        table: Figures = {}
        for role, task in self.book.pairs:
            for area in self.book.areas:
                if (area, task) in self.book.cells:
                    for year in self.book.years:
                        key = (role, task, area, str(year))
                        fte = self.results.column("work", key, "fte")
                        table[key] = {"fte": fte, "units": fte * self.book.units(role, task, year)}
        return table

    @cached_property
    def patterns(self) -> Figures:
        """Work out patterns.csv: a decision in every row."""
        return {
            (pattern, area, str(year)): {"fte": self.results.column("patterns", (pattern, area, str(year)), "fte")}
            for pattern in self.book.patterns
            for area in self.book.areas
            for year in self.book.years
        }

    @cached_property
    def demand(self) -> Figures:
        """Work out demand.csv: what is asked for and waits, less what is done and bought, is unmet."""
        done: dict[Key, float] = defaultdict(float)
        for (_, work, place, when), row in self.work.items():
            done[work, place, when] += row["units"]
        table: Figures = {}
        for area, task in sorted(self.book.cells):
            waiting = self.book.waiting(area, task)
            for year in self.book.years:
                key = (task, area, str(year))
                volume, bought = self.book.volume(area, task, year), self.results.column("demand", key, "outsourced")
                received = (
                    self.results.column("demand", key, "received") if (area, task) in self.book.network_of else 0.0
                )
                left = volume + waiting - done[key] - bought - received
                unmet = self.follows("demand_balance", "demand", key, "unmet", left)
                # The table's own unmet demand returns and is turned into FTE: one wrong figure is one difference.
                given = self.results.column("demand", key, "unmet")
                settled = unmet if math.isnan(given) else given
                if -received > done[key] and apart(-received, done[key]):
                    where = dict(zip(KEYS["demand"], key, strict=True))
                    meaning = "An area gives no more than its own staff do."
                    self.broken.append(Difference("demand.csv", where, "received", received, -done[key], meaning))
                table[key] = {
                    "volume": volume, "waiting": waiting, "by_staff": done[key], "received": received,
                    "outsourced": bought if task in self.book.bought else 0.0, "unmet": unmet,
                    "unmet_fte": settled / self.book.yardsticks[task],
                }  # fmt: skip
                waiting = settled * float(self.book.tasks[task]["returns"])
        self._add_up(table)
        return table

    def _add_up(self, demand: Figures) -> None:
        """Check that over the areas of a network nothing is received that nobody does."""
        for (network, task), areas in self.book.networks.items():
            for year in self.book.years:
                parts = [demand[task, area, str(year)] for area in areas]
                received, done = (sum(part[column] for part in parts) for column in ("received", "by_staff"))
                self.evens_out(network, task, year, received, done)

    def evens_out(self, network: str, task: str, year: int, received: float, done: float) -> None:
        """Check that what a network's areas receive adds up to nothing, to within the rounding of what is done."""
        if apart(done + received, done):
            where = {"network": network, "task": task, "year": str(year)}
            meaning = "What areas of a network do for each other adds up to nothing."
            self.broken.append(Difference("demand.csv", where, "received", received, 0.0, meaning))

    def differences(self) -> Iterator[Difference]:
        """Yield everything in starts, staff, work, patterns and demand that the replay does not confirm."""
        found = self.results.tables
        for name, table, loose in (
            ("starts", self.starts, frozenset[str]()),
            ("staff", self.staff, frozenset(("fte", "leavers", "transitions_in", "transitions_out", "idle"))),
            ("work", self.work, frozenset[str]()),
            ("patterns", self.patterns, frozenset[str]()),
            ("demand", self.demand, frozenset(("unmet",))),
        ):
            yield from compared(f"{name}.csv", KEYS[name], found[name], table, loose)
        yield from self.broken


def _routes_by(book: Book, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {role: [] for role in book.roles}
    for route, about in book.routes.items():
        if about[column]:
            found[about[column]].append(route)
    return found
