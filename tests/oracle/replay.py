"""An independent replay of a results folder: year by year from its decisions, without any optimiser.

`replay(folder)` takes the evidence from used/ and five tables' decisions (starts, work, patterns, outsourced, unmet),
recomputes everything else and lists every figure that disagrees by more than 1e-6, with both figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.oracle.evidence import Evidence
from tests.oracle.replay_policy import policy_differences
from tests.oracle.results import Difference, Key, Results, compare, differs

Figures = dict[Key, dict[str, float]]


def replay(folder: Path) -> list[Difference]:
    """Every disagreement between a results folder and its own decisions."""
    results = Results(Path(folder))
    evidence = Evidence(Path(folder) / "used" / "inputs", results.plan["scenarios"])
    year_by_year = Replay(evidence, results)
    return [
        *year_by_year.differences(),
        *year_by_year.total_differences(),
        *policy_differences(evidence, results),
    ]


class Replay:
    """The decisions of a plan, played through the years."""

    def __init__(self, evidence: Evidence, results: Results):
        self.evidence = evidence
        self.results = results
        self.broken: list[Difference] = []
        self.staff: Figures = {}
        for year in evidence.years:
            for area in evidence.areas:
                for role in evidence.roles:
                    self.staff[role, area, year] = self.people(role, area, year)

    def started(self, route: str, area: str, year: int) -> float:
        """Starts, decided or past."""
        if year < self.evidence.first:
            return self.evidence.past_starts(route, area, year)
        return self.results.tables["starts"][route, area, year]["starts"]

    def training(self, route: str, area: str, year: int, past_only: bool = False) -> float:
        """People in training; those who started before the first year alone, if asked."""
        years = self.evidence.duration(route)
        people = 0.0
        for begun in range(year - years + 1, year + 1):
            if begun < self.evidence.first or not past_only:
                people += self.started(route, area, begun) * self.evidence.completion(route, begun) ** (
                    (year - begun) / years
                )
        return people

    def joined(self, route: str, area: str, year: int, past_only: bool = False) -> float:
        """FTE who join an area from a route."""
        e, begun = self.evidence, year - self.evidence.duration(route)
        if not e.routes[route]["to_role"] or (past_only and begun >= e.first):
            return 0.0
        fte = e.completion(route, begun) * e.of_route(route, "fte_per_completer", 1.0)
        return sum(fte * e.destination(route, a, area) * self.started(route, a, begun) for a in e.areas)

    def moved(self, route: str, area: str, year: int) -> float:
        """FTE who leave the role a route draws on."""
        returns = self.evidence.routes[route].get("non_completers") == "return"
        begun = year - self.evidence.duration(route)
        return (self.evidence.completion(route, begun) if returns else 1.0) * self.started(route, area, begun)

    def people(self, role: str, area: str, year: int) -> dict[str, float]:
        """One role's balance in one year, from the year before, and its idle time."""
        e = self.evidence
        first = year == e.first
        before = e.staff_in_post(area, role) if first else self.staff[role, area, year - 1]["fte"]
        into = [route for route, row in e.routes.items() if row["to_role"] == role]
        out_of = [route for route, row in e.routes.items() if row["from_role"] == role]
        leavers = before * e.leaver_rate(area, role, year)
        joiners = sum(self.joined(route, area, year) for route in into)
        moved_out = sum(self.moved(route, area, year) for route in out_of)
        moved_on = sum(before * float(row["share"]) for row in e.rows("transitions") if row["from_role"] == role)
        arrived = 0.0
        for row in (row for row in e.rows("transitions") if row["to_role"] == role):
            other = row["from_role"]
            stock = e.staff_in_post(area, other) if first else self.staff[other, area, year - 1]["fte"]
            arrived += stock * float(row["share"]) * float(row.get("fte_per_mover") or 1)
        fte = before - leavers + joiners - moved_out - moved_on + arrived
        away = sum(self.training(route, area, year) for route in out_of)
        self.at_most("in training from the role", (role, area, year), away, fte)
        studying = sum(e.of_route(route, "study_release", 0.0) * self.training(route, area, year) for route in out_of)
        time = float(e.roles[role].get("available_share") or 1) * (fte - studying)
        time += sum(e.of_route(route, "trainee_work", 0.0) * self.training(route, area, year) for route in into)
        for route, row in e.routes.items():
            if row.get("supervisor_role", "") == role:
                time -= e.of_route(route, "supervisor_fte", 0.0) * self.training(route, area, year)
        patterns = self.results.tables["patterns"]
        on = {name: patterns[name, area, year]["fte"] for name, row in e.patterns.items() if row["role"] == role}
        self.at_most("on patterns", (role, area, year), sum(on.values()), fte)
        time += sum(fte_on * float(e.patterns[name]["extra_fte"]) for name, fte_on in on.items())
        worked = sum(
            row["fte"]
            for key, row in self.results.tables["work"].items()
            if key[::2] == (role, area) and key[3] == year
        )
        self.at_most("work", (role, area, year), worked, time)
        went = {"leavers": leavers, "moved_out": moved_out, "transitions_out": moved_on, "transitions_in": arrived}
        return {"fte": fte, "joiners": joiners, **went, "idle": time - worked}

    def at_most(self, what: str, keys: Key, level: float, bound: float) -> None:
        """Note a level above its bound."""
        if level > bound and differs(level, bound):
            self.broken.append(Difference("identity", keys, what, level, bound))

    # The tables

    def differences(self) -> list[Difference]:
        """Every table against the replay, and every identity that is broken."""
        tables = self.results.tables
        found = [*self.broken, *compare("staff", tables["staff"], self.staff)]
        for name in ("starts", "work", "patterns", "demand"):
            found += compare(name, tables[name], getattr(self, f"table_of_{name}")())
        spend = {key: row for key, row in self.table_of_spend().items() if key in tables["spend"] or any(row.values())}
        found += compare("spend", tables["spend"], spend)
        for name, figures in tables.items():
            for keys, row in figures.items():
                for column, value in row.items():
                    if value < -1e-6 and not column.startswith("price") and column != "received":
                        found.append(Difference(name, keys, column, value, 0.0))
        return found

    def table_of_starts(self) -> Figures:
        """starts.csv: commissions and people in training."""
        e = self.evidence
        return {
            (route, area, year): {
                "starts": self.started(route, area, year),
                "commissions": self.started(route, area, year) / e.fill_rate(route, year),
                "in_training": self.training(route, area, year),
            }
            for route in e.routes
            for area in e.areas
            for year in e.years
        }

    def table_of_work(self) -> Figures:
        """work.csv: units of the FTE at work, where the area has the task."""
        e, table = self.evidence, self.results.tables["work"]
        return {
            (role, task, area, year): {
                "units": table[role, task, area, year]["fte"] * e.units_per_fte(role, task, year)
            }
            for role, task in e.pairs
            for area in e.areas
            for year in e.years
            if e.has_demand(area, task)
        }

    def table_of_patterns(self) -> Figures:
        """patterns.csv: nothing is derived, but every row must be there."""
        e = self.evidence
        return {(pattern, area, year): {} for pattern in e.patterns for area in e.areas for year in e.years}

    def table_of_demand(self) -> Figures:
        """demand.csv: the volume, what waits, what staff do and what is left."""
        e, given, table = self.evidence, self.results.tables["demand"], {}
        units: dict[Key, float] = {}
        for key, row in self.table_of_work().items():
            units[key[1:]] = units.get(key[1:], 0.0) + row["units"]
        for task in e.tasks:
            for area in (area for area in e.areas if e.has_demand(area, task)):
                waiting = e.waiting_list(area, task)
                for year in e.years:
                    row = given[task, area, year]
                    volume = e.volume(area, task, year)
                    done = units[task, area, year]
                    unmet = volume + waiting - done - row["outsourced"] - row["received"]
                    self.at_most("given", (task, area, year), -row["received"], done)
                    expected = {"volume": volume, "waiting": waiting, "by_staff": done, "unmet": unmet}
                    table[task, area, year] = {**expected, "unmet_fte": row["unmet"] / e.yardstick(task)}
                    waiting = e.of_task(task, "returns", 0.0) * row["unmet"]
        shared = {(row["network"], row["task"]) for row in e.rows("networks")}
        for network, task in shared:
            mine = [r["area"] for r in e.rows("networks") if (r["network"], r["task"]) == (network, task)]
            for year in e.years:
                received = sum(given[task, area, year]["received"] for area in mine)
                if differs(received, 0.0):
                    self.broken.append(Difference("network", (network, task, year), "received", received, 0.0))
        lonely = {(r["area"], r["task"]) for r in e.rows("networks")}
        for (task, area, year), row in table.items():
            row["received"] = given[task, area, year]["received"] if (area, task) in lonely else 0.0
        return table

    def table_of_spend(self) -> Figures:
        """spend.csv: each cost row times what it is paid for, and the part that past starters cause."""
        e, table = self.evidence, {}
        for row in e.costs:
            for area in e.areas:
                for year in e.years:
                    if row["per"] == "outsourced-unit" and not e.has_demand(area, row["item"]):
                        continue
                    key = (row.get("budget", ""), row["line"], row["item"], area, year)
                    entry = table.setdefault(key, {"amount": 0.0, "committed": 0.0})
                    amount = e.amount(row, year)
                    entry["amount"] += amount * self.paid_for(row["per"], row["item"], area, year)
                    entry["committed"] += amount * self.owed_for(row["per"], row["item"], area, year)
        return table

    def paid_for(self, per: str, item: str, area: str, year: int) -> float:
        """The quantity that a cost row pays for."""
        tables, part = self.results.tables, self.evidence.first_year_part
        if per == "start":
            return self.started(item, area, year)
        if per == "trainee-year":
            return part * self.training(item, area, year) + (1 - part) * self.training(item, area, year - 1)
        if per == "joiner":
            return self.joined(item, area, year)
        if per == "pattern-fte-year":
            return tables["patterns"][item, area, year]["fte"]
        if per == "outsourced-unit":
            return tables["demand"][item, area, year]["outsourced"]
        column = {"fte-year": "fte", "idle-fte-year": "idle", "leaver": "leavers"}[per]
        return self.staff[item, area, year][column]

    def owed_for(self, per: str, item: str, area: str, year: int) -> float:
        """The part of it owed to people who started before the first year."""
        part = self.evidence.first_year_part
        if per == "trainee-year":
            now, before = (self.training(item, area, when, past_only=True) for when in (year, year - 1))
            return part * now + (1 - part) * before
        return self.joined(item, area, year, past_only=True) if per == "joiner" else 0.0

    def total_differences(self) -> list[Difference]:
        """The totals of plan.json, over the reported years."""
        e, plan, reported = self.evidence, self.results.plan, set(self.evidence.reported)
        spend = self.table_of_spend()
        cost = {
            "undiscounted": sum(row["amount"] for key, row in spend.items() if key[-1] in reported),
            "discounted": sum(row["amount"] * e.discount(key[-1]) for key, row in spend.items() if key[-1] in reported),
        }
        demand = self.table_of_demand()
        unmet = sum(row["unmet"] / e.yardstick(key[0]) for key, row in demand.items() if key[-1] in reported)
        found = compare("plan.json", {("cost",): plan["cost"]}, {("cost",): cost})
        if differs(plan["unmet_fte_years"], unmet):
            found.append(Difference("plan.json", (), "unmet_fte_years", plan["unmet_fte_years"], unmet))
        return found


if __name__ == "__main__":
    for difference in replay(Path(sys.argv[1])):
        sys.stdout.write(f"{difference}\n")
