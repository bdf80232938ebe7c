"""The linear programme of section 3 as dictionaries, and its priorities solved one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.oracle.breaking import loosened, may_break
from tests.oracle.evidence import Evidence
from tests.oracle.families import Ease, Families, Row
from tests.oracle.policy import read_policy
from tests.oracle.quantities import Quantities, Sum, Variable, known, plus, selected, total
from tests.oracle.solver import Found, minimise
from tests.oracle.steady import change, change_rows
from tests.oracle.values import number


@dataclass(frozen=True)
class Answer:
    """What the oracle found: `values` has one number per priority, in order; `found` every variable."""

    status: str
    values: dict[str, float]
    found: dict[Variable, float]
    rows: list[Row]


class Programme:
    """All rows and objectives of one evidence and policy."""

    def __init__(self, evidence: Evidence, policy: dict[str, Any], ease: Ease | None = None):
        self.evidence = evidence
        self.policy = policy
        self.quantities = Quantities(evidence)
        self.families = Families(evidence, policy, ease)
        self.demand: dict[str, Any] = policy.get("demand") or {}

    def rows(self) -> list[Row]:
        """Identities first, then tiers, then policy."""
        own = [*self.staff(), *self.time(), *self.room(), *self.demand_met(), *self.networks(), *self.slices()]
        return [*own, *change_rows(self.quantities, self.policy), *self.families.rows()]

    def identity(self, name: str, keys: dict[str, Any], sense: str, level: Sum, bound: Sum) -> Row:
        """A row nobody may negotiate."""
        return Row("identity", name, "", keys, sense, level, bound)

    def staff(self) -> list[Row]:
        """staff[t] = staff[t−1] − leavers[t] − transitions out + transitions in + joiners − moves out."""
        q, rows = self.quantities, []
        for area, year in self.families.everywhere():
            for role in self.evidence.roles:
                after = plus(
                    (1.0, q.staff(role, area, year - 1)),
                    (-1.0, q.leavers(role, area, year)),
                    *[(-1.0, lost) for lost in q.transitions_out(role, area, year)],
                    *[(1.0, won) for won in q.transitions_in(role, area, year)],
                    *[(1.0, q.joiners(route, area, year)) for route in q.routes_with("to_role", role)],
                    *[(-1.0, q.moved_out(route, area, year)) for route in q.routes_with("from_role", role)],
                )
                keys = {"role": role, "area": area, "year": year}
                rows.append(self.identity("staff", keys, "exactly", q.staff(role, area, year), after))
        return rows

    def time(self) -> list[Row]:
        """Σ work + idle = the available time of the role."""
        q, e, rows = self.quantities, self.evidence, []
        for area, year in self.families.everywhere():
            for role, given in e.roles.items():
                share = number(given.get("available_share"), 1.0)
                spent: Sum = {("idle", role, area, year): 1.0}
                for able, task in e.pairs:
                    if able == role and e.has_demand(area, task):
                        spent[("work", role, task, area, year)] = 1.0
                time = plus((share, q.staff(role, area, year)), *self.training_time(role, share, area, year))
                for pattern, worked in e.patterns.items():
                    if worked["role"] == role:
                        time = plus((1.0, time), (number(worked["extra_fte"]), {("pattern", pattern, area, year): 1.0}))
                rows.append(self.identity("time", {"role": role, "area": area, "year": year}, "exactly", spent, time))
        return rows

    def training_time(self, role: str, share: float, area: str, year: int) -> list[tuple[float, Sum]]:
        """What training takes from the role's time and gives to it."""
        q, e = self.quantities, self.evidence
        terms = []
        for route in q.routes_with("from_role", role):
            terms.append((-share * e.of_route(route, "study_release", 0.0), q.in_training(route, area, year)))
        for route in q.routes_with("to_role", role):
            terms.append((e.of_route(route, "trainee_work", 0.0), q.in_training(route, area, year)))
        for route in q.routes_with("supervisor_role", role):
            terms.append((-e.of_route(route, "supervisor_fte", 0.0), q.in_training(route, area, year)))
        return terms

    def room(self) -> list[Row]:
        """Patterns of a role, and trainees from it, are at most its staff."""
        q, e, rows = self.quantities, self.evidence, []
        for area, year in self.families.everywhere():
            for role in e.roles:
                keys = {"role": role, "area": area, "year": year}
                on: Sum = {("pattern", p, area, year): 1.0 for p, row in e.patterns.items() if row["role"] == role}
                away = plus(*[(1.0, q.in_training(route, area, year)) for route in q.routes_with("from_role", role)])
                for name, level in (("patterns", on), ("released", away)):
                    if level:
                        rows.append(self.identity(name, keys, "at_most", level, q.staff(role, area, year)))
        return rows

    def networks(self) -> list[Row]:
        """Σ received over the areas of a network = 0, and −received ≤ what the area's own staff do."""
        q, e, rows = self.quantities, self.evidence, []
        shared: dict[tuple[str, str], list[str]] = {}
        for row in e.rows("networks"):
            shared.setdefault((row["network"], row["task"]), []).append(row["area"])
        for (network, task), areas in shared.items():
            for year in e.years:
                whole = plus(*[(1.0, q.received(task, area, year)) for area in areas])
                keys = {"network": network, "task": task, "year": year}
                rows.append(self.identity("network", keys, "exactly", whole, known(0.0)))
                for area in areas:
                    given = plus((-1.0, q.received(task, area, year)))
                    done = plus(*[(1.0, q.activity(role, task, area, year)) for role in q.able(task)])
                    rows.append(self.identity("given", {**keys, "area": area}, "at_most", given, done))
        return rows

    def demand_met(self) -> list[Row]:
        """Σ activity + outsourced + unmet = volume + what comes back from last year."""
        q, e, rows = self.quantities, self.evidence, []
        bought = {row["item"] for row in e.costs if row["per"] == "outsourced-unit"}
        for task in e.tasks:
            for area, year, volume in self.families.with_demand(task):
                done = plus(*[(1.0, q.activity(role, task, area, year)) for role in q.able(task)])
                done[("unmet", task, area, year)] = 1.0
                done = plus((1.0, done), (1.0, q.received(task, area, year)))
                if task in bought:
                    done[("outsourced", task, area, year)] = 1.0
                back = (
                    known(e.waiting_list(area, task))
                    if year == e.first
                    else {("unmet", task, area, year - 1): e.of_task(task, "returns", 0.0)}
                )
                keys = {"task": task, "area": area, "year": year}
                rows.append(self.identity("demand", keys, "exactly", done, plus((1.0, known(volume)), (1.0, back))))
        return rows

    def slices(self) -> list[Row]:
        """unmet = Σ slices, each at most its part of the volume."""
        rows = []
        for task in self.evidence.tasks:
            for area, year, volume in self.families.with_demand(task):
                keys = {"task": task, "area": area, "year": year}
                pieces: Sum = {}
                below = 0.0
                for place, tier in enumerate(self.tiers()):
                    piece = ("slice", place, task, area, year)
                    pieces[piece] = 1.0
                    if "up_to" in tier:
                        most = (number(tier["up_to"]) - below) * volume
                        below = number(tier["up_to"])
                        rows.append(self.identity("slice", keys, "at_most", {piece: 1.0}, known(most)))
                rows.append(self.identity("slices", keys, "exactly", pieces, {("unmet", task, area, year): 1.0}))
        return rows

    def tiers(self) -> list[dict[str, Any]]:
        """The slices of shortage; one open one where the policy names none."""
        return self.demand.get("tiers") or [{"weight": 1}]

    # Priorities

    def weighted_unmet(self, as_cost: bool) -> Sum:
        """Σ tier weight × task priority × unmet ÷ yardstick, discounted like a cost or at shortage's own rate."""
        e, parts = self.evidence, []
        for task in e.tasks:
            for area, year, _ in self.families.with_demand(task):
                for place, tier in enumerate(self.tiers()):
                    weight = number(tier["weight"]) * e.of_task(task, "priority", 1.0) / e.yardstick(task)
                    weight *= e.discount(year) if as_cost else e.unmet_discount(year)
                    parts.append((weight, {("slice", place, task, area, year): 1.0}))
        return plus(*parts)

    def cost(self) -> Sum:
        """Σ discounted spend."""
        return plus(
            *[(self.evidence.discount(labels["year"]), spend) for labels, spend in self.quantities.cells("spend")]
        )

    def priorities(self) -> dict[str, Sum]:
        """Every priority by name, in order; changes of intakes weigh in the first."""
        first, *later = self.plain_priorities().items()
        return {first[0]: plus((1.0, first[1]), (1.0, change(self.quantities, self.policy))), **dict(later)}

    def plain_priorities(self) -> dict[str, Sum]:
        """Every priority by name, in order, without changes of intakes."""
        if self.demand.get("unmet") == "priced":
            price = number(self.demand["price_per_fte"])
            return {"cost": plus((1.0, self.cost()), (price, self.weighted_unmet(as_cost=True)))}
        result: dict[str, Sum] = {}
        wanted_ones = self.policy.get("priorities") or ["unmet", "cost"]
        taken = [wanted for wanted in wanted_ones if isinstance(wanted, str)]
        for wanted in wanted_ones:
            if isinstance(wanted, str):
                result[wanted] = self.weighted_unmet(as_cost=False) if wanted == "unmet" else self.cost()
                continue
            quantity = wanted["quantity"]
            count = 1 + taken.count(quantity)
            taken.append(quantity)
            cells = selected(self.quantities.cells(quantity), wanted.get("where"))
            result[quantity if count == 1 else f"{quantity}_{count}"] = total(cells)
        return result

    def whole(self) -> set[str]:
        """The decisions that are whole numbers."""
        return {"starts", "cohort"} if self.policy.get("whole_numbers") else {"cohort"}


def solve(
    inputs: Path,
    constraints: Path,
    scenarios: Sequence[str] = (),
    more: dict[tuple[str, str, int], float] | None = None,
    waiting: dict[tuple[str, str, int], float] | None = None,
    ease: Ease | None = None,
    relax: float = 0.0,
    held: Mapping[str, float] | None = None,
) -> Answer:
    """Solve one case, all priorities in order, as if the files said a little more.

    `more` adds units to volumes, wherever volumes enter; `waiting` adds units only to the right-hand
    side of the demand rows; `ease` eases bounds. `relax` is the share of each priority's value that the
    later ones may give up beyond rounding. `held` are values by priority that the later ones may not pass,
    in place of the least: each priority's answer is then its least among plans as good as those values.
    """
    programme = Programme(Evidence(inputs, scenarios, more), read_policy(constraints), ease)
    rows = programme.rows()
    for (area, task, year), units in (waiting or {}).items():
        at = {"task": task, "area": area, "year": year}
        found = [place for place, row in enumerate(rows) if row.name == "demand" and row.keys == at]
        for place in found:
            old = rows[place]
            rows[place] = programme.identity(
                "demand", at, "exactly", old.level, plus((1.0, old.bound), (units, known(1.0)))
            )
    return whole_or_broken(rows, programme.priorities(), programme.whole(), relax, held or {})


def whole_or_broken(
    rows: list[Row], priorities: dict[str, Sum], whole: set[str], relax: float, held: Mapping[str, float]
) -> Answer:
    """Keep to every rule where a plan can; otherwise break the least, by weight, before anything else."""
    answer = lexicographic(rows, priorities, whole, relax, held)
    if not may_break(rows):
        return answer
    if answer.status == "optimal":
        return replace(answer, values={"broken": 0.0, **answer.values})
    looser, broken = loosened(rows)
    return replace(lexicographic(looser, {"broken": broken, **priorities}, whole, relax, held), rows=rows)


def lexicographic(
    rows: list[Row], priorities: dict[str, Sum], whole: set[str], relax: float, held: Mapping[str, float]
) -> Answer:
    """Minimise each priority without giving up those before (but for rounding, and `relax`), or what is `held`."""
    values: dict[str, float] = {}
    found = Found("infeasible", 0.0, {})
    kept = list(rows)
    for name, objective in priorities.items():
        found = minimise(objective, kept, whole)
        if found.status != "optimal":
            break
        values[name] = found.value
        most = held.get(name, found.value + relax * abs(found.value))
        kept.append(Row("priority", name, "", {}, "at_most", objective, known(most)))
    if values and len(values) < len(priorities):
        raise RuntimeError(f"a later priority is {found.status}")
    return Answer(found.status, values, found.at, rows)
