"""A seeded body of evidence and one option of any size, in the contract's own files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FIRST_YEAR = 2026
_DURATIONS = (5, 3, 1, 0, 3, 2)


@dataclass(frozen=True)
class Size:
    """How large a case is; years include five of run-out."""

    areas: int
    roles: int
    routes: int
    tasks: int
    years: int


NATIONAL = Size(areas=42, roles=30, routes=40, tasks=40, years=25)


def write_case(folder: Path, size: Size, seed: int = 1) -> tuple[Path, Path]:
    """Write inputs and one option with coupling budgets and national places; returns both paths.

    Areas are of unequal size (a factor of about ten from the smallest to the largest). Demand starts a tenth
    above what staff can do and grows faster than they do, so that money, places and time all bind somewhere.
    """
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    _Case(size, np.random.default_rng(seed), inputs).write()
    option = folder / "option.yaml"
    option.write_text(_option(size), encoding="utf-8")
    return inputs, option


class _Case:
    def __init__(self, size: Size, chance: np.random.Generator, folder: Path) -> None:
        self.size, self.folder = size, folder
        self.weight = np.sort(chance.lognormal(0.0, 0.6, size.areas))
        self.weight /= self.weight.mean()
        self.staff = np.round(np.outer(self.weight, chance.uniform(20, 300, size.roles)), 1)
        self.rate = np.round(chance.uniform(100, 3000, (size.roles, size.tasks)), 0)
        self.growth = np.round(chance.uniform(0.01, 0.06, size.tasks), 3)

    def write(self) -> None:
        """Write every table of the inputs folder."""
        (self.folder / "settings.yaml").write_text(
            f"title: A case of {self.size.areas} areas\nfirst_year: {FIRST_YEAR}\n"
            f"last_year: {FIRST_YEAR + self.size.years - 6}\n"
            f"run_out_years: 5\ndiscount_rate: 0.035\n"
            f"price_year: {FIRST_YEAR}\ninflation: 0.02\nfirst_year_part: 0.5833333333333334\n",
            encoding="utf-8",
        )
        self._areas_and_staff()
        self._routes()
        self._work()
        self._costs()

    def _areas_and_staff(self) -> None:
        areas, roles = self.areas, self.roles
        self._table("areas", "area,title", ([a, f"Area {a}"] for a in areas))
        self._table("roles", "role,title,leaver_rate,available_share", ([r, r, 0.05, 0.9] for r in roles))
        self._table(
            "staff_in_post",
            "area,role,fte",
            ([a, r, self.staff[i, j]] for i, a in enumerate(areas) for j, r in enumerate(roles)),
        )

    def _routes(self) -> None:
        rows, past = [], []
        for k in range(self.size.routes):
            years, role = _DURATIONS[k % len(_DURATIONS)], k % self.size.roles
            feeder = (role + 1) % self.size.roles if k % 5 == 2 else None
            rows.append(
                [f"route{k:02}", "upskilling" if feeder is not None else "training", _code("role", feeder),
                 _code("role", role), years, 0.9, "return" if feeder is not None else "",
                 _code("role", role) if years else "", 0.02 if years else ""]
            )  # fmt: skip
            for i, area in enumerate(self.areas):
                pool = self.staff[i, role] if feeder is None else min(self.staff[i, role], self.staff[i, feeder])
                intake = round(pool * 0.04)
                past += [[f"route{k:02}", area, FIRST_YEAR - 1 - j, intake] for j in range(max(1, years))]
        header = "route,kind,from_role,to_role,years,completion,non_completers,supervisor_role,supervisor_fte"
        self._table("routes", header, rows)
        self._table("past_starts", "route,area,year,starts", past)

    def _work(self) -> None:
        pairs = [(j, t) for t in range(self.size.tasks) for j in self._able(t)]
        self._table(
            "productivity",
            "role,task,units_per_fte,current_share",
            ([self.roles[j], self.tasks[t], self.rate[j, t], 0.5] for j, t in pairs),
        )
        self._table(
            "tasks",
            "task,title,unit,service,priority",
            ([t, t, "units", f"service{i % 6}", 1] for i, t in enumerate(self.tasks)),
        )
        load = np.bincount([j for j, _ in pairs], minlength=self.size.roles)
        rows = []
        for i, area in enumerate(self.areas):
            for t, task in enumerate(self.tasks):
                able = sum(0.9 * self.staff[i, j] / load[j] * self.rate[j, t] for j in self._able(t))
                rows.append([area, task, FIRST_YEAR, round(1.1 * able), self.growth[t]])
        self._table("demand", "area,task,year,volume,growth", rows)

    def _costs(self) -> None:
        rows: list[list[Any]] = []
        for k in range(self.size.routes):
            years = _DURATIONS[k % len(_DURATIONS)]
            rows.append([f"route{k:02}", "courses", "trainee-year" if years else "start", 10_000, "training"])
        rows += [[role, "salaries", "fte-year", 60_000, "pay"] for role in self.roles]
        rows += [[task, "outsourcing", "outsourced-unit", 60, "outsourcing"] for task in self.tasks[::4]]
        self._table("costs", "item,line,per,amount,budget", rows)

    @property
    def areas(self) -> list[str]:
        return [f"area{i:02}" for i in range(self.size.areas)]

    @property
    def roles(self) -> list[str]:
        return [f"role{i:02}" for i in range(self.size.roles)]

    @property
    def tasks(self) -> list[str]:
        return [f"task{i:02}" for i in range(self.size.tasks)]

    def _able(self, task: int) -> Sequence[int]:
        first = task % self.size.roles
        return sorted({first, (first + 3) % self.size.roles})

    def _table(self, name: str, header: str, rows: Iterable[Sequence[Any]]) -> None:
        with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header.split(","))
            writer.writerows(rows)


def _code(kind: str, place: int | None) -> str:
    return "" if place is None else f"{kind}{place:02}"


def _option(size: Size) -> str:
    routes = ", ".join(f"route{k:02}" for k in range(size.routes))
    tasks = ", ".join(f"task{t:02}" for t in range(0, size.tasks, 4))
    places = 30 * size.areas
    budget = 2.4e5 * size.areas * size.routes
    return f"""title: A made-up settlement
demand:
  tiers: [{{up_to: 0.05, weight: 1}}, {{up_to: 0.15, weight: 2}}, {{weight: 4}}]
budgets:
  - {{budget: training, limit: {budget:.0f}, carry_forward: 0.05, prices: cash}}
  - {{budget: outsourcing, total: {2e6 * size.areas:.0f}}}
training_capacity:
  - {{route: [{routes}], places: {places}}}
outsourcing:
  - {{task: [{tasks}], max_share: 0.1}}
pace:
  - {{route: [{routes}], max_increase: 0.2, max_decrease: 0.2, seed: 5}}
"""
