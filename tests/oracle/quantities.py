"""Every decision and derived quantity of section 3 as a plain sum {variable: coefficient}."""

from __future__ import annotations

from typing import Any

from tests.oracle.evidence import Evidence
from tests.oracle.values import number

Variable = tuple[Any, ...]
Sum = dict[Variable, float]
ONE: Variable = ("one",)
"""The constant's place in a sum."""
Cell = tuple[dict[str, Any], Sum]
"""One cell of a quantity: its labels (area, region, year, route …) and what it is."""


def plus(*terms: tuple[float, Sum]) -> Sum:
    """The sum of multiples of sums."""
    total: Sum = {}
    for factor, term in terms:
        for variable, coefficient in term.items():
            total[variable] = total.get(variable, 0.0) + factor * coefficient
    return total


def known(amount: float) -> Sum:
    """A number that nobody decides."""
    return {ONE: amount}


class Quantities:
    """The quantities of one evidence; each method speaks of one area and year."""

    def __init__(self, evidence: Evidence):
        self.evidence = evidence

    # Routes

    def starts(self, route: str, area: str, year: int) -> Sum:
        """People who start; known before the first year."""
        if year < self.evidence.first:
            return known(self.evidence.past_starts(route, area, year))
        return {("starts", route, area, year): 1.0}

    def in_training(self, route: str, area: str, year: int) -> Sum:
        """People in training during the year, those who will not complete dropping away evenly."""
        years = self.evidence.duration(route)
        kept = [self.evidence.completion(route, year - j) ** (j / years) for j in range(years)]
        return plus(*[(kept[j], self.starts(route, area, year - j)) for j in range(years)])

    def joiners(self, route: str, area: str, year: int) -> Sum:
        """FTE who join the staff of an area, wherever they trained."""
        e = self.evidence
        if not e.routes[route]["to_role"]:
            return {}
        began = year - e.duration(route)
        each = e.completion(route, began) * e.of_route(route, "fte_per_completer", 1.0)
        return plus(
            *[(each * e.destination(route, origin, area), self.starts(route, origin, began)) for origin in e.areas]
        )

    def moved_out(self, route: str, area: str, year: int) -> Sum:
        """FTE who leave the route's from_role for good when the training ends."""
        e = self.evidence
        returning = e.routes[route].get("non_completers") == "return"
        share = e.completion(route, year - e.duration(route)) if returning else 1.0
        return plus((share, self.starts(route, area, year - e.duration(route))))

    # Staff and their time

    def staff(self, role: str, area: str, year: int) -> Sum:
        """FTE in post; known before the first year."""
        if year < self.evidence.first:
            return known(self.evidence.staff_in_post(area, role))
        return {("staff", role, area, year): 1.0}

    def leavers(self, role: str, area: str, year: int) -> Sum:
        """FTE who leave at the start of the year, of those in post the year before."""
        return plus((self.evidence.leaver_rate(area, role, year), self.staff(role, area, year - 1)))

    def transitions_out(self, role: str, area: str, year: int) -> list[Sum]:
        """FTE who become something else, by the passing of a year, for each row of the table."""
        rows = self.evidence.rows("transitions")
        before = self.staff(role, area, year - 1)
        return [plus((number(row["share"]), before)) for row in rows if row["from_role"] == role]

    def transitions_in(self, role: str, area: str, year: int) -> list[Sum]:
        """FTE whom other roles become: the same movers, at so much FTE each."""
        won = []
        for row in self.evidence.rows("transitions"):
            if row["to_role"] == role:
                each = number(row["share"]) * number(row.get("fte_per_mover"), 1.0)
                won.append(plus((each, self.staff(row["from_role"], area, year - 1))))
        return won

    def activity(self, role: str, task: str, area: str, year: int) -> Sum:
        """Units the role does."""
        return {("work", role, task, area, year): self.evidence.units_per_fte(role, task, year)}

    def received(self, task: str, area: str, year: int) -> Sum:
        """Units other areas do for this one less those it does for them: the difference of two decisions."""
        if any((row["area"], row["task"]) == (area, task) for row in self.evidence.rows("networks")):
            return {("taken", task, area, year): 1.0, ("given", task, area, year): -1.0}
        return {}

    def able(self, task: str) -> list[str]:
        """The roles that can do a task."""
        return [role for role, done in self.evidence.pairs if done == task]

    def routes_with(self, column: str, role: str) -> list[str]:
        """The routes that name the role in a column."""
        return [route for route, row in self.evidence.routes.items() if row.get(column, "") == role]

    # Money

    def trainee_years(self, route: str, area: str, year: int) -> Sum:
        """What a trainee-year cost is paid for in a financial year."""
        part = self.evidence.first_year_part
        return plus((part, self.in_training(route, area, year)), (1 - part, self.in_training(route, area, year - 1)))

    def paid_for(self, per: str, item: str, area: str, year: int) -> Sum:
        """The quantity a cost row is paid for."""
        e = self.evidence
        if per == "start":
            return self.starts(item, area, year)
        if per == "trainee-year":
            return self.trainee_years(item, area, year)
        if per == "joiner":
            return self.joiners(item, area, year)
        if per == "fte-year":
            return self.staff(item, area, year)
        if per == "idle-fte-year":
            return {("idle", item, area, year): 1.0}
        if per == "leaver":
            return self.leavers(item, area, year)
        if per == "pattern-fte-year":
            return {("pattern", item, area, year): 1.0}
        if per == "outsourced-unit":
            return {("outsourced", item, area, year): 1.0} if e.has_demand(area, item) else {}
        raise ValueError(per)

    # Every cell of a quantity, with its labels

    def cells(self, quantity: str) -> list[Cell]:
        """The whole quantity over areas and modelled years."""
        places = [
            {"area": area, "region": self.evidence.regions[area], "year": year}
            for area in self.evidence.areas
            for year in self.evidence.years
        ]
        return [cell for place in places for cell in self._cells_at(quantity, place)]

    def _cells_at(self, quantity: str, at: dict[str, Any]) -> list[Cell]:
        area, year = at["area"], at["year"]
        if quantity in ("starts", "in_training", "joiners"):
            return self._route_cells(quantity, at)
        if quantity in ("staff", "leavers", "idle"):
            one = {"staff": self.staff, "leavers": self.leavers, "idle": _idle}[quantity]
            return [({**at, **self._role(role)}, one(role, area, year)) for role in self.evidence.roles]
        if quantity in ("work", "activity"):
            return self._work_cells(quantity, at)
        if quantity == "pattern":
            return [
                ({**at, "pattern": name, "role": row["role"]}, {("pattern", name, area, year): 1.0})
                for name, row in self.evidence.patterns.items()
            ]
        if quantity == "spend":
            return self._spend_cells(at)
        return self._task_cells(quantity, at)

    def _route_cells(self, quantity: str, at: dict[str, Any]) -> list[Cell]:
        one = {"starts": self.starts, "in_training": self.in_training, "joiners": self.joiners}[quantity]
        cells = []
        for route, row in self.evidence.routes.items():
            if quantity == "joiners" and not row["to_role"]:
                continue
            labels = {"route": route, "kind": row["kind"], "from_role": row["from_role"], "role": row["to_role"]}
            cells.append(({**at, **labels}, one(route, at["area"], at["year"])))
        return cells

    def _work_cells(self, quantity: str, at: dict[str, Any]) -> list[Cell]:
        cells = []
        for role, task in self.evidence.pairs:
            if self.evidence.has_demand(at["area"], task):
                done = self.activity(role, task, at["area"], at["year"])
                value = done if quantity == "activity" else dict.fromkeys(done, 1.0)
                cells.append(({**at, **self._role(role), **self._task(task)}, value))
        return cells

    def _task_cells(self, quantity: str, at: dict[str, Any]) -> list[Cell]:
        cells = []
        bought = {row["item"] for row in self.evidence.costs if row["per"] == "outsourced-unit"}
        for task in self.evidence.tasks:
            area, year = at["area"], at["year"]
            if not self.evidence.has_demand(area, task) or (quantity == "outsourced" and task not in bought):
                continue
            if quantity == "received":
                moved = self.received(task, area, year)
                cells += [({**at, **self._task(task)}, moved)] if moved else []
                continue
            value = (
                known(self.evidence.volume(area, task, year))
                if quantity == "demand"
                else {(quantity, task, area, year): 1.0}
            )
            cells.append(({**at, **self._task(task)}, value))
        return cells

    def _spend_cells(self, at: dict[str, Any]) -> list[Cell]:
        cells = []
        for row in self.evidence.costs:
            labels = {"budget": row.get("budget", ""), "line": row["line"], "item": row["item"]}
            amount = self.evidence.amount(row, at["year"])
            bought = self.paid_for(row["per"], row["item"], at["area"], at["year"])
            if bought or row["per"] != "outsourced-unit":
                cells.append(({**at, **labels}, plus((amount, bought))))
        return cells

    def _role(self, role: str) -> dict[str, str]:
        return {"role": role, "staff_group": self.evidence.roles[role].get("staff_group", "")}

    def _task(self, task: str) -> dict[str, str]:
        return {"task": task, "service": self.evidence.tasks[task].get("service", "")}


def _idle(role: str, area: str, year: int) -> Sum:
    return {("idle", role, area, year): 1.0}


def selected(cells: list[Cell], where: dict[str, Any] | None) -> list[Cell]:
    """The cells whose labels are among the wanted ones."""
    wanted = {key: value if isinstance(value, list) else [value] for key, value in (where or {}).items()}
    return [cell for cell in cells if all(cell[0][key] in values for key, values in wanted.items())]


def total(cells: list[Cell]) -> Sum:
    """All cells together."""
    return plus(*[(1.0, value) for _, value in cells])
