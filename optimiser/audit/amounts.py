"""Sums every quantity a policy may name from the tables, by any of its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from optimiser.audit.money import Money
from optimiser.audit.option import Where
from optimiser.audit.replay import Replay

Keys = dict[str, str | None]
Group = tuple[str, ...]

UNITS: Mapping[str, str] = {
    "starts": "starts", "in_training": "trainees", "joiners": "FTE", "staff": "FTE", "leavers": "FTE", "idle": "FTE",
    "work": "FTE", "pattern": "FTE",
}  # fmt: skip


class Amounts:
    """Hold the quantities of a plan: each a list of parts with their keys, as the tables have them."""

    def __init__(self, replay: Replay, money: Money) -> None:
        """Take the figures of a replay."""
        self.replay, self.money = replay, money
        self.book, self.results = replay.book, replay.results
        self.parts = cache(self._parts)

    def groups(
        self, quantity: str, where: Where, each: Sequence[str], years: Sequence[int] | None = None
    ) -> dict[Group, float]:
        """Sum a quantity's selected parts for each combination of the keys of `each` that occurs."""
        found: dict[Group, float] = {}
        wanted = None if years is None else {str(year) for year in years}
        for keys, value in self._of_interest(quantity, where):
            if wanted is not None and keys["year"] not in wanted:
                continue
            if any(keys[key] not in values for key, values in where.items()):
                continue
            group = tuple(keys[key] for key in each)
            if None not in group:
                here = tuple(str(code) for code in group)
                found[here] = found.get(here, 0.0) + value
        return found

    def unit(self, quantity: str, where: Where) -> str:
        """Return what the quantity is counted in."""
        if quantity in UNITS:
            return UNITS[quantity]
        if quantity == "spend":
            return self.book.settings.currency
        tasks = where.get("task") or {str(keys["task"]) for (keys, _) in self.parts(quantity)
                                      if all(keys[key] in values for key, values in where.items())}  # fmt: skip
        units = {self.book.tasks[task]["unit"] for task in tasks}
        return str(units.pop()) if len(units) == 1 else "units"

    def _of_interest(self, quantity: str, where: Where) -> Sequence[tuple[Keys, float]]:
        """Return the parts that may be selected: those of one route, role or task without a look at the others."""
        for key in ("route", "role", "task", "pattern"):
            if len(where.get(key, ())) == 1:
                return self._by_code(quantity, key).get(where[key][0], [])
        return self.parts(quantity)

    @cache  # noqa: B019 - lives as long as one audit
    def _by_code(self, quantity: str, key: str) -> dict[str | None, list[tuple[Keys, float]]]:
        found: dict[str | None, list[tuple[Keys, float]]] = {}
        for part in self.parts(quantity):
            found.setdefault(part[0][key], []).append(part)
        return found

    def _parts(self, quantity: str) -> list[tuple[Keys, float]]:
        """List every part of a quantity, with every key the contract gives it (None where it has none)."""
        found = []
        for keys, value in self._raw(quantity):
            keys["region"] = self.book.regions[str(keys["area"])]
            found.append((keys, value))
        return found

    def _raw(self, quantity: str) -> Iterator[tuple[Keys, float]]:
        if quantity in ("starts", "in_training", "joiners"):
            return self._of_routes(quantity)
        if quantity in ("staff", "leavers", "idle"):
            return self._of_roles({"staff": "fte"}.get(quantity, quantity))
        if quantity in ("work", "activity"):
            return self._of_work("fte" if quantity == "work" else "units")
        if quantity in ("outsourced", "unmet", "received", "demand"):
            return self._of_tasks("volume" if quantity == "demand" else quantity)
        return self._of_patterns() if quantity == "pattern" else self._of_spend()

    def _of_routes(self, quantity: str) -> Iterator[tuple[Keys, float]]:
        for route, about in self.book.routes.items():
            if (quantity == "in_training" and not about["years"]) or (quantity == "joiners" and not about["to_role"]):
                continue
            for area in self.book.areas:
                shares = (self.book.destination(route, trained, area) for trained in self.book.areas)
                if quantity == "joiners" and not any(shares):
                    continue
                for year in self.book.years:
                    keys: Keys = {
                        "route": route, "kind": about["kind"], "from_role": about["from_role"] or None,
                        "role": about["to_role"] or None, "area": area, "year": str(year),
                    }  # fmt: skip
                    yield keys, self._of_route(quantity, route, area, year)

    def _of_route(self, quantity: str, route: str, area: str, year: int) -> float:
        if quantity == "joiners":
            return self.replay.joined(route, area, year)
        if quantity == "in_training":
            return self.replay.training(route, area, year)
        return self.results.column("starts", (route, area, str(year)), quantity)

    def _of_roles(self, column: str) -> Iterator[tuple[Keys, float]]:
        for (role, area, year), row in self.results.tables["staff"].items():
            keys: Keys = {"role": role, "staff_group": self._group(role), "area": area, "year": year}
            yield keys, row[column]

    def _of_work(self, column: str) -> Iterator[tuple[Keys, float]]:
        for (role, task, area, year), row in self.results.tables["work"].items():
            about: Keys = {"task": task, "service": self._service(task), "area": area, "year": year}
            yield {"role": role, "staff_group": self._group(role), **about}, row[column]

    def _of_tasks(self, column: str) -> Iterator[tuple[Keys, float]]:
        for (task, area, year), row in self.results.tables["demand"].items():
            there = {"outsourced": task in self.book.bought, "received": (area, task) in self.book.network_of}
            if there.get(column, True):
                keys: Keys = {"task": task, "service": self._service(task), "area": area, "year": year}
                yield keys, row[column]

    def _of_patterns(self) -> Iterator[tuple[Keys, float]]:
        for (pattern, area, year), row in self.results.tables["patterns"].items():
            role = self.book.patterns[pattern]["role"] if pattern in self.book.patterns else None
            yield {"pattern": pattern, "role": role, "area": area, "year": year}, row["fte"]

    def _of_spend(self) -> Iterator[tuple[Keys, float]]:
        for (budget, line, item, area, year), row in self.money.spend.items():
            yield {"budget": budget, "line": line, "item": item, "area": area, "year": year}, row["amount"]

    def _group(self, role: str) -> str | None:
        return str(self.book.roles[role]["staff_group"]) if role in self.book.roles else None

    def _service(self, task: str) -> str | None:
        return str(self.book.tasks[task]["service"]) if task in self.book.tasks else None
