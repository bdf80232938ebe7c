"""Makes every limit of the option, row by row: its level in the plan and its bound, as the contract words them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from optimiser.audit.amounts import UNITS, Amounts, Group
from optimiser.audit.bounds import Bound, Bounds
from optimiser.audit.option import Entry, Option, Where
from optimiser.audit.rule import Rule, label_of, where_and_quantity

AREA_YEAR = ("area", "year")


class Rules:
    """Hold the limits of an option at the figures of a plan."""

    def __init__(self, option: Option, amounts: Amounts) -> None:
        """Take the option and the plan's quantities; money carried from year to year is looked up in budgets.csv."""
        self.option, self.amounts, self.book = option, amounts, amounts.book
        self._bounds = Bounds(amounts)
        self._budget_rows: dict[Group, list[dict[str, float]]] = defaultdict(list)
        for key, row in amounts.results.budget_rows:
            self._budget_rows[key].append(row)
        self.budgets: list[tuple[Group, dict[str, float], dict[str, float] | None]] = []
        """Key, expected figures and the row of budgets.csv they belong to, once `rows` has run."""

    def rows(self) -> Iterator[Rule]:
        """Yield every row, family by family."""
        make: Mapping[str, Callable[[Entry], Iterator[Rule]]] = {
            "budgets": self._budget, "training_capacity": self._capacity, "skill_mix": self._skill_mix,
            "outsourcing": self._outsourcing, "service_levels": self._service_level, "fairness": self._fairness,
            "pace": self._pace, "adoption": self._adoption, "hold": self._hold, "cohorts": self._cohort,
            "limits": self._own,
        }  # fmt: skip
        for family, rows in make.items():
            for entry in self.option.of_family(family):
                may_break = entry.number("may_break") is not None
                for rule in rows(entry):
                    yield replace(rule, may_break=may_break and not rule.always_holds)
        if self.option.unmet == "forbidden":
            entry = Entry("demand unmet", "demand", {}, False)
            yield from self._made(entry, "unmet", {}, ("area", "task", "year"), "at_most", lambda _: 0.0)

    def left_over(self) -> Iterator[Group]:
        """Yield keys of rows of budgets.csv that no entry calls for; to be asked after `rows`."""
        return (key for key, rows in self._budget_rows.items() for _ in rows)

    def one_fte(self, rule: Rule) -> float:
        """Return what goes with one FTE in the row's unit: the dearest cost, the yardstick of its tasks, or 1."""
        if rule.unit == self.book.settings.currency:
            return max((row["amount"] for row in self.book.tables["costs"]), default=1.0)
        if rule.unit in UNITS.values():
            return 1.0
        tasks = rule.where.get("task") or tuple(self.book.yardsticks)
        return max((self.book.yardsticks[task] for task in tasks if task in self.book.yardsticks), default=1.0)

    def _made(
        self, entry: Entry, quantity: str, where: Where, each: Sequence[str], sense: str,
        bound: Bound, years: Sequence[int] | None = None, part: str = "",
    ) -> Iterator[Rule]:  # fmt: skip
        """Make a row for each group of a quantity, with its bound."""
        unit, label = self.amounts.unit(quantity, where), label_of(entry, where, part)
        for group, level in self.amounts.groups(quantity, where, each, years).items():
            keys = dict(zip(each, group, strict=True))
            number = bound(keys)
            if not math.isnan(number):
                yield Rule(entry.name, entry.family, where, keys, sense, unit, level, number, label=label)

    def _budget(self, entry: Entry) -> Iterator[Rule]:
        (budget,) = entry.texts("budget")
        where: Where = {"budget": (budget,)}
        spent = self.amounts.groups("spend", where, ("year",))
        limit, share, total = entry.by_year("limit"), entry.by_year("carry_forward"), entry.number("total")
        currency = self.book.settings.currency
        years = self.book.years
        if limit is not None:
            cash = entry.texts("prices") == ("cash",)
            carries = share is not None and len(years) > 1 and any(share.at(year) for year in years)
            brought = 0.0
            for year in years:
                real = limit.at(year) / (self._price_level(year) if cash else 1.0)
                spend = spent.get((str(year),), 0.0)
                most = share.at(year) * real if share is not None and carries and year != years[-1] else 0.0
                out = self._budget_row((budget, str(year)), real, brought, spend, carries)
                keys = {"year": str(year)}
                here = (where, keys, "at_most", currency)
                yield Rule(entry.name, entry.family, *here, spend + out, real + brought, None, entry.name, carries)
                if carries and year != years[-1]:
                    name, label = f"{entry.name} carry_forward", f"{entry.name}/carry"
                    yield Rule(name, entry.family, {}, *here[1:], out, most, label=label, always_holds=True)
                brought = out
        if total is not None:
            yield from self._total(entry, budget, total, spent)

    def _total(self, entry: Entry, budget: str, total: float, spent: Mapping[Group, float]) -> Iterator[Rule]:
        """Limit a total over the reported years; each year of the run-out then has its part."""
        reported = [year for year in self.book.years if year <= self.book.last]
        where: Where = {"budget": (budget,)}
        currency = self.book.settings.currency
        spend = sum(spent.get((str(year),), 0.0) for year in reported)
        late = self.book.years[len(reported) :]
        self._budget_row((budget, ""), total, 0.0, spend, carries=False)
        label = f"{entry.name}/total"
        yield Rule(entry.name, entry.family, where, {}, "at_most", currency, spend, total, None, label, bool(late))
        for year in late:
            spend, part = spent.get((str(year),), 0.0), total / len(reported)
            self._budget_row((budget, str(year)), part, 0.0, spend, carries=False)
            here = (where, {"year": str(year)}, "at_most", currency)
            yield Rule(entry.name, entry.family, *here, spend, part, label=f"{label} run-out")

    def _budget_row(self, key: Group, limit: float, brought: float, spend: float, carries: bool) -> float:
        """Set a row of budgets.csv beside what it ought to be; return the amount it gives as carried out."""
        rows = self._budget_rows[key]
        given = rows.pop(0) if rows else None
        out = given["carried_out"] if given is not None and carries else 0.0
        expected = {"limit": limit, "carried_in": brought, "spend": spend, "carried_out": out}
        self.budgets.append((key, expected, given))
        return out

    def _price_level(self, year: int) -> float:
        """Return what £1 of the price year costs in a year; £1 as it is in the years up to it."""
        base, inflation = self.book.settings.price_year, self.book.settings.inflation
        if base is None or inflation is None:
            return math.nan
        level = 1.0
        for at in range(base + 1, year + 1):
            level *= 1.0 + inflation.at(at)
        return level

    def _capacity(self, entry: Entry) -> Iterator[Rule]:
        places = entry.by_year("places")
        each = AREA_YEAR if "area" in entry.texts("each") else ("year",)
        for route in entry.texts("route"):
            if places is not None:
                bound = self._bounds.filled(places, route)
                yield from self._made(entry, "starts", {"route": (route,)}, each, "at_most", bound)

    def _skill_mix(self, entry: Entry) -> Iterator[Rule]:
        for task, role in product(entry.texts("task"), entry.texts("role")):
            where: Where = {"task": (task,), "role": (role,)}
            for key, sense in (
                ("max_share", "at_most"), ("min_share", "at_least"),
                ("max_increase", "at_most"), ("max_decrease", "at_least"),
            ):  # fmt: skip
                share = entry.by_year(key)
                if share is None:
                    continue
                if key in ("max_increase", "max_decrease"):
                    bound = self._bounds.moved_share(role, task, share, 1.0 if key == "max_increase" else -1.0)
                else:
                    bound = self._bounds.of_volume(task, share)
                yield from self._made(entry, "activity", where, AREA_YEAR, sense, bound, part=key)

    def _outsourcing(self, entry: Entry) -> Iterator[Rule]:
        share = entry.by_year("max_share")
        for task in entry.texts("task"):
            if share is not None:
                bound = self._bounds.of_volume(task, share)
                yield from self._made(entry, "outsourced", {"task": (task,)}, AREA_YEAR, "at_most", bound)

    def _service_level(self, entry: Entry) -> Iterator[Rule]:
        least, years = entry.by_year("at_least"), self._span(entry)
        for task in entry.texts("task"):
            if least is not None:
                bound = self._bounds.of_volume(task, least, of_rest=True)
                yield from self._made(entry, "unmet", {"task": (task,)}, AREA_YEAR, "at_most", bound, years)

    def _fairness(self, entry: Entry) -> Iterator[Rule]:
        """Require unmet FTE ≤ volume × (share unmet in all areas + within); no row where there is no volume."""
        within, span = entry.by_year("within"), self._span(entry)
        for service, year in product(entry.texts("service"), self.book.years):
            where: Where = {"service": (service,)}
            label = label_of(entry, where)
            unmet, volume = self._fte(service, year, "unmet"), self._fte(service, year, "volume")
            if within is None or not sum(volume.values()) > 0:
                continue
            common = self.common_share(label, year, sum(unmet.values()), sum(volume.values()))
            for area in self.book.areas if year in span else ():
                if volume.get(area, 0.0) > 0:
                    bound = volume[area] * (common + within.at(year))
                    keys = {"area": area, "year": str(year)}
                    here = (entry.name, entry.family, where, keys, "at_most", "FTE")
                    yield Rule(*here, unmet[area], bound, label=label)

    def common_share(self, label: str, year: int, unmet: float, volume: float) -> float:  # noqa: ARG002
        """Return the share of a service's volume that is unmet in all areas together.

        `label` and `year` name the row it follows from, for a subclass that notes the row itself.
        """
        return unmet / volume

    def _fte(self, service: str, year: int, column: str) -> dict[str, float]:
        """Return, by area, a column of demand.csv of the service's tasks in FTE of their yardsticks."""
        found: dict[str, float] = {}
        for (task, area, when), row in self.amounts.results.tables["demand"].items():
            if int(when) == year and self.book.tasks[task]["service"] == service:
                found[area] = found.get(area, 0.0) + row[column] / self.book.yardsticks[task]
        return found

    def _pace(self, entry: Entry) -> Iterator[Rule]:
        up, down, seed = (entry.by_year(key) for key in ("max_increase", "max_decrease", "seed"))
        for route in entry.texts("route"):
            where: Where = {"route": (route,)}
            if up is not None:
                bound = self._bounds.paced(route, up, 1.0, seed)
                yield from self._made(entry, "starts", where, AREA_YEAR, "at_most", bound, part="max_increase")
            if down is not None:
                bound = self._bounds.paced(route, down, -1.0, None)
                yield from self._made(entry, "starts", where, AREA_YEAR, "at_least", bound, part="max_decrease")

    def _adoption(self, entry: Entry) -> Iterator[Rule]:
        most, growth, seed = (entry.by_year(key) for key in ("max_fte", "max_growth", "seed"))
        each = AREA_YEAR if "area" in entry.texts("each") else ("year",)
        for role in entry.texts("role"):
            where: Where = {"role": (role,)}
            if most is not None:
                bound = self._bounds.number(most)
                yield from self._made(entry, "staff", where, each, "at_most", bound, part="max_fte")
            if growth is not None:
                bound = self._bounds.grown_staff(role, growth, seed)
                yield from self._made(entry, "staff", where, AREA_YEAR, "at_most", bound, part="max_growth")

    def _hold(self, entry: Entry) -> Iterator[Rule]:
        for route in entry.texts("route"):
            bound = self._bounds.as_before(route)
            yield from self._made(entry, "starts", {"route": (route,)}, AREA_YEAR, "exactly", bound)

    def _cohort(self, entry: Entry) -> Iterator[Rule]:
        """Require at least so many, at most the places, or none at all."""
        least = entry.by_year("at_least")
        for route in entry.texts("route"):
            where: Where = {"route": (route,)}
            for (area, year), level in self.amounts.groups("starts", where, AREA_YEAR).items():
                runs = float(level > 1e-6)
                few = least.at(int(year)) if least is not None else 0.0
                most = self._places(route, int(year))
                here = (where, {"area": area, "year": year})
                yield Rule(entry.name, entry.family, *here, "at_least", "starts", level, few * runs)
                otherwise = most if not runs and few == 0 else None
                yield Rule(entry.name, entry.family, *here, "at_most", "starts", level, most * runs, otherwise)

    def _places(self, route: str, year: int) -> float:
        """Return the fewest filled places any capacity entry gives the route."""
        found = math.inf
        for entry in self.option.of_family("training_capacity"):
            places = entry.by_year("places")
            if route in entry.texts("route") and places is not None:
                found = min(found, self.book.filled(route, year) * places.at(year))
        return found

    def _own(self, entry: Entry) -> Iterator[Rule]:
        """Require quantity (at_most, at_least, exactly) number [of another quantity], a row for each of `each`."""
        (quantity,) = entry.texts("quantity")
        each = entry.texts("each") if "each" in entry.keys else ("year",)
        sense = next(sense for sense in ("at_most", "at_least", "exactly") if sense in entry.keys)
        years, number = self._span(entry), entry.by_year(sense)
        if number is None:
            return
        of = where_and_quantity(entry)
        bound = self._bounds.number(number)
        if of is not None:
            bound = self._bounds.portion(number, self.amounts.groups(of[0], of[1], each, years), each)
        yield from self._made(entry, quantity, entry.where(), each, sense, bound, years)

    def _span(self, entry: Entry) -> list[int]:
        first, last = entry.year("from", self.book.years[0]), entry.year("to", self.book.years[-1])
        return [year for year in self.book.years if first <= year <= last]
