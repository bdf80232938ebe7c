"""Turns the decisions of a plan into figures that can be traced, with the rows of the model between them."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.audit.amounts import Amounts
from optimiser.audit.book import Book
from optimiser.audit.difference import Key
from optimiser.audit.option import Option
from optimiser.audit.replay import Replay
from optimiser.audit.results import Numbers, Results
from optimiser.audit.rule import Rule
from optimiser.audit.rules import Rules
from optimiser.audit.totals import Totals
from optimiser.audit.traced import Trail

RowKey = tuple[str, Key]


class Decided(Results):
    """Hold the tables of a plan with every decision on a trail: starts, staff, idle time, work, units and money.

    Staff, idle time and shortage follow from the others, but each is a figure of its own here, tied by its row: so no
    formula grows longer than its row.
    """

    def __init__(self, results: Results, book: Book, option: Option, trail: Trail) -> None:
        """Take the tables as read. A new kind of decision is one more line here."""
        self.folder, self.plan, self.broken, self.limits = results.folder, results.plan, [], results.limits
        self._trail, self._book = trail, book
        people = sum(row["fte"] for (_, _, year), row in results.tables["staff"].items() if year == str(book.first))
        self._people = people + sum(row["starts"] for row in results.tables["starts"].values())
        self.tables = {name: dict(table) for name, table in results.tables.items()}
        for table, columns in (
            ("starts", ("starts",)), ("staff", ("fte", "idle")), ("work", ("fte",)), ("patterns", ("fte",))
        ):  # fmt: skip
            self.tables[table] = {
                key: self._row(table, key, row, columns) for key, row in results.tables[table].items()
            }
        self.tables["work"] = {
            (role, task, *rest): {**row, "units": row["fte"] * book.units(role, task, int(rest[-1]))}
            for (role, task, *rest), row in self.tables["work"].items()
        }
        self._done: dict[Key, float] = {}
        for (_, *cell), row in self.tables["work"].items():
            self._done[tuple(cell)] = self._done.get(tuple(cell), 0.0) + row["units"]
        self.tiers: dict[Key, list[tuple[float, float]]] = {}
        """By cell and year of demand.csv: the weight of each slice of a shortage, and the units in it."""
        self.tables["demand"] = {key: self._demand(key, row, option) for key, row in results.tables["demand"].items()}
        money = [max(row["limit"], row["carried_in"]) for _, row in results.budget_rows]
        self.budget_rows = [
            (key, {**row, "carried_out": trail.decision(("carry", *key, str(n)), row["carried_out"], reach=max(money))})
            for n, (key, row) in enumerate(results.budget_rows)
        ]

    def _row(self, table: str, key: Key, row: Numbers, columns: tuple[str, ...]) -> Numbers:
        return {**row, **{name: self._trail.decision((table, name, *key), row[name], reach=self._people)
                          for name in columns}}  # fmt: skip

    def _demand(self, key: Key, row: Numbers, option: Option) -> Numbers:
        """Trace a cell's units: bought where they can be, and unmet slice by slice, the lightest first."""
        task, area, year = key
        volume, left, below = self._book.volume(area, task, int(year)), row["unmet"], 0.0
        reach = volume + row["waiting"] + row["unmet"]
        slices: list[tuple[float, float]] = []
        for number, (up_to, weight) in enumerate(option.tiers):
            most = float("inf") if up_to is None else (up_to - below) * volume
            part = min(left, most)
            slices.append((weight, self._trail.decision(("unmet", *key, str(number)), part, most, reach)))
            left, below = left - part, below if up_to is None else up_to
        self.tiers[key] = slices
        bought = row["outsourced"]
        if task in self._book.bought:
            bought = self._trail.decision(("outsourced", *key), bought, reach=reach)
        received, done = row["received"], self._done.get(key, 0.0)
        if (area, task) in self._book.network_of:
            # Decided is what the network does for the area: at least nothing, so that none gives more than it does.
            received = self._trail.decision(("covered", *key), float(done) + received, reach=reach) - done
        return {**row, "outsourced": bought, "received": received, "unmet": sum(units for _, units in slices)}


class Rows(Replay):
    """Replay a plan and note every row of the model on the way: (identity, key) to what must be 0, or less."""

    def __init__(self, book: Book, decided: Decided) -> None:
        """Play the decisions through the years, row by row."""
        self.noted: dict[RowKey, tuple[str, float, float]] = {}
        """Sense, level and bound of each row."""
        super().__init__(book, decided)
        for (role, area, year), row in self.staff.items():
            decided.tables["staff"][role, area, year]["leavers"] = row["leavers"]
        _ = self.demand

    def follows(self, identity: str, table: str, key: Key, column: str, value: float) -> float:
        """Return a table's figure, tied by a row to what it follows from."""
        figure = self.results.tables[table][key][column]
        self.noted[identity, key] = ("exactly", figure, value)
        return figure

    def at_most(self, identity: str, key: Key, level: float, most: float) -> None:
        """Note that what is drawn from a role is no more than its staff."""
        self.noted[identity, key] = ("at_most", level, most)

    def evens_out(self, network: str, task: str, year: int, received: float, done: float) -> None:  # noqa: ARG002
        """Note that what the areas of a network receive adds up to nothing."""
        self.noted["network_balance", (f"{network}/{task}", str(year))] = ("exactly", received, 0.0)


class TracedRules(Rules):
    """Trace the limits with the decisions that belong to no table: common shares, and how far a row is broken."""

    def __init__(self, option: Option, amounts: Amounts, noted: dict[RowKey, tuple[str, float, float]], trail: Trail):
        """Take the option, the quantities, and where rows and decisions are noted."""
        super().__init__(option, amounts)
        self._noted, self._trail = noted, trail
        self.breaches: list[tuple[float, float]] = []
        """Weight of one unit that is broken, and how many are: two for a row that must be met exactly."""
        self.dearest = 0.0
        """What it weighs most to break a row by as much as goes with one FTE."""

    def note(self) -> None:
        """Note every row; where its entry lets it be broken, with decisions for how far above and below its bound."""
        for rule in self.rows():
            key = tuple(f"{name}={code}" for name, code in sorted(rule.keys.items()))
            level = self._beside(rule, key) if rule.may_break else rule.level
            self._noted[rule.label, key] = (rule.sense, level, rule.bound)

    def _beside(self, rule: Rule, key: Key) -> float:
        """Return the row's level without what lies above its bound, and with what lacks below it."""
        level, rise = rule.level, float(rule.level) - float(rule.bound)
        weight = self.option.entries[rule.name].number("may_break") or 0.0
        self.dearest = max(self.dearest, weight * self.one_fte(rule))
        for side, sign, other in (("above", 1.0, "at_least"), ("below", -1.0, "at_most")):
            if rule.sense != other:
                amount, reach = max(0.0, sign * rise), abs(float(rule.level)) + abs(float(rule.bound))
                by = self._trail.decision((side, rule.label, *key), amount if rule.over else 0.0, reach=reach)
                self.breaches.append((weight, by))
                level = level - sign * by
        return level

    def common_share(self, label: str, year: int, unmet: float, volume: float) -> float:
        """Return a figure of its own, tied by its row to what is unmet everywhere."""
        share = self._trail.decision(("common_share", label, str(year)), unmet / volume, reach=1.0)
        self._noted[f"common_share {label}", (f"year={year}",)] = ("exactly", unmet, share * volume)
        return share


class TracedTotals(Totals):
    """Trace the priorities as sums of decisions: slice by slice of shortage, change by change, breach by breach."""

    def __init__(self, decided: Decided, option: Option, rules: TracedRules, rows: Rows, trail: Trail) -> None:
        """Take the decisions and the quantities that follow from them."""
        super().__init__(decided.plan, option, rules.amounts)
        self._tiers, self._rules, self._rows, self._trail = decided.tiers, rules, rows, trail

    def in_order(self) -> list[tuple[str, float, bool]]:
        """Return name and value of every priority in order, and whether it is money."""
        found = [
            (name, self.value(quantity, where), quantity in ("cost", "spend"))
            for name, quantity, where in self.option.priorities
        ]
        if self.option.steady is not None:
            name, value, money = found[0]
            found[0] = name, value + self.option.steady[0] * sum(self._changes()), money
        broken = sum(weight * by for weight, by in self._rules.breaches)
        return [("broken", broken, False), *found] if self.option.may_break else found

    def _changes(self) -> Iterator[float]:
        """Yield starts more and starts fewer than the year before, tied by a row to how they rise."""
        for key, rise in self.rises():
            sides = [
                self._trail.decision((side, *key), max(0.0, sign * rise), reach=abs(rise) + 1.0)
                for side, sign in (("more", 1.0), ("fewer", -1.0))
            ]
            self._rows.noted["starts_change", key] = ("exactly", rise, sides[0] - sides[1])
            yield from sides

    def weighted(self, year: int) -> float:
        """Return unmet demand of a year in weighted FTE."""
        return sum(self._of_cells(str(year)))

    def _of_cells(self, year: str) -> Iterator[float]:
        for (task, _, when), slices in self._tiers.items():
            if when == year:
                each = self.book.tasks[task]["priority"] / self.book.yardsticks[task]
                yield from (units * float(weight * each) for weight, units in slices)
