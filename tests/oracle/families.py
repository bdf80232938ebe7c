"""Every constraint family of section 4, written out row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.oracle.evidence import Evidence
from tests.oracle.quantities import ONE, Quantities, Sum, known, plus, selected, total
from tests.oracle.values import by_year, number

Entry = dict[str, Any]
ONES = known(1.0)
"""One, as a sum without variables."""


@dataclass(frozen=True)
class Row:
    """level ≤, ≥ or = bound (both may hold variables)."""

    family: str
    name: str
    part: str
    keys: dict[str, Any]
    sense: str
    level: Sum
    bound: Sum
    integer_link: bool = field(default=False)
    weight: float = 0.0
    """What a unit by which it is broken weighs; 0 where it always holds."""


Ease = dict[tuple[str, str, tuple[tuple[str, Any], ...]], float]
"""(name, part, sorted keys) → how much a bound is eased."""


class Families:
    """Makes the rows of every entry of a policy."""

    def __init__(self, evidence: Evidence, policy: dict[str, Any], ease: Ease | None = None):
        self.evidence = evidence
        self.quantities = Quantities(evidence)
        self.policy = policy
        self.ease = ease or {}

    def rows(self) -> list[Row]:
        """All rows of all families."""
        from tests.oracle.fairness import fairness

        makers: dict[str, Callable[[str, Entry], Iterator[Row]]] = {
            "budgets": self.budgets,
            "training_capacity": self.training_capacity,
            "skill_mix": self.skill_mix,
            "outsourcing": self.outsourcing,
            "service_levels": self.service_levels,
            "fairness": lambda name, entry: fairness(self, name, entry),
            "pace": self.pace,
            "adoption": self.adoption,
            "hold": self.hold,
            "cohorts": self.cohorts,
            "limits": self.limits,
        }
        made = self.forbidden() if (self.policy.get("demand") or {}).get("unmet") == "forbidden" else []
        for family, make in makers.items():
            for name, entries in self.policy.get(family, {}).items():
                for entry in entries:
                    weight = number(entry.get("may_break"), 0.0)
                    made += [replace(row, weight=0.0 if row.part == "carry" else weight) for row in make(name, entry)]
        return made

    def eased(self, name: str, part: str, keys: dict[str, Any]) -> float:
        """How much the number behind a bound is raised or lowered to make it easier."""
        return self.ease.get((name, part, tuple(sorted(keys.items()))), 0.0)

    def row(self, family: str, name: str, part: str, keys: dict[str, Any], sense: str, level: Sum, bound: Sum) -> Row:
        """One row, eased where asked."""
        step = self.eased(name, part, keys)
        return Row(
            family,
            name,
            part,
            keys,
            sense,
            level,
            plus((1.0, bound), (-step if sense == "at_least" else step, known(1.0))),
        )

    def everywhere(self) -> Iterator[tuple[str, int]]:
        """Every area and modelled year."""
        return ((area, year) for area in self.evidence.areas for year in self.evidence.years)

    def with_demand(self, task: str) -> Iterator[tuple[str, int, float]]:
        """Every area that has the task, and its volume in each modelled year."""
        for area, year in self.everywhere():
            if self.evidence.has_demand(area, task):
                yield area, year, self.evidence.volume(area, task, year)

    # The families

    def forbidden(self) -> list[Row]:
        """Nothing stays unmet, where that is forbidden."""
        return [
            self.row(
                "demand",
                "demand unmet",
                "forbidden",
                {"area": area, "task": task, "year": year},
                "at_most",
                {("unmet", task, area, year): 1.0},
                {},
            )
            for task in self.evidence.tasks
            for area, year, _ in self.with_demand(task)
        ]

    def budgets(self, name: str, entry: Entry) -> Iterator[Row]:
        e, budget = self.evidence, entry["budget"]
        spend = selected(self.quantities.cells("spend"), {"budget": budget})
        if "limit" in entry:
            for year in e.years:
                keys = {"year": year}
                out, into = self.carried(name, entry, year)
                level = plus((1.0, total(selected(spend, keys))), (1.0, out))
                bound = plus((1.0, known(self.real_limit(name, entry, year))), (1.0, into))
                yield Row("budgets", name, "limit", keys, "at_most", level, bound)
                if "carry_forward" in entry:
                    most = by_year(entry["carry_forward"], year) * self.real_limit(name, entry, year)
                    most = 0.0 if year == e.years[-1] else most + self.eased(name, "carry", keys)
                    yield Row("budgets", name, "carry", keys, "at_most", {("carry", name, year): 1.0}, known(most))
        if "total" in entry:
            money = number(entry["total"]) + self.eased(name, "total", {})
            level = total(selected(spend, {"year": e.reported}))
            yield Row("budgets", name, "total", {}, "at_most", level, known(money))
            for year in [year for year in e.years if year > e.last]:
                level = total(selected(spend, {"year": year}))
                bound = money / len(e.reported) + self.eased(name, "total", {"year": year})
                yield Row("budgets", name, "total", {"year": year}, "at_most", level, known(bound))

    def real_limit(self, name: str, entry: Entry, year: int) -> float:
        """The limit of a year in money of the price year."""
        limit = by_year(entry["limit"], year)
        if entry.get("prices", "real") == "cash":
            limit /= self.evidence.deflator(year)
        return limit + self.eased(name, "limit", {"year": year})

    def carried(self, name: str, entry: Entry, year: int) -> tuple[Sum, Sum]:
        """What is carried out of a year, and into it."""
        if "carry_forward" not in entry:
            return {}, {}
        into: Sum = {("carry", name, year - 1): 1.0} if year > self.evidence.first else {}
        return {("carry", name, year): 1.0}, into

    def training_capacity(self, name: str, entry: Entry) -> Iterator[Row]:
        route = entry["route"]
        groups = [[area] for area in self.evidence.areas] if entry.get("each") else [self.evidence.areas]
        for areas in groups:
            for year in self.evidence.years:
                keys = {"route": route, "year": year} | ({"area": areas[0]} if entry.get("each") else {})
                level = plus(*[(1.0, self.quantities.starts(route, area, year)) for area in areas])
                bound = known(self.evidence.fill_rate(route, year) * by_year(entry["places"], year))
                yield self.row("training_capacity", name, "places", keys, "at_most", level, bound)

    def skill_mix(self, name: str, entry: Entry) -> Iterator[Row]:
        role, task = entry["role"], entry["task"]
        for area, year, volume in self.with_demand(task):
            keys = {"area": area, "role": role, "task": task, "year": year}
            level = self.quantities.activity(role, task, area, year)
            for part, sense in (("max_share", "at_most"), ("min_share", "at_least")):
                if part in entry:
                    bound = known(by_year(entry[part], year) * volume)
                    yield self.row("skill_mix", name, part, keys, sense, level, bound)
            for part, sense, sign in (("max_increase", "at_most", 1), ("max_decrease", "at_least", -1)):
                if part in entry and volume > 0:
                    for last in self.last_share(role, task, area, year):
                        step = sign * by_year(entry[part], year) * volume
                        yield self.row("skill_mix", name, part, keys, sense, level, plus((1.0, last), (step, ONES)))

    def last_share(self, role: str, task: str, area: str, year: int) -> Iterator[Sum]:
        """Last year's share of the volume × this year's volume; nothing where last year had no volume."""
        volume = self.evidence.volume(area, task, year)
        if year == self.evidence.first:
            yield known(number(self.evidence.pairs[role, task]["current_share"]) * volume)
            return
        before = self.evidence.volume(area, task, year - 1)
        if before > 0:
            yield plus((volume / before, self.quantities.activity(role, task, area, year - 1)))

    def outsourcing(self, name: str, entry: Entry) -> Iterator[Row]:
        task = entry["task"]
        for area, year, volume in self.with_demand(task):
            keys = {"area": area, "task": task, "year": year}
            bound = known(by_year(entry["max_share"], year) * volume)
            yield self.row(
                "outsourcing", name, "max_share", keys, "at_most", {("outsourced", task, area, year): 1.0}, bound
            )

    def service_levels(self, name: str, entry: Entry) -> Iterator[Row]:
        task = entry["task"]
        for area, year, volume in self.with_demand(task):
            if entry.get("from", year) <= year <= entry.get("to", year):
                keys = {"area": area, "task": task, "year": year}
                bound = known((1 - by_year(entry["at_least"], year)) * volume)
                yield self.row(
                    "service_levels", name, "at_least", keys, "at_most", {("unmet", task, area, year): 1.0}, bound
                )

    def pace(self, name: str, entry: Entry) -> Iterator[Row]:
        route = entry["route"]
        for area, year in self.everywhere():
            keys = {"area": area, "route": route, "year": year}
            now = self.quantities.starts(route, area, year)
            before = self.quantities.starts(route, area, year - 1)
            if "max_increase" in entry:
                seed = by_year(entry["seed"], year) if "seed" in entry else 0.0
                bound = plus((1 + by_year(entry["max_increase"], year), before), (seed, known(1.0)))
                yield self.row("pace", name, "max_increase", keys, "at_most", now, bound)
            if "max_decrease" in entry:
                bound = plus((1 - by_year(entry["max_decrease"], year), before))
                yield self.row("pace", name, "max_decrease", keys, "at_least", now, bound)

    def adoption(self, name: str, entry: Entry) -> Iterator[Row]:
        role = entry["role"]
        if "max_fte" in entry:
            groups = [[area] for area in self.evidence.areas] if entry.get("each") else [self.evidence.areas]
            for areas in groups:
                for year in self.evidence.years:
                    keys = {"role": role, "year": year} | ({"area": areas[0]} if entry.get("each") else {})
                    level = plus(*[(1.0, self.quantities.staff(role, area, year)) for area in areas])
                    yield self.row(
                        "adoption", name, "max_fte", keys, "at_most", level, known(by_year(entry["max_fte"], year))
                    )
        if "max_growth" in entry:
            for area, year in self.everywhere():
                keys = {"area": area, "role": role, "year": year}
                seed = by_year(entry["seed"], year) if "seed" in entry else 0.0
                before = self.quantities.staff(role, area, year - 1)
                bound = plus((1 + by_year(entry["max_growth"], year), before), (seed, known(1.0)))
                level = self.quantities.staff(role, area, year)
                yield self.row("adoption", name, "max_growth", keys, "at_most", level, bound)

    def hold(self, name: str, entry: Entry) -> Iterator[Row]:
        route = entry["route"]
        for area, year in self.everywhere():
            keys = {"area": area, "route": route, "year": year}
            past = self.quantities.starts(route, area, self.evidence.first - 1)
            yield self.row("hold", name, "hold", keys, "exactly", self.quantities.starts(route, area, year), past)

    def cohorts(self, name: str, entry: Entry) -> Iterator[Row]:
        route = entry["route"]
        for area, year in self.everywhere():
            keys = {"area": area, "route": route, "year": year}
            runs: Sum = {("cohort", name, route, area, year): 1.0}
            starts = self.quantities.starts(route, area, year)
            least = by_year(entry["at_least"], year)
            yield self.row("cohorts", name, "at_least", keys, "at_least", starts, plus((least, runs)))
            yield self.row(
                "cohorts", name, "places", keys, "at_most", starts, plus((self.most(route, area, year), runs))
            )

    def most(self, route: str, area: str, year: int) -> float:
        """The most starts any capacity entry leaves a route in an area and year."""
        bounds = []
        for name, entries in self.policy["training_capacity"].items():
            for entry in entries:
                for row in self.training_capacity(name, entry) if entry["route"] == route else ():
                    if row.keys["year"] == year and row.keys.get("area", area) == area:
                        bounds.append(row.bound[ONE])
        return min(bounds)

    def limits(self, name: str, entry: Entry) -> Iterator[Row]:
        each = entry.get("each", ["year"])
        years = {"year": [y for y in self.evidence.years if entry.get("from", y) <= y <= entry.get("to", y)]}
        cells = selected(selected(self.quantities.cells(entry["quantity"]), entry.get("where")), years)
        base = entry.get("of")
        shared = base and selected(selected(self.quantities.cells(base["quantity"]), base.get("where")), years)
        for group in sorted({tuple(labels[key] for key in each) for labels, _ in cells}):
            keys = dict(zip(each, group, strict=True))
            if "" in group:
                continue  # Starters from outside, say, come from no role: there is nothing to count by role.
            for sense in ("at_most", "at_least", "exactly"):
                if sense in entry:
                    value = by_year(entry[sense], keys["year"]) if "year" in keys else number(entry[sense])
                    bound = plus((value, total(selected(shared, keys)))) if base else known(value)
                    yield self.row("limits", name, sense, keys, sense, total(selected(cells, keys)), bound)
