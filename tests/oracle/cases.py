"""Small random, well-formed cases: an inputs folder and a constraints file from any source of chance.

`make_case(rng)` takes a `random.Random` (a seeded one, or Hypothesis' `st.randoms(use_true_random=False)`) and
returns a plain `Case`; `write_case(case, folder)` writes it. Most cases have a plan.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Rows = list[dict[str, Any]]


@dataclass
class Case:
    """One case as data: settings, tables by name, constraint files by name (`option.yaml` is the one to solve)."""

    settings: dict[str, Any]
    tables: dict[str, Rows]
    constraints: dict[str, dict[str, Any]] = field(default_factory=dict)
    scenarios: list[str] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """The modelled years."""
        last = self.settings["last_year"] + self.settings.get("run_out_years", 0)
        return list(range(self.settings["first_year"], last + 1))

    @property
    def areas(self) -> list[str]:
        """The areas' codes."""
        return [row["area"] for row in self.tables.get("areas", [])] or ["all"]


class WithoutAliases(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes every value out, also where two entries share one; in C where it can, as tracing makes the rest slow."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never an anchor."""
        return True


def make_case(rng: random.Random, size: int = 1) -> Case:
    """One random case, evidence and option; `size` multiplies how many of everything there may be."""
    from tests.oracle.more_rules import add_more
    from tests.oracle.options import make_option

    case = make_evidence(rng, size)
    make_option(rng, case)
    add_more(rng, case)
    for option in case.constraints.values() if size > 1 else ():
        option.pop("whole_numbers", None)  # Bigger cases in whole numbers take minutes.
        option.pop("cohorts", None)
    return case


def write_case(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write the case; returns the inputs folder and the constraints file to solve."""
    inputs, constraints = folder / "inputs", folder / "constraints"
    inputs.mkdir(parents=True, exist_ok=True)
    constraints.mkdir(exist_ok=True)
    (inputs / "settings.yaml").write_text(yaml.dump(case.settings, Dumper=WithoutAliases, sort_keys=False))
    for table, rows in case.tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (inputs / f"{table}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    for name, content in case.constraints.items():
        (constraints / name).write_text(yaml.dump(content, Dumper=WithoutAliases, sort_keys=False))
    return inputs, constraints / "option.yaml"


def between(rng: random.Random, low: float, high: float, digits: int = 2) -> float:
    """A number with few digits."""
    return round(low + (high - low) * rng.randint(0, 1000) / 1000, digits)


def chance(rng: random.Random, share: float) -> bool:
    """True in that share of cases."""
    return rng.randint(1, 1000) <= 1000 * share


def make_evidence(rng: random.Random, size: int) -> Case:
    """Evidence of one to three areas, two to four roles, two to six routes, two or three tasks."""
    from tests.oracle.case_costs import make_costs, make_scenarios

    years = rng.randint(3, 5 * size)
    settings: dict[str, Any] = {"title": "Random case", "first_year": 2026, "last_year": 2025 + years}
    settings["run_out_years"] = rng.choice([0, 0, 1, 2])
    settings["discount_rate"] = rng.choice([0, 0.035, 0.1])
    if chance(rng, 0.4):
        settings["first_year_part"] = between(rng, 0.2, 1)
    settings["price_year"] = 2024
    settings["inflation"] = {2024: 0.03, 2027: 0.02} if chance(rng, 0.5) else 0.025
    case = Case(settings, {})
    if chance(rng, 0.7):
        regions = ["north", "south", "north"] * size
        case.tables["areas"] = [
            {"area": f"a{n}", "title": f"Area {n}", "region": regions[n]} for n in range(rng.randint(1, 3 * size))
        ]
    make_roles(rng, case, size)
    make_work(rng, case, size)
    make_routes(rng, case, size)
    make_costs(rng, case)
    make_scenarios(rng, case)
    return case


def make_roles(rng: random.Random, case: Case, size: int) -> None:
    """Roles, their staff, and years in which more leave."""
    roles = [f"r{n}" for n in range(rng.randint(2, 4 * size))]
    case.tables["roles"] = [
        {
            "role": role,
            "title": role,
            "staff_group": rng.choice(["g1", "g2"]),
            "leaver_rate": between(rng, 0, 0.2),
            "available_share": rng.choice(["", 0.8, 0.95]),
        }
        for role in roles
    ]
    case.tables["staff_in_post"] = [
        {"area": area, "role": role, "fte": between(rng, 20, 200, 1) if n < 2 or chance(rng, 0.6) else 0}
        for area in case.areas
        for n, role in enumerate(roles)
    ]
    if chance(rng, 0.4):
        rows = [{"area": "", "role": roles[0], "year": 2027, "leaver_rate": between(rng, 0.1, 0.3)}]
        if chance(rng, 0.5):
            rows.append({"area": case.areas[-1], "role": roles[0], "year": 2027, "leaver_rate": between(rng, 0, 0.2)})
        if chance(rng, 0.5):
            rows.append({"area": case.areas[0], "role": roles[1], "year": 2028, "leaver_rate": 0.25})
        case.tables["leavers"] = rows
    if chance(rng, 0.4):
        case.tables["patterns"] = [
            {"pattern": f"p{n}", "title": f"Pattern {n}", "role": roles[n], "extra_fte": rng.choice([0.1, 0.25, -0.5])}
            for n in range(rng.randint(1, 2))
        ]


def make_work(rng: random.Random, case: Case, size: int) -> None:
    """Tasks, who can do them, demand by paths and by patients, and what waits."""
    roles = [row["role"] for row in case.tables["roles"]]
    tasks = [f"t{n}" for n in range(rng.randint(2, 3 * size))]
    case.tables["tasks"] = [
        {
            "task": task,
            "title": task,
            "unit": "units",
            "service": rng.choice(["s1", "s2"]),
            "priority": rng.choice(["", 1, 2, 0.5]),
            "returns": rng.choice(["", 0, 0.5, 0.9]),
        }
        for task in tasks
    ]
    pairs = {(rng.choice(roles[:2]), task) for task in tasks}
    pairs |= {(role, task) for role in roles for task in tasks if chance(rng, 0.35)}
    case.tables["productivity"] = [
        {
            "role": role,
            "task": task,
            "units_per_fte": between(rng, 5, 40, 0),
            "growth": rng.choice(["", 0.01, -0.02]),
            "current_share": between(rng, 0, 0.5),
        }
        for role, task in sorted(pairs)
    ]
    demand: Rows = []
    waiting: Rows = []
    for n, area in enumerate(case.areas):
        for task in tasks:
            if n and chance(rng, 0.15):
                continue
            demand += demand_rows(rng, area, task, between(rng, 200, 2500, 0))
            if chance(rng, 0.3):
                waiting.append({"area": area, "task": task, "volume": between(rng, 10, 200, 0)})
    case.tables["demand"] = demand
    if waiting:
        case.tables["waiting_list"] = waiting
    if chance(rng, 0.4):
        make_patients(rng, case, tasks)


def demand_rows(rng: random.Random, area: str, task: str, volume: float) -> Rows:
    """A path that may start early, change its growth, be set anew, or be nothing for a year."""
    rows = [{"area": area, "task": task, "year": rng.choice([2026, 2026, 2025]), "volume": volume}]
    rows[0]["growth"] = rng.choice(["", 0.03, 0.1, -0.02])
    if chance(rng, 0.4):
        new = rng.choice(["", round(volume * 1.1), 0 if chance(rng, 0.2) else ""])
        rows.append({"area": area, "task": task, "year": 2028, "volume": new, "growth": rng.choice(["", 0.05])})
    return rows


def make_patients(rng: random.Random, case: Case, tasks: list[str]) -> None:
    """Groups of patients whose care adds to demand."""
    groups = ["h1", "h2"][: rng.randint(1, 2)]
    patients: Rows = []
    for area in case.areas:
        for group in groups:
            for row in demand_rows(rng, area, group, between(rng, 50, 300, 0)):
                task, volume = row.pop("task"), row.pop("volume")
                patients.append(
                    {"area": area, "group": task, "year": row["year"], "number": volume, "growth": row["growth"]}
                )
    case.tables["patients"] = patients
    case.tables["care"] = [
        {
            "group": group,
            "task": rng.choice(tasks),
            "units_per_patient": between(rng, 0.5, 3, 1),
            "growth": rng.choice(["", 0.02]),
        }
        for group in groups
    ]


def make_routes(rng: random.Random, case: Case, size: int) -> None:
    """Routes of every kind, with what training takes and gives, intakes already made, and where people go."""
    roles = [row["role"] for row in case.tables["roles"]]
    routes = []
    for n in range(rng.randint(2, 6 * size)):
        routes.append(
            make_route(rng, f"q{n}", rng.choice(["training", "training", "upskilling", "recruitment", "exit"]), roles)
        )
    case.tables["routes"] = routes
    past: Rows = []
    destinations: Rows = []
    for route in routes:
        for area in case.areas:
            if chance(rng, 0.5):
                for back in range(1, max(1, route["years"]) + 1):
                    past.append(
                        {"route": route["route"], "area": area, "year": 2026 - back, "starts": rng.randint(0, 5)}
                    )
            if len(case.areas) > 1 and route["to_role"] and chance(rng, 0.25):
                share = between(rng, 0, 1)
                other = rng.choice([a for a in case.areas if a != area])
                for to_area, part in ((area, share), (other, round(1 - share, 2))):
                    destinations.append({"route": route["route"], "area": area, "to_area": to_area, "share": part})
    if past:
        case.tables["past_starts"] = past
    if destinations:
        case.tables["destinations"] = destinations


def make_route(rng: random.Random, name: str, kind: str, roles: list[str]) -> dict[str, Any]:
    """One route of a kind."""
    to_role = rng.choice(roles)
    route: dict[str, Any] = {"route": name, "title": name, "kind": kind, "from_role": "", "to_role": to_role}
    route["years"] = rng.randint(0, 3) if kind in ("training", "upskilling") else rng.choice([0, 0, 0, 1])
    route["completion"] = rng.choice(["", 1, 0.9, 0.75])
    route["fte_per_completer"] = rng.choice(["", 0.8])
    route["fill_rate"] = rng.choice(["", 0.9, 0.5])
    if kind == "upskilling":
        route["from_role"] = rng.choice([role for role in roles if role != to_role])
    if kind == "exit":
        route["from_role"], route["to_role"] = to_role, ""
    route["non_completers"] = rng.choice(["return", "leave"]) if route["from_role"] else ""
    if route["years"]:
        if route["from_role"]:
            route["study_release"] = rng.choice(["", 0.2, 0.5])
        if route["to_role"]:
            route["trainee_work"] = rng.choice(["", 0.3])
        if chance(rng, 0.4):
            route["supervisor_role"] = rng.choice(roles)
            route["supervisor_fte"] = rng.choice([0.05, 0.2])
    return route
