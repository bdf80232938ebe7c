"""The decisions of a plan as figures that can be traced, and the rows of the model between them."""

from __future__ import annotations

from collections.abc import Iterator

from optimiser.audit.amounts import Amounts
from optimiser.audit.book import Book
from optimiser.audit.difference import Key
from optimiser.audit.option import Option
from optimiser.audit.replay import Replay
from optimiser.audit.results import Numbers, Results
from optimiser.audit.totals import Totals
from optimiser.audit.traced import Trail

RowKey = tuple[str, Key]


class Decided(Results):
    """The tables of a plan with every decision on a trail: starts, staff, idle time, work, patterns, units and money.

    Staff, idle time and shortage follow from the others, but each is a figure of its own here, tied by its row: so no
    formula grows longer than the row it stands for.
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
        """A cell's units: bought where they can be, and unmet slice by slice, the lightest first."""
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
        return {**row, "outsourced": bought, "unmet": sum(units for _, units in slices)}


class Rows(Replay):
    """A replay that notes every row of the model it goes through: (identity, key) to what must be nothing, or less."""

    def __init__(self, book: Book, decided: Decided) -> None:
        """Play the decisions through the years, row by row."""
        self.noted: dict[RowKey, tuple[str, float, float]] = {}
        """Sense, level and bound of each row."""
        super().__init__(book, decided)
        for (role, area, year), row in self.staff.items():
            decided.tables["staff"][role, area, year]["leavers"] = row["leavers"]
        _ = self.demand

    def follows(self, identity: str, table: str, key: Key, column: str, value: float) -> float:
        """The figure of the table, tied by a row to what it follows from."""
        figure = self.results.tables[table][key][column]
        self.noted[identity, key] = ("exactly", figure, value)
        return figure

    def at_most(self, identity: str, key: Key, level: float, most: float) -> None:
        """What is drawn from a role is no more than its staff."""
        self.noted[identity, key] = ("at_most", level, most)


class TracedTotals(Totals):
    """The priorities as sums of decisions, slice by slice of each shortage."""

    def __init__(self, decided: Decided, option: Option, amounts: Amounts) -> None:
        """Take the decisions and the quantities that follow from them."""
        super().__init__(decided.plan, option, amounts)
        self._tiers = decided.tiers

    def weighted(self, year: int) -> float:
        """Unmet demand of a year in weighted FTE."""
        return sum(self._of_cells(str(year)))

    def _of_cells(self, year: str) -> Iterator[float]:
        for (task, _, when), slices in self._tiers.items():
            if when == year:
                each = self.book.tasks[task]["priority"] / self.book.yardsticks[task]
                yield from (units * float(weight * each) for weight, units in slices)
