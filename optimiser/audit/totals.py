"""Checks plan.json: the totals, the priorities' values, and what the plan gives of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimiser.audit.amounts import Amounts
from optimiser.audit.difference import Difference, apart
from optimiser.audit.option import Option, Where

GAP = 1e-4
"""With whole numbers or cohorts a value counts as proved within this share, and a later priority may give it up."""


class Totals:
    """Work out what plan.json ought to give, from the tables of the plan."""

    def __init__(self, plan: Mapping[str, Any], option: Option, amounts: Amounts) -> None:
        """Take the record, the option and the plan's quantities."""
        self.plan, self.option, self.amounts = plan, option, amounts
        self.book, self.results = amounts.book, amounts.results
        self.whole = option.whole_numbers or any(option.of_family("cohorts"))

    def differences(self) -> Iterator[Difference]:
        """Yield every total that the tables do not add up to."""
        cost = self.plan.get("cost") or {}
        for name, value in (("discounted", self.cost(discounted=True)), ("undiscounted", self.cost(discounted=False))):
            yield from self._number(f"cost {name}", cost.get(name), value)
        yield from self._number("unmet_fte_years", self.plan.get("unmet_fte_years"), self.unmet())
        yield from self._priorities()
        yield from self._said()
        gap = self.plan.get("gap")
        most = GAP if self.whole else 0.0
        if not isinstance(gap, int | float) or not 0 <= gap <= most:
            yield Difference("plan.json", {}, "gap", gap, most, "It may be no larger.")

    def cost(self, discounted: bool, reported_only: bool = True) -> float:
        """Return the spending of the reported years, or of all."""
        total = 0.0
        for (*_, year), row in self.amounts.money.spend.items():
            if int(year) <= self.book.last or not reported_only:
                total += row["amount"] * (self.book.discount(int(year)) if discounted else 1.0)
        return total

    def unmet(self) -> float:
        """Return unmet FTE-years of the reported years, as the tables have them."""
        return sum(
            row["unmet"] / self.book.yardsticks[task]
            for (task, _, year), row in self.results.tables["demand"].items()
            if int(year) <= self.book.last and task in self.book.yardsticks
        )

    def weighted(self, year: int) -> float:
        """Return a year's unmet demand in weighted FTE: slice by slice of each volume, the lightest first."""
        total = 0.0
        for area, task in self.book.cells:
            left = self.results.column("demand", (task, area, str(year)), "unmet")
            volume, below = self.book.volume(area, task, year), 0.0
            weight = self.book.tasks[task]["priority"] / self.book.yardsticks[task]
            for up_to, tier in self.option.tiers:
                part = left if up_to is None else min(left, (up_to - below) * volume)
                total += tier * weight * part
                left, below = left - part, below if up_to is None else up_to
        return total

    def _priorities(self) -> Iterator[Difference]:
        """Check each priority's value over all modelled years, in the option's order."""
        given = self.plan.get("priorities") or []
        names = [entry.get("name") for entry in given]
        wanted = [name for name, _, _ in self.option.priorities]
        if self.option.may_break:
            wanted = ["broken", *wanted]
        if names != wanted:
            yield Difference("plan.json", {}, "priorities", ", ".join(map(str, names)), ", ".join(wanted))
            return
        if self.option.may_break:
            yield from self._number("priority broken", given[0].get("value"), self.broken(), self.whole)
            given = given[1:]
        for place, (entry, (name, quantity, where)) in enumerate(zip(given, self.option.priorities, strict=True)):
            value = self.value(quantity, where)
            if place == 0 and self.option.steady is not None:
                change = self.option.steady[0] * self.changed()
                parts = entry.get("parts") or {}
                for part, amount in ((name, value), ("change", change)):
                    yield from self._number(f"priority {name}, part {part}", parts.get(part), amount, self.whole)
                value += change
            yield from self._number(f"priority {name}", entry.get("value"), value, self.whole)

    def broken(self) -> float:
        """Add up what limits.csv has as broken, each unit at the weight its entry gives."""
        total = 0.0
        for words, numbers in self.results.limits:
            entry = self.option.entries.get(words.get("limit", ""))
            total += ((entry.number("may_break") or 0.0) if entry is not None else 0.0) * numbers["broken"]
        return total

    def changed(self) -> float:
        """Count starts more or fewer than the year before, of those kept steady.

        The year before the first has past starts.
        """
        return sum(abs(rise) for _, rise in self.rises())

    def rises(self) -> Iterator[tuple[tuple[str, str, str], float]]:
        """Yield (area, route, year) of each start kept steady, and by how many it lies above the year before."""
        where: Where = {} if self.option.steady is None else self.option.steady[1]
        before = {(row["route"], row["area"]) for row in self.book.tables["past_starts"]}
        started = self.amounts.replay.started
        for route, area, year in self.amounts.groups("starts", where, ("route", "area", "year")):
            at = int(year)
            if at <= self.book.last and (at > self.book.first or (route, area) in before):
                yield (area, route, year), started(route, area, at) - started(route, area, at - 1)

    def value(self, quantity: str, where: Where | None) -> float:
        """Return a priority's value: Σ of a quantity, or one of the two built in."""
        if where is not None:
            return sum(self.amounts.groups(quantity, where, ()).values())
        if quantity == "unmet":
            rate = self.book.settings.unmet_discount_rate
            return sum(self.weighted(year) / (1.0 + rate) ** (year - self.book.first) for year in self.book.years)
        value = self.cost(discounted=True, reported_only=False)
        if self.option.unmet == "priced" and self.option.price_per_fte is not None:
            price = self.option.price_per_fte
            value += sum(price * self.book.discount(year) * self.weighted(year) for year in self.book.years)
        return value

    def _number(self, name: str, given: Any, value: float, within_gap: bool = False) -> Iterator[Difference]:
        if not isinstance(given, int | float):
            yield Difference("plan.json", {}, name, None if given is None else str(given), value)
            return
        # The slices of a shortage may be filled in another order by as much as the gap leaves open.
        open_by_gap = within_gap and 0 <= given - value <= 2 * GAP * abs(value)
        if apart(float(given), value, exact=True) and not open_by_gap:
            yield Difference("plan.json", {}, name, float(given), value)

    def _said(self) -> Iterator[Difference]:
        """Check that years, prices and the title are those of the files used."""
        settings = self.book.settings
        years = {"first": self.book.first, "last": self.book.last, "run_out": settings.run_out_years}
        for name, value in (
            ("title", self.option.title), ("years", years), ("currency", settings.currency),
            ("price_year", settings.price_year),
        ):  # fmt: skip
            if self.plan.get(name) != value:
                yield Difference("plan.json", {}, name, str(self.plan.get(name)), str(value))
