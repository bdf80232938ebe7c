"""Works out spending, and what of it is owed already: every row of costs times what it is paid for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from optimiser.audit.difference import Difference, compared
from optimiser.audit.replay import Figures, Replay
from optimiser.audit.results import KEYS


class Money:
    """Hold the spending of a replayed plan, from its own tables."""

    def __init__(self, replay: Replay) -> None:
        """Take the evidence and the decisions of a replay."""
        self.replay, self.book, self.results = replay, replay.book, replay.results

    @cached_property
    def spend(self) -> Figures:
        """Work out spend.csv: rows of costs with the same budget, line and item add up."""
        table: Figures = {}
        for number, row in enumerate(self.book.tables["costs"]):
            for area in self.book.areas:
                if not self._is_paid(row["per"], row["item"], area):
                    continue
                for year in self.book.years:
                    key = (row["budget"], row["line"], row["item"], area, str(year))
                    entry = table.setdefault(key, {"amount": 0.0, "committed": 0.0})
                    each = self.book.amount(number, year)
                    entry["amount"] += each * self._paid_for(row["per"], row["item"], area, year)
                    entry["committed"] += each * self._owed_for(row["per"], row["item"], area, year)
        return table

    def _is_paid(self, per: str, item: str, area: str) -> bool:
        """Return True where there is something in the area that the cost could be paid for."""
        if per == "trainee-year":
            return bool(self.book.routes[item]["years"])
        if per == "joiner":
            joins = bool(self.book.routes[item]["to_role"])
            return joins and any(self.book.destination(item, trained, area) for trained in self.book.areas)
        return per != "outsourced-unit" or (area, item) in self.book.cells

    def _paid_for(self, per: str, item: str, area: str, year: int) -> float:
        """Return the quantity a cost is multiplied by."""
        results, part = self.results, self.book.settings.first_year_part
        at = (item, area, str(year))
        if per == "start":
            return self.replay.started(item, area, year)
        if per == "trainee-year":
            now, before = self.replay.training(item, area, year), self.replay.training(item, area, year - 1)
            return part * now + (1 - part) * before
        if per == "joiner":
            return self.replay.joined(item, area, year)
        if per == "pattern-fte-year":
            return results.column("patterns", at, "fte")
        if per == "outsourced-unit":
            return results.column("demand", at, "outsourced")
        column = {"fte-year": "fte", "idle-fte-year": "idle", "leaver": "leavers"}[per]
        return results.column("staff", at, column)

    def _owed_for(self, per: str, item: str, area: str, year: int) -> float:
        """Return the part of that quantity due to people who started before the first year."""
        part = self.book.settings.first_year_part
        if per == "trainee-year":
            now, before = (self.replay.training(item, area, at, past_only=True) for at in (year, year - 1))
            return part * now + (1 - part) * before
        return self.replay.joined(item, area, year, past_only=True) if per == "joiner" else 0.0

    def differences(self) -> Iterator[Difference]:
        """Yield everything in spend.csv that the replay does not confirm."""
        yield from compared("spend.csv", KEYS["spend"], self.results.tables["spend"], self.spend)
