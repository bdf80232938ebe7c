"""Certifies that no plan is better: bounds each priority by weak duality, from the duals that lie with the plan.

For whatever duals, priority − Σ dual × (level − bound), at its least over all decisions, is no more than the priority
of any plan that keeps to the rows. Where that bound is the plan's own value, nothing is better. Rows, priorities and
slopes are the audit's own (see `traced`); of the solver there is nothing but the duals, and wrong ones prove nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimiser.audit.amounts import Amounts
from optimiser.audit.decided import Decided, RowKey, Rows, TracedRules, TracedTotals
from optimiser.audit.difference import Difference
from optimiser.audit.money import Money
from optimiser.audit.option import Option
from optimiser.audit.replay import Replay
from optimiser.audit.results import KEYS
from optimiser.audit.traced import Name, Trail

FILE = "duals.csv"
CLOSE = 1e-6
"""Share of a priority's value by which its bound may lie below it and still be called proved."""
_NOISE = 1e-11
"""A slope below this share of its terms is rounding."""
IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "staff_balance": KEYS["staff"], "time_balance": KEYS["staff"], "demand_balance": KEYS["demand"],
    "training_within_staff": KEYS["staff"], "patterns_within_staff": KEYS["staff"],
    "network_balance": ("network", "year"), "starts_change": ("area", "route", "year"),
}  # fmt: skip
"""The rows nobody may negotiate, and the keys of each."""
Line = tuple[str, float, float]


@dataclass(frozen=True)
class Proved:
    """Hold one priority's value in the plan, and the least any plan can have."""

    name: str
    value: float
    bound: float
    size: float
    """The smallest amount that matters: what goes with one FTE."""
    within: float = 0.0
    """The share of its value the plan was allowed to give up, to be near another plan."""
    first: bool = True
    """True for the first priority: no plan whatever is better than its bound, not only those as good before it."""

    @property
    def gap(self) -> float:
        """Return by how much another plan might at most be better."""
        return self.value - self.bound

    @property
    def closed(self) -> bool:
        """Return True where the bound is the value, but for rounding and what the plan was allowed to give up.

        A later priority may then be better than its bound: those before it are not at their best.
        """
        rounding = CLOSE * max(self.size, abs(self.value))
        below = self.within > 0 and not self.first
        return self.gap <= rounding + self.within * abs(self.bound) and (below or self.gap >= -rounding)


class Certificate:
    """Read the linear programme of a plan as the audit words it, ready to be weighed with duals."""

    def __init__(self, replay: Replay, option: Option) -> None:
        """Work out every row and priority from the decisions, on a trail."""
        results, book = replay.results, replay.book
        self.folder = results.folder
        self.trail = Trail()
        decided = Decided(results, book, option, self.trail)
        rows = Rows(book, decided)
        amounts = Amounts(rows, Money(rows))
        rules = TracedRules(option, amounts, rows.noted, self.trail)
        rules.note()
        priorities = TracedTotals(decided, option, rules, rows, self.trail).in_order()
        self.priorities = [(name, value) for name, value, _ in priorities]
        self.lines: dict[RowKey, Line] = rows.noted
        dear = max((row["amount"] for row in book.tables["costs"]), default=1.0)
        self._sizes = [rules.dearest if name == "broken" else dear if money else 1.0 for name, _, money in priorities]
        self.differences: list[Difference] = []

    def proved(self, within: float = 0.0) -> Iterator[Proved]:
        """Yield the bound of every priority in order, each on the face of those before it."""
        duals = list(self._duals())
        tied: set[RowKey] = set()
        held: dict[Name, float] = {}
        for place, (name, value) in enumerate(self.priorities):
            weighed = {key: numbers[place] for key, numbers in duals if place < len(numbers)}
            slopes, bound = self._weighed(value, weighed, tied)
            bound += self._least(slopes, held)
            yield Proved(name, float(value), bound, self._sizes[place], within, place == 0)
            tied |= {key for key, dual in weighed.items() if dual}
            for decision, (slope, size) in slopes.items():
                if abs(slope) > _NOISE * size and decision not in held:
                    held[decision] = self._end(decision, slope)

    def _weighed(
        self, value: float, duals: Mapping[RowKey, float], tied: set[RowKey]
    ) -> tuple[dict[Name, tuple[float, float]], float]:
        """Return the slopes of priority − Σ dual × (level − bound), and its value where every decision is 0."""
        weights, constant = [(1.0, value)], float(value)
        for key, dual in duals.items():
            sense, level, bound = self.lines[key]
            if key not in tied and ((sense == "at_most" and dual > 0) or (sense == "at_least" and dual < 0)):
                continue  # Of the wrong sign it proves nothing; without it the bound is still one.
            weights += [(-dual, level), (dual, bound)]
            constant -= dual * (float(level) - float(bound))
        slopes = self.trail.slopes(weights)
        constant -= sum(slope * self.trail.decisions[name].value for name, (slope, _) in slopes.items())
        return slopes, constant

    def _least(self, slopes: Mapping[Name, tuple[float, float]], held: Mapping[Name, float]) -> float:
        """Return the least the decisions can make of it: each is 0 where it rises with it, else its most."""
        total = 0.0
        for name, (slope, size) in slopes.items():
            if name in held:
                total += slope * held[name]
            elif slope < 0 and abs(slope) > _NOISE * size:
                total += slope * self._end(name, slope)
        return total

    def _end(self, name: Name, slope: float) -> float:
        """Return where a decision goes when the priority moves with it so: to 0, or as far as it may."""
        decision = self.trail.decisions[name]
        if slope > 0:
            return 0.0
        return decision.most if math.isfinite(decision.most) else decision.reach

    def _duals(self) -> Iterator[tuple[RowKey, tuple[float, ...]]]:
        """Yield the rows of duals.csv, each found among the audit's own."""
        path = self.folder / FILE
        names = [f"dual_{name}" for name, _ in self.priorities]
        if not path.is_file():
            self.differences.append(Difference(FILE, {}, "", None, "a table"))
            return
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                key = _key(row)
                if key not in self.lines:
                    where = {name: text for name, text in row.items() if not name.startswith("dual_") and text}
                    self.differences.append(Difference(FILE, where, "row", "a row", None, "The model has no such row."))
                    continue
                yield key, tuple(_number(row.get(name)) for name in names)


def _key(row: Mapping[str, str]) -> RowKey:
    """Return what a row of duals.csv is about."""
    name = row.get("row", "")
    if name in IDENTITIES:
        return name, tuple(row.get(key, "") for key in IDENTITIES[name])
    keys = {key: text for key, text in row.items() if key != "row" and not key.startswith("dual_") and text}
    return name, tuple(f"{key}={text}" for key, text in sorted(keys.items()))


def _number(text: str | None) -> float:
    """Read a dual; what is no number counts as none, and proves nothing."""
    try:
        number = float(text or 0.0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def certificate_of(replay: Replay, option: Option, within: float = 0.0) -> tuple[list[Proved], list[Difference]]:
    """Return what the duals prove of each priority, and every difference that ends a proof.

    `within` is the share of its value that each priority was allowed to give up.
    """
    certificate = Certificate(replay, option)
    proved = list(certificate.proved(within))
    differences = certificate.differences
    for one in () if differences else proved:
        if not one.closed:
            meaning = (
                "The duals do not prove it: another plan may be better."
                if one.gap > 0
                else ("The plan is better than the duals allow: it, or they, break a row.")
            )
            differences.append(Difference("plan.json", {}, f"priority {one.name}", one.value, one.bound, meaning))
            break
    return proved, differences
